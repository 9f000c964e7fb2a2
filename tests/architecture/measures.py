"""木ぜんたいの大きさを測る。`python -m tests.architecture.measures` は中央値を見せる。"""

import re
import sys
from typing import Any

from . import repository
from .checks import sizes

PLATFORM_ROOM = re.compile(r"src/tsugaru/platform/([a-z_]+)/")


def file_sizes(*under: str) -> dict[str, int]:
    """.py の行数。"""
    return {path: len(repository.text(path).splitlines()) for path in repository.python_paths(*under)}


def function_sizes(*under: str) -> tuple[dict[str, int], dict[str, int]]:
    """（「パス::名前」→ 行数, 同じ名前 → 上限）。同名が並ぶときは大きいほう。"""
    measured: dict[str, int] = {}
    limits: dict[str, int] = {}
    for path in repository.python_paths(*under):
        for name, lines, limit in sizes.functions(repository.tree(path)):
            key = f"{path}::{name}"
            measured[key] = max(lines, measured.get(key, 0))
            limits[key] = limit
    return measured, limits


def missing_pages() -> list[str]:
    """docs/guide/<名前>.md を持たない基盤の部屋。"""
    found = (PLATFORM_ROOM.match(path) for path in repository.tracked_paths())
    rooms = {match.group(1) for match in found if match}
    return sorted(room for room in rooms if f"docs/guide/{room}.md" not in repository.tracked_paths())


def excesses() -> dict[str, Any]:
    """今の超過を ratchet.json と同じ形で返す。"""
    files = file_sizes("src/", "tests/")
    functions, limits = function_sizes("src/", "tests/")
    return {
        "files": sizes.excess(files, {path: sizes.file_limit(path) for path in files}),
        "functions": sizes.excess(functions, limits),
        "pages": missing_pages(),
        "median": sizes.summary(list(file_sizes("src/").values()))[0],
    }


def report() -> str:
    """src の大きさを 2 行で。"""
    files = list(file_sizes("src/").values())
    functions = list(function_sizes("src/")[0].values())
    (file_median, file_p90), (function_median, function_p90) = sizes.summary(files), sizes.summary(functions)
    return (
        f"ファイル {len(files)}: 中央値 {file_median} 行（目安 60）、90% 点 {file_p90} 行（目安 250）\n"
        f"関数 {len(functions)}: 中央値 {function_median} 行（目安 8）、90% 点 {function_p90} 行\n"
    )


if __name__ == "__main__":
    sys.stdout.write(report())
