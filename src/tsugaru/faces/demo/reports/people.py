"""報告書に書かれる人: 年末の年齢、全角の住所、CP932 で書ける氏名、半角のカナ、元号の生年月日。"""

from __future__ import annotations

from datetime import date

import jaconv
import polars as pl

from tsugaru.faces.demo.population import Population
from tsugaru.kernel import moji
from tsugaru.kernel.lookalikes import 縮退候補

GETA = "〓"
ERAS = ((date(2019, 5, 1), "5", 2018), (date(1989, 1, 8), "4", 1988), (date(1926, 12, 25), "1", 1925),
        (date(1912, 7, 30), "2", 1911))  # fmt: skip
MEIJI = ("3", 1867)


ON_DAY = ("世帯番号", "続柄コード1", "続柄コード2")


def taxpayers(people: Population, year: int) -> pl.DataFrame:
    """次の年の1月1日（賦課期日）の住民。世帯と続柄はその日の、氏名と住所は今のもの。給与と年金に共通の列を付ける。"""
    day = date(year + 1, 1, 1)
    rows = people.履歴.filter(pl.col("異動日") <= day).select("宛名番号", "履歴番号", "住民状態", *ON_DAY)
    resident = rows.sort("宛名番号", "履歴番号").unique("宛名番号", keep="last", maintain_order=True)
    resident = resident.filter(pl.col("住民状態") == "1").drop("履歴番号", "住民状態")
    known = people.個人.drop(*ON_DAY).filter(pl.col("生年月日").dt.year() <= year)
    here = known.join(resident, on="宛名番号", how="inner", maintain_order="left")
    return here.select(
        "宛名番号", "世帯番号", "性別", "続柄コード1", "続柄コード2", "個人番号", "転入前_団体コード", "転入前_住所",
        "生年月日",
        (year - pl.col("生年月日").dt.year()).cast(pl.Int64).alias("年齢"),
        writable(here["氏名"], 30).alias("氏名"),
        _half_width(here["氏名_フリガナ"]).alias("カナ氏名"),
        pl.concat_str("住所_都道府県", "住所_市区町村", "住所_町字", "住所_番地号").str.slice(0, 60).alias("住所"),
        *_era_columns(pl.col("生年月日")),
    )  # fmt: skip


def writable(texts: pl.Series, width: int) -> pl.Series:
    """CP932 で書く。異体字選択子は落とし、無い字は給与ソフトがするように「〓」にする。``width`` 文字まで。"""
    unique = texts.unique()
    return texts.replace_strict(unique, pl.Series([_geta(text)[:width] for text in unique]))


def _geta(text: str) -> str:
    plain = moji.選択子.sub("", text)
    lost = {found.字: found.候補 or GETA for found in 縮退候補(plain)}
    return "".join(lost.get(char, char) for char in plain)


def _half_width(kana: pl.Series) -> pl.Series:
    """全角のフリガナを半角カナにする。"""
    unique = kana.unique()
    half = [jaconv.z2h(text, kana=True, ascii=True, digit=True).replace("　", " ")[:60] for text in unique]
    return kana.replace_strict(unique, pl.Series(half))


def _era_columns(born: pl.Expr) -> list[pl.Expr]:
    code, before = pl.lit(MEIJI[0]), pl.lit(MEIJI[1])
    for first, mark, zero in reversed(ERAS):
        code = pl.when(born >= first).then(pl.lit(mark)).otherwise(code)
        before = pl.when(born >= first).then(pl.lit(zero)).otherwise(before)
    return [
        code.alias("元号"),
        (born.dt.year() - before).cast(pl.String).str.zfill(2).alias("年"),
        born.dt.month().cast(pl.String).str.zfill(2).alias("月"),
        born.dt.day().cast(pl.String).str.zfill(2).alias("日"),
    ]
