"""印鑑の登録。印影は一人ずつ違わなければならないので、見本として団体ごとに FEW 人分だけを描いて入れる。"""

from __future__ import annotations

import hashlib
import importlib.util
import io
from pathlib import Path

import numpy as np
import polars as pl
import psycopg
from django.apps import apps
from PIL import Image, ImageDraw, ImageFont
from psycopg import sql

from tsugaru.faces.demo.load.copying import copy, mapped

FEW = 1500
DPI = 600
MARGIN = round(DPI / 25.4)
METHODS = {"即日": "1", "保証人": "2", "照会書": "3"}


def load_seals(connection: psycopg.Connection, seals: pl.DataFrame, person: pl.DataFrame) -> int:
    """今の住民の登録から等間隔に FEW 人分。返り値は人数。"""
    living = person.filter(pl.col("住民状態") == "1").select("宛名番号", "氏")
    held = seals.filter((pl.col("登録状態") == "登録") & (pl.col("登録方法") != "保証人")).join(
        living, on="宛名番号", how="inner", maintain_order="left"
    )
    rows = held.gather_every(max(1, held.height // FEW)).head(FEW).with_row_index("印影_id", offset=1)
    if rows.is_empty():
        return 0
    font = _font()
    drawn = [
        _draw(text, size, font, seed)
        for seed, (text, size) in enumerate(rows.select("印文", "印影の大きさ").iter_rows(), start=1)
    ]
    copy(connection, ("inkan_印影画像",), _images(rows, drawn))
    connection.execute(
        """SELECT setval(pg_get_serial_sequence('"inkan_印影画像"', 'id'), (SELECT max(id) FROM "inkan_印影画像"))"""
    )
    copy(connection, ("inkan_印鑑履歴",), _history(rows))
    copy(connection, ("inkan_登録証",), _cards(rows))
    _project(connection)
    return rows.height


def _font() -> str:
    spec = importlib.util.find_spec("matplotlib_fontja")
    assert spec is not None and spec.origin is not None
    return str(Path(spec.origin).with_name("fonts") / "ipaexg.ttf")


def _draw(text: str, tenths: int, font: str, seed: int) -> bytes:
    """丸印の PNG（1 bit、600 dpi）。線の太さ・字の位置は人ごとに少しずつ違う。tenths は 1/10 mm の直径。"""
    rng = np.random.default_rng(seed)
    side = round(tenths / 254 * DPI)
    picture = Image.new("1", (side + 2 * MARGIN, side + 2 * MARGIN), 1)
    pen = ImageDraw.Draw(picture)
    edge = (MARGIN, MARGIN, MARGIN + side, MARGIN + side)
    pen.ellipse(edge, outline=0, width=int(rng.integers(8, 16)))
    letters = [c for c in text if not "\U000e0100" <= c <= "\U000e01ef"][:4]
    height = side * 0.78 / max(len(letters), 1)
    face = ImageFont.truetype(font, round(min(height, side * 0.55)))
    for index, letter in enumerate(letters):
        x = MARGIN + side / 2 + float(rng.normal(0, 3))
        y = MARGIN + side * 0.11 + height * (index + 0.5) + float(rng.normal(0, 3))
        pen.text((x, y), letter, fill=0, font=face, anchor="mm")
    stream = io.BytesIO()
    picture.save(stream, "PNG", optimize=False, dpi=(DPI, DPI))
    return stream.getvalue()


def _images(rows: pl.DataFrame, drawn: list[bytes]) -> pl.DataFrame:
    return rows.select(
        pl.col("印影_id").cast(pl.Int64).alias("id"),
        "宛名番号",
        pl.Series("画像", ["\\x" + png.hex() for png in drawn]),
        pl.Series("sha256", [hashlib.sha256(png).hexdigest() for png in drawn]),
        (pl.col("印影の大きさ") * 10).alias("横"),
        (pl.col("印影の大きさ") * 10).alias("縦"),
        pl.lit(DPI).alias("読取解像度"),
        pl.lit("見本").alias("寸法の根拠"),
        _moment().alias("取込日時"),
        pl.lit("demo").alias("取込者"),
    )


def _moment() -> pl.Expr:
    return pl.col("登録日").dt.strftime("%Y-%m-%d 10:00:00+09")


def _history(rows: pl.DataFrame) -> pl.DataFrame:
    by_letter = pl.when(pl.col("印文") == pl.col("氏")).then(pl.lit("2")).otherwise(pl.lit("7"))
    by_method = pl.when(pl.col("登録方法") == "照会書").then(pl.lit("13")).otherwise(pl.lit("11"))
    return rows.select(
        "宛名番号",
        pl.lit(1).alias("履歴番号"),
        by_method.alias("事由"),
        pl.col("登録日").alias("事由発生日"),
        _moment().alias("処理日時"),
        pl.lit("demo").alias("入力者"),
        pl.lit("").alias("入力端末"),
        pl.lit("2").alias("状態"),
        pl.col("登録日").alias("申請日"),
        mapped(rows, "登録方法", METHODS).alias("登録方法"),
        pl.lit("本人").alias("申請者"),
        *(
            pl.lit("").alias(name)
            for name in ("代理人氏名", "確認書類", "保証人番号", "カタカナ表記", "抹消事由", "備考")
        ),
        pl.lit("1").alias("意思確認"),
        pl.lit(None, dtype=pl.Date).alias("回答期限"),
        "登録日",
        pl.col("印影_id").cast(pl.Int64),
        pl.col("印文").alias("印鑑文字"),
        by_letter.alias("文字区分"),
        pl.col("登録番号").alias("登録証番号"),
        pl.lit(None, dtype=pl.Date).alias("抹消日"),
    )


def _cards(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        pl.col("登録番号").alias("番号"),
        "宛名番号",
        pl.lit("登録").alias("事由"),
        pl.lit(0).alias("手数料"),
        _moment().alias("交付日時"),
        pl.lit("demo").alias("交付者"),
    )


def _project(connection: psycopg.Connection) -> None:
    fields = apps.get_model("inkan", "印鑑登録")._meta.get_fields()
    names = sql.SQL(", ").join(sql.Identifier(str(f.column)) for f in fields if hasattr(f, "column"))
    connection.execute(
        sql.SQL('INSERT INTO "inkan_印鑑登録" ({names}) SELECT {names} FROM "inkan_印鑑履歴"').format(
            names=names
        )
    )
