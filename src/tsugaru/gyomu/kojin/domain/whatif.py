"""もしも: 計算した実行の事実を、替えた定めで計算し直し、税収・増える人と減る人・崖を見る。

台帳にも実行にも一つも書かない（記憶の中だけで計算する）。今の定めのまま計算し直した結果が、もとの実行と一円まで同じことを、
毎回いっしょに確かめる。人の表は外へ出さず、10 に満たない枡は伏せる。

まだ無いもの: 町字ごとの集計（場所を名で開かずに数える口が開示の門にない）、試算としてしまうこと、規則そのものを替えること。
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl

from tsugaru.gyomu.juki import api as juki
from tsugaru.gyomu.kojin.domain import adjusting, computing, model_people, parameters
from tsugaru.gyomu.kojin.domain.adjusting import 変更
from tsugaru.gyomu.kojin.domain.columns import 人の列
from tsugaru.gyomu.kojin.domain.model_people import 崖
from tsugaru.gyomu.kojin.domain.results import 結果の列
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.runs import api as runs
from tsugaru.platform.runs.api import Run, State

人, 額 = "subject", "年税額"
当初 = "kojin.shoki"
税 = ("市町村民税額", "道府県民税額", "森林環境税額", 額)
少ない = 10
区切り = (0, 500_000, 1_000_000, 1_500_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000, 7_000_000, 10_000_000)
使える = (State.COMPUTED, State.COMPARED, State.SIGNED, State.CONFIRMED, State.SUPERSEDED)
世帯の型 = (
    "一人（65歳未満）", "一人（65歳以上）", "大人だけ・65歳以上だけ", "大人だけ・ほか", "18歳未満がいる・大人一人",
    "18歳未満がいる・大人二人以上",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class 税収:
    """一つの税の前と後（円）と、納める人の数。"""

    名: str
    前: int
    後: int
    人数の前: int
    人数の後: int


@dataclass(frozen=True, slots=True)
class 枡:
    """一つの階級。増減 は円。人数が 10 に満たなければ、数は全て無（伏せる）。"""

    名: str
    人数: int | None
    増える: int | None
    減る: int | None
    同じ: int | None
    増減: int | None


@dataclass(frozen=True, slots=True)
class もしも:
    """一回の試し。違う人 は、今の定めのまま計算し直してもとの実行と違った人の数（0 でなければ、前の列は信じられない）。"""

    変更たち: Sequence[変更]
    人数: int
    違う人: int
    税収たち: Sequence[税収]
    階級: Sequence[枡]
    世帯: Sequence[枡]
    モデルの前: pl.DataFrame
    モデルの後: pl.DataFrame
    崖たち: Sequence[崖]


def もとにできる実行() -> list[Run]:
    """計算の済んだ当初賦課（新しい順）。"""
    found = Run.objects.filter(definition=当初, state__in=使える).order_by("-period", "-pk")
    return list(found[:20])


def 定めの写し(run: Run) -> dict[str, Any]:
    """その実行の定め。"""
    assert run.parameters_id is not None
    return runs.values_of(run.parameters_id)


def 試す(run: Run, 新: Mapping[str, Any], 変更たち: Sequence[変更]) -> もしも:
    """計算し直して比べる。何を試したかは監査に残る。"""
    adjusting.確かめる(新, parameters.戻す)
    今 = 定めの写し(run)
    facts, 元 = _しまった物(run)
    audit.record(
        act="もしもの計算", gyomu="kojin",
        detail={"run": run.pk, "changes": [[c.道, c.前, c.後] for c in 変更たち]},
    )  # fmt: skip
    前 = computing.全員を計算する({"人": facts}, 今, model_people.静か)
    後 = computing.全員を計算する({"人": facts}, 新, model_people.静か) if 変更たち else 前
    比べた = _並べる(facts, 前, 後)
    モデルの前, モデルの後 = model_people.計算する(今), model_people.計算する(新)
    return もしも(
        変更たち, facts.height, _違う人(元, 前), [_税収(名, 前, 後) for 名 in 税], _階級ごと(比べた),
        _世帯ごと(比べた, int(run.period[:4])), モデルの前, モデルの後,
        model_people.崖たち(モデルの前, モデルの後),
    )  # fmt: skip


def _しまった物(run: Run) -> tuple[pl.DataFrame, pl.DataFrame]:
    assert run.results_id is not None
    facts = runs.frame_of(run.facts["人"])
    if missing := [名 for 名 in 人の列 if 名 not in facts.columns]:
        raise 業務エラー(
            "KJ-6002",
            f"実行{run.pk}の事実には、今の規則の読む項目（{'・'.join(missing[:3])}など）がありません。",
            "今の版で計算した実行を選んでください。",
        )
    return facts, runs.frame_of(run.results_id)


def _違う人(元: pl.DataFrame, 前: pl.DataFrame) -> int:
    """一円でも（どの列でも）違う人と、片方にしかいない人。"""
    names = [名 for 名 in 結果の列 if 名 in 元.columns]
    both = 元.join(前, on=人, how="full", suffix="の今")
    moved = pl.any_horizontal(pl.col(名).ne_missing(pl.col(f"{名}の今")) for 名 in names)
    alone = pl.col(人).is_null() | pl.col(f"{人}の今").is_null()
    return both.filter(moved | alone).height


def _並べる(facts: pl.DataFrame, 前: pl.DataFrame, 後: pl.DataFrame) -> pl.DataFrame:
    """一人一行: subject, 世帯番号, 合計所得金額, 前, 後, 差。判定できない人は入らない。"""
    both = 前.select(人, "合計所得金額", pl.col(額).alias("前")).join(
        後.select(人, pl.col(額).alias("後")), on=人
    )
    named = both.join(facts.select(人, "世帯番号"), on=人)
    known = named.filter(pl.col("前").is_not_null() & pl.col("後").is_not_null())
    return known.with_columns((pl.col("後") - pl.col("前")).alias("差"))


def _税収(名: str, 前: pl.DataFrame, 後: pl.DataFrame) -> 税収:
    left, right = 前[名], 後[名]
    return 税収(名, int(left.sum()), int(right.sum()), int((left > 0).sum()), int((right > 0).sum()))


def _階級ごと(比べた: pl.DataFrame) -> list[枡]:
    """合計所得金額の階級（円）ごとの人。"""
    labels = [f"{_万(low)}超{_万(high)}以下" for low, high in pairwise(区切り)]
    names = ["所得なし", *labels, f"{_万(区切り[-1])}超"]
    place = pl.Series(区切り, dtype=pl.Int64).search_sorted(比べた["合計所得金額"].fill_null(0), side="left")
    return _枡たち(比べた.with_columns(pl.Series("階級", names).gather(place).alias("階級")), "階級", names)


def _万(円: int) -> str:
    return f"{円 // 10_000:,}万円" if 円 else "0円"


def _世帯ごと(比べた: pl.DataFrame, 年度: int) -> list[枡]:
    """賦課期日の世帯の型ごとの世帯。世帯の増減は、世帯の人の増減の和。"""
    日 = date(年度, 1, 1)
    住民 = juki.その日の住民(日).select("世帯番号", "生年月日")
    成年 = pl.col("生年月日").fill_null(日.replace(year=日.year - 40)) <= 日.replace(year=日.year - 18)
    高齢 = pl.col("生年月日").fill_null(日.replace(year=日.year - 40)) <= 日.replace(year=日.year - 65)
    世帯 = 住民.group_by("世帯番号").agg(
        pl.len().alias("人"), 成年.sum().alias("大人"), 高齢.sum().alias("高齢")
    )
    型 = (
        pl.when((pl.col("人") == 1) & (pl.col("高齢") == 0)).then(pl.lit(世帯の型[0]))
        .when(pl.col("人") == 1).then(pl.lit(世帯の型[1]))
        .when(pl.col("高齢") == pl.col("人")).then(pl.lit(世帯の型[2]))
        .when(pl.col("大人") == pl.col("人")).then(pl.lit(世帯の型[3]))
        .when(pl.col("大人") <= 1).then(pl.lit(世帯の型[4]))
        .otherwise(pl.lit(世帯の型[5]))
    )  # fmt: skip
    合計 = 比べた.filter(pl.col("世帯番号") != "").group_by("世帯番号").agg(pl.col("差").sum())
    return _枡たち(合計.join(世帯.with_columns(型.alias("型")), on="世帯番号"), "型", 世帯の型)


def _枡たち(rows: pl.DataFrame, 列: str, 名たち: Sequence[str]) -> list[枡]:
    差 = pl.col("差")
    found = rows.group_by(列).agg(
        pl.len().alias("人数"), (差 > 0).sum().alias("増"), (差 < 0).sum().alias("減"),
        (差 == 0).sum().alias("同"), 差.sum().alias("計"),
    )  # fmt: skip
    table = {row[0]: [int(n) for n in row[1:]] for row in found.iter_rows()}
    cells = {名: table.get(名, [0, 0, 0, 0, 0]) for 名 in 名たち}
    隠す = _伏せる({名: 数[0] for 名, 数 in cells.items()})
    return [枡(名, None, None, None, None, None) if 名 in 隠す else 枡(名, *数) for 名, 数 in cells.items()]


def _伏せる(人数: Mapping[str, int]) -> set[str]:
    """10 に満たない枡（誰のことか分かる。一人もいない枡は 0 と言う）。

    一つだけなら、全体との差で分かるので、次に小さい枡も伏せる。
    """
    few = {名 for 名, 数 in 人数.items() if 0 < 数 < 少ない}
    others = sorted((数, 名) for 名, 数 in 人数.items() if 数 >= 少ない)
    return few | {others[0][1]} if len(few) == 1 and others else few
