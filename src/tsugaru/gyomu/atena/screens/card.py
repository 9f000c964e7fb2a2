"""総合照会の札と、検索結果に足すこと。"""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from tsugaru.gyomu.atena.domain import agents, deliveries, links, mailing
from tsugaru.gyomu.atena.domain.offices import 業務の名
from tsugaru.gyomu.atena.models import 住登外, 宛名, 宛名区分, 法人
from tsugaru.platform.screens.providers import Found
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Card
from tsugaru.platform.tenancy.prepared import Prepared

_一人 = Prepared(lambda number: 宛名.objects.filter(pk=number).values_list("pk"), number=str)


def card(subject: str, request: StaffRequest) -> Card | None:
    """送付先・関係人・返戻・名寄せの一行。何もなければ薄く出す。"""
    if not _一人.rows(number=subject):
        return None
    today = request.clock.today()
    places = mailing.効いている送付先(subject, today)
    returned = [rows[-1] for rows in deliveries.事案の一覧(subject) if rows[-1].段階 != "終結"]
    others = agents.効いている関係人(subject, today)
    same = len(links.同じ人の番号(subject)) - 1
    lines = [
        _数("関係人", [agents.種別の表[row.種別].名 for row in others]),
        f"名寄せ {same}件" if same else "",
    ]
    return Card(
        name="宛名・送付先",
        url=reverse("atena:person", args=[subject]),
        summary=_数("送付先", [業務の名[row.業務] for row in places]),
        lines="　".join(line for line in lines if line),
        none=not (places or others or same or returned),
        flag=f"返戻 {len(returned)}件" if returned else "",
    )


def _数(name: str, kinds: list[str]) -> str:
    return f"{name} {len(kinds)}件（{'、'.join(sorted(set(kinds)))}）" if kinds else ""


def found(subjects: Sequence[str]) -> dict[str, Found]:
    """住登外と法人だけが入る（住民・除票者は住民記録が開く）。"""
    wanted = 宛名.objects.filter(pk__in=subjects, 区分__in=[宛名区分.住登外個人, 宛名区分.法人]).values_list(
        "pk", flat=True
    )
    places: dict[str, int | None] = {}
    for model, column in ((住登外, "住所番号"), (法人, "所在地番号")):
        latest = model.objects.filter(宛名番号__in=list(wanted)).order_by("宛名番号", "-履歴番号")
        places |= dict(latest.distinct("宛名番号").values_list("宛名番号", column))
    return {
        number: Found(url=reverse("atena:person", args=[number]), address=places.get(number))
        for number in wanted
    }
