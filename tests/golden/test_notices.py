"""一つの帳票のフォルダでは、型・版面・見本が同じ項目を名指している。"""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args

import pytest

from tests.golden.forms import FORMS, name
from tsugaru.platform.documents.form import Form, field_types, plain
from tsugaru.platform.documents.render import PACKAGE_ROOT

ACCESS = re.compile(r"(?<=[\w)])\.([一-龠ぁ-んァ-ヶー][\w一-龠ぁ-んァ-ヶー]*)|値\(\"([^\"]+)\"\)")
IMPORT = re.compile(r'#import "([^"]+)"')
LAYOUT_WORDS = {"列", "単位", "行高", "大きさ", "見出しの大きさ", "位置", "様式", "名称"}
"""方眼と様式の設定。データの項目ではない。"""


def template_text(form: Form) -> str:
    """版面と、それが読み込む共通の版面をつないだもの。"""
    pending, seen, text = [form.template], set(), ""
    while pending:
        path = pending.pop()
        if path in seen:
            continue
        seen.add(path)
        source = path.read_text("utf-8")
        text += source
        for target in IMPORT.findall(source):
            pending.append(PACKAGE_ROOT / target[1:] if target.startswith("/") else path.parent / target)
    return text


def dataclasses_in(declared: Any) -> Iterator[type]:
    """型の中に出てくる dataclass をすべて返す。"""
    if isinstance(declared, type) and is_dataclass(declared):
        yield declared
        for inner in field_types(declared).values():
            yield from dataclasses_in(inner)
    for inner in get_args(declared):
        yield from dataclasses_in(inner)


def field_names(form: Form) -> set[str]:
    return {each.name for kind in dataclasses_in(form.data) for each in fields(kind)}


@pytest.mark.parametrize("form", FORMS, ids=name)
def test_型の項目はすべて版面に出てくる(form: Form) -> None:
    text = template_text(form)
    named = {word for pair in ACCESS.findall(text) for word in pair if word}
    unprinted = {"発行年月日"}  # 文書の日付として render に渡す
    assert field_names(form) - named - unprinted == set()


@pytest.mark.parametrize("form", FORMS, ids=name)
def test_版面が名指す項目は型にある(form: Form) -> None:
    own = form.template.read_text("utf-8")
    named = {word for pair in ACCESS.findall(own) for word in pair if word}
    assert named - field_names(form) - LAYOUT_WORDS == set()


@pytest.mark.parametrize("form", FORMS, ids=name)
def test_見本は型のとおりで往復しても変わらない(form: Form) -> None:
    sample = form.sample()
    source = json.loads((form.folder / "sample.json").read_text("utf-8"))
    assert set(source) == {each.name for each in fields(form.data)}
    assert isinstance(sample, form.data)
    assert set(plain(sample)) == set(source)


def test_様式の番号は重ならない() -> None:
    assert len({form.form_id for form in FORMS}) == len(FORMS)
