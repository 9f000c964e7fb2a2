"""受け皿を、自分の初めの番号から読む。

受け皿の行はすぐ消えるが、掃除されるまで場所は残る。全部を読むと、毎秒数百の行為が続くときに、前の一分の残りを毎回読むことになる。
引き金は入れた順に動くので、初めの引き金の番号が自分の行の最も小さい番号である。
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
  FOR waiting IN SELECT id, content FROM audit.intake WHERE id >= NEW.id ORDER BY id LOOP
    moment := clock_timestamp();
    link := sha256(h.hash || int8send(h.seq + 1)
                   || int8send((extract(epoch FROM moment) * 1000000)::bigint) || waiting.content);
    INSERT INTO audit.entry (seq, at, content, prev, hash) VALUES (h.seq + 1, moment, waiting.content, h.hash, link);
    h.seq := h.seq + 1;
    h.hash := link;
  END LOOP;
  UPDATE audit.head SET seq = h.seq, hash = h.hash;
  DELETE FROM audit.intake WHERE id >= NEW.id;
  RETURN NULL;
END $$;
ALTER TABLE audit.intake SET (autovacuum_vacuum_threshold = 500, autovacuum_vacuum_scale_factor = 0);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain_at_once")]
    operations = [migrations.RunSQL(CHAIN, migrations.RunSQL.noop)]
