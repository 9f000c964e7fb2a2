"""月例更正が読む表: 今の賦課（一人一行）と、その年度の特徴異動。事実が変わったかと、更正の事由もここで決める。"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
from django.db import connection

from tsugaru.gyomu.kojin.domain.collecting import 途中の事実の名
from tsugaru.gyomu.kojin.domain.columns import 人の列
from tsugaru.gyomu.kojin.models import 課税資料
from tsugaru.gyomu.kojin.models.source import 資料種類

人 = "subject"
方法の事実 = (
    "給与特別徴収を受ける", "年金特別徴収を受ける", "前年度から年金特別徴収である", "前年度の年金特別徴収年税額",
)  # fmt: skip
"""一度決まれば、その年度の間は変えない徴収の方法（変えるのは特徴異動だけである）。"""
税の列 = ("市町村民税額", "道府県民税額", "森林環境税額")
対象の列 = ("給与特別徴収の対象税額", "年金特別徴収の対象税額")
今の文 = """
SELECT DISTINCT ON ("宛名番号") "宛名番号", "番", "市町村民税額", "道府県民税額", "森林環境税額", "年税額",
       ("結果"->>'給与特別徴収の対象税額')::bigint, ("結果"->>'年金特別徴収の対象税額')::bigint,
       "期別"::text, "徴収"::text, "指定番号", "年金支払者", "出所"::text, "事実"::text,
       EXISTS (SELECT 1 FROM "kojin_個別事項" k WHERE k."課税年度" = r."課税年度" AND k."宛名番号" = r."宛名番号"
                 AND k."処理日時" > r."処理日時")
  FROM "kojin_賦課" r WHERE "課税年度" = %s AND (%s::text IS NULL OR "宛名番号" = %s) ORDER BY "宛名番号", "番" DESC
"""
今の型: dict[str, Any] = {
    人: pl.String, "番": pl.Int64, **dict.fromkeys((*税の列, "年税額", *対象の列), pl.Int64), "期別": pl.String,
    "徴収": pl.String, "指定番号": pl.String, "年金支払者": pl.String, "出所": pl.String, "事実": pl.String, "個別": pl.Boolean,
}  # fmt: skip
異動の文 = """
SELECT "宛名番号", "番", "事由", "徴収済の月", "残りの方法", "指定番号", "新指定番号", "支払われる額", "取消番"
  FROM "kojin_特徴異動" WHERE "課税年度" = %s AND (%s::text IS NULL OR "宛名番号" = %s) ORDER BY "宛名番号", "番"
