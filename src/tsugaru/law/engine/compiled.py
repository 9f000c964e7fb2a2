"""全員分の計算。写しを numba で訳し、int64 の列のまま計算する。numba がなければ一人ずつ計算する。"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from tsugaru.law.engine.copying import 写し, 写す
from tsugaru.law.engine.evaluate import 計算する
from tsugaru.law.engine.graph import 図
from tsugaru.law.engine.layout import 並べる
from tsugaru.law.engine.parameters import 引いた定め

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    整数列 = NDArray[np.int64]

不明の値 = -(2**63)
"""列の中で「判定できない」を表す値。その人だけは一人ずつ計算する。"""


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
    一区切り: int = 2000,
) -> dict[str, 整数列]:
    """求める結果の列。`置き場` に写しと訳が残り、次の起動は訳さずに始まる。"""
    import numpy as np

    結果 = {名: np.empty(名簿.人数, np.int64) for 名 in 求める}
    if find_spec("numba") is None:
        _一人ずつ(図, 名簿, 定め, 結果, range(名簿.人数))
        return 結果
    写 = 写す(図, frozenset(名簿.列) | frozenset(名簿.員の列), frozenset(求める))
    訳 = _訳す(写, 置き場)
    定めの列 = np.array(並べる([定め[型.__name__].中身 for 型 in 写.定め]), np.int64)
    with ThreadPoolExecutor(並行) as 手:
        区切り = range(0, 名簿.人数, 一区切り)
        list(
            手.map(
                lambda 始: _区切りを計算(写, 訳, 定めの列, 名簿, 結果, 始, min(始 + 一区切り, 名簿.人数)),
                区切り,
            )
        )
    _一人ずつ(図, 名簿, 定め, 結果, _不明のある人(名簿))
    return 結果


def _区切りを計算(
    写: 写し, 訳: ModuleType, 定めの列: 整数列, 名簿: 名簿, 結果: dict[str, 整数列], 始: int, 終: int
) -> None:
    import numpy as np

    員の始, 員の終 = np.searchsorted(名簿.主の番, [始, 終])
    主 = np.zeros((len(写.行[0]), 終 - 始), np.int64)
    員 = np.zeros((len(写.行[1]), 員の終 - 員の始), np.int64)
    主の番 = 名簿.主の番[員の始:員の終] - 始
    for 番, 名 in enumerate(写.行[0]):
        if 名 in 名簿.列:
            主[番] = 名簿.列[名][始:終]
    for 番, 名 in enumerate(写.行[1]):
        if 名 in 名簿.員の列:
            員[番] = 名簿.員の列[名][員の始:員の終]
    for 段 in 写.段:
        getattr(訳, 段)(主, 員, 主の番, 定めの列)
    for 名, 列 in 結果.items():
        列[始:終] = 主[写.行[0].index(名)]


def _不明のある人(名簿: 名簿) -> list[int]:
    import numpy as np

    番 = [np.flatnonzero(列 == 不明の値) for 列 in 名簿.列.values()]
    番 += [名簿.主の番[列 == 不明の値] for 列 in 名簿.員の列.values()]
    return sorted({int(一つ) for 並び in 番 for 一つ in 並び})


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


def _訳す(写: 写し, 置き場: Path) -> ModuleType:
    """本文の指紋を名にしたモジュール。規則が一字でも変われば別の名になり、古い訳は使われない。"""
    名 = f"law_{hashlib.sha256(写.本文.encode()).hexdigest()[:24]}"
    if 名 in sys.modules:
        return sys.modules[名]
    置き場.mkdir(parents=True, exist_ok=True)
    場所 = 置き場 / f"{名}.py"
    if not 場所.exists() or 場所.read_text(encoding="utf-8") != 写.本文:
        場所.write_text(写.本文, encoding="utf-8")
    訳 = sys.modules[名] = ModuleType(名)
    SourceFileLoader(名, str(場所)).exec_module(訳)
    return 訳
