"""総合照会。一人の全てを一枚で見る。"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tsugaru.gyomu.juki.domain import glance, notes
from tsugaru.gyomu.juki.domain.codes import 住民種別
from tsugaru.gyomu.juki.domain.kinds import 一覧
from tsugaru.gyomu.juki.models import 住民履歴, 届出
from tsugaru.gyomu.juki.screens import shown
from tsugaru.gyomu.juki.screens.subject import GYOMU, Person, load, role, shell
from tsugaru.platform.authz import api as authz
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens import providers
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Entry, Item, Row, Withheld

ISSUE_COLUMNS = [Column("交付", "date"), Column("様式"), Column("発行番号")]
CASE_COLUMNS = [
    Column("受付番号"), Column("種類"), Column("異動日", "date"), Column("状態"), Column("入力者"), Column("入力", "date"),
]  # fmt: skip
Section = tuple[str, list[Item]]


def person(request: StaffRequest, number: str) -> HttpResponse:
    """総合照会。?open=1 は保護された人の住所を開く（支援措置の担当で、本人確認をした後だけ）。"""
    found = load(request, number, unmask=request.GET.get("open") == "1")
    context = shell(
        request,
        found,
        left=left(request, found),
        right=[("住所・世帯", _residence(found))],
        cards=providers.cards(number, request, usable=_usable(request, found)),
        history=[entry(row) for row in glance.近い歴(number)],
        cases=case_rows(found.cases),
        issues=_issues(number) if found.may("照会") else [],
        notes=notes.一覧(number)[: glance.近く],
        columns={"issues": ISSUE_COLUMNS, "cases": CASE_COLUMNS},
        number_url=reverse("juki:number", args=[number]) if found.may("照会", "個人番号") else "",
        can_audit=("audit", "照会", "閲覧記録") in found.rights,
        can={
            "move": found.may("異動入力"),
            "issue": found.may("発行"),
            "support": found.may("照会", "支援措置"),
        },
    )
    return render(request, "juki/person.html", context)


def number(request: StaffRequest, number: str) -> HttpResponse:
    """個人番号。本人確認の後に下4桁だけを見せ、続けて求めたとき（POST）に全てを見せる。"""
    found = load(request, number, act="個人番号の画面")
    authz.require(request.seat.staff.section, GYOMU, "照会", "個人番号")
    value = disclosure.reveal_number(request.seat, gyomu=GYOMU, subject=number, kind="個人番号")
    full = request.method == "POST"
    text = (
        ""
        if value is None
        else (f"{value[:4]} {value[4:8]} {value[8:]}" if full else f"＊＊＊＊ ＊＊＊＊ {value[8:]}")
    )
    return render(request, "juki/number.html", shell(request, found, value=text, full=full))


def _usable(request: StaffRequest, found: Person) -> frozenset[str]:
    return frozenset(g for g, operation, _ in found.rights if operation == "照会") & request.used


def left(request: StaffRequest, person: Person) -> list[Section]:
    """左の列: 人そのもののこと。"""
    return [("氏名・身分", _names(person)), *_origin(person), ("番号・連絡先", _numbers(request, person))]


def _names(person: Person) -> list[Item]:
    row = person.row
    pairs = [
        Item("氏名", row.氏名, "name", row.氏名フリガナ),
        Item("振り仮名の確認", shown.READINGS[row.フリガナ確認]),
        Item("旧氏", row.旧氏, "name", row.旧氏フリガナ),
        Item("通称", row.通称, "name", row.通称フリガナ),
        Item("氏名（ローマ字）", row.氏名ローマ字),
        Item("氏名（漢字）", row.氏名漢字, "name"),
        Item("生年月日", shown.born(row)),
        Item("性別", shown.SEXES.get(row.性別, "")),
        Item("住民種別", 住民種別(row.住民種別).name),
    ]
    always = {"氏名", "生年月日", "性別", "住民種別", "振り仮名の確認"}
    return [item for item in pairs if item.value or item.name in always]


def _residence(person: Person) -> list[Item]:
    row = person.row
    items = [
        Item("住所", person.place(row.住所番号), "name"),
        Item("住所を定めた日", shown.uncertain(row.住所を定めた日, row.住定日不詳, row.住定日表記)),
        Item("住民となった日", shown.uncertain(row.住民となった日, row.住民日不詳, row.住民日表記)),
        Item("届出日", shown.day(row.届出日), note=row.届出の別),
        Item("世帯主", row.世帯主氏名, "name"),
        Item("続柄", role(row) if person.may("照会", "続柄") else Withheld("権限がありません")),
        Item("転入前の住所", person.place(row.転入前番号), "name", "（未届）" if row.未届 else ""),
    ]
    if row.最終登録番号:
        items.append(Item("最終登録住所地", person.place(row.最終登録番号), "name"))
    if row.転出予定日 or row.転出日:
        items += [
            Item("転出の予定", shown.day(row.転出予定日)),
            Item("転出先（予定）", person.place(row.転出先予定番号), "name"),
            Item("転出の確定", shown.day(row.転出日)),
            Item("転出先（確定）", person.place(row.転出先確定番号), "name"),
        ]
    if row.消除日:
        items.append(
            Item(
                "消除日",
                shown.uncertain(row.消除日, row.消除日不詳, row.消除日表記),
                note=shown.reason(row.消除事由) if row.消除事由 else "",
            )
        )
    return items


def _origin(person: Person) -> list[Section]:
    """日本人は戸籍の表示、外国人は法第30条の45 の事項。"""
    row = person.row
    if row.住民種別 == 住民種別.日本人.value:
        shown_origin = (
            person.place(row.本籍番号) if person.may("照会", "本籍") else Withheld("権限がありません")
        )
        head = f"{row.筆頭者氏}　{row.筆頭者名}".strip("　")
        return [
            (
                "戸籍の表示",
                [
                    Item("本籍", shown_origin, "name"),
                    Item(
                        "筆頭者", head if person.may("照会", "本籍") else Withheld("権限がありません"), "name"
                    ),
                ],
            )
        ]
    if not person.may("照会", "在留"):
        return [("在留", [Item("法第30条の45の事項", Withheld("権限がありません"))])]
    return [
        (
            "法第30条の45",
            [
                Item("国籍・地域", row.国籍名),
                Item("区分", shown.residence_class(row.規定区分)),
                Item("在留資格", row.在留資格),
                Item("在留期間等", row.在留期間),
                Item("満了の日", shown.western(row.在留満了日) if row.在留満了日 else ""),
                Item("カード等の番号", row.在留番号),
                Item(
                    "外国人住民となった日", shown.uncertain(row.外国人住民日, row.外住日不詳, row.外住日表記)
                ),
            ],
        )
    ]


def _numbers(request: StaffRequest, person: Person) -> list[Item]:
    hidden = (
        Withheld("本人確認の後に開けます") if person.may("照会", "個人番号") else Withheld("権限がありません")
    )
    items = [Item("個人番号", hidden, note="F8 で開く" if person.may("照会", "個人番号") else "")]
    if person.may("照会", "連絡先"):
        contacts = disclosure.reveal_contacts(
            request.seat, gyomu=GYOMU, subject=person.row.宛名番号, unmask=person.opened
        )
        items += [Item(kind, Withheld("支援措置") if masked else value) for kind, value, masked in contacts]
    return items


def kind_name(code: str) -> str:
    """異動の種類の呼び名。"""
    return 一覧[code].名称 if code in 一覧 else code


def entry(row: 住民履歴, *, cancelled: bool = False) -> Entry:
    """履歴の一件。"""
    return Entry(
        異動日=shown.uncertain(row.異動日, row.異動日不詳, row.異動日表記),
        異動事由=shown.reason(row.異動事由),
        区分={"1": "記載", "2": "消除", "3": "修正"}[row.異動事由[0]],
        kind=shown.REASON_KINDS[row.異動事由[0]],
        届出日=shown.day(row.届出日),
        処理日時=shown.moment(row.処理日時),
        入力者=row.入力者,
        履歴番号=row.履歴番号,
        cancelled=cancelled,
    )


def case_rows(found: Iterable[届出]) -> list[Row]:
    """届出の一覧の行（CASE_COLUMNS の順）。"""
    return [
        Row(
            [
                c.受付番号,
                kind_name(c.種類),
                shown.day(c.異動日),
                c.get_状態_display(),
                c.入力者,
                shown.moment(c.入力日時),
            ],
            url=reverse("juki:case", args=[c.pk]),
            alert=c.状態 == "4",
        )
        for c in found
    ]


def _issues(number: str) -> list[Row]:
    return [
        Row([shown.moment(row.交付日時), row.様式, row.発行番号], url=reverse("juki:issued", args=[row.文書]))
        for row in glance.近い交付(number)
    ]
