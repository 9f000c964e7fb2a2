"""認証者（証明書と通知に名の載る長）と公印を、団体のデータから日付で選ぶ。"""

from __future__ import annotations

from datetime import date
from functools import cache

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.documents.fonts import IPAEX_GOTHIC
from tsugaru.platform.documents.parts import 画像, 認証者
from tsugaru.platform.documents.render import default_fonts
from tsugaru.platform.documents.seal_sample import sample_seal
from tsugaru.platform.tenancy.directory import Municipality


def 認証者を選ぶ(団体: Municipality, 日: date) -> 認証者:
    """その日に職にある者（後に職に就いた人が先）。郡のある町村は郡名から書く。いなければ DC-0501。"""
    在職 = [one for one in 団体.facts.get("認証者", []) if one["始期"] <= 日 <= one.get("終期", 日)]
    if not 在職:
        raise 業務エラー(
            "DC-0501",
            f"{日}に証明する者（認証者）が団体のデータにありません。",
            "認証者と始期を登録してください。",
        )
    人 = max(在職, key=lambda one: one["始期"])
    職 = str(人["職名"])
    職名 = f"{str(団体.facts['住所表記']).removesuffix(職[0])}{職}"  # ○○市 と 市長 → ○○市長
    return 認証者(都道府県名=団体.prefecture, 職名=職名, 氏名=str(人["氏名"]), 公印=_公印(団体))


def _公印(団体: Municipality) -> 画像 | None:
    """公印の画像が登録されるまでは「見本」と読める印を刷る。公印の定めのない団体は省く。"""
    if 団体.facts.get("公印") != "見本":
        return None
    return _見本の公印()


@cache
def _見本の公印() -> 画像:
    return sample_seal(next(one.path for one in default_fonts().found if one.face is IPAEX_GOTHIC))
