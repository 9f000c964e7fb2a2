"""監査の鎖。

intake は一つのトランザクションの中だけの受け皿（UNLOGGED）。COMMIT の直前に延期制約の引き金が鎖へ移す。
鎖の先頭の錠を持つ時間が COMMIT の間だけになり、記録できなければ COMMIT そのものが失敗する（見るなら残る）。
"""

from django.db import migrations

CREATE = """
CREATE SCHEMA audit;

CREATE UNLOGGED TABLE audit.intake (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  content bytea NOT NULL
);

CREATE FUNCTION audit.subjects_of(content bytea) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(s), '{}') FROM jsonb_array_elements_text(convert_from(content, 'UTF8')::jsonb -> 'subjects') s
$$;

CREATE FUNCTION audit.text_of(content bytea, field text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT convert_from(content, 'UTF8')::jsonb ->> field
$$;

CREATE TABLE audit.entry (
  seq bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  content bytea NOT NULL,
  prev bytea NOT NULL,
  hash bytea NOT NULL,
  act text GENERATED ALWAYS AS (audit.text_of(content, 'act')) STORED,
  actor text GENERATED ALWAYS AS (audit.text_of(content, 'actor')) STORED,
  subjects text[] GENERATED ALWAYS AS (audit.subjects_of(content)) STORED
);
CREATE INDEX audit_entry_subjects ON audit.entry USING gin (subjects);
CREATE INDEX audit_entry_actor ON audit.entry (actor, at);
CREATE INDEX audit_entry_at ON audit.entry (at);

CREATE TABLE audit.head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  seq bigint NOT NULL,
  hash bytea NOT NULL
);
INSERT INTO audit.head (seq, hash) VALUES (0, sha256('tsugaru audit v1'::bytea));

CREATE TABLE audit.checkpoint (
  seq bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  hash bytea NOT NULL,
  signature bytea NOT NULL
);

CREATE TABLE audit.witness (
  municipality text NOT NULL,
  seq bigint NOT NULL,
  at timestamptz NOT NULL,
  hash bytea NOT NULL,
  signature bytea NOT NULL,
  received_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (municipality, seq)
);

CREATE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'AU-0001 監査の記録は変えることも消すこともできません。' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.witness
  FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();

-- 鎖の一節 = sha256(前の節 || 番号 8バイト || 時刻(1970年からのマイクロ秒) 8バイト || 内容のバイト列)
CREATE FUNCTION audit.chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = audit, pg_catalog AS $$
DECLARE
  h audit.head;
  moment timestamptz;
  link bytea;
BEGIN
  SELECT * INTO STRICT h FROM audit.head FOR UPDATE;
  moment := clock_timestamp();
  link := sha256(h.hash || int8send(h.seq + 1)
                 || int8send((extract(epoch FROM moment) * 1000000)::bigint) || NEW.content);
  INSERT INTO audit.entry (seq, at, content, prev, hash) VALUES (h.seq + 1, moment, NEW.content, h.hash, link);
  UPDATE audit.head SET seq = h.seq + 1, hash = link;
  DELETE FROM audit.intake WHERE id = NEW.id;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER chain AFTER INSERT ON audit.intake DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION audit.chain();

CREATE FUNCTION audit.record(p_content bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = audit, pg_catalog AS $$
  INSERT INTO audit.intake (content) VALUES (p_content)
$$;

CREATE FUNCTION audit.current_head(OUT seq bigint, OUT hash bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = audit, pg_catalog AS $$
  SELECT h.seq, h.hash FROM audit.head h
$$;

CREATE FUNCTION audit.keep_checkpoint(p_seq bigint, p_at timestamptz, p_hash bytea, p_signature bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = audit, pg_catalog AS $$
  INSERT INTO audit.checkpoint VALUES (p_seq, p_at, p_hash, p_signature) ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION audit.testify(p_municipality text, p_seq bigint, p_at timestamptz, p_hash bytea, p_signature bytea)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = audit, pg_catalog AS $$
  INSERT INTO audit.witness (municipality, seq, at, hash, signature)
  VALUES (p_municipality, p_seq, p_at, p_hash, p_signature) ON CONFLICT DO NOTHING
$$;

CREATE FUNCTION audit.testimonies(p_municipality text)
RETURNS TABLE (seq bigint, at timestamptz, hash bytea, signature bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = audit, pg_catalog AS $$
  SELECT w.seq, w.at, w.hash, w.signature FROM audit.witness w WHERE w.municipality = p_municipality ORDER BY w.seq
$$;

CREATE FUNCTION audit.history_of(p_subject text, p_limit int)
RETURNS TABLE (seq bigint, at timestamptz, content bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = audit, pg_catalog AS $$
  SELECT e.seq, e.at, e.content FROM audit.entry e
  WHERE e.subjects @> ARRAY[p_subject] ORDER BY e.seq DESC LIMIT p_limit
$$;

CREATE FUNCTION audit.acts_of(p_actor text, p_from timestamptz, p_to timestamptz, p_limit int)
RETURNS TABLE (seq bigint, at timestamptz, content bytea)
LANGUAGE sql SECURITY DEFINER SET search_path = audit, pg_catalog AS $$
  SELECT e.seq, e.at, e.content FROM audit.entry e
  WHERE (p_actor IS NULL OR e.actor = p_actor) AND e.at >= p_from AND e.at < p_to ORDER BY e.seq DESC LIMIT p_limit
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [migrations.RunSQL(CREATE, "DROP SCHEMA audit CASCADE")]
