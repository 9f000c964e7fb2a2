"""実行の壁。状態は決めた向きにしか動かず、計算した物は変わらず、作った人は署名できない。"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION public.runs_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  free text[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'draft' THEN
      RAISE EXCEPTION 'RN-0020 実行は準備から始まります。' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END IF;
  free := CASE OLD.state || '>' || NEW.state
    WHEN 'draft>computed' THEN ARRAY['state','facts','parameters_id','law_version','results_id','people','computed_at']
    WHEN 'computed>compared' THEN ARRAY['state','baseline_id']
    WHEN 'compared>signed' THEN ARRAY['state']
    WHEN 'signed>confirmed' THEN ARRAY['state','confirmed_by','confirmed_at','transactions']
    WHEN 'confirmed>superseded' THEN ARRAY['state']
    WHEN 'draft>discarded' THEN ARRAY['state']
    WHEN 'computed>discarded' THEN ARRAY['state']
    WHEN 'compared>discarded' THEN ARRAY['state']
    WHEN 'signed>discarded' THEN ARRAY['state']
  END;
  IF free IS NULL OR to_jsonb(OLD) - free <> to_jsonb(NEW) - free THEN
    RAISE EXCEPTION 'RN-0021 実行%を % から % へ動かすこと、または計算した物を変えることはできません。',
      OLD.id, OLD.state, NEW.state USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'signed' AND (NOT EXISTS (SELECT FROM public.runs_bucket b WHERE b.run_id = NEW.id)
     OR EXISTS (SELECT FROM public.runs_bucket b LEFT JOIN public.runs_signature s ON s.bucket_id = b.id
                WHERE b.run_id = NEW.id AND s.bucket_id IS NULL)) THEN
    RAISE EXCEPTION 'RN-0022 署名のない束が残っています。' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON public.runs_run FOR EACH ROW EXECUTE FUNCTION public.runs_guard();

-- 差し替えられた実行には、確定した後継がある（COMMIT のときに見る）。
CREATE FUNCTION public.runs_succeeded() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.state = 'superseded' AND NOT EXISTS (SELECT FROM public.runs_run r
     WHERE r.supersedes_id = NEW.id AND r.state IN ('confirmed', 'superseded')) THEN
    RAISE EXCEPTION 'RN-0023 実行%を差し替える、確定した実行がありません。', NEW.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER succeeded AFTER UPDATE ON public.runs_run DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION public.runs_succeeded();

CREATE FUNCTION public.runs_bucket_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM public.runs_run r WHERE r.id = NEW.run_id AND r.state = 'computed' FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'RN-0024 束は計算済の実行にだけ残せます。' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON public.runs_bucket FOR EACH ROW EXECUTE FUNCTION public.runs_bucket_guard();

CREATE FUNCTION public.runs_signature_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r record;
BEGIN
  SELECT x.maker, x.state INTO STRICT r FROM public.runs_bucket b JOIN public.runs_run x ON x.id = b.run_id
    WHERE b.id = NEW.bucket_id FOR UPDATE OF x;
  IF r.state <> 'compared' OR NEW.signer IN ('', r.maker) THEN
    RAISE EXCEPTION 'RN-0006 署名できるのは、差分済の実行に、実行を作った職員でない人だけです（%）。', NEW.signer
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON public.runs_signature FOR EACH ROW EXECUTE FUNCTION public.runs_signature_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("runs", "0001_initial"), ("ledger", "0002_guards")]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
