"""暦の法律: 年齢（年齢計算ニ関スル法律・民法第143条）、学年、期間の末日、期限。"""

from __future__ import annotations

import calendar
from collections.abc import Set as AbstractSet
from datetime import date, timedelta


def 応当日(日: date, 年: int) -> date:
    """その年の応当日。2月29日に応当日のない年は、その月の末日（民法第143条第2項ただし書）。"""
    last = calendar.monthrange(年, 日.month)[1]
    return date(年, 日.month, min(日.day, last))


def 年齢到達日(生年月日: date, 年齢: int) -> date:
    """その年齢に達する日 = 誕生日の前日（の24時）。4月1日生まれは3月31日、3月1日生まれは2月末日に達する。"""
    return (
        date(生年月日.year + 年齢, 生年月日.month, 1) + timedelta(days=生年月日.day - 2)
        if _応当日がある(生年月日, 生年月日.year + 年齢)
        else date(生年月日.year + 年齢, 2, 28)
    )


def _応当日がある(日: date, 年: int) -> bool:
    return 日.day <= calendar.monthrange(年, 日.month)[1]


def 満年齢(生年月日: date | None, 基準日: date) -> int | None:
    """基準日の暦の上の年齢（誕生日に一つ増える。日常の言い方と証明書の年齢）。生年月日が定まらなければ None。"""
    if 生年月日 is None:
        return None
    passed = (基準日.month, 基準日.day) >= (生年月日.month, 生年月日.day)
    return 基準日.year - 生年月日.year - (0 if passed else 1)


def 年齢に達している(生年月日: date | None, 年齢: int, 基準日: date) -> bool | None:
    """法律上その年齢に達しているか（達する日は誕生日の前日）。生年月日が定まらなければ None（判定できない）。"""
    return None if 生年月日 is None else 年齢到達日(生年月日, 年齢) <= 基準日


def 学齢の始まる年度(生年月日: date) -> int:
    """小学校に入る年度。満6歳に達した日の翌日以後の最初の4月（学校教育法第17条）。4月1日生まれは早い学年。"""
    reached = 年齢到達日(生年月日, 6)
    return reached.year if (reached.month, reached.day) <= (3, 31) else reached.year + 1


def 月を足す(日: date, 月数: int) -> date:
    """月数後の応当日。応当日がなければその月の末日。"""
    index = 日.year * 12 + 日.month - 1 + 月数
    year, month = divmod(index, 12)
    return date(year, month + 1, min(日.day, calendar.monthrange(year, month + 1)[1]))


def 期間の末日(起算日: date, 月数: int) -> date:
    """起算日（初日算入の日）から月数の期間の末日 = 応当日の前日。応当日がなければ月の末日（民法第143条第2項）。"""
    index = 起算日.year * 12 + 起算日.month - 1 + 月数
    year, month = divmod(index, 12)
    last = calendar.monthrange(year, month + 1)[1]
    if 起算日.day > last:
        return date(year, month + 1, last)
    return date(year, month + 1, 起算日.day) - timedelta(days=1)


def 開庁日へ(日: date, 休日: AbstractSet[date]) -> date:
    """期限が土日・休日に当たれば、次の開庁日（地方税法第20条の5第2項、民法第142条）。"""
    while 日.weekday() >= 5 or 日 in 休日:
        日 += timedelta(days=1)
    return 日
