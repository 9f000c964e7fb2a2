"""入力された値を、住民票の項目に当てる。空の値は「変えない」。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tsugaru.gyomu.juki.domain.relations import 続柄を付ける
from tsugaru.gyomu.juki.domain.state import 住民票
from tsugaru.kernel.uncertain_date import 不詳日

三つ組 = {
    "生年月日": ("生年月日", "生年月日不詳", "生年月日表記"),
    "外国人住民日": ("外国人住民日", "外住日不詳", "外住日表記"),
    "住民となった日": ("住民となった日", "住民日不詳", "住民日表記"),
    "住所を定めた日": ("住所を定めた日", "住定日不詳", "住定日表記"),
    "消除日": ("消除日", "消除日不詳", "消除日表記"),
}
住所の列 = {
    "住所": "住所番号",
    "本籍": "本籍番号",
    "転入前住所": "転入前番号",
    "最終登録住所": "最終登録番号",
    "転出先": "転出先予定番号",
    "転出先確定": "転出先確定番号",
}
そのままの項目 = frozenset({
    "住民種別", "氏", "名", "氏名フリガナ", "氏フリガナ", "名フリガナ", "フリガナ確認", "旧氏", "旧氏フリガナ", "通称",
    "通称フリガナ", "氏名ローマ字", "氏名漢字", "性別", "筆頭者氏", "筆頭者名", "国籍コード", "国籍名", "規定区分", "在留資格",
    "在留期間", "在留満了日", "在留番号",
})  # fmt: skip
_名の項目 = frozenset({"住民種別", "氏", "名", "氏フリガナ", "名フリガナ", "氏名ローマ字", "氏名漢字"})


def 日の列(名: str, 日: 不詳日) -> dict[str, Any]:
    """不詳日を三つの列に。"""
    return dict(zip(三つ組[名], 日.列, strict=True))


def 事項(入力: Mapping[str, Any]) -> dict[str, Any]:
    """入力された値のうち空でないものを、住民票の項目の値にする（続柄と番号を除く）。"""
    result: dict[str, Any] = {}
    for name, value in 入力.items():
        if value is None or value == "":
            continue
        if name in 三つ組:
            result |= 日の列(name, value)
        elif name in 住所の列:
            result[住所の列[name]] = value
        elif name in そのままの項目:
            result[name] = value
    return result


def 当てる(人: 住民票, 入力: Mapping[str, Any]) -> 住民票:
    """入力された項目を当て、氏名を組み立て直した姿。"""
    changes = 事項(入力)
    changed = 人.変えて(**changes)
    if 入力.get("続柄"):
        changed = 続柄を付ける(changed, 入力["続柄"])
    return 名を組み立てる(changed) if _名の項目 & changes.keys() else changed


def 名を組み立てる(人: 住民票) -> 住民票:
    """日本人は氏と名、外国人はローマ字（無ければ漢字）の氏名から。氏名は一字も変えない。"""
    if 人.住民種別 == "1":
        kana = _つなぐ(人.氏フリガナ, 人.名フリガナ)
        return 人.変えて(氏名=_つなぐ(人.氏, 人.名) or 人.氏名, 氏名フリガナ=kana or 人.氏名フリガナ)
    return 人.変えて(氏名=人.氏名ローマ字 or 人.氏名漢字 or 人.氏名)


def _つなぐ(氏: str, 名: str) -> str:
    return "　".join(part for part in (氏, 名) if part)
