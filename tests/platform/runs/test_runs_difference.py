"""差は、人ごとに原因で分かれる。"""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import polars as pl
import pytest
from django.apps import apps
from tests.platform.runs.levy import DEFINITION, PEOPLE, changed, compute_rounded, outcome

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.runs.api import Outcome, RunDefinition, difference, find, summary
from tsugaru.platform.runs.frames import canonical, digest, pack, unpack

NEW_LAW = changed(compute=compute_rounded, law_version=lambda: "v2")
RATES = {"率": 11, "控除": 100_000}


def _causes(before: Outcome | None, after: Outcome, definition: RunDefinition = DEFINITION) -> dict[str, str]:
    rows = difference(definition, before, after)
    return dict(zip(rows["subject"], rows["cause"], strict=True))


def test_初めての実行では_全員が増えた人である() -> None:
    rows = difference(DEFINITION, None, outcome())
    assert set(rows["cause"]) == {"added"}
    assert rows["delta"].to_list() == [20_000, 40_000, 0, 60_000]


def test_同じ実行どうしに差はない() -> None:
    assert difference(DEFINITION, outcome(), outcome()).height == 0


def test_収入が変わった人は_事実の束に入る() -> None:
    after = outcome(PEOPLE | {"1": 400_000})
    assert _causes(outcome(), after) == {"1": "data"}


def test_収入が変わっても税が動かない人は_どの束にも入らない() -> None:
    assert _causes(outcome(), outcome(PEOPLE | {"3": 95_000})) == {}


def test_率が変わった人は定め_規則が変わった人は規則の束に入る() -> None:
    assert _causes(outcome(), outcome(parameters=RATES)) == {
        "1": "parameter",
        "2": "parameter",
        "4": "parameter",
    }
    assert _causes(outcome(), outcome(law="v2", rule=compute_rounded), NEW_LAW) == {"4": "rule"}


def test_二つの原因で動いた人だけが_複数の束に入る() -> None:
    after = outcome(PEOPLE | {"1": 400_000, "3": 190_000}, RATES, "v2", compute_rounded)
    assert _causes(outcome(), after, NEW_LAW) == {
        "1": "several",
        "2": "parameter",
        "3": "data",
        "4": "several",
    }


def test_来た人と去った人は別の束に入る() -> None:
    after = outcome({"1": 300_000, "2": 500_000, "3": 90_000, "9": 200_000})
    rows = difference(DEFINITION, outcome(), after)
    assert rows.filter(pl.col("cause") == "removed").row(0) == ("4", "removed", 60_000, 0, -60_000)
    assert rows.filter(pl.col("cause") == "added").row(0) == ("9", "added", 0, 10_000, 10_000)


def test_事実の項目も規則も違えば_切り分けずに複数とする() -> None:
    after = outcome(PEOPLE | {"1": 400_000}, law="v2", rule=compute_rounded)
    wider = {"people": after.facts["people"].with_columns(other=pl.lit(1))}
    wide = Outcome(wider, after.parameters, after.law_version, after.results)
    assert _causes(outcome(), wide, NEW_LAW) == {"1": "several", "4": "several"}


def test_分からないと零は違う結果である() -> None:
    assert _causes(outcome({"1": None}), outcome({"1": 0})) == {"1": "data"}
    assert _causes(outcome({"1": None}), outcome({"1": None})) == {}


def test_束は_大きな変化と分布を持つ() -> None:
    rows = difference(DEFINITION, outcome(), outcome(PEOPLE | {"1": 2_300_000, "2": 499_990, "4": 0}))
    detail = summary("data", rows)
    assert [(top["subject"], top["delta"]) for top in detail["top"]] == [
        ("1", 200_000),
        ("4", -60_000),
        ("2", -1),
    ]
    counted = {(d["over"], d["upto"]): d["people"] for d in detail["distribution"] if d["people"]}
    assert counted == {(100_000, None): 1, (-100_000, -10_000): 1, (-1_000, 0): 1}


def test_要約は行と列の並びに依らず_値と型と無に依る() -> None:
    frame = pl.DataFrame({"subject": ["1", "2"], "a": [1, None], "b": [True, False]})
    assert digest(frame) == digest(frame.select("b", "subject", "a").reverse())
    assert digest(unpack(pack(frame))) == digest(frame)
    others = [
        frame.with_columns(a=pl.col("a").fill_null(0)),
        frame.with_columns(a=pl.col("a").cast(pl.Int32)),
        frame.with_columns(subject=pl.Series(["12", ""])),
        frame.head(1),
        frame.rename({"a": "c"}),
    ]
    assert len({digest(other) for other in [frame, *others]}) == 6


def test_小数の列と小数の定めは残せない() -> None:
    with pytest.raises(TypeError, match="型 Float64 は残せません"):
        digest(pl.DataFrame({"subject": ["1"], "rate": [0.1]}))
    with pytest.raises(TypeError, match="小数"):
        canonical({"率": {"市": [0.06]}})
    assert canonical({"b": 1, "a": "い"}) == '{"a":"い","b":1}'.encode()


def test_定義は業務のrunsの並びから引ける(monkeypatch: pytest.MonkeyPatch) -> None:
    """試験の部屋を、runs を持つ一つの業務に見立てる。"""
    room = import_module("tests.platform")
    monkeypatch.setattr(import_module("tests.platform.runs"), "DEFINITIONS", (NEW_LAW,), raising=False)
    office = SimpleNamespace(label="試験", name="tests.platform", module=room)
    monkeypatch.setattr(apps, "get_app_configs", lambda: [office])
    assert find("試験の当初") is NEW_LAW
    with pytest.raises(業務エラー, match="RN-0001"):
        find("無い")
