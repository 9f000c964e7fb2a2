-- 一括の文書のための門。席の代わりに、いま働き手が進めている仕事と、それを登録した職員の今の所属の権限を見る。
-- 伏せた人を開く道はない（担当が自分の席で、本人確認をして開く）。用務は「一括」に決まっている。

CREATE FUNCTION vault.job_of(p_job bigint, p_gyomu text, OUT number text, OUT section text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
BEGIN
  SELECT t.number, t.section INTO number, section
    FROM jobs_job j JOIN identity_staff t ON t.number = j.maker
   WHERE j.id = p_job AND j.state = 'running' AND t.is_active AND t.valid_from <= current_date
     AND (t.valid_until IS NULL OR current_date < t.valid_until);
  IF number IS NULL THEN
    RAISE EXCEPTION 'TD-0011 進んでいる仕事でないか、登録した職員がいないため、一括の文書の住所は開けません。'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF NOT vault.may(section, p_gyomu, '照会', '住所') OR NOT vault.may(section, p_gyomu, '一括', '住所') THEN
    RAISE EXCEPTION 'TD-0012 所属「%」には、この業務で一括の文書に住所を刷る権限がありません。', section
      USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

CREATE FUNCTION vault.reveal_addresses_in_bulk(p_job bigint, p_gyomu text, p_subjects text[], p_kinds text[])
RETURNS TABLE (id bigint, subject text, kind text, masked boolean, municipality_code text, town_code text,
               prefecture text, city text, town text, lot text, building text, building_kana text, postcode text,
               country_code text, country text, abroad text, structured boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
DECLARE
  v record;
  hidden text[];
BEGIN
  SELECT * INTO v FROM vault.job_of(p_job, p_gyomu);
  hidden := vault.sheltered(p_subjects);
  PERFORM audit.record(convert_to(jsonb_build_object(
    'act', '住所照会（一括）', 'actor', v.number, 'section', v.section, 'terminal', 'worker', 'purpose', '一括',
    'purpose_note', '', 'gyomu', p_gyomu, 'subjects', to_jsonb(p_subjects), 'fields', to_jsonb(p_kinds),
    'masked', to_jsonb(hidden), 'request', 'job/' || p_job, 'outcome', '許可')::text, 'UTF8'));
  RETURN QUERY
    SELECT a.id, a.subject, a.kind, h.yes,
           CASE WHEN h.yes THEN '' ELSE a.municipality_code END, CASE WHEN h.yes THEN '' ELSE a.town_code END,
           CASE WHEN h.yes THEN '' ELSE a.prefecture END, CASE WHEN h.yes THEN '' ELSE a.city END,
           CASE WHEN h.yes THEN '' ELSE a.town END, CASE WHEN h.yes THEN '' ELSE a.lot END,
           CASE WHEN h.yes THEN '' ELSE a.building END, CASE WHEN h.yes THEN '' ELSE a.building_kana END,
           CASE WHEN h.yes THEN '' ELSE a.postcode END, CASE WHEN h.yes THEN '' ELSE a.country_code END,
           CASE WHEN h.yes THEN '' ELSE a.country END, CASE WHEN h.yes THEN '' ELSE a.abroad END, a.structured
      FROM vault.address a CROSS JOIN LATERAL (SELECT a.subject = ANY (hidden) AS yes) h
     WHERE a.subject = ANY (p_subjects) AND (p_kinds IS NULL OR a.kind = ANY (p_kinds))
     ORDER BY a.subject, a.id;
END $$;
