"""値の見せ方。日は和暦（外国人の生年月日は西暦）、不詳日は書かれたとおり。"""

from __future__ import annotations

from datetime import date, datetime

from tsugaru.gyomu.juki.domain.codes import 住民状態, 住民種別, 異動事由, 規定区分
from tsugaru.gyomu.juki.models.resident import 住民事項
from tsugaru.kernel.civil_time import 満年齢
from tsugaru.kernel.clock import JAPAN
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.screens.shapes import Kind

SEXES = {"1": "男", "2": "女"}
STATUS: dict[str, Kind] = {"1": "info", "2": "ended", "3": "ended", "9": "ended"}
READINGS = {"0": "未確認", "1": "戸籍で確認", "2": "本人に確認"}
REASON_KINDS: dict[str, Kind] = {"1": "success", "2": "ended", "3": "info"}


def uncertain(day: date | None, unknown: bool, text: str) -> str:
    """三つ組の日。無ければ空。"""
    return "" if day is None else 不詳日(day, unknown, text).表示


def born(row: 住民事項) -> str:
    """生年月日。外国人は西暦。"""
    if not row.生年月日不詳 and row.住民種別 == 住民種別.外国人.value:
        return western(row.生年月日)
    return uncertain(row.生年月日, row.生年月日不詳, row.生年月日表記)


def western(day: date) -> str:
    """1998年12月24日。"""
    return f"{day.year}年{day.month}月{day.day}日"


def age(row: 住民事項, today: date) -> int | None:
    """満年齢。不詳日と亡くなった人は判定しない。"""
    if row.生年月日不詳 or row.住民状態 == 住民状態.死亡者.value:
        return None
    return 満年齢(row.生年月日, today)


def day(value: date | None) -> str:
    """和暦。無ければ空。"""
    return "" if value is None else 和暦表示(value)


def moment(value: datetime | None) -> str:
    """日本の時刻で「令和8年4月20日 10:00」。"""
    if value is None:
        return ""
    local = value.astimezone(JAPAN)
    return f"{和暦表示(local.date())} {local:%H:%M}"


def state(row: 住民事項) -> str:
    """住民・転出・死亡・消除。"""
    return 住民状態(row.住民状態).表示


def reason(code: str) -> str:
    """異動事由の呼び名。"""
    return 異動事由(code).表示


def residence_class(code: str) -> str:
    """法第30条の45 の区分。"""
    return 規定区分(code).name if code else ""
