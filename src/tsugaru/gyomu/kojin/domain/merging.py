"""一人の資料を合わせて、一人一行の事実にする（地方税法第317条の2・第317条の3・第317条の6）。

決まり
    取消・訂正   同じ支払者・受給者番号の報告は、取消より前を捨て、訂正より前を捨て、残りは最も新しい一枚（追加は足す）
    前職         報告が前職の給与を含むとき、その額の前職の報告は足さない
    合算         給与・年金・社会保険料・掛金は足す。扶養や保険料は同じ事情を何度も言うので、最も大きい値を取る
    申告         確定申告（住民税申告とみなす）があれば、それだけを使う。住民税申告は、書かれた項目だけを報告に替える
どの決まりも値を推し量らない。資料どうしが食い違うときは 点検 に挙げ、直すのは人である。
"""

from __future__ import annotations

import polars as pl

from tsugaru.gyomu.kojin.domain.columns import 資料の事実, 足す
from tsugaru.gyomu.kojin.models.source import 資料種類

人 = "subject"
同じ報告 = (人, "種類", "支払者番号", "支払者", "受給者番号")
報告 = (資料種類.給報.value, 資料種類.年報.value)
新規, 追加, 訂正, 取消 = "0", "1", "2", "3"


def 合わせる(資料: pl.DataFrame) -> pl.DataFrame:
    """`sources.今の資料` の表から、一人一行の表: subject, 事実の列, 指定番号, 年金支払者, 出所, 点検。"""
    生き = 生きている(資料)
    報告書 = _前職を除く(生き.filter(pl.col("種類").is_in(報告)))
    一人 = 報告書.group_by(人).agg(*(_合わせ方(名) for 名 in 資料の事実))
    確申, 住申 = _申告(生き, 資料種類.確申, "確"), _申告(生き, 資料種類.住申, "住")
    皆 = 生き.select(人).unique()
    joined = 皆.join(一人, on=人, how="left").join(確申, on=人, how="left").join(住申, on=人, how="left")
    chosen = joined.with_columns(
        pl.when(pl.col("確_資料").is_not_null())
        .then(f"確_{名}")
        .otherwise(pl.coalesce(f"住_{名}", 名))
        .alias(名)
        for 名 in 資料の事実
    )
    found = chosen.select(人, *資料の事実)
    for part in (_徴収先(報告書), _出所(生き, 報告書), _点検(資料, 生き, 報告書, joined)):
        found = found.join(part, on=人, how="left")
    return found.with_columns(pl.col("指定番号", "年金支払者", "出所", "点検").fill_null(""))


def 生きている(資料: pl.DataFrame) -> pl.DataFrame:
    """取消・訂正・置換で効かなくなった資料を除く。"""
    置換済 = 資料["置換"].drop_nulls().implode()
    鍵 = [
        pl.when(pl.col("種類").is_in(報告)).then(名).otherwise(pl.lit("")).alias(f"鍵_{名}")
        for 名 in 同じ報告[2:]
    ]
    印 = 資料.filter(~pl.col("資料").is_in(置換済)).with_columns(鍵)
    組 = [人, "種類", *(f"鍵_{名}" for 名 in 同じ報告[2:])]
    区切り = pl.when(pl.col("訂正表示").is_in([訂正, 取消])).then("資料").max().over(組)
    後 = 印.with_columns(区切り.alias("区切り")).filter(
        pl.col("区切り").is_null()
        | (pl.col("資料") > pl.col("区切り"))
        | ((pl.col("資料") == pl.col("区切り")) & (pl.col("訂正表示") == 訂正))
    )
    主 = pl.col("訂正表示") != 追加
    最新 = pl.when(主).then("資料").max().over(組)
    return 後.filter(~主 | (pl.col("資料") == 最新)).select(資料.columns)


def _前職を除く(報告書: pl.DataFrame) -> pl.DataFrame:
    """前職の給与を含む報告のある人の、その額の前職の報告を除く。"""
    含む = 報告書.filter(pl.col("添え_前職の給与") > 0).select(
        人, pl.col("添え_前職の給与").alias("給与等の収入金額")
    )
    return 報告書.join(含む, on=[人, "給与等の収入金額"], how="anti")


