"""台帳から法令への、ただ一つの扉。一人一行の事実の表を作る。

賦課期日（1月1日、地方税法第318条）の住民のうち資料のある人と、個別の事項で課税すると定めた人が入る。資料のない住民は入らず、
未申告として別に数える（分からない所得を 0 としない）。
"""

from __future__ import annotations

from datetime import date

import polars as pl
from django.db import connection

from tsugaru.gyomu.juki import api as juki
from tsugaru.gyomu.kojin.domain import intake, linking, merging, sources
from tsugaru.gyomu.kojin.domain.columns import みなし課税, 人の列, 個別の事実, 資料の事実
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.inbound import api as inbound
from tsugaru.platform.runs.api import Facts

人 = "subject"
分からないことがある = frozenset({"年齢", "未成年者である"})  # 生年月日の不詳な人
成年年齢の改正 = date(2022, 4, 1)  # 民法第4条（平成30年法律第59号）
年金特徴の年齢, 年金特徴の下限 = 65, 180_000  # 地方税法第321条の7の2第1項、同法施行令第48条の9の11

個別を読む = """
SELECT DISTINCT ON ("宛名番号", "事実名") "宛名番号", "事実名", "値" FROM "kojin_個別事項"
 WHERE "課税年度" = %s AND (%s::text IS NULL OR "宛名番号" = %s) ORDER BY "宛名番号", "事実名", "番" DESC
"""
義務者を読む = """
SELECT e."指定番号" FROM (SELECT DISTINCT ON ("指定番号") "指定番号", "終了日" FROM "kojin_特徴義務者"
                           ORDER BY "指定番号", "履歴番号" DESC) e
 WHERE e."終了日" IS NULL OR e."終了日" > %s
"""
登録がない = "義務者の登録がない"
前年を読む = """
SELECT DISTINCT ON ("宛名番号") "宛名番号", "年金支払者", ("結果"->>'年金特別徴収の対象税額')::bigint
  FROM "kojin_賦課" WHERE "課税年度" = %s AND (%s::text IS NULL OR "宛名番号" = %s) ORDER BY "宛名番号", "番" DESC
"""


def 読む(期間: str) -> Facts:
    """期間（課税年度、または 課税年度-月）の事実。届け物が揃い、名寄せが終わっていなければ断る。"""
    年度 = int(期間[:4])
    for period, kinds in intake.要る届け物(年度):
        inbound.require_green(period, kinds)
    left = linking.決まっていない数(年度)
    if left:
        raise 業務エラー(
            "KJ-2301",
            f"名寄せの決まっていない資料が{left:,}枚あります。",
            "名寄せの一覧で全てを決めてから、もう一度始めてください。",
        )
    return {"人": 人の事実(年度)}


def 人の事実(年度: int, 宛名番号: str | None = None, 今の資料: pl.DataFrame | None = None) -> pl.DataFrame:
    """全員（か一人）の事実: subject, `人の列`, 世帯番号, 指定番号, 年金支払者, 出所, 点検。額は円、無は判定できない。

    今の資料 を渡せば、その資料であったとした事実（まだ記録していない申告の試算）。
    """
    資料 = merging.合わせる(sources.今の資料(年度, 宛名番号) if 今の資料 is None else 今の資料)
    住民 = juki.その日の住民(date(年度, 1, 1), 宛名番号).rename({"宛名番号": 人})
    個別 = _個別(年度, 宛名番号)
    皆 = _課税する人(住民, 資料, 個別)
    joined = 皆.join(住民, on=人, how="left").join(資料, on=人, how="left").join(個別, on=人, how="left")
    joined = _義務者を確かめる(joined, 年度).join(_前年(年度, 宛名番号), on=人, how="left")
    替えた = joined.with_columns(
        pl.coalesce(f"個別_{名}", 名).alias(名) for 名 in 資料の事実 if f"個別_{名}" in joined.columns
    )
    return (
        替えた.with_columns(*_身上(年度), *_個別の列(替えた))
        .with_columns(*_徴収(年度))
        .with_columns(pl.col(名).fill_null(0) for 名 in 人の列 if 名 not in 分からないことがある)
        .with_columns(pl.col("指定番号", "年金支払者", "出所", "点検", "世帯番号").fill_null(""))
        .select(人, *人の列, "世帯番号", "指定番号", "年金支払者", "出所", "点検")
        .sort(人)
    )


def 未申告の人(年度: int) -> pl.DataFrame:
    """賦課期日の住民で、資料も個別の事項もない人（subject, 生年月日, 世帯番号）。"""
    住民 = juki.その日の住民(date(年度, 1, 1)).rename({"宛名番号": 人})
    資料 = merging.合わせる(sources.今の資料(年度))
    ある = _課税する人(住民, 資料, _個別(年度, None))
    return 住民.join(ある, on=人, how="anti").select(人, "生年月日", "世帯番号")


