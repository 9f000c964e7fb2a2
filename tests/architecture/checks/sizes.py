"""大きさの検査。超過は ratchet.json に名を載せ、減らすことだけができる。"""

import ast
from collections.abc import Iterator, Mapping
from statistics import median, quantiles

FILE_LIMIT = 500
TEST_FILE_LIMIT = 800
FUNCTION_LIMIT = 70
RULE_LIMIT = 30
RULE_DECORATOR = "規則"


def file_limit(path: str) -> int:
    """1 ファイルの行数の上限。"""
    return TEST_FILE_LIMIT if path.startswith("tests/") else FILE_LIMIT


def functions(tree: ast.AST) -> Iterator[tuple[str, int, int]]:
    """（名前, 行数, 上限）。行数は def の行から数え、decorator は含めない。入れ子は「外.内」と書く。"""
    yield from _functions(tree, "")


def excess(measured: Mapping[str, int], limits: Mapping[str, int]) -> dict[str, int]:
    """上限を超えたものだけ。"""
    return {name: size for name, size in measured.items() if size > limits[name]}


def ratchet_faults(found: Mapping[str, int], allowed: Mapping[str, int]) -> list[str]:
    """超過の一覧と許した一覧を比べる。増えても、減ったのに載せたままでも違反になる。"""
    faults = [
        f"{name} は {size} です（許した大きさ {allowed.get(name, 0)}）。分けて小さくしてください"
        for name, size in sorted(found.items())
        if size > allowed.get(name, 0)
    ]
    faults += [
        f"{name} は {found.get(name, 0)} に減りました。ratchet.json の {size} も減らしてください"
        for name, size in sorted(allowed.items())
        if found.get(name, 0) < size
    ]
    return faults


def summary(sizes: list[int]) -> tuple[int, int]:
    """（中央値, 90 パーセント点）。2 つ未満なら同じ値。"""
    if len(sizes) < 2:
        only = sizes[0] if sizes else 0
        return only, only
    return int(median(sizes)), int(quantiles(sizes, n=10, method="inclusive")[-1])


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, int, int]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            name = f"{prefix}{child.name}"
            lines = (child.end_lineno or child.lineno) - child.lineno + 1
            yield name, lines, RULE_LIMIT if _is_rule(child) else FUNCTION_LIMIT
            yield from _functions(child, f"{name}.")
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")
        else:
            yield from _functions(child, prefix)


def _is_rule(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(part, ast.Name) and part.id == RULE_DECORATOR
        for decorator in node.decorator_list
        for part in ast.walk(decorator)
    )
