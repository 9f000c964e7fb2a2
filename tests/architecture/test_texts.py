"""団体の語・やり残し・職場の語・法令の規則・SQL の検査。"""

import ast
from functools import cache

import pytest
import yaml

from . import repository
from .checks import places, rules, sql, words

SETTINGS = {"名称": "架空市", "host": "kaku", "都道府県": "青森県", "人口": 172000}
TEXTS = (
    ".py",
    ".html",
    ".js",
    ".css",
    ".sql",
    ".typ",
    ".yaml",
    ".csv",
    ".json",
    ".md",
    ".sh",
    ".toml",
    ".txt",
)


@cache
def municipal_words() -> frozenset[str]:
    """municipalities/<番号>/municipality.yaml から読んだ、団体を指す語。"""
    found: set[str] = set()
    for path in repository.tracked_paths():
        parts = path.split("/")
        if parts[0] == "municipalities" and parts[-1] == "municipality.yaml":
            found |= places.place_words(parts[1], yaml.safe_load(repository.text(path)))
    return frozenset(found)


def source_texts() -> list[str]:
    """src の文字のファイル。faces/demo だけは municipalities/ を読んで見せる場所なので除く。"""
    return [
        path
        for path in repository.tracked_paths()
        if path.startswith("src/") and not path.startswith("src/tsugaru/faces/demo/") and path.endswith(TEXTS)
    ]


def test_words_of_a_municipality() -> None:
    assert places.place_words("999996", SETTINGS) == {"999996", "99999", "架空市", "架空", "kaku"}


@pytest.mark.parametrize("text", ["架空市役所", "if code == '999996':", "99999", "http://kaku.localhost"])
def test_places_are_found(text: str) -> None:
    assert places.place_faults(text, places.place_words("999996", SETTINGS))


@pytest.mark.parametrize("text", ["9999961", "19999960", "青森県", "kakudai"])
def test_other_numbers_and_words_pass(text: str) -> None:
    assert places.place_faults(text, places.place_words("999996", SETTINGS)) == []


def test_no_place_in_source() -> None:
    faults = [
        f"{path}: {fault}"
        for path in source_texts()
        for fault in places.place_faults(repository.text(path), municipal_words())
    ]
    assert not faults, "\n".join(faults)


def test_every_municipality_gives_words() -> None:
    """municipality.yaml の書き方が変わって検査が空振りになるのを防ぐ。"""
    folders = {p.split("/")[1] for p in repository.tracked_paths() if p.startswith("municipalities/")}
    codes = {folder for folder in folders if folder.isdigit()}
    assert codes <= municipal_words()
    assert sum(1 for word in municipal_words() if word[-1] in "市町村") >= len(codes)


@pytest.mark.parametrize(
    "word", ["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error", "pass  #" + " stub"]
)
def test_unfinished_marks_are_found(word: str) -> None:
    assert words.unfinished_faults(f"x = 1\n    {word}\n") == [f"2: やり残しの印 {word}"]


@pytest.mark.parametrize(
    "text",
    ["https://py" + "pi.org/simple", "files.python" + "hosted.org", "cd /wo" + "rk/x", "'/ro" + "ot/.cache'"],
)
def test_workplace_words_are_found(text: str) -> None:
    assert words.workplace_faults(text)


@pytest.mark.parametrize("text", ["docs/work/page", "https://example.jp/home/", "$ROOT/work/", "framework/"])
def test_ordinary_paths_pass(text: str) -> None:
    assert words.workplace_faults(text) == []


@pytest.mark.parametrize("mark", ["no" + "qa", "type:" + " ignore", "no" + "qa: because"])
def test_bare_suppressions_are_found(mark: str) -> None:
    assert words.suppression_faults(f"x = 1  # {mark}")


@pytest.mark.parametrize("mark", ["no" + "qa: S101", "type:" + " ignore[attr-defined]"])
def test_named_suppressions_pass(mark: str) -> None:
    assert words.suppression_faults(f"x = 1  # {mark}") == []


def test_no_leftovers_in_tree() -> None:
    faults = []
    for path in repository.tracked_paths():
        text = repository.text(path)
        faults += [
            f"{path}:{fault}" for fault in words.unfinished_faults(text) + words.workplace_faults(text)
        ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "source",
    [
        "x = 0.06", "x = a / b", "x /= 2", "x = float(a)", "def f(a: float): ...", "x = round(a)",
        "d = date.today()", "d = datetime.now()", "import random",
        "from django.db import models", "import numpy as np",
    ],
)  # fmt: skip
def test_bad_rules_are_found(source: str) -> None:
    assert rules.rule_faults(ast.parse(source))


def test_good_rule_passes() -> None:
    assert rules.rule_faults(ast.parse("def 税額(所得: int) -> int:\n    return 所得 * 6 // 100\n")) == []


def test_rules_of_tree() -> None:
    faults = [
        f"{path}:{fault}"
        for path in repository.python_paths("src/tsugaru/law/")
        if not path.startswith("src/tsugaru/law/engine/")
        for fault in rules.rule_faults(repository.tree(path))
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    "source",
    [
        'f"SELECT * FROM {table}"', '"DELETE FROM %s" % table', '"SELECT {}".format(x)', '"UPDATE " + table',
        'cursor.execute(f"{verb} x")', 'M.objects.raw(f"select {x}")', 'RunSQL(f"create index {x}")',
    ],
)  # fmt: skip
def test_built_sql_is_found(source: str) -> None:
    assert sql.sql_faults(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        'cursor.execute("SELECT 1 WHERE a = %s", [x])',
        'f"{x} を SELECT"',
        'f"{name} さん"',
        '"%d 件" % n',
        "copy(x)",
    ],
)
def test_fixed_sql_passes(source: str) -> None:
    assert sql.sql_faults(ast.parse(source)) == []


def test_sql_is_built_only_in_platform() -> None:
    faults = [
        f"{path}:{fault}"
        for path in repository.python_paths("src/")
        if not path.startswith("src/tsugaru/platform/")
        for fault in sql.sql_faults(repository.tree(path))
    ]
    assert not faults, "\n".join(faults)
