"""一人の印鑑登録（原票）。今の登録、印影、できる手続、歴、証明の交付。"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tsugaru.gyomu.inkan.domain import machine
from tsugaru.gyomu.inkan.domain.codes import 事由, 意思確認, 抹消事由, 文字区分, 登録方法
from tsugaru.gyomu.inkan.models import 印鑑履歴, 印鑑登録, 状態, 証明交付
from tsugaru.gyomu.inkan.screens import shown
from tsugaru.gyomu.inkan.screens.acts import SLUGS
from tsugaru.gyomu.inkan.screens.subject import Person, load, shell
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Card, Change, Column, Entry, Item, Kind, Row

RECENT = 10
ISSUES = [
    Column("交付", "date"),
    Column("発行番号"),
    Column("請求者"),
    Column("手数料", "yen"),
    Column("交付者"),
]
NAMES = ("状態", "登録証番号", "印鑑文字", "抹消事由", "備考")


def person(request: StaffRequest, number: str) -> HttpResponse:
    """原票の画面。"""
    found = load(request, number)
    row = found.row
    rows = list(印鑑履歴.objects.filter(宛名番号=number).order_by("履歴番号"))
    context = shell(
        request,
        found,
        row=row,
        state=shown.state(row),
        kind=shown.STATES[row.状態] if row else "neutral",
        items=items(row) if row else [],
        imprint=shown.imprint(bytes(row.印影.画像)) if row else None,
        can_apply=found.may("異動入力") and machine.できる(row, 事由.即日登録),
        can_issue=found.may("発行") and row is not None and row.状態 == 状態.登録,
        procedures=procedures(found),
        history=entries(rows),
        issues=_issues(number),
        columns=ISSUES,
    )
    return render(request, "inkan/person.html", context)


def items(row: 印鑑登録) -> list[Item]:
    """原票の項目。"""
    found = [
        Item("登録日", row.登録日, "date"),
        Item("登録証番号", row.登録証番号),
        Item("印鑑の文字", row.印鑑文字, "name", f"（{文字区分(row.文字区分).name}）"),
        Item("印影の大きさ", f"横 {shown.millimetres(row.印影.横)}　縦 {shown.millimetres(row.印影.縦)}"),
        Item("カタカナ表記", row.カタカナ表記) if row.カタカナ表記 else None,
        Item("登録方法", 登録方法(row.登録方法).表示),
        Item("申請日", row.申請日, "date"),
        Item("申請者", f"{row.申請者}　{row.代理人氏名}".strip()),
        Item("意思の確認", 意思確認(row.意思確認).表示),
        Item("確認した書類", row.確認書類) if row.確認書類 else None,
        Item("保証人", row.保証人番号) if row.保証人番号 else None,
        Item("回答期限", row.回答期限, "date") if row.状態 == 状態.照会中 else None,
        Item("抹消日", row.抹消日, "date", f"（{抹消事由(row.抹消事由).name}）") if row.抹消事由 else None,
        Item("備考", row.備考) if row.備考 else None,
    ]
    return [one for one in found if one is not None]


def procedures(found: Person) -> list[Card]:
    """今の状態からできる手続だけ（Alt+番号で開く）。申請と証明は上のボタンにある。"""
    if not found.may("異動入力"):
        return []
    usable = [one for one in machine.できる手続(found.row) if one in SLUGS]
    return [
        Card(name=one.表示, url=reverse("inkan:act", args=[found.number, SLUGS[one]]), key=n)
        for n, one in enumerate(usable, start=1)
    ]


def entries(rows: Sequence[印鑑履歴]) -> list[Entry]:
    """新しい順。前の行と違う項目を並べる。"""
    result: list[Entry] = []
    before: 印鑑履歴 | None = None
    for row in rows:
        result.append(_entry(row, before))
        before = row
    return result[::-1]


def _entry(row: 印鑑履歴, before: 印鑑履歴 | None) -> Entry:
    names = [n for n in NAMES if before is not None and getattr(row, n) != getattr(before, n)]
    kinds: dict[str, Kind] = {"1": "info", "2": "neutral", "3": "warning", "4": "ended", "5": "neutral"}
    return Entry(
        異動日=和暦表示(row.事由発生日),
        異動事由=shown.reason(row),
        区分=状態(row.状態).label,
        kind=kinds[row.事由[0]],
        届出日=和暦表示(row.申請日),
        処理日時=shown.moment(row.処理日時),
        入力者="職権（自動）" if row.入力者 == "system" else row.入力者,
        履歴番号=row.履歴番号,
        changes=[Change(n, _text(before, n), _text(row, n)) for n in names],
    )


def _text(row: 印鑑履歴 | None, name: str) -> str:
    value = "" if row is None else str(getattr(row, name))
    if name == "状態" and value:
        return 状態(value).label
    return 抹消事由(value).name if name == "抹消事由" and value else value


def _issues(number: str) -> list[Row]:
    rows = 証明交付.objects.filter(宛名番号=number).order_by("-交付日時")[:RECENT]
    return [
        Row(
            [
                shown.moment(row.交付日時),
                row.発行番号,
                f"{row.請求者}　{row.代理人氏名}".strip(),
                row.手数料,
                row.交付者,
            ],
            url=reverse("inkan:issued", args=[row.文書]),
        )
        for row in rows
    ]
