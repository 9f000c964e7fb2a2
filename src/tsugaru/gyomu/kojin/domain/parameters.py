"""計算に使う定めの写し。実行はこの写しだけで計算するので、後で定めの YAML が変わっても同じ結果になる。"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import tsugaru.law.kojin.public as 入口
from tsugaru.kernel.errors import 業務エラー
from tsugaru.law.engine.describe import 値にする
from tsugaru.law.engine.errors import 法令の誤り
from tsugaru.law.engine.parameters import 引いた定め
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.public import 個人住民税
from tsugaru.platform.tenancy import bound_code, directory

定めたち = Mapping[str, 引いた定め]


def 条例の置き場() -> Path:
    """結ばれている団体の parameters。"""
    return directory.folder_of(bound_code()) / "parameters"


def 写す(期間: str) -> dict[str, Any]:
    """期間の課税年度の定めの全て。条例の値が足りなければ、何がどこに要るかを言って断る（KJ-2302）。"""
    年度 = int(期間[:4])
    try:
        found = 個人住民税.定め(課税年度(年度), 条例の置き場())
    except 法令の誤り as error:
        raise 業務エラー("KJ-2302", f"{error.message}", error.remedy) from None
    return {"課税年度": 年度, "定め": {名: 値にする(one.中身) for 名, one in sorted(found.items())}}


def 戻す(写し: Mapping[str, Any]) -> 定めたち:
    """写しから、計算に渡す定め。"""
    return 個人住民税.定め(課税年度(写し["課税年度"]), None, 写し["定め"])


@cache
def 規則の版() -> str:
    """個人住民税の規則の本文（.py）の SHA-256。"""
    hasher = hashlib.sha256()
    top = Path(str(入口.__file__)).parent
    for path in sorted([*top.rglob("*.py"), *(top.parent / "shared").glob("*.py")]):
        hasher.update(str(path.relative_to(top.parent)).encode() + b"\x00" + path.read_bytes() + b"\x00")
    return hasher.hexdigest()
