"""特別徴収の異動: 退職・転勤・休職・死亡・切替・取消を記録する。税額の期と月は、月例更正の実行でだけ変わる。

選べる方法と、退職のときに一括徴収を要するかは法令が決める（地方税法第321条の5第2項・第321条の7第1項）。足すだけで、取消も一行である。
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction

from tsugaru.gyomu.kojin.domain import collecting, correcting, levied, midyear, parameters, switch_checks
from tsugaru.gyomu.kojin.domain.collecting import 一括, 引継, 普通, 特徴
from tsugaru.gyomu.kojin.domain.instalments import 期別, 給与の月
from tsugaru.gyomu.kojin.domain.midyear import 月の番
from tsugaru.gyomu.kojin.domain.switches import 届, 状況, 選べる方法, 開く
from tsugaru.gyomu.kojin.models import 特徴異動
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.tenancy.locks import lock

誤報 = "誤報"


@dataclass(frozen=True, slots=True)
class 試算:
    """この異動を反映する更正の結果。月 はその更正の月。"""

    月: int
    前: 期別
    後: 期別
    一括徴収: int
    新しい義務者: str


def 試す(宛名番号: str, 年度: int, 届出: 届, *, 今日: date) -> 試算:
    """記録せずに、反映したときの期と月ごとの額を法令で計算する。できない異動は KJ-52xx。"""
    前 = 開く(宛名番号, 年度)
    switch_checks.確かめる(前, 年度, 届出, 今日)
    return _計算する(宛名番号, 年度, 前, _行(前, 宛名番号, 年度, 届出), 今日)


def 選べる(宛名番号: str, 年度: int, 届出: 届, *, 今日: date) -> tuple[str, ...]:
    """その事由・月・支払われる額で、法令の許す残りの方法。一括徴収を要するか、できないかは計算の答えによる。"""
    方法たち = 選べる方法[届出.事由]
    if 一括 not in 方法たち:
        return 方法たち
    額 = {
        方法: 試す(宛名番号, 年度, replace(届出, 残りの方法=方法, 新指定番号=""), 今日=今日).一括徴収
        for 方法 in (普通, 一括)
    }
    除く = {普通} if 額[普通] else (set() if 額[一括] else {一括})
    return tuple(方法 for 方法 in 方法たち if 方法 not in 除く)


def 記録する(宛名番号: str, 年度: int, 届出: 届, *, 基の版: str, 職員: str, clock: Clock) -> 特徴異動:
    """一行足す。見ている間に変わっていれば KJ-3104、法令の許さない残りの方法なら KJ-5211・KJ-5212。"""
    with transaction.atomic():
        前 = _押さえて開く(宛名番号, 年度, 基の版)
        switch_checks.確かめる(前, 年度, 届出, clock.today())
        row = _行(前, 宛名番号, 年度, 届出)
        見込 = _計算する(宛名番号, 年度, 前, row, clock.today())
        switch_checks.一括を確かめる(届出, 見込.一括徴収)
        return _残す(row, 職員, clock)


def 取り消す(
    宛名番号: str, 年度: int, 番: int, *, 理由: str, 基の版: str, 職員: str, clock: Clock
) -> 特徴異動:
    """最も新しい異動を取り消す。反映の前ならなかったことになり、後なら次の月例更正が元の義務者（か普通徴収）へ戻す。"""
    if not 理由.strip():
        raise 業務エラー(
            "KJ-5215",
            "取り消す理由がありません。",
            "何によって誤りと分かったかを書いてください。",
            項目="理由",
        )
    with transaction.atomic():
        前 = _押さえて開く(宛名番号, 年度, 基の版)
        元 = 前.取り消せる
        if 元 is None or 元.番 != 番:
            raise 業務エラー(
                "KJ-5214",
                f"第{番}番の異動は取り消せません。",
                "取り消せるのは、取り消されていない最も新しい異動だけです。新しいものから順に取り消してください。",
            )
        return _残す(_戻す行(元, 前, 理由, clock.today()), 職員, clock)


def _押さえて開く(宛名番号: str, 年度: int, 基の版: str) -> 状況:
    lock("kojin/person", [宛名番号])
    前 = 開く(宛名番号, 年度)
    if 前.版 != 基の版:
        raise 業務エラー(
            "KJ-3104",
            "画面を開いた後に、この人の賦課か異動が変わりました。",
            "開き直し、今の値を見て、もう一度確かめてから記録してください。",
        )
    return 前


def _残す(row: 特徴異動, 職員: str, clock: Clock) -> 特徴異動:
    row.処理日時, row.入力者 = clock.now(), 職員
    row.save(force_insert=True)
    audit.record(
        act="特別徴収の異動", subjects=[row.宛名番号], gyomu="kojin",
        detail={"year": row.課税年度, "number": row.番, "kind": row.事由, "undone": row.取消番},
    )  # fmt: skip
    return row


def _行(前: 状況, 宛名番号: str, 年度: int, 届出: 届) -> 特徴異動:
    return 特徴異動(
        課税年度=年度, 宛名番号=宛名番号, 番=len(前.異動) + 1, 指定番号=前.義務者, 事由=届出.事由, 異動日=届出.異動日,
        徴収済の月=届出.徴収済の月, 残りの方法=届出.残りの方法, 新指定番号=届出.新指定番号, 支払われる額=届出.支払われる額,
        受付日=届出.受付日, 理由=届出.理由,
    )  # fmt: skip


def _戻す行(元: 特徴異動, 前: 状況, 理由: str, 今日: date) -> 特徴異動:
    """元の異動を打ち消す異動。もう徴収した月（今の月まで）は、徴収した義務者に残る。"""
    今の月 = 給与の月[midyear.期間を読む(midyear.今の期間(元.課税年度, 今日)).番 - 1]
    離れた = 元.残りの方法 in (普通, 一括)
    方法 = 特徴 if 離れた else 引継 if 元.残りの方法 == 引継 else 普通
    return 特徴異動(
        課税年度=元.課税年度, 宛名番号=元.宛名番号, 番=len(前.異動) + 1, 指定番号=前.義務者, 事由=誤報, 異動日=今日,
        徴収済の月=0 if 離れた else 今の月, 残りの方法=方法, 新指定番号="" if 方法 == 普通 else 元.指定番号, 受付日=今日,
        取消番=元.番, 理由=理由,
    )  # fmt: skip


def _計算する(宛名番号: str, 年度: int, 前: 状況, row: 特徴異動, 今日: date) -> 試算:
    """今の月（異動が先の月なら、その月）の月例更正。"""
    assert 前.行 is not None
    いつ = midyear.期間を読む(midyear.今の期間(年度, 今日))
    いつ = midyear.時(年度, max(いつ.番, 月の番[row.徴収済の月]), いつ.末日)
    event = {levied.人: 宛名番号, "徴収済の月": row.徴収済の月, **{名: getattr(row, 名) for 名 in _異動の列}}
    found = correcting.読む(いつ, 宛名番号, [event])
    results = correcting.計算する(found, parameters.写す(str(年度)), lambda done, total: None)
    if not results.height:
        raise 業務エラー(
            "KJ-5216",
            "今の資料ではこの人の賦課がなくなるため、異動の後の額を計算できません。",
            "資料の取消しが正しければ、異動ではなく月例更正で賦課を取り消してください。",
        )
    one: dict[str, Any] = results.row(0, named=True)
    after = collecting.期別を読む(one["期別"])
    return 試算(給与の月[いつ.番 - 1], 前.行.期別, after, one["一括徴収の税額"], one["指定番号"])


_異動の列 = ("番", "事由", "残りの方法", "指定番号", "新指定番号", "支払われる額", "取消番")
