"""値の見せ方。"""

from __future__ import annotations

import base64
from datetime import datetime

from tsugaru.gyomu.inkan.domain.codes import 事由, 抹消事由
from tsugaru.gyomu.inkan.models import 印鑑登録, 状態
from tsugaru.gyomu.inkan.models.register import 登録事項
from tsugaru.kernel.clock import JAPAN
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.screens.shapes import Kind

STATES: dict[str, Kind] = {
    状態.照会中: "warning",
    状態.登録: "success",
    状態.停止: "danger",
    状態.廃止: "ended",
    状態.抹消: "ended",
    状態.終了: "ended",
}
CSS_PIXELS_PER_INCH = 96
DOTS_PER_INCH = 600
ENLARGED = 3


def millimetres(hundredths: int) -> str:
    """1/100 mm → 「15.02 mm」。"""
    return f"{hundredths // 100}.{hundredths % 100:02d} mm"


def data_uri(png: bytes) -> str:
    """頁に埋め込む画像（端末に別の写しを残さない）。"""
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def pixels(png: bytes, *, times: int = 1) -> int:
    """600 dpi の PNG を実寸（の何倍か）で見せる幅（CSS の画素。1 インチ = 96）。"""
    width = int.from_bytes(png[16:20], "big")
    return round(width * CSS_PIXELS_PER_INCH * times / DOTS_PER_INCH)


def imprint(png: bytes) -> dict[str, object]:
    """印影の見せ方: 実寸と、三倍。"""
    return {"uri": data_uri(png), "true": pixels(png), "large": pixels(png, times=ENLARGED)}


def moment(value: datetime) -> str:
    """日本の時刻。"""
    local = value.astimezone(JAPAN)
    return f"{和暦表示(local.date())} {local:%H:%M}"


def state(row: 印鑑登録 | None) -> str:
    """登録の状態。亡失で止まっている登録は、そう言う。"""
    if row is None:
        return "未登録"
    if row.状態 == 状態.停止 and not row.登録証番号:
        return "停止（登録証の亡失）"
    return 状態(row.状態).label


def reason(row: 登録事項) -> str:
    """その行を生んだ手続。"""
    return 事由(row.事由).表示


def ending(row: 登録事項) -> str:
    """終わったわけ。"""
    return 抹消事由(row.抹消事由).name if row.抹消事由 else ""
