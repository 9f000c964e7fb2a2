"""定めを一列の整数に並べる。写しの中では、定め・段・率はその列の中の位置（整数）になる。

整数と真偽は一つ、組（dataclass）は欄の順、並び（tuple）は初めと終わりの位置の二つを占める。
形が型だけで決まるので、年度や変更で値や段の数が違っても同じ訳が使える。
"""

import ast
import dataclasses
from collections.abc import Callable
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

列の名 = "定めの列"
番を収める名 = "番を収める"
余り = 64
"""空の並びを読んでも列の外に出ないよう、終わりに足す 0 の数。"""


def 組である(型: Any) -> bool:
    """dataclass の型か。"""
    return isinstance(型, type) and dataclasses.is_dataclass(型)


def 位置で表す(型: Any) -> bool:
    """写しの中で位置になる型か。"""
    return 組である(型) or get_origin(型) is tuple


@cache
def 欄の型(型: Any) -> dict[str, Any]:
    """組の欄の名から型。"""
    return get_type_hints(型)


def 大きさ(型: Any) -> int:
    """その型の値が列で占める数。"""
    if 組である(型):
        return sum(大きさ(中) for 中 in 欄の型(型).values())
    return 2 if get_origin(型) is tuple else 1


def 欄の位置(型: Any, 欄: str) -> int:
    """組の初めから数えた欄の位置。"""
    順 = 欄の型(型)
    return sum(大きさ(順[前]) for 前 in list(順)[: list(順).index(欄)])


def 並べる(値たち: list[Any]) -> list[int]:
    """定めの値を順に一列にする。並びの中身は、全部の定めの後ろに足す。"""
    列 = [0] * sum(大きさ(type(値)) for 値 in 値たち)
    所 = 0
    for 値 in 値たち:
        _置く(値, type(値), 所, 列)
        所 += 大きさ(type(値))
    return 列 + [0] * 余り


def _置く(値: Any, 型: Any, 所: int, 列: list[int]) -> None:
    if 組である(型):
        for 欄, 中 in 欄の型(型).items():
            _置く(getattr(値, 欄), 中, 所 + 欄の位置(型, 欄), 列)
    elif get_origin(型) is tuple:
        中の型 = get_args(型)[0]
        始 = len(列)
        列[所 : 所 + 2] = 始, 始 + len(値) * 大きさ(中の型)
        列.extend([0] * (len(値) * 大きさ(中の型)))
        for 番, 一つ in enumerate(値):
            _置く(一つ, 中の型, 始 + 番 * 大きさ(中の型), 列)
    else:
        列[所] = int(値)


class 位置に書き換える(ast.NodeTransformer):
    """関数の本文の、定めへの参照を列の位置へ書き換える。`呼ぶ型` は関数の名から型の注釈。"""

    def __init__(self, 本体: Callable[..., Any], 呼ぶ型: dict[str, dict[str, Any]]) -> None:
        self.型 = {名: 型 for 名, 型 in get_type_hints(本体).items() if 名 != "return"}
        self.呼ぶ型 = 呼ぶ型

    def _型(self, 式: ast.expr) -> Any:
        """式の型。定めに関わらない式は int でよい。"""
        if isinstance(式, ast.Name):
            return self.型.get(式.id, int)
        if isinstance(式, ast.Attribute):
            return 欄の型(self._型(式.value))[式.attr]
        if isinstance(式, ast.Subscript):
            return (*get_args(self._型(式.value)), int)[0]
        if isinstance(式, ast.IfExp):
            return self._型(式.body)
        if isinstance(式, ast.Call) and isinstance(式.func, ast.Name):
            return self.呼ぶ型.get(式.func.id, {}).get("return", int)
        return int

    def visit_Attribute(self, 式: ast.Attribute) -> ast.expr:
        """`x.欄` は位置の足し算。整数の欄なら列から読む。"""
        型 = self._型(式)
        所 = ast.BinOp(self.visit(式.value), ast.Add(), ast.Constant(欄の位置(self._型(式.value), 式.attr)))
        return _読む(所, 型)

    def visit_Subscript(self, 式: ast.Subscript) -> ast.expr:
        """`並び[番]` は初めの位置から大きさ×番だけ先。並びの外には出ない。"""
        if get_origin(self._型(式.value)) is not tuple:
            return 式
        型 = self._型(式)
        並び: ast.expr = self.visit(式.value)
        先 = ast.BinOp(self.visit(式.slice), ast.Mult(), ast.Constant(大きさ(型)))
        終わり = _列(ast.BinOp(並び, ast.Add(), ast.Constant(1)))
        return _読む(_呼ぶ(番を収める名, [先, _列(並び), 終わり]), 型)

    def visit_For(self, 文: ast.For) -> ast.stmt:
        """定めの並びを回る for は、位置を大きさずつ進む for にする。"""
        数える = isinstance(文.iter, ast.Call)
        並び = 文.iter.args[0] if isinstance(文.iter, ast.Call) else 文.iter
        的 = 文.target.elts[-1] if isinstance(文.target, ast.Tuple) else 文.target
        if get_origin(self._型(並び)) is not tuple or not isinstance(的, ast.Name):
            return 文
        中の型 = self.型[的.id] = get_args(self._型(並び))[0]
        頭: ast.expr = self.visit(並び)
        終わり = _列(ast.BinOp(頭, ast.Add(), ast.Constant(1)))
        回る: ast.expr = _呼ぶ("range", [_列(頭), 終わり, ast.Constant(大きさ(中の型))])
        if 数える and isinstance(文.iter, ast.Call):
            回る = _呼ぶ("enumerate", [回る, *文.iter.args[1:]])
        文.iter = 回る
        文.body = [self.visit(中) for 中 in 文.body]
        return 文

    def visit_Assign(self, 文: ast.Assign) -> ast.Assign:
        """左辺の型を覚える。"""
        if isinstance(文.targets[0], ast.Name):
            self.型[文.targets[0].id] = self._型(文.value)
        文.value = self.visit(文.value)
        return 文


def _列(所: ast.expr) -> ast.expr:
    return ast.Subscript(ast.Name(列の名, ast.Load()), 所)


def _読む(所: ast.expr, 型: Any) -> ast.expr:
    if 位置で表す(型):
        return 所
    return ast.Compare(_列(所), [ast.NotEq()], [ast.Constant(0)]) if 型 is bool else _列(所)


def _呼ぶ(名: str, 引数: list[ast.expr]) -> ast.Call:
    return ast.Call(ast.Name(名, ast.Load()), 引数, [])
