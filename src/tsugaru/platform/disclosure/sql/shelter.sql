-- 覆い: 保護された人と、その人と居所を同じくする人。誰か一人の場所が分かれば、保護された人の居所が分かる。
-- 門の全ての関数がこの一つの決まりに従う。業務は何も書かずに、これを受け継ぐ。

-- 人 → 居所を同じくする人。門は人の暮らしを知らないので、ここでは空である。住民を持つ業務が、自分の移行で中身を与える。
CREATE FUNCTION vault.companions(p_subjects text[]) RETURNS TABLE (subject text, companion text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
  SELECT NULL::text, NULL::text WHERE false
$$;

CREATE FUNCTION vault.sheltered(p_subjects text[]) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT found.subject), '{}') FROM (
    SELECT unnest(vault.shielded(p_subjects)) AS subject
    UNION ALL
    SELECT c.subject FROM vault.companions(p_subjects) c
      JOIN disclosure_shield s ON s.subject = c.companion
     WHERE NOT EXISTS (SELECT 1 FROM disclosure_shieldrelease r WHERE r.shield_id = s.id)
  ) found
$$;

-- 伏せた場所を開いてよい席か。担当の権限と5分以内の本人確認が要る。
CREATE FUNCTION vault.must_unmask(p_section text, p_fresh boolean, p_gyomu text) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
BEGIN
  IF NOT vault.may(p_section, p_gyomu, '照会', '支援措置') THEN
    RAISE EXCEPTION 'TD-0004 支援措置の対象者と、居所を同じくする人の住所・連絡先は、担当の職員だけが開けます。'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT p_fresh THEN
    RAISE EXCEPTION 'TD-0005 支援措置の対象者と、居所を同じくする人の住所・連絡先を開くには、もう一度本人確認（符号の入力）が要ります。'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

CREATE OR REPLACE FUNCTION vault.reveal_addresses(p_seat bigint, p_gyomu text, p_subjects text[], p_kinds text[],
                                                  p_unmask boolean)
RETURNS TABLE (id bigint, subject text, kind text, masked boolean, municipality_code text, town_code text,
               prefecture text, city text, town text, lot text, building text, building_kana text, postcode text,
               country_code text, country text, abroad text, structured boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
DECLARE
  v record;
  hidden text[];
BEGIN
  SELECT * INTO v FROM vault.seat_of(p_seat);
  IF NOT vault.may(v.section, p_gyomu, '照会', '住所') THEN
    RAISE EXCEPTION 'TD-0003 所属「%」には、この業務で住所を見る権限がありません。', v.section
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  hidden := vault.sheltered(p_subjects);
  IF p_unmask AND cardinality(hidden) > 0 THEN
    PERFORM vault.must_unmask(v.section, v.fresh, p_gyomu);
    hidden := '{}';
  END IF;
  PERFORM vault.witnessed(CASE WHEN p_unmask THEN '住所照会（伏せ解除）' ELSE '住所照会' END,
                          p_seat, p_gyomu, p_subjects, p_kinds, hidden);
  RETURN QUERY
    SELECT a.id, a.subject, a.kind, a.subject = ANY (hidden),
           CASE WHEN a.subject = ANY (hidden) THEN '' ELSE a.municipality_code END,
           CASE WHEN a.subject = ANY (hidden) THEN '' ELSE a.town_code END,
           CASE WHEN a.subject = ANY (hidden) THEN '' ELSE a.prefecture END,
           CASE WHEN a.subject = ANY (hidden) THEN '' ELSE a.city END,
           CASE WHEN a.subject = ANY (hidden) THEN '' ELSE a.town END,
           CASE WHEN a.subject = ANY (hidden) THEN '' ELSE a.lot END,
           CASE WHEN a.subject = ANY (hidden) THEN '' ELSE a.building END,
           CASE WHEN a.subject = ANY (hidden) THEN '' ELSE a.building_kana END,
           CASE WHEN a.subject = ANY (hidden) THEN '' ELSE a.postcode END,
           CASE WHEN a.subject = ANY (hidden) THEN '' ELSE a.country_code END,
           CASE WHEN a.subject = ANY (hidden) THEN '' ELSE a.country END,
           CASE WHEN a.subject = ANY (hidden) THEN '' ELSE a.abroad END,
           a.structured
      FROM vault.address a
     WHERE a.subject = ANY (p_subjects) AND (p_kinds IS NULL OR a.kind = ANY (p_kinds))
     ORDER BY a.subject, a.id;
END $$;

-- 連絡先。権限は門も確かめる（呼ぶ側の確かめに頼らない）。
DROP FUNCTION vault.reveal_contacts(bigint, text, text);
CREATE FUNCTION vault.reveal_contacts(p_seat bigint, p_gyomu text, p_subject text, p_unmask boolean)
RETURNS TABLE (kind text, value text, masked boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
DECLARE
  v record;
  hidden boolean;
BEGIN
  SELECT * INTO v FROM vault.seat_of(p_seat);
  IF NOT vault.may(v.section, p_gyomu, '照会', '連絡先') THEN
    RAISE EXCEPTION 'TD-0008 所属「%」には、この業務で連絡先を見る権限がありません。', v.section
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  hidden := cardinality(vault.sheltered(ARRAY[p_subject])) > 0;
  IF p_unmask AND hidden THEN
    PERFORM vault.must_unmask(v.section, v.fresh, p_gyomu);
    hidden := false;
  END IF;
  PERFORM vault.witnessed(CASE WHEN p_unmask THEN '連絡先照会（伏せ解除）' ELSE '連絡先照会' END,
                          p_seat, p_gyomu, ARRAY[p_subject], ARRAY['連絡先'],
                          CASE WHEN hidden THEN ARRAY[p_subject] ELSE '{}' END);
  RETURN QUERY SELECT c.kind, CASE WHEN hidden THEN '' ELSE c.value END, hidden FROM vault.contact c
    WHERE c.subject = p_subject AND NOT c.ended ORDER BY c.id;
END $$;

-- 場所・電話から、覆われた人にはたどり着けない。
CREATE OR REPLACE FUNCTION vault.find_by_address(p_seat bigint, p_key text, p_limit int) RETURNS TABLE (subject text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
DECLARE
  near text[];
BEGIN
  PERFORM vault.seat_of(p_seat);
  near := ARRAY(SELECT DISTINCT a.subject FROM vault.address a
                 WHERE a.kind = '住所' AND a.search_key LIKE '%' || p_key || '%' LIMIT p_limit * 2);
  RETURN QUERY SELECT n.subject FROM unnest(near) AS n(subject)
    WHERE n.subject <> ALL (vault.sheltered(near)) LIMIT p_limit;
END $$;

CREATE OR REPLACE FUNCTION vault.find_by_contact(p_seat bigint, p_digits text, p_limit int)
RETURNS TABLE (subject text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
DECLARE
  near text[];
BEGIN
  PERFORM vault.seat_of(p_seat);
  near := ARRAY(SELECT DISTINCT c.subject FROM vault.contact c
                 WHERE c.digits LIKE p_digits || '%' LIMIT p_limit * 2);
  RETURN QUERY SELECT n.subject FROM unnest(near) AS n(subject)
    WHERE n.subject <> ALL (vault.sheltered(near)) LIMIT p_limit;
END $$;
