"""月例更正で変わる人の新しい徴収: 特徴異動を一つずつ反映しながら、途中の徴収を法令に聞く。"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from tsugaru.gyomu.kojin.domain import collecting, computing
from tsugaru.gyomu.kojin.domain.collecting import 一件, 徴収の今, 更正の時, 途中の結果の名
from tsugaru.gyomu.kojin.domain.levied import 人, 文にする, 方法の事実, 税の列
from tsugaru.gyomu.kojin.domain.midyear import 月の番
from tsugaru.platform.runs.api import Facts, Parameters, Report

文の列 = ("期別", "徴収", "途中")


def 組ごとに計算する(
    people: pl.DataFrame, 途中: Mapping[str, Mapping[str, int]], 写し: Parameters, report: Report
) -> pl.DataFrame:
    """与える途中の事実の名が同じ人ごとにまとめて計算する（途中の事実のない人がほとんどである）。"""
    組: dict[tuple[str, ...], list[str]] = {}
    for subject, 事実 in 途中.items():
        組.setdefault(tuple(sorted(事実)), []).append(subject)
    無い = people.filter(~pl.col(人).is_in(list(途中)))
    parts = [computing.全員を計算する({"人": 無い}, 写し, report)]
    for 名たち, subjects in 組.items():
        frame = people.filter(pl.col(人).is_in(subjects))
        rows = [途中[subject] for subject in frame[人]]
        given = frame.with_columns(pl.Series(名, [row[名] for row in rows], pl.Int64) for 名 in 名たち)
        parts.append(
            computing.全員を計算する({"人": given}, 写し, report, 加える=名たち, 添える=途中の結果の名)
        )
    return pl.concat(parts, how="diagonal").sort(人)


def 効く異動たち(found: Facts) -> dict[str, list[一件]]:
    """宛名番号 → この実行で反映する異動。"""
    番 = found["時"]["番"][0]
    徴収 = dict(found["今"].select(人, "徴収").iter_rows())
    皆: dict[str, list[一件]] = {}
    for row in found["異動"].iter_rows(named=True):
        one = 一件(
            row["番"], row["事由"], 月の番[row["徴収済の月"]], row["残りの方法"], row["指定番号"], row["新指定番号"],
            row["支払われる額"], row["取消番"],
        )  # fmt: skip
        皆.setdefault(row[人], []).append(one)
    効く = {
        subject: collecting.効く異動(events, tuple(json.loads(徴収.get(subject, "{}")).get("異動", ())), 番)
        for subject, events in 皆.items()
    }
    return {subject: events for subject, events in 効く.items() if events}


def 直す(変わる: pl.DataFrame, found: Facts, 写し: Parameters) -> dict[str, dict[str, Any]]:
    """変わる人の新しい徴収。宛名番号 → 結果の表の行（期間を過ぎた人は台帳の額のまま）。"""
    今 = {
        row[人]: row for row in found["今"].join(変わる.select(人), on=人, how="semi").iter_rows(named=True)
    }
    できる = 決定できる(found["時"], 写し)
    過ぎた = {
        subject for subject, 年税額 in 変わる.iter_rows() if not _できる(年税額, 今.get(subject), できる)
    }
    people = 方法を決める(found["人"].join(変わる.select(人), on=人, how="semi"), 今)
    対象 = people.filter(~pl.col(人).is_in(list(過ぎた)))
    直 = _更正する(対象, 今, found, 写し)
    止めた = computing.全員を計算する({"人": people.filter(pl.col(人).is_in(list(過ぎた)))}, 写し, _静か)
    for row in 止めた.iter_rows(named=True):
        前 = 今.get(row[人])
        額 = {名: 前[名] if 前 else 0 for 名 in (*税の列, "年税額")}
        台帳 = {名: 前[名] if 前 else None for 名 in ("指定番号", "年金支払者", *文の列)}
        直[row[人]] = {**row, **額, **台帳, "期間を過ぎた": 1}
    return 直


def _できる(年税額: int, 前: Mapping[str, Any] | None, できる: Mapping[bool, bool]) -> bool:
    前の額 = 前["年税額"] if 前 else 0
    return 年税額 == 前の額 or できる[年税額 < 前の額]


def 決定できる(いつ: pl.DataFrame, 写し: Parameters) -> dict[bool, bool]:
    """減らすものか → 賦課決定ができるか（地方税法第17条の5）。"""
    年数 = int(いつ["年数"][0])
    return {
        減らす: bool(
            computing.一人を計算する(
                {"法定納期限から過ぎた年数": 年数, "税額を減らす賦課決定である": int(減らす)}, 写し
            ).値("賦課決定ができる")
        )
        for 減らす in (False, True)
    }


def 方法を決める(people: pl.DataFrame, 今: Mapping[str, Mapping[str, Any]]) -> pl.DataFrame:
    """納める額のなかった人は、今の報告書の方法で徴収する（年金からは年度の途中に始めない）。"""
    無い = [subject for subject in people[人] if not 今.get(subject) or 今[subject]["期別"] == "{}"]
    ない = pl.col(人).is_in(無い)
    return people.with_columns(
        pl.when(ない).then("新_給与特別徴収を受ける").otherwise("給与特別徴収を受ける").alias("給与特別徴収を受ける"),
        *(pl.when(ない).then(0).otherwise(名).alias(名) for 名 in 方法の事実[1:]),
    )  # fmt: skip


@dataclass(slots=True)
class _途中の人:
    """更正の途中の一人。異動を一つずつ反映する。"""

    徴収: 徴収の今
    残り: list[一件]
    指定番号: str
    年金をやめる: bool
    前年度から: bool
    事実: dict[str, int]


def _更正する(
    people: pl.DataFrame, 今: Mapping[str, Mapping[str, Any]], found: Facts, 写し: Parameters
) -> dict[str, dict[str, Any]]:
    """異動のない人は一度、異動の二つある人は二度、法令に聞く。"""
    本 = ("年金本徴収の合計額",)
    自然表 = computing.全員を計算する({"人": people}, 写し, _静か, 添える=本)
    自然 = {row[人]: row for row in 自然表.iter_rows(named=True)}
    いつ = _更正の時(int(found["時"]["番"][0]), 写し)
    異動 = 効く異動たち(found)
    途中 = {
        row[人]: _始める(row, 今.get(row[人]), 異動.get(row[人], [])) for row in people.iter_rows(named=True)
    }
    直: dict[str, dict[str, Any]] = {}
    while 途中:
        一つ = {subject: one.残り[0] if one.残り else None for subject, one in 途中.items()}
        for subject, one in 途中.items():
            one.事実 = collecting.途中の事実(
                one.徴収,
                自然[subject],
                いつ,
                一つ[subject],
                年金をやめる=one.年金をやめる,
                前年度から=one.前年度から,
            )
        frame = people.filter(pl.col(人).is_in(list(途中)))
        results = 組ごとに計算する(frame, {subject: one.事実 for subject, one in 途中.items()}, 写し, _静か)
        for row in results.iter_rows(named=True):
            one = 途中[row[人]]
            one.徴収 = collecting.改める(one.徴収, one.事実, row, いつ, 一つ[row[人]], one.指定番号)
            one.残り, one.指定番号 = one.残り[1:], one.徴収.指定番号
            直[row[人]] = {**row, **_書く形(one, 今.get(row[人]))}
        途中 = {subject: one for subject, one in 途中.items() if one.残り}
    return 直


def _始める(row: Mapping[str, Any], 前: Mapping[str, Any] | None, 異動: list[一件]) -> _途中の人:
    """台帳の徴収から。納める額のなかった人は、今の報告書の義務者から徴収する。"""
    中 = json.loads(前["期別"]) if 前 else {}
    ありさま = json.loads(前["徴収"]) if 前 and not 前["取消"] else {}
    番号 = 前["指定番号"] if 前 and 中 else row["新_指定番号"]
    徴収 = collecting.今にする(中, 番号, ありさま if 中 else {"異動": ありさま.get("異動", ())})
    やめる = bool(row["年金特別徴収を受ける"]) and not row["新_年金特別徴収を受ける"] and not 徴収.年金の状態
    return _途中の人(徴収, list(異動), 番号, やめる, bool(row["前年度から年金特別徴収である"]), {})


def _更正の時(番: int, 写し: Parameters) -> 更正の時:
    件 = computing.一人を計算する({"異動のあった月": 番}, 写し)
    return 更正の時(番, int(件.値("過ぎた納期の数") or 0), int(件.値("変えられない本徴収の回数") or 0))


def _書く形(one: _途中の人, 前: Mapping[str, Any] | None) -> dict[str, Any]:
    return {
        "指定番号": one.徴収.指定番号,
        "年金支払者": 前["年金支払者"] if 前 else "",
        "期別": 文にする(one.徴収.期別にする()),
        "徴収": 文にする(one.徴収.ありさま()),
        "途中": 文にする(one.事実),
        "期間を過ぎた": 0,
    }


def _静か(done: int, total: int) -> None:
    """途中の計算の進みは知らせない。"""
