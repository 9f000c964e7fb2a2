"""公表された計算例。規則の隣の *.examples.yaml の一件が、一つの試験になる。"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tsugaru.law import kojin
from tsugaru.law.engine.cases import 事例を計算する
from tsugaru.law.kojin.public import 個人住民税

置き場 = Path(str(kojin.__file__)).parent


def 公表例() -> Iterator[Any]:
    for 場所 in sorted(置き場.rglob("*.examples.yaml")):
        for 例 in yaml.safe_load(場所.read_text(encoding="utf-8")):
            for 年度 in 例["時点"]:
                yield pytest.param(例, 年度, id=f"{例['名']}-{年度}")


@pytest.mark.parametrize(("例", "年度"), list(公表例()))
def test_公表された額の全部に一致する(例: dict[str, Any], 年度: int) -> None:
    事例 = {**例["事実"], "時点": 年度, "定め": 例.get("定め", {})}
    件 = 事例を計算する(個人住民税, 事例, None)
    assert {名: 件.値(名) for 名 in 例["答"]} == 例["答"]


def test_比べない額には理由がある() -> None:
    for 例 in (組.values[0] for 組 in 公表例()):
        for 名, 理由 in 例.get("比べない", {}).items():
            assert isinstance(理由, str), f"{例['名']} {名}"
            assert 名 not in 例["答"]
