"""住所の欄。郵便番号・都道府県市区町村・町字・番地号・方書（国外は国名と住所）を一行で打つ。"""

from __future__ import annotations

import re
from typing import Any

from django import forms

from tsugaru.gyomu.juki.screens.towns import by_postcode, plain_postcode
from tsugaru.kernel import moji
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure.api import Address

PARTS = {"postcode": ("郵便番号", 10, "s"), "area": ("都道府県・市区町村", 60, "m"), "town": ("町字", 60, "m"),
         "lot": ("番地・号", 60, "m"), "building": ("方書", 80, "m"), "country": ("国名（国外のとき）", 40, "s")}  # fmt: skip
PREFECTURE = re.compile(r"^(北海道|東京都|京都府|大阪府|.{2,3}県)(.+)$")


def address_fields(name: str, *, area: str = "") -> dict[str, forms.Field]:
    """欄の名（住所.postcode など）→ 欄。area は初めから入れておく団体。"""
    made: dict[str, forms.Field] = {}
    for part, (label, length, width) in PARTS.items():
        attrs: dict[str, Any] = {"data-width": width, "data-part": part}
        if part not in ("postcode",):
            attrs["data-name"] = True
        made[f"{name}.{part}"] = forms.CharField(
            label=label,
            max_length=length,
            required=False,
            widget=forms.TextInput(attrs),
            initial=area if part == "area" else None,
        )
    return made


def read_address(given: dict[str, Any], name: str, *, own_area: str, own_code: str) -> Address | None:
    """打たれた部分から Address を組む。空なら None。郵便番号だけでも町域が一つに決まれば補う。"""
    parts = {part: str(given.get(f"{name}.{part}") or "").strip() for part in PARTS}
    if not any(value for part, value in parts.items() if part != "area"):
        return None
    for part, value in parts.items():
        moji.検査する文字列(value, 項目=PARTS[part][0], 最大文字数=PARTS[part][1])
    if parts["country"]:
        return Address(
            country=parts["country"],
            abroad=" ".join(v for v in (parts["area"], parts["town"], parts["lot"], parts["building"]) if v),
        )
    return _domestic(parts, own_area, own_code)


def _domestic(parts: dict[str, str], own_area: str, own_code: str) -> Address:
    postcode = plain_postcode(parts["postcode"])
    if parts["postcode"] and not postcode:
        raise _wrong(
            "郵便番号",
            f"郵便番号「{parts['postcode']}」は七桁の数字ではありません。",
            "036-8001 の形で入れてください。",
        )
    found = by_postcode(postcode) if postcode else ()
    area, town = parts["area"], parts["town"]
    if found and not town:
        if len(found) > 1:
            names = "・".join(t.town for t in found[:6])
            raise _wrong(
                "町字",
                f"郵便番号{postcode}の町域は{len(found)}あります（{names}）。",
                "町字を入れてください。",
            )
        area, town = found[0].prefecture + found[0].city, found[0].town
    match = PREFECTURE.match(area or own_area)
    if match is None:
        raise _wrong(
            "都道府県・市区町村",
            f"「{area}」から都道府県が読めません。",
            "都道府県から（〇〇県〇〇市）入れてください。",
        )
    prefecture, city = match[1], match[2]
    code = (
        own_code
        if (area or own_area) == own_area
        else next((t.code for t in found if t.prefecture + t.city == area), "")
    )
    if not town and not parts["lot"]:
        raise _wrong("町字", "町字と番地がありません。", "町字から入れてください。")
    return Address(
        municipality_code=code, prefecture=prefecture, city=city, town=town, lot=parts["lot"],
        building=parts["building"], postcode=postcode, structured=bool(town),
    )  # fmt: skip


def _wrong(item: str, message: str, remedy: str) -> 業務エラー:
    return 業務エラー("JK-0803", message, remedy, 項目=item)
