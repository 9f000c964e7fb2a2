-- 覆いを一つの呼出しで一度だけ求める。条件の中に書いた関数は行ごとに呼ばれるので、先に変数へ入れる。
-- sheltered は手続にして、計画を席（接続）ごとに覚えさせる。

CREATE OR REPLACE FUNCTION vault.sheltered(p_subjects text[]) RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
BEGIN
  RETURN ARRAY(
    SELECT unnest(vault.shielded(p_subjects))
    UNION
    SELECT c.subject FROM vault.companions(p_subjects) c
      JOIN disclosure_shield s ON s.subject = c.companion
     WHERE NOT EXISTS (SELECT 1 FROM disclosure_shieldrelease r WHERE r.shield_id = s.id));
END $$;

CREATE OR REPLACE FUNCTION vault.find_by_address(p_seat bigint, p_key text, p_limit int) RETURNS TABLE (subject text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
DECLARE
  near text[];
  hidden text[];
BEGIN
  PERFORM vault.seat_of(p_seat);
  near := ARRAY(SELECT DISTINCT a.subject FROM vault.address a
                 WHERE a.kind = '住所' AND a.search_key LIKE '%' || p_key || '%' LIMIT p_limit * 2);
  hidden := vault.sheltered(near);
  RETURN QUERY SELECT n.subject FROM unnest(near) AS n(subject) WHERE n.subject <> ALL (hidden) LIMIT p_limit;
END $$;

CREATE OR REPLACE FUNCTION vault.find_by_contact(p_seat bigint, p_digits text, p_limit int)
RETURNS TABLE (subject text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = vault, public, pg_catalog AS $$
DECLARE
  near text[];
  hidden text[];
BEGIN
  PERFORM vault.seat_of(p_seat);
  near := ARRAY(SELECT DISTINCT c.subject FROM vault.contact c
                 WHERE c.digits LIKE p_digits || '%' LIMIT p_limit * 2);
  hidden := vault.sheltered(near);
  RETURN QUERY SELECT n.subject FROM unnest(near) AS n(subject) WHERE n.subject <> ALL (hidden) LIMIT p_limit;
END $$;