def _課税する人(住民: pl.DataFrame, 資料: pl.DataFrame, 個別: pl.DataFrame) -> pl.DataFrame:
    """資料のある住民、みなし課税の人、家屋敷課税の人。"""
    資料のある住民 = 資料.select(人).join(住民.select(人), on=人, how="semi")
    家屋敷 = pl.col("個別_家屋敷等のみを有する").fill_null(0) > 0
    定めた人 = 個別.filter((pl.col(f"個別_{みなし課税}").fill_null(0) > 0) | 家屋敷).select(人)
    return pl.concat([資料のある住民, 定めた人]).unique()


def _個別(年度: int, 宛名番号: str | None) -> pl.DataFrame:
    """一人一行、個別_ を付けた列。定めた人のいない名の列も、要るものは必ずある。"""
    with connection.cursor() as cursor:
        cursor.execute(個別を読む, [年度, 宛名番号, 宛名番号])
        rows = cursor.fetchall()
    long = pl.DataFrame(rows, schema={人: pl.String, "名": pl.String, "値": pl.Int64}, orient="row")
    wide = long.filter(pl.col("値").is_not_null()).pivot("名", index=人, values="値")
    wide = wide.rename({名: f"個別_{名}" for 名 in wide.columns if 名 != 人})
    missing = [名 for 名 in (*個別の事実, みなし課税) if f"個別_{名}" not in wide.columns]
    return wide.with_columns(pl.lit(None, pl.Int64).alias(f"個別_{名}") for 名 in missing)


def _前年(年度: int, 宛名番号: str | None) -> pl.DataFrame:
    """前の年度に年金から徴収していた人と、その額。"""
    with connection.cursor() as cursor:
        cursor.execute(前年を読む, [年度 - 1, 宛名番号, 宛名番号])
        rows = cursor.fetchall()
    schema = {人: pl.String, "前年の年金支払者": pl.String, "前年の年金特徴": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _義務者を確かめる(people: pl.DataFrame, 年度: int) -> pl.DataFrame:
    """登録のある、その年度の終わり（翌年5月）まで続く義務者だけから徴収する。ほかの指定番号は消し、点検に挙げる。"""
    with connection.cursor() as cursor:
        cursor.execute(義務者を読む, [date(年度 + 1, 5, 31)])
        番号たち = [row[0] for row in cursor.fetchall()]
    無い = (pl.col("指定番号").fill_null("") != "") & ~pl.col("指定番号").is_in(番号たち)
    印 = pl.concat_str(
        pl.when(pl.col("点検").fill_null("") != "").then(pl.col("点検")),
        pl.lit(登録がない),
        separator=",",
        ignore_nulls=True,
    )
    return people.with_columns(
        pl.when(無い).then(pl.lit("")).otherwise("指定番号").alias("指定番号"),
        pl.when(無い).then(印).otherwise("点検").alias("点検"),
    )


def _身上(年度: int) -> list[pl.Expr]:
    """年齢は所得の年の12月31日。生まれた日の前日に一つ加わる（年齢計算ニ関スル法律）ので、元日生まれは大晦日に加わる。"""
    生 = pl.col("生年月日")
    元日 = ((生.dt.month() == 1) & (生.dt.day() == 1)).cast(pl.Int64)
    年齢 = 年度 - 1 - 生.dt.year().cast(pl.Int64) + 元日
    成年 = 18 if date(年度, 1, 1) >= 成年年齢の改正 else 20
    未成年 = (生 > date(年度 - 成年, 1, 2)).cast(pl.Int64)
    分かる = 生.is_not_null() & ~pl.col("生年月日不詳")
    return [
        pl.when(分かる).then(年齢).alias("年齢"),
        pl.when(分かる).then(未成年).alias("未成年者である"),
    ]


def _個別の列(frame: pl.DataFrame) -> list[pl.Expr]:
    return [pl.col(f"個別_{名}").alias(名) for 名 in 個別の事実]


def _徴収(年度: int) -> list[pl.Expr]:
    """徴収の方法。4月1日に65歳以上で、年金が年18万円以上なら年金から（介護保険の特別徴収の有無などは見ていない）。"""
    六十五 = pl.col("生年月日") <= date(年度 - 年金特徴の年齢, 4, 2)
    年金 = 六十五 & (pl.col("年金支払者") != "") & (pl.col("公的年金等の収入金額") >= 年金特徴の下限)
    前年から = 年金 & (pl.col("前年の年金支払者").fill_null("") != "")
    return [
        (pl.col("指定番号").fill_null("") != "").cast(pl.Int64).alias("給与特別徴収を受ける"),
        年金.fill_null(False).cast(pl.Int64).alias("年金特別徴収を受ける"),
        前年から.fill_null(False).cast(pl.Int64).alias("前年度から年金特別徴収である"),
        pl.when(前年から).then("前年の年金特徴").alias("前年度の年金特別徴収年税額"),
        pl.sum_horizontal("特別障害の扶養親族等の数", "同居特別障害の扶養親族等の数").alias(
            "特別障害者である扶養親族等の数"
        ),
    ]
