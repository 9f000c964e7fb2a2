"""用語集の検査が効くこと、用語集とコードが合っていること。"""

import pytest

from . import repository
from .checks import glossary
from .checks.names import written_names

TABLE = """
| 語 | 出典 | English | 使わない語 |
|---|---|---|---|
| 異動 | 法 | change | 移動、変化 |
"""


def test_table_is_read() -> None:
    assert glossary.terms(TABLE) == [glossary.Term("異動", "法", "change", ("移動", "変化"))]


@pytest.mark.parametrize(
    "row", ["| 異動 | 法 | again | |", "| 転居 | | moving | |", "| 移動 | 法 | move | |"]
)
def test_bad_tables_are_found(row: str) -> None:
    assert glossary.glossary_faults(glossary.terms(TABLE + row))


def test_avoided_names_are_found() -> None:
    names = list(written_names("異動 = 移動\n"))
    assert glossary.avoided_faults(names, glossary.terms(TABLE)) == ["1: 移動 ではなく 異動 と書きます"]


def test_glossary_of_tree() -> None:
    found = glossary.terms(repository.text("GLOSSARY.md"))
    assert len(found) > 50
    assert glossary.glossary_faults(found) == []


@pytest.mark.parametrize("path", repository.python_paths("src/"))
def test_no_avoided_word_in_file(path: str) -> None:
    found = glossary.terms(repository.text("GLOSSARY.md"))
    faults = glossary.avoided_faults(list(written_names(repository.text(path))), found)
    assert not faults, "\n".join(f"{path}:{fault}" for fault in faults)
