"""印鑑登録の入口: 登録証の番号で開く、回答を待つ照会、件数。"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.inkan.domain import sweep
from tsugaru.gyomu.inkan.domain.codes import 事由
from tsugaru.gyomu.inkan.models import 印鑑履歴, 印鑑登録, 状態, 登録証, 証明交付
from tsugaru.gyomu.inkan.screens import shown
from tsugaru.gyomu.inkan.screens.act_forms import CardField
from tsugaru.gyomu.inkan.screens.subject import GYOMU
from tsugaru.kernel.clock import JAPAN
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, Item, Row

WAITING = [Column("宛名番号"), Column("氏名", "name"), Column("申請日", "date"), Column("回答期限", "date")]
REMOVED = [Column("宛名番号"), Column("氏名", "name"), Column("処理日時", "date"), Column("事由")]
SHOWN = 50
RECENT_DAYS = 7


class FindForm(ScreenForm):
    """登録証の番号。"""

    card = CardField(first=True, label="登録証番号")


def home(request: StaffRequest) -> HttpResponse:
    """登録証を読み取ればその人が開く。"""
    authz.require(request.seat.staff.section, GYOMU, "照会")
    sweep.追いつく(clock=request.clock)
    form = FindForm(request.GET if "card" in request.GET else None)
    if form.is_valid():
        owner = 登録証.objects.filter(pk=form.cleaned_data["card"]).first()
        if owner is not None:
            return redirect("inkan:person", owner.宛名番号)
        form.add_error(
            "card", "IN-0404 その番号の登録証は交付していません。番号を確かめるか、氏名で探してください。"
        )
    today = request.clock.today()
    context = {
        "form": form,
        "waiting": _waiting(today),
        "removed": _removed(today),
        "columns": {"waiting": WAITING, "removed": REMOVED},
        "counts": _counts(today),
    }
    return render(request, "inkan/home.html", context, status=422 if form.errors else 200)


def _waiting(today: date) -> list[Row]:
    """回答を待つ照会（期限の早い順）。"""
    rows = list(印鑑登録.objects.filter(状態=状態.照会中).order_by("回答期限", "宛名番号")[:SHOWN])
    names = _names([row.宛名番号 for row in rows])
    return [
        Row(
            [row.宛名番号, names[row.宛名番号], row.申請日, row.回答期限],
            url=reverse("inkan:person", args=[row.宛名番号]),
            alert=row.回答期限 is not None and row.回答期限 - today < timedelta(days=RECENT_DAYS),
        )
        for row in rows
    ]


def _removed(today: date) -> list[Row]:
    """この一週間の職権抹消（本人への通知が要る）。"""
    since = _start(today - timedelta(days=RECENT_DAYS))
    rows = list(
        印鑑履歴.objects.filter(事由=事由.職権抹消.value, 処理日時__gte=since).order_by("-処理日時")[:SHOWN]
    )
    names = _names([row.宛名番号 for row in rows])
    return [
        Row(
            [row.宛名番号, names[row.宛名番号], shown.moment(row.処理日時), shown.ending(row)],
            url=reverse("inkan:person", args=[row.宛名番号]),
        )
        for row in rows
    ]


def _names(subjects: list[str]) -> dict[str, str]:
    if subjects:
        audit.record(act="印鑑登録の一覧", subjects=subjects, gyomu=GYOMU)
    found = atena.見出しを読む(subjects)
    return {number: found[number].氏名 if number in found else "" for number in subjects}


def _counts(today: date) -> list[Item]:
    """件数（今日と今月）。"""
    day, month = _start(today), _start(today.replace(day=1))
    made = [事由.即日登録.value, 事由.回答による登録.value]
    ended = [事由.廃止.value, 事由.職権抹消.value]
    live = 印鑑登録.objects.filter(状態__in=[状態.登録, 状態.停止]).count()
    return [
        Item("登録者", f"{live:,}人"),
        Item("登録（今日・今月）", _two(made, day, month)),
        Item("廃止・抹消（今日・今月）", _two(ended, day, month)),
        Item("証明（今日・今月）", f"{_issued(day):,}通・{_issued(month):,}通"),
    ]


def _two(codes: list[str], day: datetime, month: datetime) -> str:
    rows = 印鑑履歴.objects.filter(事由__in=codes)
    return f"{rows.filter(処理日時__gte=day).count():,}件・{rows.filter(処理日時__gte=month).count():,}件"


def _issued(since: datetime) -> int:
    return 証明交付.objects.filter(交付日時__gte=since).count()


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=JAPAN)
