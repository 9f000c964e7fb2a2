"""法令の規則の検査。浮動小数点・割り算・時計・乱数・データベースを使わない。"""

import ast
from collections.abc import Iterator

BANNED_MODULES = {"django", "math", "numpy", "os", "psycopg", "random", "time"}
BANNED_CALLS = {"float", "now", "open", "round", "today", "utcnow"}


def rule_faults(tree: ast.AST) -> list[str]:
    """規則のファイル 1 つの違反。「行: 何が」の文。"""
    return [f"{line}: {what}" for node in ast.walk(tree) for line, what in _faults(node)]


def _faults(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, float):
        yield node.lineno, f"浮動小数点 {node.value}（率は分子と分母で持つ）"
    if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div):
        yield node.lineno, "割り算 /（// と端数の根拠を書く）"
    if isinstance(node, ast.Call) and _called(node.func) in BANNED_CALLS:
        yield node.lineno, f"{_called(node.func)}() の呼出し"
    if isinstance(node, ast.Name) and node.id == "float":
        yield node.lineno, "型 float"
    if isinstance(node, ast.Import | ast.ImportFrom):
        for name in sorted(_imported(node) & BANNED_MODULES):
            yield node.lineno, f"{name} の import"


def _called(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]}
    return {alias.name.split(".")[0] for alias in node.names}
