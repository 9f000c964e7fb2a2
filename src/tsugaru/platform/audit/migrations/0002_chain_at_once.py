"""一つのトランザクションの全ての行為を、一度の引き金でつなぐ。

行ごとにつなぐと、鎖の先頭の行が一つのトランザクションの中で何度も書き換えられ、行数の二乗の時間がかかる（一括の仕事で
COMMIT が終わらなくなる）。受け皿に見えるのは自分の行だけなので、初めの引き金が全部をつなぎ、残りの引き金は何もしない。
"""

from django.db import migrations

CHAIN = """
CREATE OR REPLACE FUNCTION audit.chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = audit, pg_catalog AS $$
DECLARE
  h audit.head;
  moment timestamptz;
  link bytea;
  waiting record;
BEGIN
  IF NOT EXISTS (SELECT 1 FROM audit.intake WHERE id = NEW.id) THEN
    RETURN NULL;
  END IF;
  SELECT * INTO STRICT h FROM audit.head FOR UPDATE;
  FOR waiting IN SELECT id, content FROM audit.intake ORDER BY id LOOP
    moment := clock_timestamp();
    link := sha256(h.hash || int8send(h.seq + 1)
                   || int8send((extract(epoch FROM moment) * 1000000)::bigint) || waiting.content);
    INSERT INTO audit.entry (seq, at, content, prev, hash) VALUES (h.seq + 1, moment, waiting.content, h.hash, link);
    h.seq := h.seq + 1;
    h.hash := link;
  END LOOP;
  UPDATE audit.head SET seq = h.seq, hash = h.hash;
  DELETE FROM audit.intake;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_chain")]
    operations = [migrations.RunSQL(CHAIN, migrations.RunSQL.noop)]
