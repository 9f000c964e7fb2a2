-- まとめて突き合わせる。値は一つも返さず、等しいかどうかだけを言う（資料の名寄せなど、何万行を一度に照らすため）。

-- 番号の要約の列から、その番号を今か過去に持つ人。ord は渡した順（1から）。
CREATE FUNCTION vault.find_by_numbers(p_kind text, p_lookups bytea[]) RETURNS TABLE (ord bigint, subject text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
  SELECT DISTINCT w.ord, n.subject FROM unnest(p_lookups) WITH ORDINALITY AS w(lookup, ord)
    JOIN vault.number n ON n.kind = p_kind AND n.lookup = w.lookup
$$;

-- 住所番号ごとに、鍵の場所と同じか（鍵の後に方書だけが続くものも同じ）。保護された人は答えない（無）。
CREATE FUNCTION vault.same_places(p_ids bigint[], p_keys text[]) RETURNS TABLE (ord bigint, same boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
  WITH hidden AS MATERIALIZED (  -- 一度だけ求める（広げられると行ごとに数え直す）
    SELECT unnest(vault.shielded((SELECT array_agg(DISTINCT b.subject) FROM vault.address b
                                   WHERE b.id = ANY (p_ids)))) AS subject)
  SELECT w.ord,
         CASE WHEN h.subject IS NOT NULL THEN NULL
              ELSE w.key <> '' AND starts_with(a.search_key, w.key)
                   AND substr(a.search_key, length(w.key) + 1, 1) !~ '[0-9-]' END
    FROM unnest(p_ids, p_keys) WITH ORDINALITY AS w(id, key, ord)
    JOIN vault.address a ON a.id = w.id
    LEFT JOIN hidden h ON h.subject = a.subject
$$;
