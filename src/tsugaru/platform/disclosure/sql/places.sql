-- 住所番号ごとに、鍵の場所と同じか（鍵の後に方書だけが続くものも同じ）。覆われた人は答えない（無）。
-- 覆いは一度だけ求める（MATERIALIZED がないと、文の中に広げられて行ごとに数え直し、数百行の突合に何分もかかる）。
CREATE OR REPLACE FUNCTION vault.same_places(p_ids bigint[], p_keys text[]) RETURNS TABLE (ord bigint, same boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
  WITH hidden AS MATERIALIZED (
    SELECT unnest(vault.sheltered((SELECT array_agg(DISTINCT b.subject) FROM vault.address b
                                    WHERE b.id = ANY (p_ids)))) AS subject)
  SELECT w.ord,
         CASE WHEN h.subject IS NOT NULL THEN NULL
              ELSE w.key <> '' AND starts_with(a.search_key, w.key)
                   AND substr(a.search_key, length(w.key) + 1, 1) !~ '[0-9-]' END
    FROM unnest(p_ids, p_keys) WITH ORDINALITY AS w(id, key, ord)
    JOIN vault.address a ON a.id = w.id
    LEFT JOIN hidden h ON h.subject = a.subject
$$;
