"""宛名の頁。一つの宛名番号について、事項・送付先・関係人・連絡先・返戻・名寄せ・番号の確認・履歴を一枚で見る。"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from tsugaru.gyomu.atena.domain import agents, deliveries, links, mailing, personal_number
from tsugaru.gyomu.atena.domain.offices import 業務の名
from tsugaru.gyomu.atena.domain.outsiders import 性別の名, 生年月日
from tsugaru.gyomu.atena.models import 住登外, 宛名, 宛名区分, 法人, 関係人
from tsugaru.gyomu.atena.screens import token
from tsugaru.gyomu.atena.screens.history import 履歴
from tsugaru.gyomu.atena.screens.subject import GYOMU, 外枠, 手元, 開く
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Item, Row, Withheld

DONE = {
    "registered": "登録しました。",
    "changed": "変更を登録しました。",
    "closed": "廃止しました。",
    "reopened": "再開しました。",
    "mailing": "送付先を登録しました。",
    "agent": "関係人を登録しました。",
    "contact": "連絡先を登録しました。",
    "returned": "返戻を記録しました。",
    "delivery": "送達の記録を足しました。",
    "number": "個人番号の確認を記録しました。",
    "linked": "名寄せの判断を登録しました。",
    "proposed": "名寄せの案を出しました。ほかの職員の確認を待っています。",
}
COLUMNS = {
    "mailing": [Column("業務"), Column("宛名人", "name"), Column("送付先", "name"), Column("期間"), Column("理由")],
    "agents": [Column("種別"), Column("相手", "name"), Column("業務"), Column("期間")],
    "deliveries": [Column("文書"), Column("業務"), Column("今の段"), Column("年月日", "date"), Column("効力")],
    "links": [Column("相手"), Column("氏名", "name"), Column("判断"), Column("理由"), Column("判断者・確認者")],
}  # fmt: skip


def person(request: StaffRequest, number: str) -> HttpResponse:
    """宛名の頁。"""
    opened = request.GET.get("open") == "1"
    found = 開く(request, number, unmask=opened)
    context = 外枠(
        request,
        found,
        done=DONE.get(request.GET.get("done", ""), ""),
        items=_事項(found),
        columns=COLUMNS,
        contacts=_連絡先(request, found, unmask=opened),
        history=履歴(found.head),
        number_state=_番号の状態(found),
        token=token.印(request, number, found.行.履歴番号 if found.行 else ""),
        opened=opened,
        resident_url=_総合照会(found.head),
        can={
            "edit": found.may("異動入力"),
            "place": found.may("異動入力", "住所"),
            "open": found.may("照会", "支援措置"),
        },
        **_表(found, request.clock.today()),
    )
    return render(request, "atena/person.html", context)


def _総合照会(head: 宛名) -> str:
    if head.区分 not in (宛名区分.住民, 宛名区分.除票者):
        return ""
    try:
        return reverse("juki:person", args=[head.宛名番号])
    except NoReverseMatch:
        return ""


def _事項(found: 手元) -> list[Item]:
    head, row = found.head, found.行
    if isinstance(row, 法人):
        items = [
            Item("商号・名称", row.商号, "name", row.フリガナ),
            Item("法人番号", row.法人番号),
            Item("代表者", row.代表者, "name"),
            Item("所在地", found.place(found.住所番号), "name"),
        ]
    else:
        items = _個人の事項(head, row)
        if isinstance(row, 住登外):
            items.append(Item("住所", found.place(found.住所番号), "name"))
    if row:
        items.append(Item("登録した業務", 業務の名[row.業務] if row.業務 else ""))
        items.append(Item("備考", row.備考))
    return items


def _個人の事項(head: 宛名, row: 住登外 | 法人 | None) -> list[Item]:
    born = 生年月日(head)
    items = [
        Item("氏名", head.氏名, "name", head.フリガナ),
        Item("生年月日", born.表示 if born else ""),
        Item("性別", 性別の名[head.性別]),
    ]
    if isinstance(row, 住登外):
        extra = [
            Item("通称", row.通称, "name", row.通称フリガナ),
            Item("氏名（ローマ字）", row.氏名ローマ字),
            Item("氏名（漢字）", row.氏名漢字, "name"),
            Item("国籍・地域", row.国籍名),
        ]
        items += [item for item in extra if item.value]
    return items


def _表(found: 手元, today: date) -> dict[str, Any]:
    number = found.head.宛名番号
    return {
        "mailing": _送付先の行(found, today),
        "agents": _関係人の行(number, today),
        "served": _引き受けの行(number, today),
        "deliveries": _送達の行(number),
        "links": _名寄せの行(number),
        "same": [n for n in links.同じ人の番号(number) if n != number],
    }


def _送付先の行(found: 手元, today: date) -> list[Row]:
    number = found.head.宛名番号
    return [
        Row(
            [
                業務の名[row.業務],
                row.宛名人 or "（本人）",
                found.place(row.送付先番号),
                期間(row.始期, row.終期),
                row.理由,
            ],
            url=reverse("atena:mailing_end", args=[number, row.業務 or "all"]),
        )
        for row in mailing.効いている送付先(number, today)
    ]


def _関係人の行(number: str, today: date) -> list[Row]:
    rows = agents.効いている関係人(number, today)
    names = 宛名.objects.in_bulk([row.相手番号 for row in rows])
    return [
        Row(
            [_種別(row), f"{names[row.相手番号].氏名}（{row.相手番号}）", 業務の名[row.業務], 期間(row.始期, row.終期)],
            url=reverse("atena:agent_end", args=[number, row.pk]),
        )
        for row in rows
    ]  # fmt: skip


def _引き受けの行(number: str, today: date) -> list[Row]:
    rows = agents.引き受けている(number, today)
    names = 宛名.objects.in_bulk([row.宛名番号 for row in rows])
    return [
        Row(
            [_種別(row), f"{names[row.宛名番号].氏名}（{row.宛名番号}）", 業務の名[row.業務], 期間(row.始期, row.終期)],
            url=reverse("atena:person", args=[row.宛名番号]),
        )
        for row in rows
    ]  # fmt: skip


def _種別(row: 関係人) -> str:
    return agents.種別の表[row.種別].名


def _送達の行(number: str) -> list[Row]:
    return [
        Row(
            [
                rows[-1].文書名,
                rows[-1].業務 and 業務の名[rows[-1].業務],
                rows[-1].段階,
                rows[-1].年月日,
                f"{和暦表示(rows[-1].効力日)}に送達とみなす" if rows[-1].効力日 else "",
            ],
            url=reverse("atena:delivery", args=[number, rows[-1].事案番号]),
            ended=rows[-1].段階 == "終結",
        )
        for rows in deliveries.事案の一覧(number)
    ]


def _名寄せの行(number: str) -> list[Row]:
    rows = links.判断の歴(number)
    other = {row.pk: row.名寄せ先 if row.名寄せ元 == number else row.名寄せ元 for row in rows}
    names = 宛名.objects.in_bulk(set(other.values()))
    return [
        Row(
            [
                other[row.pk],
                names[other[row.pk]].氏名,
                row.判断,
                row.理由,
                "・".join(who for who in (row.判断者, row.確認者) if who),
            ],
            url=reverse("atena:compare", args=[number, other[row.pk]]),
            ended=row.判断 in ("解除", links.却下),
        )
        for row in rows
    ]


def _連絡先(request: StaffRequest, found: 手元, *, unmask: bool) -> list[Item]:
    if not found.may("照会", "連絡先"):
        return []
    known = disclosure.reveal_contacts(request.seat, gyomu=GYOMU, subject=found.head.宛名番号, unmask=unmask)
    return [Item(kind, Withheld("支援措置") if masked else value) for kind, value, masked in known]


def _番号の状態(found: 手元) -> str:
    if not isinstance(found.行, 住登外) or not found.may("照会", "個人番号"):
        return ""
    return personal_number.状態(found.head.宛名番号)


def 期間(始期: date, 終期: date | None) -> str:
    """「令和8年4月1日から」。"""
    return f"{和暦表示(始期)}から{和暦表示(終期) + 'まで' if 終期 else ''}"
