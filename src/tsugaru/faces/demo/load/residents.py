"""住民の歴と、今の住民票。"""

from __future__ import annotations

import polars as pl
import psycopg
from django.apps import apps
from psycopg import sql

from tsugaru.faces.demo.load.copying import copy, mapped
from tsugaru.gyomu.juki.api import 異動事由, 規定区分

REASONS = {事由.表示: 事由.value for 事由 in 異動事由} | {"改製": 異動事由.改製による記載.value}
RULES = {区分.name: 区分.value for 区分 in 規定区分}
SAME = (
    "宛名番号", "履歴番号", "異動日", "届出日", "届出の別", "入力者", "入力場所", "入力端末", "留意事項",
    "住民種別", "住民状態", "氏名", "氏", "名", "旧氏", "通称", "生年月日", "性別", "世帯番号", "記載順位",
    "世帯主氏名", "住所番号", "転入前番号", "本籍番号", "転出先予定番号", "転出先確定番号", "住民となった日",
    "住所を定めた日", "転出予定日", "転入通知日", "外国人住民日", "国籍コード", "国籍名", "在留資格", "在留期間",
    "在留満了日",
)  # fmt: skip
RENAMED = {
    "氏名フリガナ": "氏名_フリガナ", "氏フリガナ": "氏_フリガナ", "名フリガナ": "名_フリガナ", "フリガナ確認": "フリガナ確認状況",
    "旧氏フリガナ": "旧氏_フリガナ", "通称フリガナ": "通称_フリガナ", "氏名ローマ字": "氏名_ローマ字", "氏名漢字": "氏名_漢字",
    "生年月日不詳": "生年月日_不詳", "生年月日表記": "生年月日_表記", "続柄1": "続柄コード1", "続柄2": "続柄コード2",
    "続柄3": "続柄コード3", "続柄4": "続柄コード4", "転出日": "転出確定日", "消除日": "消除の異動日", "在留番号": "在留カード番号",
    "有効日": "異動日",
}  # fmt: skip


def load_residents(connection: psycopg.Connection, rows: pl.DataFrame) -> int:
    """歴を入れ、今の住民票を作る。rows は住所番号を付けた歴。返り値は歴の行数。"""
    history = _history(rows)
    missing = _columns("住民履歴") - set(history.columns) - {"id"}
    defaults = [pl.lit(_default(name)).alias(name) for name in sorted(missing) if _default(name) is not None]
    written = copy(connection, ("juki_住民履歴",), history.with_columns(defaults))
    names = [sql.Identifier(name) for name in sorted(_columns("住民"))]
    connection.execute(
        sql.SQL(
            'INSERT INTO "juki_住民" ({columns}) SELECT DISTINCT ON ("宛名番号") {columns} FROM "juki_住民履歴" '
            'ORDER BY "宛名番号", "履歴番号" DESC'
        ).format(columns=sql.SQL(", ").join(names))
    )
    return written


def _columns(model: str) -> set[str]:
    return {str(f.column) for f in apps.get_model("juki", model)._meta.get_fields() if hasattr(f, "column")}


def _default(name: str) -> object:
    """合成の表にない項目の初めの値（モデルの宣言どおり。NULL でよいものは None）。"""
    field = apps.get_model("juki", "住民履歴")._meta.get_field(name)
    return None if getattr(field, "null", False) else getattr(field, "get_default", lambda: None)()


def _history(rows: pl.DataFrame) -> pl.DataFrame:
    head = pl.col("筆頭者").str.split("　")
    return rows.select(
        *SAME,
        *(pl.col(source).alias(name) for name, source in RENAMED.items()),
        mapped(rows, "異動事由", REASONS).alias("異動事由"),
        mapped(rows, "消除の事由", REASONS).alias("消除事由"),
        mapped(rows, "規定区分", RULES).alias("規定区分"),
        pl.col("処理日").dt.strftime("%Y-%m-%d 10:00:00+09").alias("処理日時"),
        head.list.first().alias("筆頭者氏"),
        head.list.last().alias("筆頭者名"),
    )
