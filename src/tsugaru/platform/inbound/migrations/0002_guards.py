"""受け取りの壁。足りないまま載せること、載せた後に動かすこと、届いた中身を変えることは、どの SQL でもできない。"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION public.inbound_file_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.inbound_posting p WHERE p.delivery_id = NEW.delivery_id) THEN
    RAISE EXCEPTION 'IB-0010 もう載せた届け物には、足すことも取り下げることもできません。' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.state <> 'accepted' OR NEW.state <> 'withdrawn'
     OR to_jsonb(OLD) - 'state' - 'reason' <> to_jsonb(NEW) - 'state' - 'reason') THEN
    RAISE EXCEPTION 'IB-0011 届いたファイルは変えられません（受理したものを取り下げることだけができます）。'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT OR UPDATE ON public.inbound_file
  FOR EACH ROW EXECUTE FUNCTION public.inbound_file_guard();

CREATE FUNCTION public.inbound_delivery_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.inbound_posting p WHERE p.delivery_id = OLD.id) THEN
    RAISE EXCEPTION 'IB-0010 もう載せた届け物の件数や期限は変えられません。' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (OLD.sender, OLD.kind, OLD.period) IS DISTINCT FROM (NEW.sender, NEW.kind, NEW.period) THEN
    RAISE EXCEPTION 'IB-0012 届け物の差出人・種類・期間は変えられません。' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE UPDATE ON public.inbound_delivery
  FOR EACH ROW EXECUTE FUNCTION public.inbound_delivery_guard();

CREATE FUNCTION public.inbound_posting_guard() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  d public.inbound_delivery;
  got record;
  open_faults bigint;
  dropped bigint;
BEGIN
  SELECT * INTO STRICT d FROM public.inbound_delivery WHERE id = NEW.delivery_id FOR UPDATE;
  SELECT count(*) AS files, coalesce(max(f.parts), 0) AS parts, count(DISTINCT f.parts) AS opinions,
         coalesce(sum(f.rows), 0) AS rows, sum(f.total) AS total
    INTO got FROM public.inbound_file f WHERE f.delivery_id = d.id AND f.state = 'accepted';
  SELECT count(*) FILTER (WHERE r.fault_id IS NULL), count(DISTINCT (x.file_id, x.row)) FILTER (WHERE r.action = 'excluded')
    INTO open_faults, dropped
    FROM public.inbound_fault x JOIN public.inbound_file f ON f.id = x.file_id AND f.state = 'accepted'
    LEFT JOIN public.inbound_resolution r ON r.fault_id = x.id
    WHERE f.delivery_id = d.id AND x.blocking;
  IF got.files = 0 OR got.opinions <> 1 OR got.files <> coalesce(d.parts, got.parts)
     OR got.rows <> coalesce(d.rows, got.rows) OR got.total IS DISTINCT FROM coalesce(d.total, got.total) THEN
    RAISE EXCEPTION 'IB-0013 % の届け物（%）は揃っていないので、載せたことにできません（%/% ファイル、%件）。',
      d.kind, d.sender, got.files, coalesce(d.parts, got.parts), got.rows USING ERRCODE = 'restrict_violation';
  END IF;
  IF open_faults > 0 THEN
    RAISE EXCEPTION 'IB-0014 % の届け物（%）には、片付いていない誤りが%件あります。', d.kind, d.sender, open_faults
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.excluded <> dropped OR NEW.rows + NEW.excluded <> got.rows THEN
    RAISE EXCEPTION 'IB-0015 届いた%件に対し、載せた%件と除いた%件（記録では%件）が合いません。',
      got.rows, NEW.rows, NEW.excluded, dropped USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard BEFORE INSERT ON public.inbound_posting
  FOR EACH ROW EXECUTE FUNCTION public.inbound_posting_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("inbound", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
