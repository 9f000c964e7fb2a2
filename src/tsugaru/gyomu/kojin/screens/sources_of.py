"""一枚の資料: 書かれた項目と、どの届け物の何行目か、どう結んだか、どう使われたか。"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from tsugaru.gyomu.kojin.domain import dossier, units, usage
from tsugaru.gyomu.kojin.domain.usage import 使われ方
from tsugaru.gyomu.kojin.models.source import 資料種類
from tsugaru.gyomu.kojin.screens import shown
from tsugaru.gyomu.kojin.screens.subject import load, shell
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.inbound.models import Delivery
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Item

MARKS = {"0": "新規", "1": "追加", "2": "訂正", "3": "取消"}


def source(request: StaffRequest, number: str, year: int, source: int) -> HttpResponse:
    """その人に結ばれている資料だけが開く。"""
    person = load(request, number, year, act="課税資料の照会")
    book = dossier.開く(number, year)
    found = next((one for one in book.資料 if one.資料.pk == source), None)
    if found is None:
        raise Http404
    context = shell(
        request,
        person,
        heading=usage.資料の名(found.資料),
        use=found,
        badge=shown.KINDS[found.扱い],
        origin=_origin(found),
        facts=[Item(名, units.文字(名, 値)) for 名, 値 in found.資料.事実.items()],
        extras=[Item(名, str(値)) for 名, 値 in found.資料.添え.items()],
        back=person.url("person"),
    )
    return render(request, "kojin/source.html", context)


def _origin(found: 使われ方) -> list[Item]:
    s = found.資料
    delivery = Delivery.objects.filter(pk=s.届け物).first() if s.届け物 else None
    where = f"{delivery.sender}（{delivery.period}）の {s.行}行目" if delivery else "窓口の申告"
    return [
        Item("資料の番号", str(s.pk)),
        Item("種類", 資料種類(s.種類).label, "text", f"（{MARKS[s.訂正表示]}）"),
        Item("届いた所", where),
        Item("受付番号", s.申告番号 or None),
        Item("支払者", s.支払者 or None, "name", f"（指定番号 {s.支払者番号}）" if s.支払者番号 else ""),
        Item("受給者番号", s.受給者番号 or None),
        Item("書かれた氏名", s.氏名, "name", s.カナ),
        Item("書かれた生年月日", 和暦表示(s.生年月日)),
        Item("結んだ根拠", getattr(s, "結んだ根拠", "")),
        Item("載せた", shown.moment(s.取込日時), "text", s.入力者),
        Item("置き換えた資料", str(s.置換_id) if s.置換_id else None),
    ]
