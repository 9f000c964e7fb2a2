"""返戻から公示送達まで。段の順は決まっていて、調べずに公示送達へは進めない。

根拠: 地方税法第20条、第20条の2（住所等が明らかでない場合の公示送達。公示を始めた日から起算して7日を経過したときに
送達があったものとみなす）。
まだ無いもの: 公示送達書の様式、再送付の発送データ。
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max

from tsugaru.gyomu.atena.domain import checks
from tsugaru.gyomu.atena.domain.history import 手続
from tsugaru.gyomu.atena.domain.offices import 業務を確かめる
from tsugaru.gyomu.atena.models import 送達記録
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.tenancy.locks import lock
from tsugaru.platform.tenancy.prepared import Prepared

公示の日数 = timedelta(days=7)
返戻の理由 = ("あて所なし", "転居先不明", "受取拒否", "保管期間経過", "その他")
次の段 = {
    "返戻": ("調査", "再送付", "終結"),
    "調査": ("調査", "再送付", "公示送達", "終結"),
    "再送付": ("返戻", "終結"),
    "公示送達": ("終結",),
    "終結": (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class 返戻:
    """戻ってきた一通。"""

    業務: str
    文書名: str
    返戻日: date
    理由: str
    文書番号: str = ""


def 返戻を受ける(宛名番号: str, 内容: 返戻, *, 手続: 手続) -> 送達記録:
    """新しい事案。"""
    業務を確かめる(内容.業務)
    checks.理由(内容.文書名, 項目="文書名", 最大文字数=60)
    checks.文章(内容.文書番号, 項目="文書番号", 最大文字数=30)
    _理由を確かめる(内容.理由)
    with transaction.atomic():
        lock("subject", [宛名番号])
        last = 送達記録.objects.filter(宛名番号=宛名番号).aggregate(n=Max("事案番号"))["n"] or 0
        row = 送達記録(
            宛名番号=宛名番号,
            事案番号=last + 1,
            履歴番号=1,
            段階="返戻",
            業務=内容.業務,
            文書名=内容.文書名,
            文書番号=内容.文書番号,
            年月日=内容.返戻日,
            返戻理由=内容.理由,
        )
        return _書く(row, 手続)


def 進める(
    宛名番号: str, 事案番号: int, *, 段階: str, 年月日: date, 内容: str, 手続: 手続, 返戻理由: str = ""
) -> 送達記録:
    """次の段へ。段階ごとに進める先が決まっている。"""
    with transaction.atomic():
        lock("subject", [宛名番号])
        last = 今の段(宛名番号, 事案番号)
        _順を確かめる(last, 段階, 年月日)
        checks.理由(内容, 項目="内容")
        if 段階 == "返戻":
            _理由を確かめる(返戻理由)
        row = 送達記録(
            宛名番号=宛名番号,
            事案番号=事案番号,
            履歴番号=last.履歴番号 + 1,
            段階=段階,
            業務=last.業務,
            文書名=last.文書名,
            文書番号=last.文書番号,
            年月日=年月日,
            返戻理由=返戻理由,
            内容=内容,
            効力日=年月日 + 公示の日数 if 段階 == "公示送達" else None,
        )
        return _書く(row, 手続)


def 今の段(宛名番号: str, 事案番号: int) -> 送達記録:
    """事案の最後の行。"""
    row = 送達記録.objects.filter(宛名番号=宛名番号, 事案番号=事案番号).order_by("-履歴番号").first()
    if row is None:
        raise 業務エラー("AT-0213", f"事案 {事案番号} はありません。", "返戻の一覧から開き直してください。")
    return row


_一人 = Prepared(
    lambda number: 送達記録.objects.filter(宛名番号=number).order_by("-事案番号", "履歴番号"), number=str
)


def 事案の一覧(宛名番号: str) -> list[list[送達記録]]:
    """事案ごとの行（新しい事案から、段は古い順）。"""
    cases: dict[int, list[送達記録]] = {}
    for row in _一人.rows(number=宛名番号):
        cases.setdefault(row.事案番号, []).append(row)
    return list(cases.values())


def 進行中(上限: int = 200) -> list[送達記録]:
    """終わっていない事案の今の段（古い順）。"""
    latest = 送達記録.objects.order_by("宛名番号", "事案番号", "-履歴番号").distinct("宛名番号", "事案番号")
    open_rows = [row for row in latest if row.段階 != "終結"]
    return sorted(open_rows, key=lambda r: (r.年月日, r.pk))[:上限]


def _順を確かめる(last: 送達記録, 段階: str, 年月日: date) -> None:
    if 段階 not in 次の段[last.段階]:
        remedy = f"進める先は {'、'.join(次の段[last.段階]) or 'ありません（終結しています）'} です。"
        basis = "地方税法第20条の2第1項。" if 段階 == "公示送達" else None
        raise 業務エラー(
            "AT-0214", f"{last.段階}の次に{段階[:6]}へは進めません。", remedy, 項目="段階", 根拠=basis
        )
    if 年月日 < last.年月日:
        raise 業務エラー(
            "AT-0215",
            f"年月日（{年月日.isoformat()}）が前の段（{last.年月日.isoformat()}）より前です。",
            "年月日を確かめてください。",
            項目="年月日",
        )


def _理由を確かめる(理由: str) -> None:
    if 理由 not in 返戻の理由:
        raise 業務エラー(
            "AT-0216",
            f"返戻の理由「{理由[:10]}」は選べません。",
            "一覧から選んでください。",
            項目="返戻理由",
        )


def _書く(row: 送達記録, 手続: 手続) -> 送達記録:
    手続.確かめる()
    checks.過去の日(row.年月日, 手続.clock.today(), 項目="年月日")
    row.処理日時, row.入力者 = 手続.clock.now(), 手続.入力者
    row.save(force_insert=True)
    audit.record(
        act=f"送達の記録（{row.段階}）",
        subjects=[row.宛名番号],
        gyomu="atena",
        detail={"事案番号": row.事案番号, "履歴番号": row.履歴番号},
    )
    return row
