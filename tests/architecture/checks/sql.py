"""SQL を文字列で組み立てる場所の検査。組み立ててよいのは platform だけで、値は必ず引数で渡す。"""

import ast
import re
from collections.abc import Iterator

STARTS_LIKE_SQL = re.compile(
    r"\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|GRANT|REVOKE|TRUNCATE|WITH|COPY|SET|LOCK|CALL)\s"
)
EXECUTORS = {"RawSQL", "RunSQL", "copy", "execute", "executemany", "raw"}


def sql_faults(tree: ast.AST) -> list[str]:
    """f 文字列・format・% で組み立てた SQL。「行: 何が」の文。"""
    found = {node.lineno for node in ast.walk(tree) if isinstance(node, ast.expr) and _is_built_sql(node)}
    found |= {argument.lineno for argument in _executed(tree) if _is_built(argument)}
    return [f"{line}: SQL を組み立てています（platform の部品を使う）" for line in sorted(found)]


def _executed(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            func = node.func
            name = (
                func.attr
                if isinstance(func, ast.Attribute)
                else func.id
                if isinstance(func, ast.Name)
                else ""
            )
            if name in EXECUTORS:
                yield node.args[0]


def _is_built_sql(node: ast.expr) -> bool:
    return _is_built(node) and bool(STARTS_LIKE_SQL.match(_head(node)))


def _is_built(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
        return _head(node.left) != "" or _is_built(node.left)
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and (
        node.func.attr == "format" and isinstance(node.func.value, ast.Constant)
    )  # fmt: skip


def _head(node: ast.expr) -> str:
    """組み立ての先頭にある定まった文字列。"""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return _head(node.values[0]) if node.values else ""
    if isinstance(node, ast.BinOp):
        return _head(node.left)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _head(node.func.value)
    return ""
