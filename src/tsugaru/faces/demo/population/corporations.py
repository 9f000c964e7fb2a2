"""法人: 町の中の会社と団体。名は作りもので、法人番号は検査数字だけが正しい。"""

from __future__ import annotations

import polars as pl

from tsugaru.faces.demo.population.columns import date_column
from tsugaru.faces.demo.population.numbers import addressee_numbers, as_text, corporate_numbers, phones
from tsugaru.faces.demo.population.records import NUMBER_WIDTH, Book
from tsugaru.faces.demo.population.streams import Generator
from tsugaru.faces.demo.population.tables import table

PER_THOUSAND = 24
FORMS = (
    ("株式会社", "カブシキガイシャ"), ("有限会社", "ユウゲンガイシャ"), ("合同会社", "ゴウドウガイシャ"),
    ("株式会社", "カブシキガイシャ"),
)  # fmt: skip
TRADES = (
    ("建設", "ケンセツ"), ("商店", "ショウテン"), ("りんご園", "リンゴエン"), ("工業", "コウギョウ"), ("運輸", "ウンユ"),
    ("電機", "デンキ"), ("設備", "セツビ"), ("食品", "ショクヒン"), ("自動車", "ジドウシャ"), ("農産", "ノウサン"),
    ("印刷", "インサツ"), ("不動産", "フドウサン"), ("酒造", "シュゾウ"), ("製作所", "セイサクショ"),
)  # fmt: skip


def draw_corporations(rng: Generator, book: Book, outsiders: pl.DataFrame) -> pl.DataFrame:
    """法人。宛名番号は住登外の続きの番号である。"""
    world = book.world
    count = max(5, len(world.people.present) * PER_THOUSAND // 1000)
    start = int(outsiders["宛名番号"][-1][:-1]) + 1
    families = table("surnames")[book.identity.draw_surnames(rng, count)]
    form = pl.DataFrame(FORMS, schema=["組織", "読み"], orient="row")[rng.integers(0, len(FORMS), count)]
    trade = pl.DataFrame(TRADES, schema=["業", "読み"], orient="row")[rng.integers(0, len(TRADES), count)]
    homes = book.homes[rng.integers(0, len(book.homes), count)]
    return pl.concat(
        [
            pl.DataFrame(
                {
                    "宛名番号": as_text(addressee_numbers(count, start), NUMBER_WIDTH),
                    "法人番号": as_text(corporate_numbers(rng, count), 13),
                    "名称": form["組織"] + families["氏"] + trade["業"],
                    "名称_フリガナ": form["読み"] + families["フリガナ"] + trade["読み"],
                }
            ),
            homes.select("団体コード", "町字コード", "町字", "番地号", "郵便番号").select(
                pl.all().name.prefix("住所_")
            ),
            pl.DataFrame(
                {
                    "電話番号": phones(rng, count),
                    "設立日": date_column(rng.integers(world.start - 15_000, world.as_of, count)),
                }
            ),
        ],
        how="horizontal",
    )
