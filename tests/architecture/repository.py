"""検査の対象になるファイルを集める。git が使えればその一覧、なければ木を歩く。"""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tsugaru"
SKIPPED = {".git", ".venv", "var", "__pycache__", "bench-results"}


@cache
def tracked_paths() -> tuple[str, ...]:
    """根からの相対パス（POSIX 書き）。消したがまだ commit していないものは除く。"""
    listed = _git_paths() or _walked_paths()
    return tuple(path for path in sorted(listed) if (ROOT / path).is_file())


def python_paths(*under: str) -> list[str]:
    """`under`（例 "src/", "tests/"）の下の .py。移行（migrations）は機械が書くので除く。"""
    return [
        path
        for path in tracked_paths()
        if path.endswith(".py") and path.startswith(under) and "/migrations/" not in path
    ]


@cache
def text(path: str) -> str:
    """UTF-8 の中身。文字でないファイルは空文字列。"""
    data = (ROOT / path).read_bytes()
    if b"\0" in data:
        return ""
    return data.decode("utf-8", errors="replace")


@cache
def tree(path: str) -> ast.Module:
    """構文木。書き換えてはならない。"""
    return ast.parse(text(path), filename=path)


def _git_paths() -> list[str]:
    command = ["git", "-C", str(ROOT), "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    try:
        answer = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        return []
    return [name for name in answer.stdout.decode("utf-8").split("\0") if name]


def _walked_paths() -> list[str]:
    found = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
    return [path.as_posix() for path in found if not SKIPPED.intersection(path.parts)]
