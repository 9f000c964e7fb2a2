"""画面の組み立てに使うタグとフィルタ。計算はせず、見せ方だけを決める。"""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.screens.shapes import Withheld

register = template.Library()

NOTHING = "―"
"""値が無いことの印。0 や空欄と取り違えない。"""
NAME = SafeString(' class="name"')
NOTE = '<span class="description__note">{}</span>'


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"金額と数は整数で渡す（{value!r}）。")
    return value


def _grouped(value: int) -> str:
    return f"△{-value:,}" if value < 0 else f"{value:,}"


def _tail(text: str) -> str | SafeString:
    return format_html('<span class="withheld-tail number">{}</span>', text) if text else ""


@register.filter
def number(value: object) -> str:
    """整数を3桁区切りにする。負は△。None は「―」。"""
    return NOTHING if value is None else _grouped(_whole(value))


@register.filter
def yen(value: object) -> str | SafeString:
    """円を3桁区切り・単位つきにする（右寄せは列の data-kind="yen"）。負は△。None は「―」。"""
    if value is None:
        return NOTHING
    return format_html('<span class="yen">{}<span class="unit">円</span></span>', _grouped(_whole(value)))


@register.filter
def mask(value: object) -> object:
    """見せない値を「表示制限」の札にし、無い値を「―」にする。ほかはそのまま。"""
    if isinstance(value, Withheld):
        title = value.reason or "見る権限がありません"
        return format_html('{}<span class="withheld" title="{}">表示制限</span>', _tail(value.tail), title)
    return NOTHING if value is None or value == "" else value


@register.filter
def shown(value: object, kind: str | None = "text") -> object:
    """列の種類（text/number/yen/date/name）に応じた見せ方。Withheld はどの種類でも札になる。"""
    if isinstance(value, Withheld) or value is None or value == "":
        return mask(value)
    if kind == "yen":
        return yen(value)
    if kind == "number" and isinstance(value, int):
        return number(value)
    if isinstance(value, dt.date):
        return wareki(value)
    if isinstance(value, 不詳日):
        return uncertain_date(value)
    return value


@register.filter
def described(items: Iterable[Any]) -> SafeString:
    """項目と値の並び（components/description.html の中身）。一枚に何十とあるので、型紙の繰返しで書かない。"""
    return format_html_join(
        "", "<div><dt>{}</dt><dd{}>{}{}</dd></div>", (_described(item) for item in items or ())
    )


def _described(item: Any) -> tuple[object, ...]:
    name, value, kind, note = (
        (item["name"], item["value"], item.get("kind"), item.get("note"))
        if isinstance(item, dict)
        else (item.name, item.value, item.kind, item.note)
    )
    mark = NAME if kind == "name" else ""
    return name, mark, shown(value, kind), format_html(NOTE, note) if note else ""


@register.simple_tag
def badge(text: object, kind: str = "", title: str = "") -> SafeString:
    """札（components/badge.html と同じもの）。行ごとに出る札は、型紙を読まずにこれで書く。"""
    hint = format_html(' title="{}"', title) if title else ""
    return format_html('<span class="badge" data-kind="{}"{}>{}</span>\n', kind or "neutral", hint, text)


@register.filter
def wareki(value: dt.date | None) -> str:
    """日を和暦で見せる（昭和63年4月1日）。None は「―」。"""
    return NOTHING if value is None else 和暦表示(value)


@register.filter
def uncertain_date(value: 不詳日 | None) -> str:
    """不詳のことがある日を、書かれたとおり（確かな日なら和暦）に見せる。None は「―」。"""
    return NOTHING if value is None else value.表示


@register.filter
def is_date(field: BoundField) -> bool:
    """和暦の読みを付ける欄か。"""
    return "data-wareki" in field.field.widget.attrs


@register.filter
def cells(row: Any, columns: Sequence[Any]) -> Iterable[tuple[Any, object]]:
    """表の行の値を列と組にする。数が合わなければ誤り。"""
    values = row["cells"] if isinstance(row, dict) else row.cells
    return zip(columns, values, strict=True)


@register.filter
def as_json(value: object) -> str:
    """属性に置く JSON（エスケープはテンプレートがする）。"""
    return json.dumps(value, ensure_ascii=False)


@register.simple_tag
def control(field: BoundField, width: str = "", name_font: bool = False) -> SafeString:
    """入力欄そのものを、この画面の類・幅・属性を付けて出す。

    width は s・m・l（既定はウィジェットの data-width、無ければ m、textarea は l）。
    住民の値をブラウザが覚えないよう autocomplete は切る。
    """
    widget = field.field.widget
    long = isinstance(widget, forms.Textarea)
    usual = widget.attrs.get("data-width", "l" if long else "m")
    attrs: dict[str, Any] = {"class": "input", "data-width": width or usual}
    attrs["autocomplete"] = widget.attrs.get("autocomplete", "off")
    if name_font:
        attrs["data-name"] = True
    return field.as_widget(attrs=attrs)


@register.inclusion_tag("screens/components/field_row.html")
def field_row(*fields: BoundField, legend: str) -> dict[str, Any]:
    """欄を一行に並べる。{% field_row form.氏 form.名 legend="氏名" %}"""
    return {"fields": fields, "legend": legend}
