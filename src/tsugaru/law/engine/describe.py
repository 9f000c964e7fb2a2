"""制度を人と機械に説明する。事実・規則・定めの一覧と、二つの時点の違い。"""

import dataclasses
import inspect
from collections.abc import Mapping
from typing import Any, get_args, get_origin, get_type_hints

from tsugaru.law.engine.facts import 事実
from tsugaru.law.engine.graph import 節
from tsugaru.law.engine.layout import 組である
from tsugaru.law.engine.parameters import 引いた定め
from tsugaru.law.engine.rules import 集計
from tsugaru.law.engine.system import 制度
from tsugaru.law.engine.words import 分率, 時点


def 制度の説明(制度: 制度, いつ: 時点) -> dict[str, Any]:
    """その時点の事実・規則・定めの全部。規則の名は、事実としても与えられる。"""
    図 = 制度.図(いつ)
    return {
        "制度": 制度.名,
        "題": 制度.題,
        "根拠": 制度.根拠,
        "時点": いつ.値,
        "範囲": [制度.初.値, 制度.終.値],
        "単位": list(制度.単位),
        "事実": [_事実(一つ) for 一つ in 制度.事実.values()],
        "結果": [_規則(一歩, 一歩.名 in 制度.結果) for 一歩 in 図.順],
        "定め": {名: _定め(一つ) for 名, 一つ in 制度.定め(いつ).items()},
    }


def 違い(制度: 制度, 前: 時点, 後: 時点) -> dict[str, Any]:
    """二つの時点で変わった規則・定めの項目・読む事実と、その先にあって額の変わりうる結果。"""
    前の図, 後の図 = 制度.図(前).名の表(), 制度.図(後).名の表()
    前の定め, 後の定め = 制度.定め(前), 制度.定め(後)
    加わった = [名 for 名 in 後の図 if 名 not in 前の図]
    変わった = [名 for 名 in 後の図 if 名 in 前の図 and 前の図[名].元 is not 後の図[名].元]
    定めの違い = {
        名: _項目の違い(前の定め.get(名), 一つ)
        for 名, 一つ in 後の定め.items()
        if 名 not in 前の定め or 前の定め[名].中身 != 一つ.中身
    }
    響く = _下流(制度.図(後).順, {*加わった, *変わった}, set(定めの違い))
    return {
        "加わった規則": [_規則(後の図[名], 名 in 制度.結果) for 名 in 加わった],
        "なくなった規則": [名 for 名 in 前の図 if 名 not in 後の図],
        "変わった規則": [_規則(後の図[名], 名 in 制度.結果) for 名 in 変わった],
        "変わった定め": 定めの違い,
        "額の変わりうる結果": [名 for 名 in 制度.結果 if 名 in 響く],
        "読むようになった事実": sorted(_読む事実(制度, 後の図) - _読む事実(制度, 前の図)),
        "読まなくなった事実": sorted(_読む事実(制度, 前の図) - _読む事実(制度, 後の図)),
    }


def 値にする(物: Any) -> Any:
    """定めの値を JSON の値にする。率は分数の文字で書く。"""
    if isinstance(物, 分率):
        return f"{物.分子}/{物.分母}"
    if 組である(type(物)):
        return {欄.name: 値にする(getattr(物, 欄.name)) for 欄 in dataclasses.fields(物)}
    return [値にする(一つ) for 一つ in 物] if isinstance(物, tuple) else 物


def _事実(一つ: 事実) -> dict[str, Any]:
    return {
        "名": 一つ.名,
        "型": "真偽" if 一つ.型 is bool else "整数",
        "単位": 一つ.単位,
        "属する": 一つ.属する,
        "意味": 一つ.意味,
        "必須": 一つ.既定 is None,
        "既定": 一つ.既定,
        "負可": 一つ.負可,
        "根拠": 一つ.根拠,
    }


def _規則(一歩: 節, 主な: bool) -> dict[str, Any]:
    元 = 一歩.元
    共通 = {"名": 一歩.名, "属する": 一歩.単位, "主な結果": 主な, "読む": list(一歩.引数)}
    if isinstance(元, 集計):
        return {**共通, "型": "整数", "根拠": 元.根拠, "意味": 元.意味, "定め": []}
    定め = [型.__name__ for _, 型 in 元.定め]
    型 = "真偽" if 元.型 is bool else "整数"
    return {**共通, "型": 型, "根拠": 元.札.根拠, "意味": 元.説明, "定め": 定め}


def _定め(一つ: 引いた定め) -> dict[str, Any]:
    return {
        "意味": inspect.getdoc(type(一つ.中身)),
        "根拠": 一つ.沿革.根拠,
        "形": _形(type(一つ.中身)),
        "値": 値にする(一つ.中身),
        "適用": 一つ.改正.適用.値 if 一つ.改正 else None,
        "改正": 一つ.改正.改正 if 一つ.改正 else "",
        "出典": list(一つ.改正.出典) if 一つ.改正 else [],
        "現行確認日": str(一つ.沿革.現行確認日 or ""),
        "確認": "確認済み" if 一つ.改正 is None or 一つ.改正.確認済み else "未確認",
    }


def _形(型: Any) -> Any:
    if 型 is 分率:
        return "率（3/100・4.025%）"
    if 組である(型):
        return {名: _形(中) for 名, 中 in get_type_hints(型).items()}
    if get_origin(型) is tuple:
        return [_形(get_args(型)[0])]
    return "真偽" if 型 is bool else "整数"


def _項目の違い(前: 引いた定め | None, 後: 引いた定め) -> dict[str, Any]:
    欄 = [一つ.name for 一つ in dataclasses.fields(後.中身)]
    前の値 = {名: 値にする(getattr(前.中身, 名)) if 前 else None for 名 in 欄}
    後の値 = {名: 値にする(getattr(後.中身, 名)) for 名 in 欄}
    return {名: {"前": 前の値[名], "後": 後の値[名]} for 名 in 欄 if 前の値[名] != 後の値[名]}


def _下流(順: tuple[節, ...], 名たち: set[str], 定め: set[str]) -> set[str]:
    """変わった規則と、変わった定めを読む規則から、結果の方へたどって届く名。"""
    届く = set(名たち)
    for 一歩 in 順:
        読む定め = set() if isinstance(一歩.元, 集計) else {型.__name__ for _, 型 in 一歩.元.定め}
        if 届く & set(一歩.引数) or 読む定め & 定め:
            届く.add(一歩.名)
    return 届く


def _読む事実(制度: 制度, 表: Mapping[str, 節]) -> set[str]:
    return {名 for 一歩 in 表.values() for 名 in 一歩.引数 if 名 in 制度.事実}
