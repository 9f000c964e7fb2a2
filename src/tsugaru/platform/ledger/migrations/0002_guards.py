"""台帳の壁。業務の役割がどんな SQL を書いても、次のことが破れない。

- 番号は 1 から抜けない（一行だけの表の錠で順に並ぶ）
- COMMIT のとき、どの記帳も 借方 = 貸方 = total で、明細の数は lines である（後から足した明細はここで落ちる）
- 打消しは、もとの記帳の鏡であり、打消しは打ち消せない
- 締めた期間には何も入らない（締めと記帳は同じ錠で順に並ぶ）
"""

from django.db import migrations

GUARDS = """
CREATE TABLE public.ledger_counter (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  last bigint NOT NULL
);
INSERT INTO public.ledger_counter (last) VALUES (0);

CREATE UNLOGGED TABLE public.ledger_check (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  low bigint NOT NULL,
  high bigint NOT NULL
);
ALTER TABLE public.ledger_staging SET UNLOGGED;

CREATE FUNCTION public.ledger_next() RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT c.last + 1 FROM public.ledger_counter c FOR UPDATE
$$;

CREATE FUNCTION public.ledger_number() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  low bigint;
  high bigint;
  fresh_rows bigint;
  previous bigint;
  closed text;
BEGIN
  SELECT min(f.id), max(f.id), count(*) INTO low, high, fresh_rows FROM fresh f;
  IF fresh_rows = 0 THEN
    RETURN NULL;
  END IF;
  SELECT c.last INTO STRICT previous FROM public.ledger_counter c FOR UPDATE;
  IF low <> previous + 1 OR high <> previous + fresh_rows THEN
    RAISE EXCEPTION 'LG-0006 記帳の番号は%番の次から続けます（%番から%番は書けません）。',
      previous, low, high USING ERRCODE = 'restrict_violation';
  END IF;
  SELECT string_agg(DISTINCT f.period, '・') INTO closed FROM fresh f JOIN public.ledger_closing c ON c.period = f.period;
  IF closed IS NOT NULL THEN
    RAISE EXCEPTION 'LG-0003 締めた期間（%）には記帳できません。', closed USING ERRCODE = 'restrict_violation';
  END IF;
  UPDATE public.ledger_counter SET last = high;
  INSERT INTO public.ledger_check (low, high) VALUES (low, high);
  RETURN NULL;
END $$;
CREATE TRIGGER number AFTER INSERT ON public.ledger_transaction REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_number();

CREATE FUNCTION public.ledger_touch() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.ledger_check (low, high)
  SELECT min(f.transaction_id), max(f.transaction_id) FROM fresh f HAVING count(*) > 0;
  RETURN NULL;
END $$;
CREATE TRIGGER touch AFTER INSERT ON public.ledger_entry REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_touch();

-- 統計のない表で入れ子の総当たりを選ばれると、二十万行の COMMIT が分の単位になるので、計画を決めておく。
CREATE FUNCTION public.ledger_verify() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_nestloop = off SET enable_seqscan = off AS $$
DECLARE
  bad record;
  pair record;
BEGIN
  SELECT t.id, t.lines, t.total, coalesce(e.n, 0) AS n, coalesce(e.debit, 0) AS debit, coalesce(e.credit, 0) AS credit
    INTO bad
    FROM (SELECT * FROM public.ledger_transaction WHERE id BETWEEN NEW.low AND NEW.high) t
    LEFT JOIN (SELECT transaction_id, count(*) AS n, sum(debit) AS debit, sum(credit) AS credit
               FROM public.ledger_entry WHERE transaction_id BETWEEN NEW.low AND NEW.high GROUP BY 1) e
      ON e.transaction_id = t.id
    WHERE (t.lines, t.total, t.total) IS DISTINCT FROM (e.n, e.debit, e.credit)
    LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'LG-0001 記帳%番の明細（%行、借方%円、貸方%円）が、宣言（%行、%円）と合いません。',
      bad.id, bad.n, bad.debit, bad.credit, bad.lines, bad.total USING ERRCODE = 'restrict_violation';
  END IF;
  FOR pair IN SELECT t.id, t.reverses_id FROM public.ledger_transaction t
              WHERE t.id BETWEEN NEW.low AND NEW.high AND t.reverses_id IS NOT NULL LOOP
    PERFORM FROM public.ledger_entry e WHERE e.transaction_id IN (pair.id, pair.reverses_id)
      GROUP BY e.account_id HAVING sum(e.debit) <> sum(e.credit);
    IF FOUND OR (SELECT o.reverses_id FROM public.ledger_transaction o WHERE o.id = pair.reverses_id) IS NOT NULL THEN
      RAISE EXCEPTION 'LG-0005 記帳%番は、打ち消す記帳の鏡になっていません。', pair.id USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
  DELETE FROM public.ledger_check WHERE id = NEW.id;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER verify AFTER INSERT ON public.ledger_check DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION public.ledger_verify();

CREATE FUNCTION public.ledger_wait() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM c.last FROM public.ledger_counter c FOR UPDATE;
  RETURN NEW;
END $$;
CREATE TRIGGER wait BEFORE INSERT ON public.ledger_closing FOR EACH ROW EXECUTE FUNCTION public.ledger_wait();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
