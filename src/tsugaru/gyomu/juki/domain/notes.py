"""内部のメモ（標準仕様書 1.1.15）。刷られることはない。直しても消しても、前の行は残る。"""

from __future__ import annotations

from django.db import transaction

from tsugaru.gyomu.juki.models import メモ
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.tenancy.prepared import Prepared

最大の文字数 = 500
_一人 = Prepared(lambda number: メモ.objects.filter(宛名番号=number).order_by("-pk"), number=str)


def 書く(宛名番号: str, 本文: str, *, 職員: str, clock: Clock) -> メモ:
    """新しいメモ。"""
    return _足す(宛名番号, 本文, None, 職員, clock)


def 直す(番号: int, 本文: str, *, 職員: str, clock: Clock) -> メモ:
    """前のメモに代わるメモ。"""
    return _足す(_引く(番号).宛名番号, 本文, 番号, 職員, clock)


def 消す(番号: int, *, 職員: str, clock: Clock) -> None:
    """一覧に出なくする（本文の無い行で代える）。"""
    row = _引く(番号)
    with transaction.atomic():
        メモ.objects.create(宛名番号=row.宛名番号, 本文="", 入力者=職員, 入力日時=clock.now(), 取消元=番号)
        audit.record(act="メモの削除", subjects=[row.宛名番号], gyomu="juki", detail={"メモ": 番号})


def 一覧(宛名番号: str) -> list[メモ]:
    """生きているメモ（新しい順）。"""
    rows = _一人.rows(number=宛名番号)
    replaced = {row.取消元 for row in rows}
    return [row for row in rows if row.本文 and row.pk not in replaced]


def _足す(宛名番号: str, 本文: str, 取消元: int | None, 職員: str, clock: Clock) -> メモ:
    text = 本文.strip()
    if not text or len(text) > 最大の文字数:
        raise 業務エラー(
            "JK-0601",
            f"メモは1文字から{最大の文字数}文字までです（{len(text)}文字）。",
            "直してください。",
            項目="本文",
        )
    with transaction.atomic():
        row: メモ = メモ.objects.create(
            宛名番号=宛名番号, 本文=text, 入力者=職員, 入力日時=clock.now(), 取消元=取消元
        )
        audit.record(act="メモの記入", subjects=[宛名番号], gyomu="juki", detail={"メモ": row.pk})
    return row


def _引く(番号: int) -> メモ:
    row = メモ.objects.filter(pk=番号).first()
    if row is None or メモ.objects.filter(取消元=番号).exists():
        raise 業務エラー("JK-0602", "そのメモは無いか、ほかの人が直しています。", "開き直してください。")
    return row
