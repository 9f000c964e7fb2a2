"""何通かの通知に要るものを、表から一度に読む: 賦課の行と定めの写し、宛先、従業員の氏名と住所、義務者。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.kojin.domain import notifying, recipients
from tsugaru.gyomu.kojin.domain.notice_values import 刷る賦課
from tsugaru.gyomu.kojin.domain.notifying import 一通
from tsugaru.gyomu.kojin.models import 特徴義務者, 課税資料, 賦課
from tsugaru.kernel import moji
from tsugaru.platform.runs import api as runs
from tsugaru.platform.runs.api import Run

名称の長さ = 60  # 義務者の台帳の名称の長さ。宛名の名はこれより長いことがある
義務者がない, 名が違う = "義務者の登録がない", "義務者の名称が宛名と違う"
直し方 = recipients.直し方 | {
    義務者がない: "義務者の台帳に、宛名番号とともに登録してから、もう一度作ります。",
    名が違う: "義務者の台帳の宛名番号が、違う会社を指していないか確かめて直してから、もう一度作ります。",
}


@dataclass(frozen=True, slots=True)
class 材料:
    """何通かの通知に要る、表から読んだもの。"""

    行: Mapping[int, 刷る賦課]
    宛先: Mapping[str, recipients.宛先]
    氏名: Mapping[str, str]
    住所: Mapping[str, str]
    伏せた人: frozenset[str]
    義務者: Mapping[str, 特徴義務者]
    義務者の宛名: Mapping[str, str]
    年金支払者: Mapping[str, str]
    受給者番号: Mapping[int, tuple[str, str]]


def 材料を集める(items: Sequence[一通], *, 年度: int, 日: date, 門: recipients.開く, 都道府県: str) -> 材料:
    """問いの数は通知の数によらない。"""
    pks = {pk for one in items for pk in (one.行, one.前, *(n for pair in one.人々 for n in pair))} - {0}
    行 = 写しを付ける(賦課.objects.in_bulk(list(pks)).values())
    会社 = 義務者を読む({one.まとまり for one in items} - {""})
    個人 = {one.相手 for one in items if one.様式 in (notifying.決定, notifying.変更)}
    勤める = {行[pk].行.宛名番号 for one in items if one.まとまり for pk in _載る行(one)}
    住所, 伏せた = recipients.住所の文字(勤める, 門=門, 都道府県=都道府県) if 勤める else ({}, frozenset())
    return 材料(
        行=行,
        宛先=recipients.宛先を引く(個人 | {row.宛名番号 for row in 会社.values()} - {""}, 日=日, 門=門),
        氏名={number: row.氏名 for number, row in atena.見出しを読む(勤める).items()},
        住所=住所, 伏せた人=伏せた, 義務者=会社,
        義務者の宛名={n: row.氏名 for n, row in atena.見出しを読む(r.宛名番号 for r in 会社.values()).items()},
        年金支払者=支払者を読む(年度),
        受給者番号=notifying.受給者番号を読む(年度) if 勤める else {},
    )  # fmt: skip


def _載る行(one: 一通) -> Iterator[int]:
    yield from (pk for pk, _ in one.人々)
    if one.様式 == notifying.納税者:
        yield one.行


def 写しを付ける(rows: Iterable[賦課]) -> dict[int, 刷る賦課]:
    """行に、その実行の定めの写しを付ける。写しは実行ごとに一度だけ読む。"""
    rows = list(rows)
    実行 = Run.objects.only("parameters_id").in_bulk(sorted({row.実行 for row in rows}))
    写し = {pk: runs.values_of(str(run.parameters_id)) for pk, run in 実行.items()}
    return {row.pk: 刷る賦課(row, 写し[row.実行]) for row in rows}


def 義務者を読む(指定番号たち: Iterable[str]) -> dict[str, 特徴義務者]:
    """指定番号 → 今の義務者。"""
    rows = 特徴義務者.objects.filter(指定番号__in=list(指定番号たち)).order_by("指定番号", "履歴番号")
    return {row.指定番号: row for row in rows}


def 支払者を読む(年度: int) -> dict[str, str]:
    """年金の支払者の番号 → 名（報告書に書かれたもの）。"""
    rows = 課税資料.objects.filter(課税年度=年度, 種類="2").order_by("支払者番号", "pk")
    return dict(rows.distinct("支払者番号").values_list("支払者番号", "支払者"))


def 載る人(one: 一通, 材: 材料) -> tuple[str, ...]:
    """その紙に載る人の宛名番号。"""
    if one.様式 == notifying.義務者:
        return tuple(材.行[pk].行.宛名番号 for pk, _ in one.人々)
    return (one.相手,)


def 作れない訳(one: 一通, 材: 材料) -> str:
    """宛先による訳。無ければ空。"""
    if one.様式 in (notifying.決定, notifying.変更):
        return 材.宛先[one.相手].訳
    会社 = 材.義務者.get(one.まとまり)
    if 会社 is None or not 会社.宛名番号:
        return 義務者がない
    if not 同じ名か(会社.名称, 材.義務者の宛名.get(会社.宛名番号, "")):
        return 名が違う
    return 材.宛先[会社.宛名番号].訳 if one.様式 == notifying.義務者 else ""


def 同じ名か(名称: str, 宛名の名: str) -> bool:
    """義務者の名称（60字まで）と宛名の名。字体と空白の違いは見ない。違えば、ほかの会社に送るおそれがある。"""
    名, 宛 = (moji.検索漢字(text) for text in (名称, 宛名の名))
    return bool(名) and (名 == 宛 or (len(名称) >= 名称の長さ and 宛.startswith(名)))
