"""試験の報告書と町: 一行ずつ手で作り、本物の道（受け取り → 資料 → 名寄せ）で載せる。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.support.people import 世帯を作る
from tsugaru.gyomu.kojin.domain import employers, intake, linking
from tsugaru.gyomu.kojin.domain.employers import 義務者の事項
from tsugaru.gyomu.kojin.layouts.era_dates import 元号と年月日
from tsugaru.kernel.clock import Clock
from tsugaru.platform.inbound import api as inbound
from tsugaru.platform.inbound.models import Delivery
from tsugaru.platform.tenancy import bound_code

年度 = 2026
職員 = "t0"
会社, 会社の番号 = "株式会社見本商店", "70000060"
機構, 機構の番号 = "見本年金機構", "90000001"
Row = Mapping[str, Any]


def 太郎(*, clock: Clock, **変更: Any) -> str:
    """工藤太郎（昭和55年5月5日生まれ）。"""
    return 世帯を作る(clock=clock, **変更)


def 給報(ほか: Row | None = None, **変更: Any) -> Row:
    """太郎の給与支払報告書（令和7年分、支払金額 5,000,000円、社会保険料 740,000円）。ほか は引数に書けない名の項目。"""
    era = dict(
        zip(("元号", "年", "月", "日"), 元号と年月日(変更.pop("生年月日", date(1980, 5, 5))), strict=True)
    )
    base = {
        "支払調書等の種類": "315", "提出義務者の住所又は所在地": "架空市本町１番地", "提出義務者の氏名又は名称": 会社,
        "訂正表示": "0", "年分": "07", "支払を受ける者－住所又は居所": "架空市南町２番地", "支払を受ける者－氏名": "工藤　太郎",
        "カナ氏名": "ｸﾄﾞｳ ﾀﾛｳ", "支払金額": "5000000", "給与所得控除後の給与等の金額": "3560000",
        "社会保険料等の金額": "740000", "受給者番号": "15", "提出先市町村コード": bound_code(), "指定番号": 会社の番号,
        **{f"受給者の生年月日－{part}": value for part, value in era.items()},
    }  # fmt: skip
    return base | {名: str(値) for 名, 値 in {**(ほか or {}), **変更}.items()}


def 年報(ほか: Row | None = None, **変更: Any) -> Row:
    """太郎の公的年金等支払報告書（支払金額 2,000,000円）。"""
    era = dict(
        zip(("元号", "年", "月", "日"), 元号と年月日(変更.pop("生年月日", date(1980, 5, 5))), strict=True)
    )
    base = {
        "法定資料の種類": "331", "提出義務者の住所又は所在地": "見本県見本市１番地", "提出義務者の氏名又は名称": 機構,
        "訂正表示": "0", "年分": "07", "支払を受ける者－住所又は居所": "架空市南町２番地", "支払を受ける者－氏名": "工藤　太郎",
        "カナ氏名": "ｸﾄﾞｳ ﾀﾛｳ", "法203条の3第1号適用分－支払金額": "2000000", "受給者番号": "77",
        "提出先市町村コード": bound_code(), "指定番号": 機構の番号,
        **{f"生年月日－{part}": value for part, value in era.items()},
    }  # fmt: skip
    return base | {名: str(値) for 名, 値 in {**(ほか or {}), **変更}.items()}


def 申告(宛名番号: str, **変更: Any) -> Row:
    """太郎の確定申告。"""
    base = {
        "団体コード": bound_code(), "所得の年": "2025", "申告の種類": "確定申告", "受付番号": "00000001", "訂正表示": "0",
        "宛名番号": 宛名番号, "氏名": "工藤　太郎", "カナ氏名": "クドウ　タロウ", "生年月日": "19800505",
        "住所": "架空市南町２番地",
    }  # fmt: skip
    return base | {名: str(値) for 名, 値 in 変更.items()}


def ファイル(種類: str, rows: Sequence[Row]) -> bytes:
    """様式の並びの順に書いたファイル。"""
    layout = intake.届け方を引く(種類).様式(年度)
    lines = [",".join(str(row.get(column.name, "")) for column in layout.columns) for row in rows]
    head = [",".join(column.name for column in layout.columns)] if layout.titles else []
    return ("\r\n".join([*head, *lines]) + "\r\n").encode(layout.encoding)


def 届ける(
    種類: str, rows: Sequence[Row], *, clock: Clock, 差出人: str = 会社, 人員: int | None = None
) -> Delivery:
    """一つの届け物を登録し、受け取る（まだ載せない）。"""
    方 = intake.届け方を引く(種類)
    delivery = inbound.expect(
        sender=差出人,
        kind=種類,
        period=方.期間(年度),
        parts=1,
        rows=人員 or len(rows),
        staff=職員,
        clock=clock,
    )
    inbound.receive(
        delivery.pk, 方.様式(年度), name="試験.csv", content=ファイル(種類, rows), staff=職員, clock=clock
    )
    return delivery


def 義務者を登録する(*番号たち: str, clock: Clock, 名称: str = 会社, **事項: Any) -> None:
    """特別徴収義務者の台帳に、まだなければ登録する。"""
    for 番号 in 番号たち:
        if not employers.歴(番号):
            内容 = 義務者の事項(宛名番号="", 名称=名称, **事項)
            employers.記録する(番号, 内容, 基の履歴番号=0, 職員=職員, clock=clock)


def 載せる(
    種類: str, rows: Sequence[Row], *, clock: Clock, 差出人: str = 会社, 登録: bool = True
) -> Delivery:
    """届けて、載せて、結ぶ。給与の支払者は（登録 なら）義務者の台帳にも登録する。"""
    if 登録 and 種類 == "給与支払報告書":
        義務者を登録する(*(row["指定番号"] for row in rows if row["指定番号"]), clock=clock)
    delivery = 届ける(種類, rows, clock=clock, 差出人=差出人)
    手 = intake.載せる(delivery.pk, 職員=職員, clock=clock)
    linking.自動で結ぶ(delivery.pk, 手, 都道府県="試験県", 職員=職員, clock=clock)
    return delivery
