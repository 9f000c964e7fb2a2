"""計算の跡の一歩: 画面の木の一節と、理由書の一行のもとになる。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from tsugaru.gyomu.kojin.domain import explaining, units
from tsugaru.gyomu.kojin.domain.explaining import 出どころ, 説明
from tsugaru.law.engine.explain import 跡
from tsugaru.law.engine.words import 上限なし, 分率


@dataclass(frozen=True, slots=True)
class 定めの行:
    """規則が読んだ一つの定め。表 は段のように並ぶ値（項目, 行の並び）。"""

    名: str
    値たち: tuple[tuple[str, str], ...]
    表: tuple[tuple[str, tuple[str, ...]], ...]
    出どころ: 出どころ


@dataclass(frozen=True, slots=True)
class 枝:
    """一歩が読んだ値。開ける なら、その先がある。"""

    名: str
    値: str
    区分: str
    開ける: bool
    零: bool


@dataclass(frozen=True, slots=True)
class 一歩:
    """一つの値と、それを作った条文・定め・入力。"""

    名: str
    値: str
    由来: str
    根拠: str
    説明: str
    端数: str
    足りない: tuple[str, ...]
    定め: tuple[定めの行, ...]
    枝たち: tuple[枝, ...]

    @property
    def 読んだ枝(self) -> list[枝]:
        """0 円・非該当でない枝。"""
        return [one for one in self.枝たち if not one.零]

    @property
    def 零の枝(self) -> list[枝]:
        """0 円・非該当の枝。"""
        return [one for one in self.枝たち if one.零]


def 一歩を見る(説: 説明, 名: str) -> 一歩:
    """その名の一歩（枝は一段だけ）。"""
    木 = 説.木(名)
    出 = explaining.定めの出どころ(説.写し, {one.名 for one in 木.定め})
    return 一歩(
        木.名, 値の文字(木), 木.由来, 木.根拠, 木.説明, 木.端数, 木.足りない,
        tuple(_定め(one.名, one.中身, 出) for one in 木.定め), tuple(_枝(one) for one in 木.入力),
    )  # fmt: skip


def 値の文字(節: 跡) -> str:
    """その値の見せる文字。"""
    return units.文字(節.名, 節.値)


def _枝(節: 跡) -> 枝:
    零 = 節.値 is not None and not 節.値
    return 枝(節.名, 値の文字(節), 節.区分, bool(節.入力 or 節.定め), 零)


def _定め(名: str, 中身: Any, 出: Mapping[str, 出どころ]) -> 定めの行:
    """単純な項目は値に、段の並びは表にする。"""
    値たち, 表 = [], []
    for 欄 in fields(中身):
        値 = getattr(中身, 欄.name)
        if isinstance(値, tuple):
            表.append((欄.name, tuple(_一行(one) for one in 値)))
        else:
            値たち.append((欄.name, _一行(値)))
    return 定めの行(名, tuple(値たち), tuple(表), 出[名])


def _一行(値: Any) -> str:
    """「以下 1,950,000・控除額 330,000」。"""
    if isinstance(値, 分率):
        return 百分率(値)
    if is_dataclass(値):
        return "・".join(f"{欄.name} {_一行(getattr(値, 欄.name))}" for 欄 in fields(値))
    if isinstance(値, bool):
        return "当たる" if 値 else "当たらない"
    return "上限なし" if 値 == 上限なし else f"{値:,}"


def 百分率(率: 分率) -> str:
    """「6%」「4.025%」。小数第三位までで書けなければ「1/3」。"""
    千倍, 余り = divmod(率.分子 * 100_000, 率.分母)
    if 余り:
        return str(率)
    整数, 小数 = divmod(千倍, 1000)
    return f"{整数}.{小数:03d}".rstrip("0").rstrip(".") + "%"
