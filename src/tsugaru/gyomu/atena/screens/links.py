"""名寄せの画面: 候補、横並びの比較と判断、二人目の確認。"""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tsugaru.gyomu.atena.domain import candidates, four, links, personal_number
from tsugaru.gyomu.atena.domain.compare import 四情報, 比べる, 比較
from tsugaru.gyomu.atena.domain.outsiders import 性別の名
from tsugaru.gyomu.atena.models import 名寄せ, 宛名
from tsugaru.gyomu.atena.screens import token
from tsugaru.gyomu.atena.screens.entry import 画面, 進める
from tsugaru.gyomu.atena.screens.forms import 名寄せの欄, 番号の突合
from tsugaru.gyomu.atena.screens.rows import 人の行
from tsugaru.gyomu.atena.screens.subject import GYOMU, 区分の色, 外枠, 手元, 本人確認を求める, 許す, 開く
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.disclosure.api import Revealed
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Column, PersonRow, Row, Withheld

COLUMNS = [
    Column("案"), Column("名寄せ先", "name"), Column("名寄せ元", "name"), Column("違う項目"), Column("理由"),
    Column("案を出した人"),
]  # fmt: skip


def matches(request: StaffRequest, number: str) -> HttpResponse:
    """同じ人かもしれない宛名の一覧。選ぶと横並びになる。"""
    person = 開く(request, number, act="名寄せの候補")
    clue = candidates.手掛かりを読む(person.head)
    found = candidates.探す(clue, 除く=number)
    other = request.GET.get("other", "").strip()
    if other:
        return redirect("atena:compare", number=number, other=other)
    apart, linked = links.別人とした番号(number), set(links.同じ人の番号(number))
    notes = dict.fromkeys(apart, "（別人と判断済み）") | dict.fromkeys(linked, "（名寄せ済み）")
    rows = [
        _比較へ(row, number) for row in 人の行(request, found, matched=notes)
    ]  # 選べば相手の頁ではなく比較を開く
    return render(request, "atena/matches.html", 外枠(request, person, people=rows))


def _比較へ(row: PersonRow, number: str) -> PersonRow:
    return replace(row, url=reverse("atena:compare", args=[number, row.宛名番号]))


@require_http_methods(["GET", "POST"])
def compare(request: StaffRequest, number: str, other: str) -> HttpResponse:
    """二人を横に並べ、四情報のどれが合うかを見て判断する。"""
    person = 開く(request, number, act="名寄せの比較")
    head = 宛名.objects.filter(pk=other).exclude(pk=number).first()
    if head is None:
        raise Http404
    audit.record(act="名寄せの比較", subjects=[other], gyomu=GYOMU)
    if request.method == "POST":
        許す(request, "異動入力")
    places = _住所(request, [number, other])
    facts = four.四情報を読む([person.head, head], places)
    agreed, checked = _番号を突き合わせる(request, person, other)
    compared = 比べる(facts[number], facts[other], 番号=agreed)
    pair = links.向き(person.head, head)
    kinds = _選べる判断(pair)
    deciding = request.method == "POST" and "判断" in request.POST
    form = 名寄せの欄(request.POST if deciding else None, 種類=kinds)
    page = 画面(
        題="名寄せの比較",
        主="登録",
        戻り先=reverse("atena:matches", args=[number]),
        版=f"{other}-{len(links.判断の歴(number))}-{len(links.判断の歴(other))}",
        型紙="atena/compare.html",
    )

    def act() -> str:
        row = links.判断する(
            pair,
            form.cleaned_data["判断"],
            比べた=compared,
            理由=form.cleaned_data["理由"],
            判断者=request.seat.staff.number,
            clock=request.clock,
        )
        done = "linked" if row.判断 in links.判断の種類 else "proposed"
        return f"{reverse('atena:person', args=[number])}?done={done}"

    context = {
        "other": head,
        "rows": 並べる(facts[number], facts[other], compared, places, person.head, head),
        "pair": pair,
        "compared": compared,
        "checked": checked,
        "waiting": links.待っている案(pair),
        "may": person.may("異動入力") and bool(kinds),
        "may_number": person.may("異動入力", "個人番号"),
        "proof": "" if agreed is None else _結果の印(request, number, other, agreed),
    }
    if not deciding:
        mark = token.印(request, number, page.版)
        return render(
            request,
            page.型紙,
            外枠(request, person, form=form, page=page, token=mark, **context),
            status=422 if checked.errors else 200,
        )
    return 進める(request, person, form, page, act, **context)


def _選べる判断(pair: links.組) -> tuple[str, ...]:
    """つながっていれば解除だけ、いなければ同一か別人。"""
    return ("解除",) if links.効いている先([pair.元]).get(pair.元) == pair.先 else ("同一", "別人")


def _番号を突き合わせる(request: StaffRequest, person: 手元, other: str) -> tuple[bool | None, 番号の突合]:
    """提示された番号を二人とも持っていれば True、片方だけなら False、尋ねなければ None。

    番号は画面に返さない。確かめた結果だけを、この席とこの二人に結んだ印にして判断のフォームへ運ぶ。
    """
    number = person.head.宛名番号
    if not request.POST.get("個人番号"):
        return _運ばれた結果(request, number, other), 番号の突合()
    form = 番号の突合(request.POST)
    if not form.is_valid():
        return None, form
    許す(request, "異動入力", "個人番号")
    本人確認を求める(request)
    audit.record(act="個人番号の突合", subjects=[number, other], gyomu=GYOMU)
    return personal_number.同じ番号をもつ(form.cleaned_data["個人番号"], {number, other}), 番号の突合()


