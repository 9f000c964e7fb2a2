"""月例更正: 全員を同じ規則で計算し直し、変わった人だけの賦課を改める（地方税法第321条の2・第321条の6・第321条の7の5ほか）。

読む → 皆を計算する → 変わった人を見つける → 変わった人の途中の徴収を法令に聞く → 結果の表（一人一行。変わらない人は台帳のまま）。
結果の列 期別・徴収・途中 は台帳に書く JSON の文字で、変わらない人では前の月の実行と同じになる（差分に出ない）。
賦課決定の期間（法第17条の5）を過ぎた人は 期間を過ぎた に印を付け、台帳のままにする。
資料のなくなった人は結果に入らず、賦課を取り消す。

まだ無いもの: 所得税の更正等による不足税額の直ちの追徴（法第321条の2第1項）と延長された期間、年度の途中に始める年金特別徴収、
仮徴収の途中の中止、延滞金、納期の月が法と違う団体の過ぎた納期。
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from tsugaru.gyomu.kojin.domain import facts, levied, remaking
from tsugaru.gyomu.kojin.domain.collecting import 途中の結果の名
from tsugaru.gyomu.kojin.domain.levied import 人, 対象の列, 税の列
from tsugaru.gyomu.kojin.domain.midyear import 時
from tsugaru.gyomu.kojin.domain.remaking import 文の列
from tsugaru.gyomu.kojin.domain.results import 結果の列
from tsugaru.kernel.errors import 業務エラー
from tsugaru.law.kojin.public import 過ぎた年数
from tsugaru.platform.runs.api import Facts, Parameters, Report

添える列 = ("指定番号", "年金支払者", *文の列, "期間を過ぎた")


def 読む(いつ: 時, 宛名番号: str | None = None, 足す異動: Sequence[Mapping[str, Any]] = ()) -> Facts:
    """事実の表（人・今・異動・時）。賦課が一つもなければ KJ-7002。足す異動 は、まだ記録していない異動の試算。"""
    今 = levied.今の賦課の表(いつ.課税年度, 宛名番号)
    if not 今.height and 宛名番号 is None:
        raise 業務エラー(
            "KJ-7002",
            f"{いつ.課税年度}年度の当初賦課が確定していません。",
            "当初賦課を確定してから、月例更正を準備してください。",
        )
    people = levied.方法をそろえる(facts.人の事実(いつ.課税年度, 宛名番号), 今)
    異動 = levied.異動の表(いつ.課税年度, 宛名番号)
    足す = pl.DataFrame(list(足す異動), schema=levied.異動の型)
    いつの表 = {人: [str(いつ.課税年度)], "番": [いつ.番], "年数": [過ぎた年数(いつ.法定納期限, いつ.末日)]}
    return {
        "人": people, "今": levied.変わったことを書く(今, people), "異動": pl.concat([異動, 足す]),
        "時": pl.DataFrame(いつの表),
    }  # fmt: skip


def 計算する(found: Facts, 写し: Parameters, report: Report) -> pl.DataFrame:
    """一人一行の結果: subject, `結果の列`, 途中の結果の列, `添える列`。"""
    people, 今 = found["人"], found["今"]
    途中 = {
        row[0]: json.loads(row[1]) for row in 今.filter(pl.col("途中") != "").select(人, "途中").iter_rows()
    }
    皆 = remaking.組ごとに計算する(people, 途中, 写し, report)
    並んだ = 皆.join(今.select(人, "番", "取消"), on=人, how="left", maintain_order="left")
    変わる = _変わる人(並んだ, found)
    直した = remaking.直す(変わる, found, 写し)
    return _まとめる(皆, 今, 直した)


def _変わる人(皆: pl.DataFrame, found: Facts) -> pl.DataFrame:
    """更正するかもしれない人: 初めての人、事実か税額か対象税額の変わった人、まだ反映していない特徴異動のある人。"""
    今 = found["今"].select(
        人, "事実が変わった", *(pl.col(名).alias(f"前_{名}") for 名 in (*税の列, *対象の列))
    )
    joined = 皆.join(今, on=人, how="left")
    異動 = pl.col(人).is_in(list(remaking.効く異動たち(found)))
    額 = [pl.col(名) != pl.col(f"前_{名}") for 名 in (*税の列, *対象の列)]
    初めて = pl.col("番").is_null() | pl.col("取消").fill_null(False)
    変わった = pl.any_horizontal(初めて, pl.col("事実が変わった").fill_null(False), 異動, *額)
    return joined.filter(pl.col("年税額").is_not_null() & 変わった).select(人, "年税額")


def _まとめる(皆: pl.DataFrame, 今: pl.DataFrame, 直: Mapping[str, Mapping[str, Any]]) -> pl.DataFrame:
    """直した人の行と、台帳のままの人の行。"""
    列 = (人, *結果の列, *途中の結果の名)
    無い = [pl.lit(0, pl.Int64).alias(名) for 名 in 途中の結果の名 if 名 not in 皆.columns]
    まま = 皆.with_columns(無い).select(列).with_columns(pl.col(名).fill_null(0) for 名 in 途中の結果の名)
    まま = (
        まま.filter(~pl.col(人).is_in(list(直)))
        .join(今.select(人, "指定番号", "年金支払者", *文の列), on=人, how="left")
        .with_columns(pl.lit(0, pl.Int64).alias("期間を過ぎた"))
    )
    型 = dict.fromkeys((*結果の列, *途中の結果の名), pl.Int64) | dict.fromkeys(添える列, pl.String)
    型 = {人: pl.String, **型, "期間を過ぎた": pl.Int64}
    rows = pl.DataFrame([{名: row.get(名) for 名 in 型} for row in 直.values()], schema=型, orient="row")
    皆の列 = [*列, *添える列]
    joined = pl.concat([まま.select(皆の列), rows.select(皆の列)]).sort(人)
    return joined.with_columns(
        pl.col("指定番号", "年金支払者", "途中").fill_null(""),
        pl.col("期別", "徴収").fill_null("{}"),
        *(pl.col(名).fill_null(0) for 名 in 途中の結果の名),
    )
