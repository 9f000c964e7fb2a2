"""続柄: 家族の中の役割と世帯主の役割から、住民票の続柄（標準仕様書1.1.11）を決める。

続柄は最大四つのコードの連なり（02 世帯主、11 夫、12 妻 …）で、ここでは連なりの番号として持つ。
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import polars as pl

from tsugaru.faces.demo.population.streams import Ints


class Role(IntEnum):
    """世帯の核（夫妻）から見た役割。続柄は世帯主が誰かで変わるが、役割は変わらない。"""

    GRANDFATHER = 0
    GRANDMOTHER = 1
    HUSBAND = 2
    WIFE = 3
    CHILD = 4
    SIBLING = 5
    RELATIVE = 6
    LODGER = 7
    PARTNER_MAN = 8
    PARTNER_WOMAN = 9


LABELS = {
    "02": "世帯主", "11": "夫", "12": "妻", "13": "夫（未届）", "14": "妻（未届）", "20": "子", "51": "父",
    "52": "母", "71": "兄", "74": "弟", "81": "姉", "84": "妹", "96": "縁故者", "99": "同居人",
}  # fmt: skip
CHAINS: tuple[tuple[str, ...], ...] = (
    ("02",), ("11",), ("12",), ("13",), ("14",), ("20",), ("20", "11"), ("20", "12"), ("20", "20"), ("51",),
    ("52",), ("11", "51"), ("11", "52"), ("71",), ("74",), ("81",), ("84",), ("96",), ("99",), (),
    ("11", "71"), ("11", "74"), ("11", "81"), ("11", "84"),
)  # fmt: skip
NUMBER = {chain: n for n, chain in enumerate(CHAINS)}
HEAD, CHILD, CHILD_WIFE, GRANDCHILD, NONE = (
    NUMBER[c] for c in (("02",), ("20",), ("20", "12"), ("20", "20"), ())
)
WIFE, UNREGISTERED_WIFE = NUMBER["12",], NUMBER["14",]

# (世帯主の役割, 本人の役割) → 続柄。兄弟姉妹どうしは性別と長幼で決まるため、ここに無い。
_PAIRS: dict[tuple[Role, Role], tuple[str, ...]] = {
    (Role.HUSBAND, Role.GRANDFATHER): ("51",),
    (Role.HUSBAND, Role.GRANDMOTHER): ("52",),
    (Role.HUSBAND, Role.WIFE): ("12",),
    (Role.HUSBAND, Role.CHILD): ("20",),
    (Role.HUSBAND, Role.PARTNER_WOMAN): ("14",),
    (Role.WIFE, Role.HUSBAND): ("11",),
    (Role.WIFE, Role.CHILD): ("20",),
    (Role.WIFE, Role.GRANDFATHER): ("11", "51"),
    (Role.WIFE, Role.GRANDMOTHER): ("11", "52"),
    (Role.WIFE, Role.PARTNER_MAN): ("13",),
    (Role.GRANDFATHER, Role.GRANDMOTHER): ("12",),
    (Role.GRANDMOTHER, Role.GRANDFATHER): ("11",),
    **{(g, r): c for g in (Role.GRANDFATHER, Role.GRANDMOTHER) for r, c in (
        (Role.HUSBAND, ("20",)), (Role.WIFE, ("20", "12")), (Role.CHILD, ("20", "20")), (Role.SIBLING, ("20",)))},
    (Role.SIBLING, Role.GRANDFATHER): ("51",),
    (Role.SIBLING, Role.GRANDMOTHER): ("52",),
    **{(h, Role.RELATIVE): ("96",) for h in Role},
    **{(h, Role.LODGER): ("99",) for h in Role},
}  # fmt: skip

_GRID = np.full((len(Role), len(Role)), NONE, dtype=np.int64)
for (_head, _member), _chain in _PAIRS.items():
    _GRID[_head, _member] = NUMBER[_chain]


def relation(head_role: Ints, role: Ints) -> Ints:
    """世帯主の役割と本人の役割から続柄の番号。世帯主本人は呼ぶ側で ``HEAD`` にする。"""
    return _GRID[head_role, role]


def sibling_relation(sex: Ints, older: Ints) -> Ints:
    """世帯主の兄弟姉妹の続柄。``older`` は本人が世帯主より年上なら1。"""
    codes = np.array([[NUMBER["74",], NUMBER["71",]], [NUMBER["84",], NUMBER["81",]]])
    return codes[sex - 1, older]


def relation_table() -> pl.DataFrame:
    """続柄の番号の順に、続柄コード1–4と続柄表記。"""
    columns = {
        f"続柄コード{n + 1}": pl.Series([c[n] if n < len(c) else None for c in CHAINS], dtype=pl.String)
        for n in range(4)
    }
    return pl.DataFrame({**columns, "続柄表記": ["の".join(LABELS[p] for p in c) or None for c in CHAINS]})
