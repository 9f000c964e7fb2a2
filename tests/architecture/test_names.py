"""名前の検査が効くこと、木ぜんたいが守っていること。"""

import ast

import pytest

from . import repository
from .checks import names

PYTHON = ("src/", "tests/")


@pytest.mark.parametrize(
    "name",
    [
        "第１号",
        "ﾌﾘｶﾞﾅ",
        "所得割・均等割",
        "住民form",
        "get住民",
        "認定する_by",
        "㈱名称",
        "住民__first名",
        "住民Form",
        "HTMLForm住民",
    ],
)
def test_bad_names_are_found(name: str) -> None:
    assert names.name_faults(name)


@pytest.mark.parametrize(
    "name",
    [
        "第1号", "第314条の6", "三歳未満児童", "住民_id", "世帯__住所__in", "氏名__startswith", "clean_氏名",
        "get_異動事由_display", "_内側", "住民_set", "test_転入すると履歴番号は1", "test_Enterで次の欄へ",
        "DV等支援対象者", "GS1の検査数字",
        "カード番号", "々", "一ヶ月",
    ],
)  # fmt: skip
def test_good_names_pass(name: str) -> None:
    assert names.name_faults(name) == []


def test_full_width_digits_are_read_as_written() -> None:
    """ast では 第1号 に見えるので、字句で読む必要がある。"""
    source = "第１号 = 1\n"
    assert [node.id for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)] == ["第1号"]
    assert names.source_faults(source, ast.parse(source)) == ["1: 第１号 は NFKC で別の字になります"]


@pytest.mark.parametrize(
    "source",
    [
        'x.order_by("第１号")',
        'getattr(x, "第１号")',
        'x.filter(**{"第１号": 1})',
        'Index(fields=["第１号"], name="a")',
        'class M:\n    ordering = ["-第１号"]',
    ],
)
def test_unstable_field_references_are_found(source: str) -> None:
    faults = names.source_faults(source, ast.parse(source))
    assert any("項目参照" in fault for fault in faults)


def test_long_field_names_are_found() -> None:
    source = "class M:\n    所得割額と均等割額と森林環境税額 = models.IntegerField()\n    名 = TextField()\n"
    assert names.model_field_faults(ast.parse(source)) == []
    longer = source.replace("森林環境税額", "森林環境税の税額")
    assert len(names.model_field_faults(ast.parse(longer))) == 1


def test_japanese_paths_are_found() -> None:
    assert names.path_faults("src/住民.py")
    assert names.path_faults("src/juki.py") == []


@pytest.mark.parametrize("path", repository.python_paths(*PYTHON))
def test_names_of_file(path: str) -> None:
    faults = names.source_faults(repository.text(path), repository.tree(path))
    faults += names.model_field_faults(repository.tree(path))
    assert not faults, "\n".join(f"{path}:{fault}" for fault in faults)


def test_every_path_is_ascii() -> None:
    faults = [fault for path in repository.tracked_paths() for fault in names.path_faults(path)]
    assert not faults, "\n".join(faults)


def test_folders_without_init_are_found() -> None:
    paths = ["src/tsugaru/__init__.py", "src/tsugaru/a/b/__init__.py", "src/tsugaru/a/c.txt"]
    assert names.package_faults(paths) == ["src/tsugaru/a/__init__.py がありません"]


def test_every_folder_is_a_package() -> None:
    paths = [path for path in repository.tracked_paths() if path.startswith("src/tsugaru/")]
    faults = names.package_faults(paths)
    assert not faults, "\n".join(faults)
