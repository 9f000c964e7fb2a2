"""import の契約が効くこと。小さな木を作り、本物の .importlinter で調べる。"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from . import repository

GOOD = {
    "site/urls.py": "import tsugaru.gyomu.juki.urls\nimport tsugaru.gyomu.juki.apps\n",
    "faces/web/views.py": "import tsugaru.gyomu.juki.api\n",
    "council/__init__.py": "import tsugaru.platform\n",
    "platform/__init__.py": "import tsugaru.kernel\nimport django\n",
    "kernel/__init__.py": "",
    "law/shared/rounding.py": "import tsugaru.kernel\n",
    "law/kojin/public.py": "import tsugaru.law.kojin.rate\n",
    "law/kojin/rate.py": "import tsugaru.law.shared.rounding\n",
    "gyomu/juki/api.py": "import tsugaru.gyomu.juki.domain.move\n",
    "gyomu/juki/apps.py": "",
    "gyomu/juki/urls.py": "import tsugaru.gyomu.juki.screens\n",
    "gyomu/juki/screens/__init__.py": "import tsugaru.gyomu.juki.domain.move\n",
    "gyomu/juki/domain/move.py": "import tsugaru.gyomu.juki.models\nimport tsugaru.gyomu.atena.api\n",
    "gyomu/juki/models/__init__.py": "import django\n",
    "gyomu/atena/api.py": "",
    "gyomu/inkan/api.py": "import tsugaru.gyomu.juki.api\n",
    "gyomu/kojin/domain.py": "import tsugaru.law.kojin.public\n",
}


def verdict(folder: Path, tree: dict[str, str]) -> tuple[int, str]:
    """`tree` を tsugaru という名の package として置き、(終了番号, 出力) を返す。"""
    for path, text in tree.items():
        target = folder / "tsugaru" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    for parent in (path for path in (folder / "tsugaru").rglob("*") if path.is_dir()):
        (parent / "__init__.py").touch()
    (folder / "tsugaru" / "__init__.py").touch()
    shutil.copy(repository.ROOT / ".importlinter", folder)
    answer = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": f"{folder}{os.pathsep}{repository.ROOT}", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.returncode, answer.stdout + answer.stderr


BAD = [
    ("kernel/bad1.py", "tsugaru.platform", "床"),
    ("platform/bad2.py", "tsugaru.law.kojin.public", "床"),
    ("gyomu/juki/bad3.py", "tsugaru.faces", "床"),
    ("law/kojin/bad4.py", "django", "法令と核は"),
    ("kernel/bad5.py", "psycopg", "法令と核は"),
    ("gyomu/atena/bad6.py", "tsugaru.gyomu.juki.api", "業務どうしの向き"),
    ("gyomu/juki/models/bad7.py", "tsugaru.gyomu.juki.domain.move", "業務の中"),
    ("gyomu/juki/domain/bad8.py", "tsugaru.gyomu.juki.api", "業務の中"),
    ("gyomu/inkan/bad9.py", "tsugaru.gyomu.juki.models", "ほかの業務へは api"),
    ("gyomu/inkan/bad10.py", "tsugaru.gyomu.juki.urls", "ほかの業務へは api"),
    ("faces/bad11.py", "tsugaru.gyomu.juki", "ほかの業務へは api"),
    ("site/bad12.py", "tsugaru.gyomu.juki.models", "ほかの業務へは api"),
    ("gyomu/kojin/bad13.py", "tsugaru.law.kojin.rate", "ほかの制度の規則は public"),
]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> str:
    """違反を全て入れた木の報告。"""
    bad = {path: f"import {imported}\n" for path, imported, _ in BAD}
    code, output = verdict(tmp_path_factory.mktemp("bad"), GOOD | bad)
    assert code == 1, output
    return output


def part_of(output: str, contract: str) -> str:
    """報告のうち、`contract` で始まる契約の破れを書いた節。"""
    lines = output[output.index("Broken contracts") :].splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(contract))
    rules = [number for number, line in enumerate(lines) if number > start + 1 and set(line) == {"-"}]
    return "\n".join(lines[start : rules[0] - 1] if rules else lines[start:])


def test_good_tree_keeps_every_contract(tmp_path: Path) -> None:
    code, output = verdict(tmp_path, GOOD)
    assert code == 0, output


@pytest.mark.parametrize(("path", "imported", "contract"), BAD)
def test_each_contract_breaks(path: str, imported: str, contract: str, broken: str) -> None:
    importer = f"tsugaru.{path.removesuffix('.py').replace('/', '.')}"
    assert f"{importer} -> {imported}" in part_of(broken, contract)


@pytest.mark.parametrize(
    ("path", "contract"), [("utils/__init__.py", "床"), ("gyomu/zeikin/__init__.py", "業務どうしの向き")]
)
def test_unplaced_rooms_break(path: str, contract: str, tmp_path: Path) -> None:
    """置き場を決めていない部屋は、何も import しなくても落ちる。"""
    code, output = verdict(tmp_path, GOOD | {path: ""})
    assert code == 1
    assert path.split("/")[-2] in part_of(output, contract)
