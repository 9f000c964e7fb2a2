"""古い画面からの届出と、重なる届出を止める。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tsugaru.gyomu.juki.models import 住民, 届出対象
from tsugaru.gyomu.juki.models.case import 届出状態
from tsugaru.kernel.clock import JAPAN
from tsugaru.kernel.errors import 業務エラー

進行中 = (届出状態.仮登録, 届出状態.審査済)


def 古くないか(基: Mapping[str, int]) -> None:
    """宛名番号 → 見ていた履歴番号。今と違えば、誰がいつ変えたかを添えて 業務エラー。"""
    rows = {r.宛名番号: r for r in 住民.objects.filter(宛名番号__in=list(基))}
    for number, seen in 基.items():
        row = rows.get(number)
        if (row.履歴番号 if row else 0) == seen:
            continue
        who = (
            f"{row.入力者}が{row.処理日時.astimezone(JAPAN):%Y-%m-%d %H:%M}に変えています"
            if row
            else "無い人です"
        )
        raise 業務エラー(
            "JK-0210",
            f"宛名番号{number}の住民票は、画面を開いた後に変わりました（履歴{seen}、{who}）。",
            "今の住民票を開いて、入れ直してください。",
            根拠="標準仕様書10.3。",
        )


def 届出中でないか(宛名番号: Sequence[str]) -> None:
    """本登録も取下げもされていない届出が、その人にあれば 業務エラー。"""
    open_ = (
        届出対象.objects.filter(宛名番号__in=宛名番号, 届出__状態__in=進行中).select_related("届出").first()
    )
    if open_:
        raise 業務エラー(
            "JK-0211",
            f"宛名番号{open_.宛名番号}には、進んでいる届出（受付番号{open_.届出.受付番号}、入力者{open_.届出.入力者}）があります。",
            "その届出の決裁か取下げの後に入れてください。",
            根拠="標準仕様書4.0.8。",
        )