def _合わせ方(名: str) -> pl.Expr:
    if 名 in 足す:
        return pl.when(pl.col(名).is_not_null().any()).then(pl.col(名).sum()).alias(名)
    return pl.col(名).max()


def _申告(生き: pl.DataFrame, 種類: 資料種類, 頭: str) -> pl.DataFrame:
    """その種類の申告（一人一枚）。列に頭を付ける。"""
    rows = 生き.filter(pl.col("種類") == 種類.value).select(人, "資料", *資料の事実)
    return rows.unique(人, keep="last", maintain_order=True).rename(
        {名: f"{頭}_{名}" for 名 in ("資料", *資料の事実)}
    )


def _徴収先(報告書: pl.DataFrame) -> pl.DataFrame:
    """給与から徴収する支払者（乙欄・退職・普通徴収でない報告の、最も大きいもの）と、年金の支払者（最も大きいもの）。"""
    除く = pl.sum_horizontal("添え_乙欄", "添え_退職", "添え_普通徴収") > 0
    給与 = 報告書.filter((pl.col("種類") == 資料種類.給報.value) & ~除く & (pl.col("支払者番号") != ""))
    年金 = 報告書.filter((pl.col("種類") == 資料種類.年報.value) & (pl.col("支払者番号") != ""))
    first, second = _最も大きい(給与, "給与等の収入金額"), _最も大きい(年金, "公的年金等の収入金額")
    return first.select(人, pl.col("支払者番号").alias("指定番号")).join(
        second.select(人, pl.col("支払者番号").alias("年金支払者")), on=人, how="full", coalesce=True
    )


def _最も大きい(報告書: pl.DataFrame, 額: str) -> pl.DataFrame:
    """一人一枚。額が同じなら先に載った報告。"""
    order = 報告書.sort([額, "資料"], descending=[True, False], nulls_last=True)
    return order.unique(人, keep="first", maintain_order=True)


def _出所(生き: pl.DataFrame, 報告書: pl.DataFrame) -> pl.DataFrame:
    """使った資料の番号（小さい順、読点のない「,」区切り）。確定申告のある人は、その申告だけ。"""
    確申のある人 = 生き.filter(pl.col("種類") == 資料種類.確申.value).select(人).unique()
    申告 = 生き.filter(~pl.col("種類").is_in(報告))
    使う = pl.concat([報告書.join(確申のある人, on=人, how="anti"), 申告]).sort("資料")
    return 使う.group_by(人).agg(pl.col("資料").cast(pl.String).str.join(",").alias("出所"))


def _点検(資料: pl.DataFrame, 生き: pl.DataFrame, 報告書: pl.DataFrame, joined: pl.DataFrame) -> pl.DataFrame:
    """食い違いの名（「,」区切り）。"""
    確申がある = pl.col("確_資料").is_not_null()
    違う = [
        (
            確申がある & pl.col(名).is_not_null() & pl.col(名).ne_missing(pl.col(f"確_{名}")),
            f"確定申告と報告書の{題}",
        )
        for 名, 題 in (("給与等の収入金額", "給与"), ("公的年金等の収入金額", "年金"))
    ]
    found = [joined.filter(expr).select(人, pl.lit(name).alias("名")) for expr, name in 違う]
    新 = 資料.filter((pl.col("訂正表示") == 新規) & pl.col("種類").is_in(報告) & pl.col("置換").is_null())
    二重 = 新.filter(pl.len().over(同じ報告) > 1).join(生き.select("資料"), on="資料", how="semi")
    found.append(二重.select(人, pl.lit("二重の報告").alias("名")))
    相手なし = 資料.filter((pl.col("訂正表示") == 取消) & (pl.len().over(同じ報告) == 1))
    found.append(相手なし.select(人, pl.lit("相手のない取消").alias("名")))
    区分 = 生き.filter(pl.col("添え_配偶者区分").is_not_null())
    found.append(区分.select(人, pl.lit("年金の配偶者区分").alias("名")))
    残り = 報告書.filter(pl.col("添え_退職") > 0).select(人).unique()
    前職 = 報告書.filter(pl.col("添え_前職の給与") > 0).join(残り, on=人, how="semi")
    found.append(前職.select(人, pl.lit("前職の額が合わない").alias("名")))
    return pl.concat(found).unique().sort(人, "名").group_by(人).agg(pl.col("名").str.join(",").alias("点検"))
