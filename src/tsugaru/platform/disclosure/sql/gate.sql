-- 門。席・権限・目的・保護を確かめ、監査に残し、それから見せる。

CREATE FUNCTION vault.shielded(p_subjects text[]) RETURNS text[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
  SELECT coalesce(array_agg(DISTINCT s.subject), '{}') FROM disclosure_shield s
  WHERE s.subject = ANY (p_subjects)
    AND NOT EXISTS (SELECT 1 FROM disclosure_shieldrelease r WHERE r.shield_id = s.id)
$$;

CREATE FUNCTION vault.seat_of(p_seat bigint, OUT number text, OUT section text, OUT fresh boolean, OUT purpose text,
                              OUT purpose_note text, OUT terminal text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
BEGIN
  SELECT t.number, t.section, coalesce(s.stepped_up_at > clock_timestamp() - interval '5 minutes', false),
         s.purpose, s.purpose_note, s.terminal
    INTO number, section, fresh, purpose, purpose_note, terminal
    FROM identity_seat s JOIN identity_staff t ON t.id = s.staff_id
   WHERE s.id = p_seat AND s.ended_at IS NULL AND s.expires_at > clock_timestamp() AND t.is_active;
  IF number IS NULL THEN
    RAISE EXCEPTION 'TD-0001 席がありません。ログインし直してください。' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF purpose = '' THEN
    RAISE EXCEPTION 'TD-0002 用務（見る目的）が決まっていません。' USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;

CREATE FUNCTION vault.may(p_section text, p_gyomu text, p_operation text, p_field_class text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
  SELECT EXISTS (SELECT 1 FROM authz_right r WHERE r.section = p_section AND r.gyomu = p_gyomu
                 AND r.operation = p_operation AND r.field_class = p_field_class)
$$;

CREATE FUNCTION vault.witnessed(p_act text, p_seat bigint, p_gyomu text, p_subjects text[], p_fields text[],
                                p_masked text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
DECLARE
  v record;
BEGIN
  SELECT * INTO v FROM vault.seat_of(p_seat);
  PERFORM audit.record(convert_to(jsonb_build_object(
    'act', p_act, 'actor', v.number, 'section', v.section, 'terminal', v.terminal, 'purpose', v.purpose,
    'purpose_note', v.purpose_note, 'gyomu', p_gyomu, 'subjects', to_jsonb(p_subjects), 'fields', to_jsonb(p_fields),
    'masked', to_jsonb(p_masked), 'request', current_setting('tsugaru.request', true), 'outcome', '許可')::text, 'UTF8'));
END $$;

-- 住所を開く。保護された人は、p_unmask が真で、席が5分以内に確かめ直され、支援措置の権限があるときだけ見える。
CREATE FUNCTION vault.reveal_addresses(p_seat bigint, p_gyomu text, p_subjects text[], p_kinds text[], p_unmask boolean)
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
  hidden := vault.shielded(p_subjects);
  IF p_unmask AND cardinality(hidden) > 0 THEN
    IF NOT vault.may(v.section, p_gyomu, '照会', '支援措置') THEN
      RAISE EXCEPTION 'TD-0004 支援措置の対象者の住所は、担当の職員だけが開けます。' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF NOT v.fresh THEN
      RAISE EXCEPTION 'TD-0005 支援措置の対象者の住所を開くには、もう一度本人確認（符号の入力）が要ります。'
        USING ERRCODE = 'insufficient_privilege';
    END IF;
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

-- 番号の暗号文を返す。復号の鍵はデータベースの外（業務の役割の手元）にある。
CREATE FUNCTION vault.reveal_number(p_seat bigint, p_gyomu text, p_subject text, p_kind text)
RETURNS TABLE (sequence int, ciphertext bytea, changed_on date)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
DECLARE
  v record;
BEGIN
  SELECT * INTO v FROM vault.seat_of(p_seat);
  IF NOT vault.may(v.section, p_gyomu, '照会', p_kind) THEN
    RAISE EXCEPTION 'TD-0006 所属「%」には、この業務で%を見る権限がありません。', v.section, p_kind
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF p_kind = '個人番号' AND NOT v.fresh THEN
    RAISE EXCEPTION 'TD-0007 個人番号を開くには、もう一度本人確認（符号の入力）が要ります。' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM vault.witnessed(p_kind || '照会', p_seat, p_gyomu, ARRAY[p_subject], ARRAY[p_kind], '{}');
  RETURN QUERY SELECT n.sequence, n.ciphertext, n.changed_on FROM vault.number n
    WHERE n.subject = p_subject AND n.kind = p_kind ORDER BY n.sequence;
END $$;

CREATE FUNCTION vault.reveal_contacts(p_seat bigint, p_gyomu text, p_subject text)
RETURNS TABLE (kind text, value text, masked boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
DECLARE
  v record;
  hidden boolean;
BEGIN
  SELECT * INTO v FROM vault.seat_of(p_seat);
  hidden := cardinality(vault.shielded(ARRAY[p_subject])) > 0;
  PERFORM vault.witnessed('連絡先照会', p_seat, p_gyomu, ARRAY[p_subject], ARRAY['連絡先'],
                          CASE WHEN hidden THEN ARRAY[p_subject] ELSE '{}' END);
  RETURN QUERY SELECT c.kind, CASE WHEN hidden THEN '' ELSE c.value END, hidden FROM vault.contact c
    WHERE c.subject = p_subject AND NOT c.ended ORDER BY c.id;
END $$;

-- 探す。返すのは宛名番号だけ。場所から保護された人にたどり着けてはならないので、保護された人は場所・電話では出ない。
CREATE FUNCTION vault.find_by_address(p_seat bigint, p_key text, p_limit int) RETURNS TABLE (subject text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
BEGIN
  PERFORM vault.seat_of(p_seat);
  RETURN QUERY SELECT found.subject FROM (
      SELECT DISTINCT a.subject FROM vault.address a
       WHERE a.kind = '住所' AND a.search_key LIKE '%' || p_key || '%' LIMIT p_limit * 2) found
    WHERE cardinality(vault.shielded(ARRAY[found.subject])) = 0 LIMIT p_limit;
END $$;

CREATE FUNCTION vault.find_by_contact(p_seat bigint, p_digits text, p_limit int) RETURNS TABLE (subject text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
BEGIN
  PERFORM vault.seat_of(p_seat);
  RETURN QUERY SELECT DISTINCT c.subject FROM vault.contact c
    WHERE c.digits LIKE p_digits || '%' AND cardinality(vault.shielded(ARRAY[c.subject])) = 0 LIMIT p_limit;
END $$;

CREATE FUNCTION vault.find_by_number(p_kind text, p_lookup bytea) RETURNS TABLE (subject text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
  SELECT DISTINCT n.subject FROM vault.number n WHERE n.kind = p_kind AND n.lookup = p_lookup
$$;

-- 入れる。入れることはできても、読み返すには門を通る。
CREATE FUNCTION vault.put_address(p_subject text, p_kind text, p_parts jsonb) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
  INSERT INTO vault.address (subject, kind, municipality_code, town_code, prefecture, city, town, lot, building,
      building_kana, postcode, country_code, country, abroad, sort_key, search_key, structured)
  SELECT p_subject, p_kind, coalesce(r.municipality_code, ''), coalesce(r.town_code, ''), coalesce(r.prefecture, ''),
      coalesce(r.city, ''), coalesce(r.town, ''), coalesce(r.lot, ''), coalesce(r.building, ''),
      coalesce(r.building_kana, ''), coalesce(r.postcode, ''), coalesce(r.country_code, ''), coalesce(r.country, ''),
      coalesce(r.abroad, ''), coalesce(r.sort_key, '{}'), coalesce(r.search_key, ''), coalesce(r.structured, true)
    FROM jsonb_populate_record(NULL::vault.address, p_parts) r
  RETURNING id
$$;

-- 同じ内容を別の人の行として写す（世帯員に同じ住所を持たせる）。内容は門の外に出ない。
-- 保護された人の場所を写された人は、同じ受付番号の仮の保護を受け継ぐ（写しから場所が知れてはならない）。
CREATE FUNCTION vault.copy_address(p_id bigint, p_subject text, p_kind text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
DECLARE
  copied bigint;
  source text;
BEGIN
  INSERT INTO vault.address (subject, kind, municipality_code, town_code, prefecture, city, town, lot, building,
      building_kana, postcode, country_code, country, abroad, sort_key, search_key, structured)
  SELECT p_subject, p_kind, a.municipality_code, a.town_code, a.prefecture, a.city, a.town, a.lot, a.building,
      a.building_kana, a.postcode, a.country_code, a.country, a.abroad, a.sort_key, a.search_key, a.structured
    FROM vault.address a WHERE a.id = p_id
  RETURNING id INTO copied;
  SELECT a.subject INTO source FROM vault.address a WHERE a.id = p_id;
  IF source <> p_subject AND cardinality(vault.shielded(ARRAY[p_subject])) = 0 THEN
    INSERT INTO disclosure_shield (subject, "case", provisional, starts_on, ends_on, opened_at, opened_by)
    SELECT p_subject, s."case", true, s.starts_on, s.ends_on, clock_timestamp(), '継承'
      FROM disclosure_shield s
     WHERE s.subject = source AND NOT EXISTS (SELECT 1 FROM disclosure_shieldrelease r WHERE r.shield_id = s.id)
     ORDER BY s.id DESC LIMIT 1;
  END IF;
  RETURN copied;
END $$;

CREATE FUNCTION vault.put_number(p_subject text, p_kind text, p_ciphertext bytea, p_lookup bytea, p_changed_on date)
RETURNS int LANGUAGE sql SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
  INSERT INTO vault.number (subject, kind, sequence, ciphertext, lookup, changed_on)
  SELECT p_subject, p_kind, 1 + coalesce(max(n.sequence), 0), p_ciphertext, p_lookup, p_changed_on
    FROM vault.number n WHERE n.subject = p_subject AND n.kind = p_kind
  RETURNING sequence
$$;

CREATE FUNCTION vault.put_contact(p_subject text, p_kind text, p_value text, p_digits text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
  INSERT INTO vault.contact (subject, kind, value, digits) VALUES (p_subject, p_kind, p_value, p_digits) RETURNING id
$$;

-- 一つの期間を外すとき、より新しい期間が受け付けられていれば止める（古い一覧で新しい保護を外した事故がある）。
CREATE FUNCTION public.refuse_stale_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('shield' || (SELECT subject FROM disclosure_shield WHERE id = NEW.shield_id)));
  IF EXISTS (SELECT 1 FROM disclosure_shield newer JOIN disclosure_shield this ON this.id = NEW.shield_id
             WHERE newer.subject = this.subject AND newer.id > this.id
               AND NOT EXISTS (SELECT 1 FROM disclosure_shieldrelease r WHERE r.shield_id = newer.id)) THEN
    RAISE EXCEPTION 'TD-0010 より新しい支援措置の期間が登録されているため、この期間は外せません。'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER stale BEFORE INSERT ON disclosure_shieldrelease
  FOR EACH ROW EXECUTE FUNCTION public.refuse_stale_release();
