"""記帳の SQL。束で動くので、二十万行でも文の数は変わらない。"""

from __future__ import annotations

from typing import Any, TypeAlias

Cursor: TypeAlias = Any
"""Django の cursor。COPY は psycopg の口をそのまま使うので、型は付かない。"""

DONE = """
SELECT cause_id, digest FROM ledger_transaction WHERE cause_type = %s AND cause_id = ANY (%s)
"""

COPY_TRANSACTIONS = """
COPY ledger_transaction (id, cause_type, cause_id, digest, period, effective_on, posted_at,
                         maker, approver, memo, lines, total) FROM STDIN
"""

COPY_ENTRIES = """
COPY ledger_staging (batch, number, kind, tax_year, instalment, subject, share, debit, credit) FROM STDIN
"""

MAKE_ACCOUNTS = """
INSERT INTO ledger_account (kind, tax_year, instalment, subject, share)
SELECT DISTINCT kind, tax_year, instalment, subject, share FROM ledger_staging WHERE batch = %s
ORDER BY 4, 1, 2, 3, 5 ON CONFLICT DO NOTHING
"""

MAKE_ENTRIES = """
INSERT INTO ledger_entry (transaction_id, account_id, debit, credit)
SELECT s.number, a.id, s.debit, s.credit FROM ledger_staging s
JOIN ledger_account a USING (kind, tax_year, instalment, subject, share) WHERE s.batch = %s ORDER BY s.id
"""

CLEAR_STAGING = "DELETE FROM ledger_staging WHERE batch = %s"

REVERSIBLE = """
SELECT t.id, t.reverses_id IS NOT NULL, EXISTS (SELECT FROM ledger_transaction r WHERE r.reverses_id = t.id)
FROM ledger_transaction t WHERE t.id = ANY (%s)
"""

REVERSE = """
WITH reversal AS (
  INSERT INTO ledger_transaction (id, cause_type, cause_id, digest, period, effective_on, posted_at,
                                  maker, approver, memo, lines, total, reverses_id)
  SELECT %s + row_number() OVER (ORDER BY o.id), %s, o.id::text,
         encode(sha256(convert_to('reversal ' || o.digest, 'UTF8')), 'hex'),
         %s, %s, %s, %s, %s, %s, o.lines, o.total, o.id
  FROM ledger_transaction o WHERE o.id = ANY (%s)
  RETURNING id, reverses_id, total
), mirrored AS (
  INSERT INTO ledger_entry (transaction_id, account_id, debit, credit)
  SELECT r.id, e.account_id, e.credit, e.debit FROM reversal r
  JOIN ledger_entry e ON e.transaction_id = r.reverses_id ORDER BY e.id
  RETURNING debit
)
SELECT count(*), coalesce(sum(debit), 0)::bigint FROM mirrored
"""
