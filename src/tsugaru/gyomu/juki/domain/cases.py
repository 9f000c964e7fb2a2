"""届出の進み: 仮登録 → 審査 → 決裁して本登録、または差戻し・取下げ（標準仕様書 4.0.8）。

本登録は団体ごとに一列に並ぶ（錠は一つ）。だから、読んだ後に世帯のほかの人が変わることはない。
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from tsugaru.gyomu.juki.domain import holds, reentry
from tsugaru.gyomu.juki.domain.assemble import 判断する, 案件を組む
from tsugaru.gyomu.juki.domain.decision import 警告
from tsugaru.gyomu.juki.domain.intake import 仮の場所を住所にする, 仮登録する, 対象者, 届出事項
from tsugaru.gyomu.juki.domain.register import 入力, 記録する
from tsugaru.gyomu.juki.domain.stale import 古くないか, 進行中
from tsugaru.gyomu.juki.models import 住民履歴, 届出, 届出対象
from tsugaru.gyomu.juki.models.case import 届出状態
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.tenancy.locks import lock

__all__ = [
    "仮登録する",
    "取下げる",
    "審査する",
    "対象者",
    "届出事項",
    "差戻す",
    "本登録の結果",
    "決裁して本登録する",
]


@dataclass(frozen=True, slots=True)
class 本登録の結果:
    """書かれた行と、決裁した人が確かめるべきこと。"""

    届出: 届出
    行: tuple[住民履歴, ...]
    警告: tuple[警告, ...]


def 審査する(番号: int, *, 版: int, 職員: str, clock: Clock) -> 届出:
    """仮登録 → 審査済。"""
    with transaction.atomic():
        row = _引く(番号, 版, (届出状態.仮登録,))
        row.審査者, row.審査日時 = 職員, clock.now()
        return _進める(row, 届出状態.審査済, "異動の審査")


def 差戻す(番号: int, *, 版: int, 職員: str, 理由: str, clock: Clock) -> 届出:
    """仮登録・審査済 → 差戻し。入れ直すときは、控えの値から新しい届出を作る。"""
    with transaction.atomic():
        row = _引く(番号, 版, 進行中)
        row.審査者, row.審査日時, row.備考 = 職員, clock.now(), 理由[:200]
        return _進める(row, 届出状態.差戻し, "異動の差戻し")


def 取下げる(番号: int, *, 版: int, 理由: str) -> 届出:
    """仮登録・審査済・差戻し → 取下げ。"""
    with transaction.atomic():
        row = _引く(番号, 版, (*進行中, 届出状態.差戻し))
        row.備考 = 理由[:200]
        return _進める(row, 届出状態.取下げ, "異動の取下げ")


def 決裁して本登録する(番号: int, *, 版: int, 職員: str, clock: Clock) -> 本登録の結果:
    """入力者でない人が決裁し、同じトランザクションで歴に書く。

    基にした住民票が変わっていれば断る。行の入力者・場所・端末は、仮登録した人のものである。
    """
    with transaction.atomic():
        lock("juki", ["本登録"])
        row = _引く(番号, 版, 進行中)
        if row.入力者 == 職員:
            raise 業務エラー(
                "JK-0212",
                f"入力した人（{職員}）は、同じ届出を決裁できません。",
                "ほかの職員が決裁してください。",
                根拠="標準仕様書4.0.8。",
            )
        targets = dict(届出対象.objects.filter(届出=row).values_list("宛名番号", "基の履歴番号"))
        古くないか(targets)
        alerts = holds.確かめる(targets, "異動", clock=clock)
        仮の場所を住所にする(row)
        case, _ = 案件を組む(row, clock.today())
        alerts += reentry.確かめる(case)
        result = 判断する(row, 今日=clock.today(), 今=clock.now())
        who = 入力(入力者=row.入力者, 入力場所=row.入力場所, 入力端末=row.入力端末)
        written = 記録する(result.行, 入力=who, clock=clock)
        for one in result.判断.番号:
            disclosure.put_number(one.宛名番号, one.種別, one.値, changed_on=row.異動日)
        row.決裁者, row.本登録日時 = 職員, clock.now()
        _進める(row, 届出状態.本登録, "異動の決裁")
    return 本登録の結果(row, tuple(written), (*result.判断.警告, *alerts))


def _引く(番号: int, 版: int, 状態: tuple[届出状態, ...]) -> 届出:
    row = 届出.objects.select_for_update().filter(pk=番号).first()
    if row is None:
        raise 業務エラー("JK-0214", "その届出はありません。", "一覧を開き直してください。")
    if row.版 != 版 or row.状態 not in 状態:
        raise 業務エラー(
            "JK-0215",
            f"受付番号{row.受付番号}は、画面を開いた後に進んでいます（{row.get_状態_display()}）。",
            "一覧を開き直してください。",
            根拠="標準仕様書4.0.8。",
        )
    return row


def _進める(row: 届出, 状態: 届出状態, 行為: str) -> 届出:
    row.状態, row.版 = 状態, row.版 + 1
    row.save()
    subjects = list(届出対象.objects.filter(届出=row).values_list("宛名番号", flat=True))
    audit.record(act=行為, subjects=subjects, gyomu="juki", detail={"受付番号": row.受付番号})
    return row
