"""書き下した関数は、同じ Python の関数と、負の数でも境目でも同じ値を返す。"""

import ast
import ctypes
import inspect
import itertools
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pytest

from tsugaru.law.engine.layout import 並べる, 位置に書き換える
from tsugaru.law.engine.lowering import 関数にする
from tsugaru.law.engine.native import 訳す
from tsugaru.law.engine.primitives import 道具

数たち = (-7, -1, 0, 1, 3, 10, 1_000_000_007)
枠 = """
define void @entry(ptr %in, ptr %out, i64 %from, i64 %to, ptr noalias readonly %P) {
  %pa = getelementptr i64, ptr %in, i64 0
  %a = load i64, ptr %pa
  %pb = getelementptr i64, ptr %in, i64 1
  %b = load i64, ptr %pb
  %r = call i64 @"試す"(ptr %P, i64 %a, i64 %b)
  store i64 %r, ptr %out
  ret void
}
!0 = !{}
"""


def 差(a: int, b: int) -> int:
    return a - b


def 算術(a: int, b: int) -> int:
    答 = a * 3 + b
    答 -= 1
    return 答 // 7 + (a - b) % 5


def 割り算(a: int, b: int) -> int:
    return a // b * 1000 + a % b if b else -a


def 真偽(a: int, b: int) -> int:
    答 = not a or (b > 3 and a <= b)
    return (a and b) + (a or b) + (1 if 答 else 0) + (1 if -5 < a <= b else 0)


def 枝(a: int, b: int) -> int:
    if a > b:
        return max(a, b, 5) if b else min(a, 2)
    elif a == b:
        答 = 1
    else:
        答 = 差(b=a, a=b)
    if 答 != 1:
        答 += 10
    return 答


def 届かない文(a: int, b: int) -> int:
    if a > b:
        return a
        b = 1
    return b


def 返さない道(a: int, b: int) -> int:
    if a > 0:
        if b > 0:
            return 1
        else:
            return 2
    else:
        return 3


@pytest.fixture(scope="module")
def 置き場(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("law")


def 訳した(関数: Callable[..., Any], 置き場: Path, 定め: Any = None) -> Callable[..., int]:
    """(定め の位置は 0) の関数を、Python から呼べる形にする。"""
    順 = {"差": ["a", "b"]}
    木たち = [_木(関数, "試す"), *([_木(差, "差")] if 関数 is 枝 else [])]
    本文 = "\n".join([道具, *(関数にする(木, 順) for 木 in 木たち), 枠])
    if 定め is not None:
        本文 = 本文.replace("i64 %a, i64 %b)\n  store", "i64 %a, i64 0)\n  store")
    呼ぶ = 訳す(本文, "entry", 置き場).呼ぶ
    列 = np.array(並べる([定め] if 定め is not None else []), np.int64)

    def する(a: int, b: int = 0) -> int:
        入, 出 = (ctypes.c_int64 * 2)(a, b), ctypes.c_int64()
        呼ぶ(ctypes.addressof(入), ctypes.addressof(出), 0, 0, 列.ctypes.data)
        return 出.value

    return する


def _木(関数: Callable[..., Any], 名: str) -> ast.FunctionDef:
    木 = ast.parse(textwrap.dedent(inspect.getsource(関数))).body[0]
    assert isinstance(木, ast.FunctionDef)
    木.name = 名
    書き換え = 位置に書き換える(関数, {"差": get_type_hints(差)})
    木.body = [書き換え.visit(文) for 文 in 木.body]
    return 木


@pytest.mark.parametrize("関数", [算術, 割り算, 真偽, 枝, 返さない道, 届かない文])
def test_Pythonと同じ値(関数: Callable[[int, int], int], 置き場: Path) -> None:
    訳 = 訳した(関数, 置き場)
    for a, b in itertools.product(数たち, 数たち):
        assert 訳(a, b) == int(関数(a, b)), (a, b)


def test_0で割れば0で_最も小さい値を割っても止まらない(置き場: Path) -> None:
    def 割る(a: int, b: int) -> int:
        return a // b + a % b

    訳 = 訳した(割る, 置き場)
    assert 訳(5, 0) == 5
    assert 訳(-(2**63), -1) == -(2**63)


@dataclass(frozen=True)
class 一段:
    以下: int
    額: int


@dataclass(frozen=True)
class 段の定め:
    段: tuple[一段, ...]
    空: tuple[一段, ...]


def 段を探す(a: int, 定め: 段の定め) -> int:
    for 番, 一つ in enumerate(定め.段, 1):
        if a <= 一つ.以下:
            return 番 * 1000 + 一つ.額
    for 一つ in 定め.段:
        if a == 一つ.額:
            break
    return 一つ.額


def 空を回る(a: int, 定め: 段の定め) -> int:
    for 番, 一つ in enumerate(定め.空):
        a += 番 + 一つ.額
    for 一つ in 定め.段:
        return a + 一つ.額
    return a


def 番で引く(a: int, 定め: 段の定め) -> int:
    return 定め.段[a].額


定め = 段の定め((一段(10, 1), 一段(20, 2), 一段(30, 99)), ())


@pytest.mark.parametrize("関数", [段を探す, 空を回る])
def test_並びを回る(関数: Callable[[int, 段の定め], int], 置き場: Path) -> None:
    訳 = 訳した(関数, 置き場, 定め)
    for a in (-1, 10, 11, 20, 30, 31, 99):
        assert 訳(a) == 関数(a, 定め), a


def test_並びの外の番号は列の外を読まない(置き場: Path) -> None:
    訳 = 訳した(番で引く, 置き場, 定め)
    assert [訳(番) for 番 in (0, 1, 2)] == [1, 2, 99]
    assert [訳(番) for 番 in (3, -1, 2**40)] == [1, 1, 1]


def test_壊れた訳は訳し直す(置き場: Path, tmp_path: Path) -> None:
    訳した(算術, tmp_path)
    (場所,) = tmp_path.glob("law_*.o")
    正しい = 場所.read_bytes()
    場所.write_bytes(正しい[:40] + b"\0" + 正しい[41:])
    訳す.cache_clear()
    assert 訳した(算術, tmp_path)(10, 3) == 算術(10, 3)
    assert 場所.read_bytes() == 正しい


def 辞書を作る(a: int, b: int) -> int:
    return {1: a}[b]


def 回す(a: int, b: int) -> int:
    while a > b:
        a -= 1
    return a


def ビットの和(a: int, b: int) -> int:
    return a ^ b


def 同じ物(a: int, b: int) -> int:
    return 1 if a is b else 0


def 入れ替える(a: int, b: int) -> int:
    a, b = b, a
    return a - b


def 知らない関数(a: int, b: int) -> int:
    return abs(a) + b


def 書式(a: int, b: int) -> int:
    return int(f"{a}{b}")


def 回って終わる(a: int, b: int) -> int:
    for 一つ in (a, b):
        a += 一つ
    return a


def 段の終わり(a: int, 定め: 段の定め) -> int:
    for 一つ in 定め.段:
        if a == 一つ.額:
            break
    else:
        a = 0
    return a


@pytest.mark.parametrize(
    "関数", [辞書を作る, 回す, ビットの和, 同じ物, 書式, 入れ替える, 知らない関数, 回って終わる, 段の終わり]
)
def test_書けない文と式は_その所を言って止まる(関数: Callable[..., int], 置き場: Path) -> None:
    with pytest.raises(ValueError, match=r"規則 試す の「.+」は、まとめて計算する形に訳せません。"):
        訳した(関数, 置き場)
