"""異動事由（標準仕様書1.2.2）と、その区分・届出の別・異動の後の住民状態。"""

from __future__ import annotations

from enum import IntEnum

import polars as pl


class 異動事由(IntEnum):
    """値は並びのための番号で、標準のコードではない。"""

    改製 = 0
    出生 = 1
    国内転入 = 2
    国外転入等 = 3
    職権記載_帰化 = 4
    転居 = 5
    世帯分離 = 6
    世帯合併 = 7
    世帯変更 = 8
    世帯主変更 = 9
    職権修正 = 10
    誤記修正 = 11
    軽微な修正 = 12
    旧氏の記載 = 13
    通称の記載 = 14
    取消_修正 = 15
    国内転出 = 16
    国外転出 = 17
    死亡 = 18
    職権消除 = 19
    職権消除_帰化 = 20


E = 異動事由
LABELS = {
    E.国外転入等: "国外転入等", E.職権記載_帰化: "職権記載（帰化等）", E.職権消除_帰化: "職権消除（帰化等）",
    E.取消_修正: "異動の取消し（修正）",
}  # fmt: skip
ENTRIES = {E.改製, E.出生, E.国内転入, E.国外転入等, E.職権記載_帰化}
REMOVALS = {E.国内転出, E.国外転出, E.死亡, E.職権消除, E.職権消除_帰化}
OFFICIAL = {
    E.改製,
    E.職権記載_帰化,
    E.職権修正,
    E.誤記修正,
    E.軽微な修正,
    E.取消_修正,
    E.職権消除,
    E.職権消除_帰化,
}
ARRIVALS = {E.国内転入, E.国外転入等}
DEPARTURES = {E.国内転出, E.国外転出}
SETTLING = {E.改製, E.出生, *ARRIVALS, E.転居}
STATES = {E.国内転出: "2", E.国外転出: "2", E.死亡: "3", E.職権消除: "9", E.職権消除_帰化: "9"}
CLAIMS = {E.旧氏の記載: "請求", E.通称の記載: "申出"}
NOTES = ("", "婚姻", "離婚", "入籍", "世帯主死亡", "帰化", "地番の整理", "届出の取下げ")
婚姻, 離婚, 入籍, 世帯主死亡, 帰化, 地番整理, 取下げ = range(1, len(NOTES))


def reason_table() -> pl.DataFrame:
    """異動事由の番号の順に、異動事由・異動区分・届出の別・住民状態。"""
    return pl.DataFrame(
        {
            "異動事由": [LABELS.get(r, r.name) for r in E],
            "異動区分": ["記載" if r in ENTRIES else "消除" if r in REMOVALS else "修正" for r in E],
            "届出の別": [CLAIMS.get(r, "職権" if r in OFFICIAL else "届出") for r in E],
            "住民状態": [STATES.get(r, "1") for r in E],
        }
    )
