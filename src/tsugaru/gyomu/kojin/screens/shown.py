"""課税台帳の値の見せ方。額の行は、跡を開く URL を持つ。"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tsugaru.gyomu.kojin.domain import instalments, revisions, roll, sheet, usage
from tsugaru.gyomu.kojin.domain.dossier import 台帳
from tsugaru.gyomu.kojin.domain.sheet import 値を引く
from tsugaru.gyomu.kojin.models import 賦課
from tsugaru.gyomu.kojin.models.source import 資料種類
from tsugaru.gyomu.kojin.screens.subject import Person
from tsugaru.kernel.clock import JAPAN
from tsugaru.kernel.wareki import 和暦表示, 年度の和暦表示
from tsugaru.platform.screens.shapes import Change, Column, Entry, Kind, Row

INCOMES = [Column("所得"), Column("収入金額", "yen"), Column("所得金額", "yen")]
DEDUCTIONS = [Column("所得控除"), Column("内容"), Column("額", "yen")]
TAXES = [Column("税額"), Column("市町村民税", "yen"), Column("道府県民税", "yen")]
PAPERS = [Column("資料"), Column("主な額", "yen"), Column("扱い"), Column("訳")]
PARTICULARS = [Column("事項"), Column("値"), Column("根拠"), Column("理由"), Column("入力")]
ISSUES = [Column("交付", "date"), Column("種類"), Column("年度"), Column("発行番号"), Column("手数料", "yen")]
NOTICES = [Column("作成", "date"), Column("様式"), Column("番", "number"), Column("文書")]
WAYS = {"普徴": "普通徴収", "給与": "給与特別徴収", "年金": "年金特別徴収"}
KINDS: dict[str, Kind] = {usage.使った: "success", usage.未反映: "warning", usage.外した: "ended"}
SPECIAL = "9"  # 納期の過ぎた分を納める随時の期
MAIN_FACTS = ("給与等の収入金額", "公的年金等の収入金額", "営業等の収入金額", "医療費の金額")


def moment(value: datetime) -> str:
    """日本の時刻。"""
    local = value.astimezone(JAPAN)
    return f"{和暦表示(local.date())} {local:%H:%M}"


def year_name(year: int) -> str:
    """令和8年度。"""
    return 年度の和暦表示(year)


def incomes(person: Person, 値: 値を引く) -> list[Row]:
    """所得と、合計所得金額・総所得金額等。"""
    rows = [
        Row([one.名, one.収入金額, one.所得金額], url=person.url("trace", one.結果))
        for one in sheet.所得を並べる(値)
    ]
    if 値("所得金額調整控除額"):
        rows.append(
            Row(
                ["所得金額調整控除", None, -値("所得金額調整控除額")],
                url=person.url("trace", "所得金額調整控除額"),
            )
        )
    return [
        *rows,
        *(Row([名, None, 値(名)], url=person.url("trace", 名)) for 名 in ("合計所得金額", "総所得金額等")),
    ]


def deductions(person: Person, 値: 値を引く) -> list[Row]:
    """所得控除と合計と、課税標準。"""
    rows = [
        Row([one.名, one.内容 or " ", one.額], url=person.url("trace", one.結果))
        for one in sheet.控除を並べる(値)
    ]
    rows.append(Row(["合計", " ", 値("所得控除の合計額")], url=person.url("trace", "所得控除の合計額")))
    return [
        *rows,
        *(
            Row([見出し, "課税標準", 額], url=person.url("trace", 名))
            for 見出し, 名, 額 in sheet.課税標準を並べる(値)
        ),
    ]


def taxes(person: Person, 値: 値を引く, row: 賦課) -> list[Row]:
    """算出から税額まで。控除は負で見せる。"""
    found = []
    for one in sheet.税額を並べる(値):
        sign = -1 if one.名.endswith("控除額") or one.名 in ("限度調整額", "定額減税額", "減免額") else 1
        amounts = [sign * 値(one.市町村民税), sign * 値(one.道府県民税)]
        found.append(Row([one.名, *amounts], url=person.url("trace", one.市町村民税)))
    return [*found, Row(["森林環境税", row.森林環境税額, None], url=person.url("trace", "森林環境税額"))]


def instalment_table(row: 賦課, months: Sequence[int]) -> list[tuple[str, list[tuple[str, int]], int]]:
    """（方法, （期か月, 円）の列, 合計）。納める順。months は団体の納期の月（知らなければ空）。"""
    found: dict[str, list[tuple[str, int]]] = {}
    for 方法, 期, 円 in instalments.並べる(row.期別):
        way, _, at = 方法.partition(":")
        name = WAYS.get(way, way) + (f"（{at}）" if at else "")
        found.setdefault(name, []).append((term(期, months) if way == "普徴" else f"{期}月", 円))
    return [(way, parts, sum(円 for _, 円 in parts)) for way, parts in found.items()]


def term(期: str, months: Sequence[int]) -> str:
    """「1期（6月）」。随時は「随時」。"""
    if 期 == SPECIAL:
        return "随時"
    return f"{期}期（{months[int(期) - 1]}月）" if int(期) <= len(months) else f"{期}期"


def papers(person: Person, book: 台帳) -> list[dict[str, object]]:
    """資料の行。"""
    return [
        {
            "url": person.url("source", one.資料.pk),
            "name": usage.資料の名(one.資料),
            "kind": 資料種類(one.資料.種類).label,
            "amount": next((one.資料.事実[f] for f in MAIN_FACTS if one.資料.事実.get(f)), None),
            "use": one.扱い,
            "badge": KINDS[one.扱い],
            "why": one.訳,
            "at": moment(one.資料.取込日時),
        }
        for one in book.資料
    ]


def revisions_of(rows: Sequence[賦課]) -> list[Entry]:
    """賦課の歴（新しい番から）。"""
    return [
        Entry(
            異動日=和暦表示(row.決定日),
            異動事由=row.更正事由 or ("決定" if row.番 == 1 else "更正"),
            区分="取消し" if roll.取消である(row) else f"{row.年税額:,}円",
            kind="warning" if roll.取消である(row) else "info" if n == 0 else "neutral",
            処理日時=moment(row.処理日時),
            履歴番号=row.番,
            changes=[Change(c.項目, c.前, c.後) for c in changes],
        )
        for n, (row, changes) in enumerate(revisions.歴(rows))
    ]
