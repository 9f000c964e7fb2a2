"""登録の申請: 即日の登録、照会書の発行、回答書による登録。

どれも、受付の画面で印影を読み取り（draft）、確認の画面で職員が実物と見比べてから、ここに来る。
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from tsugaru.gyomu.inkan.domain import machine
from tsugaru.gyomu.inkan.domain.bylaw import 回答期限, 条例の定め
from tsugaru.gyomu.inkan.domain.codes import 事由, 意思確認, 登録方法
from tsugaru.gyomu.inkan.domain.eligibility import 申請のしかたを確かめる, 登録を受けられる
from tsugaru.gyomu.inkan.domain.lettering import 文字を照らす
from tsugaru.gyomu.inkan.domain.register import 今の登録, 入力, 書く, 登録証を渡す
from tsugaru.gyomu.inkan.domain.residents import 住民を読む, 住民票
from tsugaru.gyomu.inkan.models import 印影画像, 印鑑履歴, 印鑑登録, 状態
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.wareki import 和暦表示


@dataclass(frozen=True, slots=True, kw_only=True)
class 申請:
    """打たれた申請。保証人番号 は保証人の登録証番号、代理人氏名 は代理人か同行した法定代理人。"""

    方法: 登録方法
    本人の申請: bool
    意思: 意思確認
    印鑑文字: str
    代理人氏名: str = ""
    確認書類: str = ""
    保証人番号: str = ""
    カタカナ表記: str = ""
    登録証番号: str = ""
    備考: str = ""

    @property
    def 手続(self) -> 事由:
        """照会書か、その日の登録か。"""
        return 事由.照会書発行 if self.方法 is 登録方法.照会書 else 事由.即日登録


@dataclass(frozen=True, slots=True, kw_only=True)
class 読んだ印影:
    """確認の済んだ印影（imprint が取り出したもの）。長さは 1/100 mm。"""

    画像: bytes
    sha256: str
    横: int
    縦: int
    読取解像度: int
    寸法の根拠: str


def 申請を確かめる(宛名番号: str, 申: 申請, *, 今日: date, 定め: 条例の定め) -> 住民票:
    """印影を見る前に分かる全てを確かめる。返り値は申請した人の今の住民票。"""
    machine.確かめる(今の登録(宛名番号), 申.手続)
    人 = 住民を読む(宛名番号)
    登録を受けられる(人, 今日, 定め)
    申請のしかたを確かめる(方法=申.方法, 本人の申請=申.本人の申請, 意思=申.意思, 同行者=申.代理人氏名)
    文字を照らす(申.印鑑文字, 人, 申.カタカナ表記)
    _要るものがある(申)
    if 申.方法 is 登録方法.保証人:
        保証人を探す(申.保証人番号, 宛名番号)
    return 人


def _要るものがある(申: 申請) -> None:
    if not 申.本人の申請 and not 申.代理人氏名:
        raise _足りない(
            "IN-0107", "代理人の氏名がありません。", "委任の旨を証する書面で確かめて", "代理人氏名"
        )
    if 申.方法 is 登録方法.身分証 and not 申.確認書類:
        raise _足りない(
            "IN-0108", "本人を確かめた書類がありません。", "官公署が発行した写真付きの書類を見て", "確認書類"
        )
    if 申.手続 is 事由.即日登録 and not 申.登録証番号:
        raise _足りない("IN-0402", "登録証番号がありません。", "交付する登録証の番号を", "登録証番号")


def _足りない(code: str, 文: str, 直し方: str, 項目: str) -> 業務エラー:
    return 業務エラー(code, 文, f"{直し方}入れてください。", 項目=項目)


def 保証人を探す(登録証番号: str, 申請者: str) -> 印鑑登録:
    """保証書に印を押した人。この団体で登録が生きていて、申請者と別の人でなければ IN-0109。"""
    found = 印鑑登録.objects.filter(登録証番号=登録証番号, 状態=状態.登録).first() if 登録証番号 else None
    if found is None or found.宛名番号 == 申請者:
        raise 業務エラー(
            "IN-0109",
            f"保証人の登録証番号（{登録証番号 or '空'}）は、今登録を受けている別の人のものではありません。",
            "保証人の登録証を確かめるか、照会書の郵送にしてください。",
            項目="保証人番号",
            根拠="印鑑登録証明事務処理要領。",
        )
    return found


def 申請を受ける(
    宛名番号: str,
    申: 申請,
    印影: 読んだ印影,
    *,
    基の履歴番号: int,
    照会文書: UUID | None,
    定め: 条例の定め,
    入力: 入力,
    clock: Clock,
) -> 印鑑履歴:
    """即日なら登録し登録証を渡す。照会書なら照会中にする（登録するのは回答書を持って来たとき）。"""
    今日 = clock.today()
    with transaction.atomic():
        今の登録(宛名番号, 錠=True)
        人 = 申請を確かめる(宛名番号, 申, 今日=今日, 定め=定め)
        即日 = 申.手続 is 事由.即日登録
        if 即日:
            登録証を渡す(申.登録証番号, 宛名番号, 事由="登録", 手数料=0, 入力=入力, clock=clock)
        return 書く(
            宛名番号,
            申.手続,
            基の履歴番号=基の履歴番号,
            事由発生日=今日,
            入力=入力,
            clock=clock,
            **_申請の事項(申, 人, 今日),
            印影_id=_印影を残す(宛名番号, 印影, 入力, clock).pk,
            登録日=今日 if 即日 else None,
            回答期限=None if 即日 else 回答期限(今日, 定め),
            照会文書=None if 即日 else 照会文書,
            登録証番号=申.登録証番号 if 即日 else "",
        )


def _申請の事項(申: 申請, 人: 住民票, 今日: date) -> dict[str, Any]:
    """申請から決まる項目の全て（前の登録から引き継ぐものはない）。"""
    保証人 = 保証人を探す(申.保証人番号, 人.宛名番号).宛名番号 if 申.方法 is 登録方法.保証人 else ""
    return {
        "申請日": 今日,
        "登録方法": 申.方法.value,
        "申請者": "本人" if 申.本人の申請 else "代理人",
        "代理人氏名": 申.代理人氏名,
        "確認書類": 申.確認書類,
        "保証人番号": 保証人,
        "意思確認": 申.意思.value,
        "印鑑文字": 申.印鑑文字,
        "文字区分": 文字を照らす(申.印鑑文字, 人, 申.カタカナ表記).value,
        "カタカナ表記": 申.カタカナ表記,
        "抹消日": None,
        "抹消事由": "",
        "備考": 申.備考,
    }


def _印影を残す(宛名番号: str, 印影: 読んだ印影, 入力: 入力, clock: Clock) -> 印影画像:
    if 印鑑登録.objects.filter(印影__sha256=印影.sha256, 状態__in=["1", "2", "3"]).exists():
        raise 業務エラー(
            "IN-0112",
            "この印影の画像は、今登録されている別の人の印影と一字一句同じです。",
            "画像の取り違えがないか確かめ、本人の印を押して読み取り直してください。",
            項目="印影",
            根拠="印鑑登録証明事務処理要領。",
        )
    return 印影画像.objects.create(
        宛名番号=宛名番号,
        画像=印影.画像,
        sha256=印影.sha256,
        横=印影.横,
        縦=印影.縦,
        読取解像度=印影.読取解像度,
        寸法の根拠=印影.寸法の根拠,
        取込日時=clock.now(),
        取込者=入力.入力者,
    )


def 回答を受ける(
    宛名番号: str,
    *,
    回答日: date,
    登録証番号: str,
    確認書類: str,
    代理人氏名: str,
    基の履歴番号: int,
    定め: 条例の定め,
    入力: 入力,
    clock: Clock,
) -> 印鑑履歴:
    """回答書を期限までに持って来たので登録する。期限を過ぎていれば IN-0113。"""
    今 = 今の登録(宛名番号, 錠=True)
    machine.確かめる(今, 事由.回答による登録)
    assert 今 is not None and 今.回答期限 is not None
    if not 今.申請日 <= 回答日 <= min(今.回答期限, clock.today()):
        raise 業務エラー(
            "IN-0113",
            f"回答日（{和暦表示(回答日)}）が、申請日から回答期限（{和暦表示(今.回答期限)}）まで、かつ今日までの間にありません。",
            "期限を過ぎた回答では登録できません。申請を終えて、初めから受け付けてください。",
            項目="回答日",
            根拠="印鑑条例（印鑑登録証明事務処理要領）。",
        )
    人 = 住民を読む(宛名番号)
    登録を受けられる(人, clock.today(), 定め)
    区分 = 文字を照らす(今.印鑑文字, 人, 今.カタカナ表記)
    登録証を渡す(登録証番号, 宛名番号, 事由="登録", 手数料=0, 入力=入力, clock=clock)
    return 書く(
        宛名番号,
        事由.回答による登録,
        基の履歴番号=基の履歴番号,
        事由発生日=回答日,
        入力=入力,
        clock=clock,
        登録日=clock.today(),
        登録証番号=登録証番号,
        確認書類=確認書類,
        代理人氏名=代理人氏名 or 今.代理人氏名,
        文字区分=区分.value,
    )
