"""書かれた氏名・カナ・生年月日に合う宛名を、まとめて探す。合うかどうかを言うだけで、結ぶかどうかは決めない。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tsugaru.kernel import moji

合う人 = """
SELECT w.ord, a."宛名番号", bool_or(n."かな" = w.kana), bool_or(n."漢字鍵" = w.kanji),
       bool_or(n."現在" AND n."かな" = w.kana) AND bool_or(n."現在" AND n."漢字鍵" = w.kanji)
  FROM unnest(%(日)s::date[], %(かな)s::text[], %(漢字)s::text[]) WITH ORDINALITY AS w(birth, kana, kanji, ord)
  JOIN "atena_宛名" a ON a."生年月日" = w.birth AND NOT a."生年月日不詳" AND a."区分" <> '3'
  JOIN "atena_検索名" n ON n."宛名_id" = a."宛名番号" AND (n."かな" = w.kana OR n."漢字鍵" = w.kanji)
 GROUP BY w.ord, a."宛名番号"
"""


@dataclass(frozen=True, slots=True)
class 書かれた人:
    """資料に書かれた一人。カナは半角でもよい。"""

    氏名: str
    カナ: str
    生年月日: date


@dataclass(frozen=True, slots=True)
class 合い方:
    """生年月日の合う一人の、名の合い方。今の名 は、氏名もカナも今の名で合うこと。"""

    宛名番号: str
    カナ: bool
    氏名: bool
    今の名: bool


def まとめて合わせる(人たち: Sequence[書かれた人]) -> list[list[合い方]]:
    """渡した順に、生年月日が同じで、カナか氏名（異体字をそろえる）の合う人。"""
    found: list[list[合い方]] = [[] for _ in 人たち]
    values: dict[str, Any] = {
        "日": [one.生年月日 for one in 人たち],
        "かな": [moji.検索かな(one.カナ) for one in 人たち],
        "漢字": [moji.検索漢字(one.氏名) for one in 人たち],
    }
    with connection.cursor() as cursor:
        cursor.execute(合う人, values)
        for ord_, 宛名番号, カナ, 氏名, 今の名 in cursor.fetchall():
            found[ord_ - 1].append(合い方(宛名番号, カナ, 氏名, 今の名))
    return [sorted(one, key=lambda person: person.宛名番号) for one in found]
