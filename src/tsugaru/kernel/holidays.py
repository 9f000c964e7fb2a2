"""国民の祝日（国民の祝日に関する法律第3条の休日）と、地方公共団体の休日（地方自治法第4条の2第2項）。

holidays.csv は内閣府「国民の祝日について」の syukujitsu.csv（令和8年2月2日公表。昭和30年から令和9年まで）を、日の書き方だけを
替えて写したものである。春分日と秋分日は前の年の2月に官報で定まるので、計算しない。毎年2月に次の年の行を足す。
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path


@cache
def 国民の祝日() -> frozenset[date]:
    """分かっている全ての年の祝日と、振替などの休日。"""
    with Path(__file__).with_name("holidays.csv").open(encoding="utf-8", newline="") as stream:
        return frozenset(date.fromisoformat(row["日"]) for row in csv.DictReader(stream))


def 祝日が分かる(日: date) -> bool:
    """その日の年の祝日が公表されている（表の最後の年まで）。"""
    return 日.year <= max(国民の祝日()).year


def 地方公共団体の休日(年末年始: Iterable[str], 年: Iterable[int]) -> frozenset[date]:
    """国民の祝日と、条例で定める年末年始の日（「12-29」の列）を、挙げた年について。土日は「開庁日へ」が見る。"""
    days = [date.fromisoformat(f"2000-{text}") for text in 年末年始]
    return 国民の祝日() | {day.replace(year=year) for year in 年 for day in days}
