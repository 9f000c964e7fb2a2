"""印鑑条例の定め。団体のデータ（municipality.yaml）から読み、無ければ止まる（推し量らない）。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tsugaru.gyomu.inkan.imprint import 大きさの定め
from tsugaru.kernel.civil_time import 開庁日へ
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.holidays import 地方公共団体の休日

根拠 = "印鑑条例（印鑑登録証明事務処理要領）。"


@dataclass(frozen=True, slots=True, kw_only=True)
class 条例の定め:
    """一つの団体の定め。長さは 1/100 mm、手数料は円。"""

    大きさ: 大きさの定め
    登録できる年齢: int
    回答期限日数: int
    証明手数料: int
    再交付手数料: int
    年末年始の休日: tuple[str, ...]
    見本: bool


def 条例の定めを読む(facts: Mapping[str, Any]) -> 条例の定め:
    """団体の事実から。足りなければ IN-0001。"""
    try:
        印鑑, 手数料 = facts["印鑑登録"], facts["手数料"]
        料 = [手数料[名] for 名 in ("印鑑登録証明書", "印鑑登録証の再交付")]
        値 = [
            印鑑[名] for 名 in ("印影の下限ミリ", "印影の上限ミリ", "登録できる年齢", "照会書の回答期限日数")
        ]
        return 条例の定め(
            大きさ=大きさの定め(値[0]["値"] * 100, 値[1]["値"] * 100, 根拠),
            登録できる年齢=値[2]["値"],
            回答期限日数=値[3]["値"],
            証明手数料=料[0]["額"],
            再交付手数料=料[1]["額"],
            年末年始の休日=tuple(facts.get("年末年始の休日", {}).get("日", ())),
            見本=any(one.get("見本") for one in (*値, *料)),
        )
    except KeyError as error:
        raise 業務エラー(
            "IN-0001",
            f"印鑑条例の定め（{error.args[0]}）が団体のデータにありません。",
            "municipality.yaml に条例の値を書いてください。",
        ) from error


def 回答期限(発行日: date, 定め: 条例の定め) -> date:
    """照会書を発した日の翌日から数えて、定めの日数の末日（初日不算入。民法第140条）。休日に当たれば次の開庁日（同法第142条）。"""
    末日 = 発行日 + timedelta(days=定め.回答期限日数)
    return 開庁日へ(末日, 地方公共団体の休日(定め.年末年始の休日, (末日.year, 末日.year + 1)))
