"""転入（国内・特例・未届・国外）と職権記載。新しい人を、新しい世帯か既にある世帯に記載する（住基法第8条・第22条・第30条の46）。

再転入では、宛名番号はそのまま、除票の上に新しい行を足す。国外に転出した人が最初に戻ったときは、旧氏と通称が戻る
（施行令第30条の14・第30条の16、標準仕様書 1.1.7）。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tsugaru.gyomu.juki.domain.alerts import 届出遅延
from tsugaru.gyomu.juki.domain.codes import 異動事由
from tsugaru.gyomu.juki.domain.decision import 判断, 案件, 番号の記録, 警告
from tsugaru.gyomu.juki.domain.person import 当てる, 日の列
from tsugaru.gyomu.juki.domain.state import 住民票
from tsugaru.kernel.errors import 業務エラー

番号の種別 = ("個人番号", "住民票コード")
中長期在留者 = "1"


def 転入する(案件: 案件) -> 判断:
    """新しい人の全てを一つの世帯に記載する。"""
    household = 記載する世帯(案件)
    order = len(案件.世帯員(household))
    people = [
        新しい住民票(案件, number, household, order + index) for index, number in enumerate(案件.各人, 1)
    ]
    if not order and not any(p.世帯主である for p in people):
        raise 業務エラー(
            "JK-0221",
            "新しい世帯に世帯主がいません。",
            "一人の続柄を世帯主にしてください。",
            項目="続柄",
            根拠="住民基本台帳法第7条第4号。",
        )
    alerts = [*届出遅延(案件), *(a for p in people for a in 足りない事項(p))]
    return 判断(tuple(案件.書く(p) for p in people), tuple(alerts), 番号の一覧(案件))


def 記載する世帯(案件: 案件) -> str:
    """新しい世帯の番号か、入る世帯の番号。入る世帯に住民がいなければ 業務エラー。"""
    if 案件.共通.get("新世帯番号"):
        return str(案件.共通["新世帯番号"])
    number = str(案件.共通.get("入る世帯") or "")
    if not 案件.世帯員(number):
        raise 業務エラー(
            "JK-0222",
            f"世帯番号{number}の世帯は、この異動日にありません。",
            "世帯番号と異動日を確かめてください。",
            項目="入る世帯",
        )
    return number


def 新しい住民票(案件: 案件, 宛名番号: str, 世帯番号: str, 順位: int) -> 住民票:
    """一人分の新しい記載。住民となった日と住所を定めた日は異動日。"""
    former = 案件.人.get(宛名番号)
    if former and former.在る:
        raise 業務エラー(
            "JK-0203",
            f"{former.氏名}（宛名番号{宛名番号}）は既に住民です。",
            "転居か世帯の異動を選んでください。",
            根拠="住民基本台帳法第5条。",
        )
    values = 案件.各人[宛名番号]
    blank = 住民票(
        宛名番号=宛名番号,
        住民種別=values["住民種別"],
        氏名="",
        生年月日=values["生年月日"].内部日付,
        性別=values["性別"],
        世帯番号=世帯番号,
        記載順位=順位,
        未届=案件.種類.符号 == "in_unfiled",
        改製番号=former.改製番号 if former else 0,
        改製日=former.改製日 if former else None,
        **日の列("住民となった日", 案件.異動日),
        **日の列("住所を定めた日", 案件.異動日),
        **_戻る名(案件, former),
    )
    person = 当てる(blank, values)
    if person.住民種別 == "2" and person.外国人住民日 is None and 案件.種類.符号 in ("in_abroad", "birth"):
        person = person.変えて(**日の列("外国人住民日", 案件.異動日))
    確かめる(person)
    return person


def _戻る名(案件: 案件, former: 住民票 | None) -> dict[str, Any]:
    if former is None or former.消除事由 != 異動事由.国外転出.value:
        return {}
    return {n: getattr(former, n) for n in ("旧氏", "旧氏フリガナ", "通称", "通称フリガナ")}


def 確かめる(人: 住民票) -> None:
    """空にできない事項（標準仕様書 1.1.6）。"""
    required: tuple[str, ...] = (
        ("氏名",) if 人.住民種別 == "1" else ("氏名", "国籍名", "規定区分", "外国人住民日")
    )
    if 人.住民種別 == "2" and 人.規定区分 == 中長期在留者:
        required += ("在留資格", "在留番号")
    missing = [name for name in required if not getattr(人, name)]
    if missing:
        raise 業務エラー(
            "JK-0224",
            f"{人.氏名 or '氏名の無い人'}の{'・'.join(missing)}がありません。",
            "入れてから登録してください。",
            項目=missing[0],
            根拠="住民基本台帳法第7条・第30条の45。標準仕様書1.1.6。",
        )


def 足りない事項(人: 住民票) -> Iterator[警告]:
    """戸籍の表示が無い日本人。本籍が無い・明らかでない人もいるので止めない。"""
    if 人.住民種別 == "1" and 人.本籍番号 is None:
        yield 警告(
            番号="JK-A105",
            文=f"{人.氏名}の本籍がありません。",
            対処="本籍の無い人・明らかでない人のほかは、戸籍の表示を入れてください。",
            根拠="住民基本台帳法第7条第5号。",
            宛名番号=人.宛名番号,
        )


def 番号の一覧(案件: 案件) -> tuple[番号の記録, ...]:
    """入力された個人番号と住民票コード。"""
    return tuple(
        番号の記録(宛名番号=number, 種別=kind, 値=案件.値(number, kind))
        for number in 案件.各人
        for kind in 番号の種別
        if 案件.値(number, kind)
    )
