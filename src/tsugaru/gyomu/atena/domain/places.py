"""住民でない人・法人の、今の住所番号（中身は開示の門が開く）。"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

今の住所の文 = """
SELECT DISTINCT ON ("宛名番号") "宛名番号", "住所番号" FROM (
  SELECT "宛名番号", "住所番号", "履歴番号" FROM "atena_住登外" WHERE "宛名番号" = ANY (%s)
  UNION ALL
  SELECT "宛名番号", "所在地番号", "履歴番号" FROM "atena_法人" WHERE "宛名番号" = ANY (%s)) r
 ORDER BY "宛名番号", "履歴番号" DESC
"""


def 今の住所番号(宛名番号: Sequence[str]) -> dict[str, int]:
    """宛名番号 → 住登外の個人・法人の住所番号。分からない人は入らない。"""
    numbers = list(宛名番号)
    with connection.cursor() as cursor:
        cursor.execute(今の住所の文, [numbers, numbers])
        return {number: place for number, place in cursor.fetchall() if place is not None}
