"""全員分の計算。写しをこの機械の命令に訳し、int64 の列のまま計算する。llvmlite がなければ一人ずつ計算する。"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tsugaru.law.engine.copying import 写す
from tsugaru.law.engine.evaluate import 計算する
from tsugaru.law.engine.graph import 図
from tsugaru.law.engine.layout import 並べる
from tsugaru.law.engine.parameters import 引いた定め
from tsugaru.law.engine.people import 不明の値, 不明の印, 入口の名

__all__ = ["まとめて計算する", "不明の値", "事例にする", "名簿"]

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    整数列 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class 名簿:
    """全員分の事実。`員の列` の一行は構成員一人で、`主の番` の昇順に並べる。"""

    人数: int
    列: Mapping[str, 整数列]
    員の列: Mapping[str, 整数列]
    主の番: 整数列


def まとめて計算する(
    図: 図,
    名簿: 名簿,
    定め: Mapping[str, 引いた定め],
    求める: tuple[str, ...],
    置き場: Path,
    *,
    並行: int = 1,
    一区切り: int = 20_000,
    入れ先: dict[str, 整数列] | None = None,
) -> dict[str, 整数列]:
    """求める結果の列。`置き場` に訳が残り、次の起動は訳さずに始まる。

    同じ人数の団を続けて計算するときは、前の団の結果を `入れ先` に渡すと、その列に上書きして返す。
    """
    import numpy as np

    結果 = 入れ先 or {名: np.empty(名簿.人数, np.int64) for 名 in 求める}
    if find_spec("llvmlite") is None:
        _一人ずつ(図, 名簿, 定め, 結果, range(名簿.人数))
        return 結果
    写 = 写す(図, frozenset(名簿.列) | frozenset(名簿.員の列), frozenset(求める))
    入力 = {**名簿.列, **名簿.員の列}
    列 = {名: np.ascontiguousarray(入力[名], np.int64) for 名 in 写.列 if 名 in 入力}
    列 |= {名: np.empty(len(名簿.主の番), np.int64) for 名 in 写.員の途中}
    列 = {不明の印: np.empty(名簿.人数, np.int64), **結果, **列}
    定めの列 = np.array(並べる([定め[型.__name__].中身 for 型 in 写.定め]), np.int64)
    _走らせる(写.本文, [列[名] for 名 in 写.列], 名簿, 定めの列, 置き場, 並行, 一区切り)
    for 名 in 求める:
        if 名 in 名簿.列:
            結果[名][:] = 名簿.列[名]
    _一人ずつ(図, 名簿, 定め, 結果, np.flatnonzero(列[不明の印]).tolist())
    return 結果


def _走らせる(
    本文: str,
    列たち: list[整数列],
    名簿: 名簿,
    定めの列: 整数列,
    置き場: Path,
    並行: int,
    一区切り: int,
) -> None:
    """区切りごとに、どの区切りも別の人の行だけに書く。"""
    import numpy as np

    from tsugaru.law.engine.native import 訳す

    呼ぶ = 訳す(本文, 入口の名, 置き場).呼ぶ
    番地 = np.array([列.ctypes.data for 列 in 列たち], np.uintp)
    員の始 = np.concatenate([[0], np.cumsum(np.bincount(名簿.主の番, minlength=名簿.人数))])

    def 一つ(始: int) -> None:
        終 = min(始 + 一区切り, 名簿.人数)
        呼ぶ(番地.ctypes.data, 員の始.ctypes.data, 始, 終, 定めの列.ctypes.data)

    with ThreadPoolExecutor(並行) as 手:
        list(手.map(一つ, range(0, 名簿.人数, 一区切り)))


def _一人ずつ(
    図: 図, 名簿: 名簿, 定め: Mapping[str, 引いた定め], 結果: dict[str, 整数列], 番号: range | list[int]
) -> None:
    for 番 in 番号:
        件 = 計算する(図, 事例にする(図, 名簿, 番), 定め)
        for 名, 列 in 結果.items():
            値 = 件.値(名)
            列[番] = 不明の値 if 値 is None else 値


def 事例にする(図: 図, 名簿: 名簿, 番: int) -> dict[str, object]:
    """名簿の一人を、一人ずつの計算に渡す形にする。"""
    import numpy as np

    始, 終 = np.searchsorted(名簿.主の番, [番, 番 + 1])
    事例: dict[str, object] = {名: _値(図, 名, 列[番]) for 名, 列 in 名簿.列.items()}
    if len(図.単位) > 1:
        事例[図.単位[1]] = [
            {名: _値(図, 名, 列[員]) for 名, 列 in 名簿.員の列.items()} for 員 in range(始, 終)
        ]
    return 事例


def _値(図: 図, 名: str, 値: Any) -> int | bool | None:
    if 値 == 不明の値:
        return None
    元 = 図.事実[名] if 名 in 図.事実 else 図.名の表()[名].元
    return bool(値) if getattr(元, "型", int) is bool else int(値)
