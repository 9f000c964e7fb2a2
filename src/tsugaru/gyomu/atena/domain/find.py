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

from django.db import connection

from tsugaru.kernel import moji

最大人数 = 100
数える上限 = 1000
似た綴りの段 = 2
読む余り = 3
"""一人がいくつもの名で当たるので、人数の上限の何倍の行を読むか。"""


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


@dataclass(frozen=True, slots=True)
class _問い:
    """WHERE の部分と値、並べ方。"""

    条件: str
    値: list[object]
    並び: str = 'n."かな" USING ~<~'
    並びの値: tuple[object, ...] = ()


def 名で探す(条件: 名の条件) -> 結果:
    """条件に合う人。かなだけの条件で一人も当たらなければ、順に緩める。"""
    found: dict[str, 当たり] = {}
    for 段, 問い in enumerate(_緩める順(条件)):
        if found and 段 == 似た綴りの段:
            break
        for one in _引く(問い, 条件):
            if one.宛名番号 not in found or not one.旧名:
                found[one.宛名番号] = one
        if len(found) >= 最大人数:
            return 結果(list(found.values())[:最大人数], _数える(問い, 条件))
    return 結果(list(found.values()), len(found))


def _緩める順(条件: 名の条件) -> list[_問い]:
    かな, 緩 = moji.検索かな(条件.かな), moji.検索かな緩(条件.かな)
    漢字 = moji.検索漢字(条件.漢字)
    if 漢字:
        return [_漢字の問い(漢字, かな)]
    if not かな:
        return [_問い("TRUE", [])]
    return [
        _問い('n."かな" LIKE %s', [f"{_そのまま(かな)}%"]),
        _問い('n."かな緩" LIKE %s', [f"{_そのまま(緩)}%"], 'n."かな緩" USING ~<~'),
        _問い('n."かな緩" %% %s', [緩], 'similarity(n."かな緩", %s) DESC', (緩,)),
    ]


def _漢字の問い(漢字: str, かな: str) -> _問い:
    """二字以下は字片そのもの、三字以上は二字ずつの字片で絞ってから確かめる。かなが添えられれば、その名のかなに含まれること。"""
    pieces = [漢字] if len(漢字) <= 2 else [漢字[i : i + 2] for i in range(len(漢字) - 1)]
    where, values = ['n."字片" @> %s::text[]', 'n."漢字鍵" LIKE %s'], [pieces, f"%{_そのまま(漢字)}%"]
    if かな:
        where.append('n."かな" LIKE %s')
        values.append(f"%{_そのまま(かな)}%")
    return _問い(" AND ".join(where), list(values))


def _そのまま(text: str) -> str:
    """LIKE の記号を文字として扱う。"""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _元(問い: _問い, 条件: 名の条件) -> tuple[str, list[object]]:
    """FROM から WHERE まで。"""
    text, values = f'FROM "atena_検索名" n WHERE {問い.条件}', list(問い.値)
    if 条件.生年月日:
        text = text.replace("WHERE", 'JOIN "atena_宛名" a ON a."宛名番号" = n."宛名_id" WHERE')
        text += ' AND a."生年月日" BETWEEN %s AND %s'
        values += 条件.生年月日
    if 条件.人 is not None:
        text += ' AND n."宛名_id" = ANY (%s)'
        values.append(list(条件.人))
    return text, values


def _引く(問い: _問い, 条件: 名の条件) -> list[当たり]:
    text, values = _元(問い, 条件)
    query = f'SELECT n."宛名_id", n."現在", n."表示" {text} ORDER BY {問い.並び}, n."現在" DESC, n."宛名_id" LIMIT %s'
    with connection.cursor() as cursor:
        cursor.execute(query, [*values, *問い.並びの値, 最大人数 * 読む余り])
        return [当たり(number, "" if now else shown) for number, now, shown in cursor.fetchall()]


def _数える(問い: _問い, 条件: 名の条件) -> int:
    text, values = _元(問い, 条件)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT count(DISTINCT m) FROM (SELECT n."宛名_id" AS m {text} LIMIT %s) limited',
            [*values, 数える上限],
        )
        return int(cursor.fetchone()[0])
