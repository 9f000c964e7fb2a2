"""規則の宣言。関数に札を付け、モジュールから集める。"""

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Literal, TypeVar, get_type_hints

from tsugaru.law.engine.words import 時点, 端数

関数 = TypeVar("関数", bound=Callable[..., int])
札の名 = "規則の札"


@dataclass(frozen=True, slots=True)
class 規則の札:
    """`@規則` の引数そのもの。"""

    根拠: str
    適用: 時点 | None
    廃止: 時点 | None
    端数: 端数 | None
    単位: str | None


@dataclass(frozen=True, slots=True)
class 規則書:
    """一つの条文を写した一つの関数。`引数` は値の名、`定め` は引数の名と定めの型、`説明` は docstring。"""

    名: str
    札: 規則の札
    本体: Callable[..., int]
    引数: tuple[str, ...]
    定め: tuple[tuple[str, type[Any]], ...]
    型: type[int]
    説明: str


@dataclass(frozen=True, slots=True)
class 集計:
    """構成員の値を世帯（親族の値を個人）へ集める宣言。"""

    名: str
    種: Literal["数", "合計", "最大"]
    元: str
    根拠: str
    意味: str
    適用: 時点 | None = None
    廃止: 時点 | None = None


def 規則(
    根拠: str,
    *,
    適用: 時点 | None = None,
    廃止: 時点 | None = None,
    端数: 端数 | None = None,
    単位: str | None = None,
) -> Callable[[関数], 関数]:
    """関数を規則にする。法改正は、同じ名に `_` と版の札を付けた次の関数で書く。

    `適用` が無ければ制度の初めから、`廃止` が無ければ次の版まで使う。`単位` が無ければ主な単位。
    """

    def 付ける(本体: 関数) -> 関数:
        setattr(本体, 札の名, 規則の札(根拠, 適用, 廃止, 端数, 単位))
        return 本体

    return 付ける


def 規則を集める(部屋: ModuleType) -> Iterator[規則書]:
    """モジュールで書かれた規則。import しただけのものは含まない。"""
    for 名, 物 in vars(部屋).items():
        札 = getattr(物, 札の名, None)
        if isinstance(札, 規則の札) and 物.__module__ == 部屋.__name__:
            yield _規則書(名.partition("_")[0], 札, 物)


def 集計を集める(部屋: ModuleType) -> Iterator[集計]:
    """モジュールの最上位に置かれた集計（タプルで並べてもよい）。"""
    for 物 in vars(部屋).values():
        for 一つ in 物 if isinstance(物, tuple) else (物,):
            if isinstance(一つ, 集計):
                yield 一つ


def _規則書(名: str, 札: 規則の札, 本体: Callable[..., int]) -> 規則書:
    型 = get_type_hints(本体)
    結果 = 型.pop("return")
    定め = tuple((引数, 型[引数]) for 引数 in 型 if dataclasses.is_dataclass(型[引数]))
    値 = tuple(引数 for 引数 in 型 if not dataclasses.is_dataclass(型[引数]))
    if 結果 not in (int, bool) or any(型[引数] not in (int, bool) for 引数 in 値):
        raise TypeError(f"規則 {名} の引数と結果は整数・真偽・定めのどれかです。")
    return 規則書(名, 札, 本体, 値, 定め, 結果, inspect.getdoc(本体) or "")