def _結果の印(request: StaffRequest, number: str, other: str, agreed: bool) -> str:
    return token.印(request, f"{number}-{other}", f"number-{agreed}")


def _運ばれた結果(request: StaffRequest, number: str, other: str) -> bool | None:
    """判断のフォームに付いてきた印。作り物なら None（確かめていない）。"""
    carried = request.POST.get("proof", "")
    return next((a for a in (True, False) if carried == _結果の印(request, number, other, a)), None)


def _住所(request: StaffRequest, numbers: list[str]) -> dict[str, Revealed]:
    許す(request, "照会", "住所")
    return four.今の住所(request.seat, numbers)


def 並べる(
    甲: 四情報, 乙: 四情報, compared: 比較, places: dict[str, Revealed], 左: 宛名, 右: 宛名
) -> list[dict[str, object]]:
    """画面の行（項目・左・右・度合）。"""
    return [
        {"name": "氏名", "left": 甲.氏名, "right": 乙.氏名, "degree": compared.氏名, "kind": "name"},
        {"name": "フリガナ", "left": 左.フリガナ, "right": 右.フリガナ, "degree": None},
        {
            "name": "生年月日",
            "left": 甲.生年月日.表示 if 甲.生年月日 else "",
            "right": 乙.生年月日.表示 if 乙.生年月日 else "",
            "degree": compared.生年月日,
        },
        {"name": "性別", "left": 性別の名[甲.性別], "right": 性別の名[乙.性別], "degree": compared.性別},
        {
            "name": "住所",
            "left": _見せる住所(places.get(左.宛名番号)),
            "right": _見せる住所(places.get(右.宛名番号)),
            "degree": compared.住所,
            "kind": "name",
        },
        {"name": "法人番号", "left": 左.法人番号, "right": 右.法人番号, "degree": None},
        {"name": "区分", "left": 左.get_区分_display(), "right": 右.get_区分_display(), "degree": None},
    ]


def _見せる住所(place: Revealed | None) -> object:
    if place is None:
        return ""
    return Withheld("支援措置") if place.masked else place.text()


def pending(request: StaffRequest) -> HttpResponse:
    """二人目を待つ案。"""
    許す(request, "照会")
    rows = links.確認待ち()
    names = 宛名.objects.in_bulk({n for row in rows for n in (row.名寄せ元, row.名寄せ先)})
    audit.record(act="名寄せの確認待ち", subjects=sorted(names), gyomu=GYOMU)
    shown = [
        Row(
            [
                row.判断,
                f"{names[row.名寄せ先].氏名}（{row.名寄せ先}）",
                f"{names[row.名寄せ元].氏名}（{row.名寄せ元}）",
                違う項目(row) or "（四情報は一致）",
                row.理由,
                row.判断者,
            ],
            url=reverse("atena:confirm", args=[row.pk]),
        )
        for row in rows
    ]
    context = {"title": "名寄せの確認待ち", "columns": COLUMNS, "rows": shown}
    return render(request, "atena/list.html", context)


def 違う項目(row: 名寄せ) -> str:
    """一致しなかった項目の名。"""
    return "、".join(n for n in ("氏名", "生年月日", "性別", "住所") if not getattr(row, f"{n}一致"))


@require_http_methods(["GET", "POST"])
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """二人目が、横に並べて確かめてから認めるか断る。"""
    許す(request, "決裁")
    draft = next((row for row in links.確認待ち() if row.pk == pk), None)
    if draft is None:
        raise Http404
    本人確認を求める(request)
    person = 開く(request, draft.名寄せ先, act="名寄せの確認")
    if request.method == "POST":
        return _決める(request, draft)
    other = 宛名.objects.get(pk=draft.名寄せ元)
    audit.record(act="名寄せの確認", subjects=[other.pk], gyomu=GYOMU)
    places = _住所(request, [draft.名寄せ先, other.pk])
    facts = four.四情報を読む([person.head, other], places)
    compared = 比べる(facts[person.head.pk], facts[other.pk], 番号=draft.番号一致)
    context = {
        "draft": draft,
        "other": other,
        "rows": 並べる(facts[person.head.pk], facts[other.pk], compared, places, person.head, other),
        "token": token.印(request, draft.名寄せ先, f"draft-{pk}"),
        "mine": draft.判断者 == request.seat.staff.number,
        "colour": 区分の色[other.区分],
    }
    return render(request, "atena/confirm.html", 外枠(request, person, **context))


def _決める(request: StaffRequest, draft: 名寄せ) -> HttpResponse:
    token.確かめる(request, draft.名寄せ先, f"draft-{draft.pk}")
    answer = request.POST.get("answer", "")
    if answer not in ("yes", "no"):
        raise 業務エラー(
            "AT-0311", "認めるか断るかが選ばれていません。", "どちらかのボタンを押してください。"
        )
    links.確認する(draft.pk, 認める=answer == "yes", 確認者=request.seat.staff.number, clock=request.clock)
    return redirect(f"{reverse('atena:person', args=[draft.名寄せ先])}?done=linked")
