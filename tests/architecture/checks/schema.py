"""表の検査。PostgreSQL は名前を 63 バイト（漢字 21 字）で黙って切るので、手前で止める。"""

import ast
import re
from typing import Any

from .names import model_fields

NAME_BYTES = 63
SQL_NOISE = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
QUOTED = re.compile(r'"((?:[^"]|"")+)"')
SENSITIVITIES = {"一般", "個人", "住所", "特定個人情報", "機微"}
UNNAMED = {
    "Index",
    "GinIndex",
    "GistIndex",
    "BrinIndex",
    "HashIndex",
    "BTreeIndex",
    "BloomIndex",
    "SpGistIndex",
}


def long_name_faults(sql: str) -> list[str]:
    """二重引用符の中の名前で 63 バイトを超えるもの。"""
    names = dict.fromkeys(found.replace('""', '"') for found in QUOTED.findall(sql))
    return [
        f"{name} は {len(name.encode())} バイトです（{NAME_BYTES} まで）"
        for name in names
        if len(name.encode()) > NAME_BYTES
    ]


def raw_sql_faults(sql: str) -> list[str]:
    """手で書いた SQL の名前で 63 バイトを超えるもの。注釈と文字の値は見ない。"""
    return [
        f"{word} は {len(word.encode())} バイトです（{NAME_BYTES} まで）"
        for word in dict.fromkeys(re.findall(r"\w+", SQL_NOISE.sub(" ", sql)))
        if len(word.encode()) > NAME_BYTES
    ]


def embedded_sql(tree: ast.AST) -> list[str]:
    """移行の RunSQL と execute に渡された、定まった SQL。"""
    return [
        argument.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _class(node) in {"RunSQL", "execute"}
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def hand_named_faults(names: list[str]) -> list[str]:
    """索引・制約の名前で ASCII でないもの。"""
    return [f"索引・制約の名前 {name} は ASCII で付けます" for name in names if not name.isascii()]


def option_faults(tree: ast.AST) -> list[str]:
    """項目に付けた db_index / unique、Meta の unique_together、名前のない索引。"""
    faults = [
        f"{line}: {name} の {word.arg}=（Meta の indexes / constraints に名前を付けて書く）"
        for line, name, call in model_fields(tree)
        for word in call.keywords
        if word.arg in {"db_index", "unique"} and _is_true(word.value)
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(
            _named(t, "unique_together", "index_together") for t in node.targets
        ):
            faults.append(f"{node.lineno}: unique_together（名前を付けた UniqueConstraint にする）")
        if (
            isinstance(node, ast.Call)
            and _class(node) in UNNAMED
            and "name" not in {w.arg for w in node.keywords}
        ):
            faults.append(f"{node.lineno}: 名前のない {_class(node)}")
    return faults


def sensitivity_faults(columns: set[str], declared: dict[str, Any]) -> list[str]:
    """列と情報区分の宣言のずれ。書き忘れも、無い列の宣言も、知らない区分も違反である。"""
    faults = [f"{name} の情報区分がありません" for name in sorted(columns - declared.keys())]
    faults += [f"{name} という列はありません" for name in sorted(declared.keys() - columns)]
    faults += [
        f"{name} の情報区分 {value!r} は {'・'.join(sorted(SENSITIVITIES))} のどれでもありません"
        for name, value in declared.items()
        if value not in SENSITIVITIES
    ]
    return faults


def foreign_key_fault(own: str, target: str, open_apps: set[str]) -> str | None:
    """業務から別の業務の表への外部キー。宛名・住民と基盤の表だけに引ける。"""
    if target == own or target in open_apps:
        return None
    return f"{own} から {target} の表へ外部キーは引けません（宛名番号で持ち、api で尋ねる）"


def _is_true(node: ast.expr) -> bool:
    return not (isinstance(node, ast.Constant) and node.value is False)


def _named(node: ast.expr, *names: str) -> bool:
    return isinstance(node, ast.Name) and node.id in names


def _class(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""
