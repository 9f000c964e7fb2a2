"""一人の賦課の説明: 課税台帳の行の事実と、実行の定めの写しから計算し直す。

計算し直した結果が行と一円でも違えば、説明を出さない（KJ-3001）。規則が後で直っていても、額が同じなら今の規則で説明できる。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tsugaru.gyomu.kojin.domain import computing, parameters, units
from tsugaru.gyomu.kojin.domain.columns import 人の列
from tsugaru.gyomu.kojin.domain.results import 結果の列
from tsugaru.gyomu.kojin.models import 賦課
from tsugaru.kernel.errors import 業務エラー
from tsugaru.law.engine.errors import 法令の誤り
from tsugaru.law.engine.evaluate import 計算
from tsugaru.law.engine.explain import 跡, 跡をたどる
from tsugaru.law.engine.parameters import 定めの沿革, 定めを読む
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.public import 個人住民税
from tsugaru.platform.runs import api as runs
from tsugaru.platform.runs.api import Run


@dataclass(frozen=True, slots=True)
class 出どころ:
    """定めの値の出どころ。今と違う は、その後に団体か法令の定めのデータが直ったこと。"""

    根拠: str
    適用: str
    改正: str
    出典: tuple[str, ...]
    現行確認日: str
    確認済み: bool
    今と違う: bool


@dataclass(frozen=True, slots=True)
class 説明:
    """計算し直して行と合った一人。規則は同じ が偽なら、確定の後に規則の本文が直っている。"""

    行: 賦課
    件: 計算
    写し: Mapping[str, Any]
    規則は同じ: bool

    def 値(self, 名: str) -> int:
        """結果か事実の値（その年度に無い名と、判定できない値は 0）。"""
        return int(self.件.値(名) or 0) if 名 in self.件.主 else 0

    def 木(self, 名: str) -> 跡:
        """その名から事実までの跡。"""
        return 跡をたどる(self.件, 名)

    def 索引(self, *名たち: str) -> dict[str, 跡]:
        """名たちから読まれる節（その人のもの）を、名で引く。0 円・非該当の節の先は、額に効いていないので入らない。"""
        found: dict[str, 跡] = {}
        残り = [self.木(名) for 名 in 名たち]
        while 残り:
            節 = 残り.pop()
            if 節.名 not in found:
                found[節.名] = 節
                残り += 節.入力 if 節.値 or 節.値 is None else ()
        return found

    def 知る(self, 名: str) -> bool:
        """この年度の規則にある名か。"""
        return 名 in self.件.主


def 全ての事実(row: 賦課) -> dict[str, int | None]:
    """計算に渡した事実。行に書かれていない列は 0 だった。"""
    書かれた: dict[str, int | None] = row.事実
    return dict.fromkeys(人の列, 0) | 書かれた


def 説明する(row: 賦課) -> 説明:
    """計算し直し、行の全ての結果と比べる。違えば KJ-3001、賦課が取り消されていれば KJ-3002。"""
    if row.徴収.get("取消"):
        raise 業務エラー(
            "KJ-3002",
            f"{row.課税年度}年度の賦課は取り消されています（{row.決定日}の更正）。",
            "説明も証明もできません。前の番の賦課と、使われなくなった資料を確かめてください。",
        )
    実行 = Run.objects.only("parameters_id", "law_version").get(pk=row.実行)
    写し = runs.values_of(str(実行.parameters_id))
    件 = computing.一人を計算する(全ての事実(row), 写し)
    for 名, 行の値, 今の値 in 違い(row, 件):
        raise 業務エラー(
            "KJ-3001",
            f"計算し直した「{名}」が課税台帳と違います（台帳 {units.文字(名, 行の値)}、計算 {units.文字(名, 今の値)}）。",
            "説明は出しません。情報システムの担当へ、この画面の番号とともに伝えてください。",
        )
    return 説明(row, 件, 写し, 実行.law_version == parameters.規則の版())


def 違い(row: 賦課, 件: 計算) -> Iterator[tuple[str, int | None, int | None]]:
    """（結果の名, 台帳の値, 計算し直した値）のうち、違うもの。"""
    for 名 in dict.fromkeys((*結果の列, *row.結果)):
        行の値 = row.結果.get(名, 0)
        今 = 件.値(名) if 名 in 件.主 else 0
        今の値 = None if 今 is None else int(今)
        if 行の値 != 今の値:
            yield 名, 行の値, 今の値


def 定めの出どころ(写し: Mapping[str, Any], 名たち: set[str]) -> dict[str, 出どころ]:
    """定めの名ごとの出どころ。条例で定める値は、団体のデータの根拠と確認の印を持つ。"""
    いつ, 置き場 = 課税年度(写し["課税年度"]), parameters.条例の置き場()
    町の = 置き場 / f"{個人住民税.名}.yaml"
    町 = 定めを読む(町の) if 町の.exists() else {}
    try:
        今 = 個人住民税.定め(いつ, 置き場)
    except 法令の誤り:
        今 = {}
    写した = parameters.戻す(写し)
    return {
        名: _出どころ(
            町.get(名) or 個人住民税.沿革()[名],
            写し["課税年度"],
            今と違う=名 not in 今 or 今[名].中身 != 写した[名].中身,
        )
        for 名 in 名たち
    }


def _出どころ(沿革: 定めの沿革, 年度: int, *, 今と違う: bool) -> 出どころ:
    _, 改正 = 沿革.ある時点の項目(課税年度(年度))
    return 出どころ(
        沿革.根拠,
        str(改正.適用) if 改正 else "",
        改正.改正 if 改正 else "",
        改正.出典 if 改正 else (),
        沿革.現行確認日.isoformat() if 沿革.現行確認日 else "",
        改正 is not None and 改正.確認済み,
        今と違う,
    )