"""
異動の型: dict[str, Any] = {
    人: pl.String, "番": pl.Int64, "事由": pl.String, "徴収済の月": pl.Int64, "残りの方法": pl.String,
    "指定番号": pl.String, "新指定番号": pl.String, "支払われる額": pl.Int64, "取消番": pl.Int64,
}  # fmt: skip


def 文にする(物: object) -> str:
    """比べられる JSON の文字（鍵の順をそろえる）。"""
    return json.dumps(物, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def 今の賦課の表(年度: int, 宛名番号: str | None = None) -> pl.DataFrame:
    """`今の型` の列と、途中（前の更正で与えた途中の事実）・取消（取り消された賦課か）。"""
    frame = _読む(今の文, 今の型, 年度, 宛名番号)
    途中, 取消 = [], []
    for 徴収, 事実 in zip(frame["徴収"], frame["事実"], strict=True):
        ありさま = json.loads(徴収)
        途中.append(_途中(json.loads(事実)) if ありさま and "取消" not in ありさま else "")
        取消.append("取消" in ありさま)
    return frame.with_columns(
        pl.Series("期別", [文にする(json.loads(text)) for text in frame["期別"]], pl.String),
        pl.Series("徴収", [文にする(json.loads(text)) for text in frame["徴収"]], pl.String),
        pl.Series("途中", 途中, pl.String),
        pl.Series("取消", 取消, pl.Boolean),
        *(pl.col(名).fill_null(0) for 名 in 対象の列),
    )


def 異動の表(年度: int, 宛名番号: str | None = None) -> pl.DataFrame:
    """その年度の特徴異動の全て（取り消したものと取消も）。"""
    return _読む(異動の文, 異動の型, 年度, 宛名番号)


def _読む(文: str, 型: Mapping[str, Any], 年度: int, 宛名番号: str | None) -> pl.DataFrame:
    with connection.cursor() as cursor:
        cursor.execute(文, [年度, 宛名番号, 宛名番号])
        return pl.DataFrame(cursor.fetchall(), schema=dict(型), orient="row")


def _途中(事実: Mapping[str, int | None]) -> str:
    return 文にする({名: 事実[名] for 名 in 途中の事実の名 if 名 in 事実})


def 方法をそろえる(people: pl.DataFrame, 今: pl.DataFrame) -> pl.DataFrame:
    """賦課のある人の徴収の方法を台帳のとおりにし、報告書などから決めたものは「新_」の列に残す。初めての人は年金から徴収しない。"""
    台帳 = _事実を開く(今.filter(~pl.col("取消")), 方法の事実).with_columns(pl.lit(1).alias("ある"))
    joined = people.join(台帳.rename({名: f"台帳_{名}" for 名 in 方法の事実}), on=人, how="left")
    ある = pl.col("ある").is_not_null()
    年金 = 方法の事実[1:]
    return joined.with_columns(
        pl.col("指定番号").alias("新_指定番号"),
        *(pl.col(名).alias(f"新_{名}") for 名 in 方法の事実),
        pl.when(ある).then("台帳_給与特別徴収を受ける").otherwise("給与特別徴収を受ける").alias("給与特別徴収を受ける"),
        *(pl.when(ある).then(f"台帳_{名}").otherwise(0).alias(名) for 名 in 年金),
    ).drop("ある", *(f"台帳_{名}" for 名 in 方法の事実))  # fmt: skip


def 変わったことを書く(今: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """今の賦課の表に、事実が変わったか・事由（「・」でつないだ名）を足す。出所と事実の列は落とす。"""
    出所 = pl.col("出所").str.replace_all(r"[\[\] ]", "")
    前 = _事実を開く(今, 人の列).join(今.select(人, 出所.alias("前の出所"), "個別"), on=人)
    両方 = 前.join(people.select(人, *人の列, "出所"), on=人, suffix="_後")
    違う = [pl.col(名) != pl.col(f"{名}_後").fill_null(0) for 名 in 人の列]
    印 = 両方.select(
        人,
        "前の出所",
        "出所",
        "個別",
        pl.any_horizontal(*違う, pl.col("前の出所") != pl.col("出所")).alias("事実が変わった"),
    )
    事由 = _事由(印.filter("事実が変わった"))
    return (
        今.drop("出所", "事実", "個別")
        .join(印.select(人, "事実が変わった"), on=人, how="left")
        .with_columns(pl.col("事実が変わった").fill_null(False))
        .join(事由, on=人, how="left")
        .with_columns(pl.col("事由").fill_null(""))
    )


def _事実を開く(今: pl.DataFrame, 名たち: Iterable[str]) -> pl.DataFrame:
    """台帳の事実の列（書かれていなければ 0）。"""
    names = tuple(名たち)
    opened = 今.select(人, pl.col("事実").str.json_decode(pl.Struct(dict.fromkeys(names, pl.Int64))))
    return opened.unnest("事実").with_columns(pl.col(名).fill_null(0) for 名 in names)


def _事由(変わった: pl.DataFrame) -> pl.DataFrame:
    """資料の増減と個別の事項から、更正の事由。"""
    増減 = {row[人]: _増減(row["前の出所"], row["出所"]) for row in 変わった.iter_rows(named=True)}
    種類 = _資料の事由({番号 for 増, _ in 増減.values() for 番号 in 増})
    found = [
        _一人の事由(*増減[subject], 個別=個別, 種類=種類)
        for subject, 個別 in 変わった.select(人, "個別").iter_rows()
    ]
    return 変わった.select(人, pl.Series("事由", found, pl.String))


def _増減(前: str, 後: str) -> tuple[set[int], set[int]]:
    """使う資料の、増えたものと減ったもの。"""
    return _番号たち(後) - _番号たち(前), _番号たち(前) - _番号たち(後)


def _番号たち(出所: str) -> set[int]:
    return {int(番号) for 番号 in 出所.split(",") if 番号}


def _一人の事由(増: set[int], 減: set[int], *, 個別: bool, 種類: Mapping[int, str]) -> str:
    """増えた資料の種類。減っただけなら訂正（取消しの報告など）。"""
    names = {種類[番号] for 番号 in 増} or ({"資料の訂正"} if 減 else set())
    names |= {"個別事項"} if 個別 else set()
    return "・".join(sorted(names)) or "台帳の事実の変更"


def _資料の事由(番号たち: set[int]) -> dict[int, str]:
    """資料の番号 → 申告・資料の追加・資料の訂正。"""
    found: dict[int, str] = {}
    if not 番号たち:
        return found
    rows = 課税資料.objects.filter(pk__in=番号たち).values_list("pk", "種類", "訂正表示", "置換")
    for pk, 種類, 表示, 置換 in rows:
        if 種類 in (資料種類.確申, 資料種類.住申):
            found[pk] = "申告"
        else:
            found[pk] = "資料の追加" if 表示 in ("0", "1") and 置換 is None else "資料の訂正"
    return found
