"""住登外者の個人番号の確認。番号そのものは、この画面では見せない。"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tsugaru.gyomu.atena.domain import four, personal_number
from tsugaru.gyomu.atena.domain.compare import 四情報
from tsugaru.gyomu.atena.models import 住登外, 番号確認
from tsugaru.gyomu.atena.screens.entry import 手続を読む, 画面, 進める
from tsugaru.gyomu.atena.screens.fields import 欄
from tsugaru.gyomu.atena.screens.forms import 回答の欄, 照会の欄
from tsugaru.gyomu.atena.screens.history import 時刻
from tsugaru.gyomu.atena.screens.subject import 手元, 本人確認を求める, 許す, 開く
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Entry, Step, StepState

段 = ("未確認", "照会中", "確定")


@require_http_methods(["GET", "POST"])
def number(request: StaffRequest, number: str) -> HttpResponse:
    """今の状態に応じて、照会を始める・回答を入れる・確定を見る。"""
    許す(request, "異動入力", "個人番号")
    本人確認を求める(request)
    person = 開く(request, number, act="個人番号の確認画面")
    if not isinstance(person.行, 住登外) or person.行.廃止:
        raise Http404
    now = personal_number.状態(number)
    page = 画面(
        題="個人番号の確認",
        主="照会を始める" if now == "未確認" else "確定",
        戻り先=reverse("atena:person", args=[number]),
        版=番号確認.objects.filter(宛名番号=number).count(),
        型紙="atena/number.html",
    )
    form: 欄 = 照会の欄(request.POST or None, initial={"照会日": request.clock.today()})
    if now != "未確認":
        form = 回答の欄(request.POST or None, initial={"回答日": request.clock.today()})

    def act() -> str:
        if now == "未確認":
            _照会する(request, number, form)
        else:
            _確定する(request, person, form)
        return f"{reverse('atena:person', args=[number])}?done=number"

    context = {"state": now, "steps": _歩み(now), "entries": _歴(number)}
    return 進める(request, person, form, page, act, **context)


@require_http_methods(["POST"])
def withdraw(request: StaffRequest, number: str) -> HttpResponse:
    """照会を取り下げて未確認に戻す。"""
    許す(request, "異動入力", "個人番号")
    person = 開く(request, number, act="個人番号の照会の取下げ")
    count = 番号確認.objects.filter(宛名番号=number).count()
    form = 欄(request.POST)
    page = 画面(題="照会の取下げ", 主="取り下げる", 戻り先=reverse("atena:number", args=[number]), 版=count)

    def act() -> str:
        personal_number.取り下げる(number, 手続=手続を読む(request, form))
        return f"{reverse('atena:person', args=[number])}?done=number"

    return 進める(request, person, form, page, act)


def _照会する(request: StaffRequest, number: str, form: 欄) -> None:
    given = form.cleaned_data
    asked = personal_number.照会(
        根拠=given["照会根拠"],
        照会先=given["照会先"],
        照会日=given["照会日"],
        文書番号=given["文書番号"],
    )
    personal_number.照会を始める(number, asked, 手続=手続を読む(request, form))


def _確定する(request: StaffRequest, person: 手元, form: 欄) -> None:
    assert isinstance(form, 回答の欄)
    given = form.cleaned_data
    place = (person.places or {}).get(person.住所番号 or 0)
    places = {person.head.宛名番号: place} if place else {}
    answer = 四情報(氏名=given["氏名"], 生年月日=given["生年月日"], 性別=given["性別"], 住所=form.住所())
    personal_number.確定する(
        person.head.宛名番号,
        台帳=four.四情報を読む([person.head], places)[person.head.宛名番号],
        回答=answer,
        番号=given["個人番号"],
        回答日=given["回答日"],
        手続=手続を読む(request, form),
    )


def _歩み(now: str) -> list[Step]:
    place = 段.index(now)
    states: list[StepState] = [
        "done" if i < place or now == "確定" else "current" if i == place else "todo" for i in range(3)
    ]
    return [Step(name, state) for name, state in zip(段, states, strict=True)]


def _歴(number: str) -> list[Entry]:
    return [
        Entry(
            異動日=和暦表示(row.回答日 or row.照会日),
            異動事由=f"{row.照会根拠}（{row.照会先} {row.文書番号}）",
            区分=row.状態,
            kind="success" if row.状態 == "確定" else "info",
            処理日時=時刻(row.処理日時),
            入力者=row.入力者,
            履歴番号=row.履歴番号,
        )
        for row in 番号確認.objects.filter(宛名番号=number).order_by("-履歴番号")
    ]
