"""計算の実行の定義: 当初賦課と試算。月例更正は前の賦課との差を記帳する。"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from tsugaru.gyomu.kojin.domain import (
    computing,
    correcting,
    facts,
    midyear,
    parameters,
    posting,
    roll,
    settling,
)
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.ledger.api import Posting
from tsugaru.platform.runs.api import (
    Aggregate,
    Facts,
    Kind,
    Parameters,
    Report,
    Run,
    RunDefinition,
    State,
    last_confirmed,
    values_of,
)
from tsugaru.platform.tenancy.locks import lock

当初, 試算, 月例 = "kojin.shoki", "kojin.shisan", "kojin.gekkei"


def 計算する(found: Facts, 写し: Parameters, report: Report) -> pl.DataFrame:
    """結果に、徴収する相手（義務者・年金の支払者）を添える。"""
    results = computing.全員を計算する(found, 写し, report)
    people = found["人"].select("subject", "指定番号", "年金支払者")
    return results.join(people, on="subject", how="left", maintain_order="left")


def 合計(名: str) -> Aggregate:
    """総額。前の確定から二割を超えて動けば、所見がなければ署名できない。"""
    return Aggregate(名, lambda results: int(results[名].sum() or 0), low=0, permille=200)


def 人数(題: str, 式: pl.Expr, permille: int = 200) -> Aggregate:
    """条件に当たる人数。"""
    return Aggregate(題, lambda results: results.filter(式).height, low=0, permille=permille)


def 期間を過ぎた人数(results: pl.DataFrame) -> int:
    """賦課決定の期間を過ぎたので、台帳のままにした人。当初の実行（比べる相手）にこの列はない。"""
    return int(results["期間を過ぎた"].sum()) if "期間を過ぎた" in results.columns else 0


見込み = (
    合計("年税額"),
    合計("市町村民税額"),
    合計("道府県民税額"),
    合計("森林環境税額"),
    人数("納税義務者の数", pl.col("年税額") > 0),
    人数("所得割の納税義務者の数", pl.col("市町村民税の所得割額") > 0),
    人数("給与特別徴収の人数", pl.col("給与特別徴収の対象税額") > 0),
    人数("年金特別徴収の人数", pl.col("年金特別徴収の対象税額") > 0),
    Aggregate("判定できない人の数", lambda results: int(results["年税額"].null_count()), low=0, high=0),
)


def 当初の記帳(run: Run, results: pl.DataFrame, found: Facts) -> Iterable[Posting]:
    """賦課の全額。"""
    known = roll.判定できた(results)
    なし = posting.賦課の額()
    額 = known.select("subject", "指定番号", "年金支払者", *roll.税の列)
    people = (
        (row["subject"], roll.額にする(row, 中), なし)
        for row, 中 in zip(額.iter_rows(named=True), roll.期別たちにする(known), strict=True)
    )
    return posting.記帳の素(int(run.period[:4]), people)


def 当初の比べる相手(期間: str) -> Run | None:
    """この年度の確定した賦課（差し替えのとき）。なければ前の年度の最後に確定したもの。"""
    前年 = str(int(期間[:4]) - 1)
    return last_confirmed("kojin", period=期間[:4]) or last_confirmed("kojin", period=前年)


def 台帳に書く(run: Run, results: pl.DataFrame, found: Facts) -> None:
    """確定と同じトランザクションで、課税台帳の行を書く。差し替えのときは、前の番の次になる。"""
    assert run.confirmed_at is not None
    assert run.effective_on is not None
    known = roll.判定できた(results)
    年度 = int(run.period[:4])
    番 = {subject: n for subject, (n, _) in roll.今の額(年度).items()} if run.supersedes_id else {}
    roll.書く(
        年度, known, found["人"], 番=番, 期別たち=roll.期別たちにする(known), 実行=run.pk, 更正事由=run.reason[:40],
        決定日=run.effective_on, now=run.confirmed_at,
    )  # fmt: skip


def 月例の記帳(run: Run, results: pl.DataFrame, found: Facts) -> Iterable[Posting]:
    """前の賦課との差だけ。計算した後に賦課が動いていれば KJ-7003、月を過ぎた決定の日なら KJ-7004。"""
    いつ = midyear.期間を読む(run.period)
    lock("kojin/levy", [str(いつ.課税年度)])
    settling.確かめる(いつ, found, run.effective_on)
    写し = values_of(str(run.parameters_id))
    people = ((c.宛名番号, c.後, c.前) for c in settling.変わった人(found, 写し, results) if c.後 != c.前)
    return posting.記帳の素(いつ.課税年度, people)


def 月例を台帳に書く(run: Run, results: pl.DataFrame, found: Facts) -> None:
    """変わった人だけに、次の番の行を書く。"""
    assert run.confirmed_at is not None
    assert run.effective_on is not None
    settling.書く(
        midyear.期間を読む(run.period), found, values_of(str(run.parameters_id)), results, 実行=run.pk,
        決定日=run.effective_on, now=run.confirmed_at,
    )  # fmt: skip


def 年度の最後の実行(期間: str) -> Run | None:
    """比べる相手: その課税年度の、最後に確定した実行。"""
    return last_confirmed("kojin", period=期間[:4])


def 当初を差し替えられるか(前: Run, 後: Run) -> None:
    """月例更正の後の当初は差し替えられない（月例の差は、差し替える前の賦課からの差である）。"""
    if Run.objects.filter(definition=月例, period__startswith=前.period[:4], state=State.CONFIRMED).exists():
        raise 業務エラー(
            "KJ-7005",
            f"{前.period[:4]}年度は月例更正が確定しているので、当初賦課を差し替えられません。",
            "次の月の月例更正で直してください。",
        )


def 月例は差し替えない(前: Run, 後: Run) -> None:
    """月例更正の直しは、次の月の更正である。"""
    raise 業務エラー(
        "KJ-7006",
        f"月例更正（実行{前.pk}、{前.period}）は差し替えられません。",
        "次の月の月例更正で直してください。",
    )


DEFINITIONS = (
    RunDefinition(
        code=当初,
        name="個人住民税 当初賦課",
        gyomu="kojin",
        read=facts.読む,
        parameters=parameters.写す,
        law_version=parameters.規則の版,
        compute=計算する,
        amount="年税額",
        postings_of=当初の記帳,
        baseline=当初の比べる相手,
        settle=台帳に書く,
        unsettle=当初を差し替えられるか,
        aggregates=見込み,
    ),
    RunDefinition(
        code=月例,
        name="個人住民税 月例更正",
        gyomu="kojin",
        read=lambda 期間: correcting.読む(midyear.期間を読む(期間)),
        parameters=parameters.写す,
        law_version=parameters.規則の版,
        compute=correcting.計算する,
        amount="年税額",
        kinds=(Kind.MONTHLY,),
        period_check=midyear.期間の誤り,
        postings_of=月例の記帳,
        baseline=年度の最後の実行,
        settle=月例を台帳に書く,
        unsettle=月例は差し替えない,
        aggregates=(*見込み, Aggregate("賦課決定の期間を過ぎた人の数", 期間を過ぎた人数, low=0, high=0)),
    ),
)
