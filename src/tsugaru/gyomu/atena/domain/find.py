"""名で人を探す。

かな（前方一致）→ 緩やかなかな（清濁・拗促音・長音の違いを許す前方一致）→ 似た綴り の順に緩める。漢字は異体字をそろえた鍵の
部分一致で、一字・二字でも索引（字片）で引く。過去の名も当たり、今の名でなければ 現在 が偽になる。
どの問いも索引の順に読んで上限で止まるので、人が増えても遅くならない。

まだ無いもの: 利用者ごとに覚えた検索条件（標準仕様書2.1.1）。
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tsugaru.gyomu.atena.domain import find_queries as 問い
from tsugaru.kernel import moji

最大人数 = 100
数える上限 = 1000
似た綴りの段 = 2
読む上限 = 3 * 最大人数
"""一人がいくつもの名で当たるので、人数の上限の3倍の行まで読む。届かなければ、見つかった人が全部である。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class 名の条件:
    """探す条件。空の条件は問わない。人 は宛名番号をこの中に限る（住所などで先に絞ったとき）。"""

    かな: str = ""
    漢字: str = ""
    生年月日: tuple[date, date] | None = None
    人: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class 当たり:
    """一人。旧い名で当たったときだけ 旧名 に表示が入る。"""

    宛名番号: str
    旧名: str = ""


@dataclass(frozen=True, slots=True)
class 結果:
    """見つかった人（並び順どおり、最大100人）と、全部で何人か（数える上限まで）。"""

    人: list[当たり]
    人数: int


def 名で探す(条件: 名の条件) -> 結果:
    """条件に合う人。かなだけの条件では、足りなければ順に緩める。"""
    values = _値(条件)
    found: dict[str, 当たり] = {}
    for 段, (文, 人数の文) in enumerate(_緩める順(条件)):
        if found and 段 == 似た綴りの段:
            break
        rows = _引く(文, values)
        for one in rows:
            if one.宛名番号 not in found or not one.旧名:
                found[one.宛名番号] = one
        if len(found) >= 最大人数:
            全部で = _数える(人数の文, values, len(found)) if len(rows) == 読む上限 else len(found)
            return 結果(list(found.values())[:最大人数], 全部で)
    return 結果(list(found.values()), len(found))


def _緩める順(条件: 名の条件) -> list[tuple[str, str]]:
    if 条件.漢字:
        return [(問い.漢字, 問い.漢字の人数)]
    if not 条件.かな:
        return [(問い.ほかの条件だけ, 問い.ほかの条件だけの人数)]
    return [(問い.厳密, 問い.厳密の人数), (問い.緩やか, 問い.緩やかの人数), (問い.似た綴り, "")]


def _値(条件: 名の条件) -> dict[str, Any]:
    """問いに渡す値。漢字は、二字以下なら字片そのもの、三字以上なら二字ずつの字片で絞ってから確かめる。"""
    かな, 緩, 漢字 = moji.検索かな(条件.かな), moji.検索かな緩(条件.かな), moji.検索漢字(条件.漢字)
    born = 条件.生年月日 or (None, None)
    return {
        "かな": f"{_そのまま(かな)}%",
        "含むかな": f"%{_そのまま(かな)}%",
        "緩": f"{_そのまま(緩)}%",
        "綴り": 緩,
        "漢字": f"%{_そのまま(漢字)}%" if len(漢字) > 2 else "%",  # 二字までは字片が等しければ必ず含む
        "字片": [漢字] if len(漢字) <= 2 else [漢字[i : i + 2] for i in range(len(漢字) - 1)],
        "始": born[0],
        "終": born[1],
        "人": None if 条件.人 is None else list(条件.人),
        "上限": 読む上限,
        "数える上限": 数える上限,
    }


def _そのまま(text: str) -> str:
    """LIKE の記号を文字として扱う。"""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _引く(文: str, values: dict[str, Any]) -> list[当たり]:
    with connection.cursor() as cursor:
        cursor.execute(文, values)
        return [当たり(number, "" if now else shown) for number, now, shown in cursor.fetchall()]


def _数える(文: str, values: dict[str, Any], 少なくとも: int) -> int:
    if not 文:
        return 少なくとも
    with connection.cursor() as cursor:
        cursor.execute(文, values)
        return max(少なくとも, int(cursor.fetchone()[0]))
