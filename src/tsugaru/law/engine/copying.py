"""規則の写し。素の Python の規則と同じ本文を、一人ずつ回る一つの LLVM の関数に書き出す。"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import FunctionType
from typing import Any, get_type_hints

from tsugaru.law.engine.graph import 図, 節
from tsugaru.law.engine.layout import 位置に書き換える, 大きさ
from tsugaru.law.engine.lowering import 関数にする
from tsugaru.law.engine.people import 不明の印, 人の書き手, 本体の名
from tsugaru.law.engine.primitives import 道具
from tsugaru.law.engine.rules import 規則書, 集計


@dataclass(frozen=True, slots=True)
class 写し:
    """書き出した本文。`列` は関数に渡す列の名（順）、`員の途中` はそのうち員ごとに置き場の要る値、`定め` は並べる型。"""

    本文: str
    列: tuple[str, ...]
    員の途中: frozenset[str]
    定め: tuple[type[Any], ...]


@cache
def 写す(図: 図, 入力: frozenset[str], 求める: frozenset[str]) -> 写し:
    """列のある `入力` から `求める` までの写し。列のない事実は既定の値で固める。"""
    要る = 図.要るもの(求める, 入力)
    段たち = list(_段に分ける(図, [一歩 for 一歩 in 図.順 if 一歩.名 in 要る - 入力]))
    規則たち = [一歩.元 for _, 段 in 段たち for 一歩 in 段 if isinstance(一歩.元, 規則書)]
    型たち = tuple({型.__name__: 型 for 一つ in 規則たち for _, 型 in 一つ.定め}.values())
    所 = {型.__name__: sum(大きさ(前) for 前 in 型たち[:番]) for 番, 型 in enumerate(型たち)}
    途中 = _またぐ員の値(段たち)
    列 = (*sorted(入力 & 要る), *sorted(求める - 入力), *sorted(途中), 不明の印)
    書き手 = 人の書き手(図, {名: 番 for 番, 名 in enumerate(列)}, 入力, 所)
    return 写し("\n".join([道具, *_関数たち(規則たち), 書き手.書く(段たち, 求める, 途中)]), 列, 途中, 型たち)


def _段に分ける(図: 図, 節たち: list[節]) -> Iterator[tuple[int, list[節]]]:
    """主(0)と員(1)を交互に、先に計算できるものから。集計は員の段に置く。"""
    残り, 側 = list(節たち), 0
    while 残り:
        待つ = {一歩.名 for 一歩 in 残り}
        段: list[節] = []
        for 一歩 in 残り:
            中 = {前.名 for 前 in 段 if not isinstance(前.元, 集計)}
            if _側(図, 一歩) == 側 and not 待つ & set(一歩.引数) - 中:
                段.append(一歩)
        残り = [一歩 for 一歩 in 残り if 一歩 not in 段]
        if 段:
            yield 側, 段
        側 = 1 - 側


def _側(図: 図, 一歩: 節) -> int:
    return 1 if isinstance(一歩.元, 集計) else 図.単位.index(一歩.単位)


def _またぐ員の値(段たち: list[tuple[int, list[節]]]) -> frozenset[str]:
    """員の段で作り、後の員の段で読む値。"""
    作った: set[str] = set()
    またぐ: set[str] = set()
    for 側, 段 in 段たち:
        if 側:
            またぐ |= 作った & {名 for 一歩 in 段 for 名 in 一歩.引数}
            作った |= {一歩.名 for 一歩 in 段 if not isinstance(一歩.元, 集計)}
    return frozenset(またぐ)


def _関数たち(規則たち: list[規則書]) -> Iterator[str]:
    """規則の本体と、規則が呼ぶ関数の定義。"""
    呼ぶ: dict[str, Callable[..., Any]] = {}
    for 一つ in 規則たち:
        _呼ぶ関数を集める(一つ.本体, 呼ぶ)
    呼ぶ型 = {名: get_type_hints(物) for 名, 物 in 呼ぶ.items()}
    順 = {名: list(inspect.signature(物).parameters) for 名, 物 in 呼ぶ.items()}
    for 名, 物 in 呼ぶ.items():
        yield 関数にする(_木(物, 名, 呼ぶ型), 順)
    for 一つ in 規則たち:
        yield 関数にする(_木(一つ.本体, 本体の名(一つ), 呼ぶ型), 順)


def _呼ぶ関数を集める(本体: Any, 呼ぶ: dict[str, Callable[..., Any]]) -> None:
    for 名 in 本体.__code__.co_names:
        物 = 本体.__globals__.get(名)
        if isinstance(物, FunctionType) and 名 not in 呼ぶ:
            呼ぶ[名] = 物
            _呼ぶ関数を集める(物, 呼ぶ)


def _木(本体: Callable[..., Any], 名: str, 呼ぶ型: dict[str, dict[str, Any]]) -> ast.FunctionDef:
    文たち = ast.parse(textwrap.dedent(inspect.getsource(本体))).body
    木 = next(文 for 文 in 文たち if isinstance(文, ast.FunctionDef))
    木.name = 名
    if ast.get_docstring(木):
        木.body = 木.body[1:]
    書き換え = 位置に書き換える(本体, 呼ぶ型)
    木.body = [書き換え.visit(文) for 文 in 木.body]
    return 木
