"""受付: 打たれた申請と読み取った印影を、確認の画面まで預かる。預けた席だけが開ける。"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from tsugaru.gyomu.inkan.domain.applications import 申請, 申請を受ける, 申請を確かめる, 読んだ印影
from tsugaru.gyomu.inkan.domain.bylaw import 条例の定め
from tsugaru.gyomu.inkan.domain.codes import 意思確認, 登録方法
from tsugaru.gyomu.inkan.domain.register import 今の登録, 入力
from tsugaru.gyomu.inkan.domain.similar import 世帯の似た印影
from tsugaru.gyomu.inkan.imprint import 印影, 印影を取り出す, 基準枠, 大きさを確かめる
from tsugaru.gyomu.inkan.models import 印鑑履歴, 受付
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.identity.models import Seat

預かる時間 = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class 読取の指示:
    """ファイルと読み方。撮影 は基準枠のある申請書の写真、向き は時計回りの角度。"""

    ファイル: bytes
    撮影: bool = False
    向き: int = 0


def 受け付ける(
    宛名番号: str,
    申: 申請,
    指示: 読取の指示,
    *,
    番号: UUID,
    基の履歴番号: int,
    定め: 条例の定め,
    seat: Seat,
    clock: Clock,
) -> 受付:
    """申請を確かめ、印影を読み、大きさを定めと比べて預かる。"""
    申請を確かめる(宛名番号, 申, 今日=clock.today(), 定め=定め)
    読めた = 印影を取り出す(指示.ファイル, 枠=基準枠() if 指示.撮影 else None, 向き=指示.向き)
    警告 = (*読めた.警告, *大きさを確かめる(読めた, 定め.大きさ))
    受付.objects.filter(受付日時__lt=clock.now() - 預かる時間).delete()
    return 受付.objects.create(
        番号=番号,
        宛名番号=宛名番号,
        席=seat.pk,
        基の履歴番号=基の履歴番号,
        内容=_内容(申),
        画像=読めた.画像,
        読取=_読取(読めた) | {"警告": [f"{one.code} {one.文}" for one in 警告]},
        受付日時=clock.now(),
    )


def _内容(申: 申請) -> dict[str, Any]:
    return asdict(申) | {"方法": 申.方法.value, "意思": 申.意思.value}


def 申請に戻す(内容: dict[str, Any]) -> 申請:
    """預けた内容から。"""
    return 申請(**内容 | {"方法": 登録方法(内容["方法"]), "意思": 意思確認(内容["意思"])})


def _読取(読めた: 印影) -> dict[str, Any]:
    return {
        "sha256": 読めた.sha256,
        "横": 読めた.幅,
        "縦": 読めた.高さ,
        "読取解像度": 読めた.読取解像度,
        "寸法の根拠": 読めた.寸法の根拠.value,
        "傾き": 読めた.傾き,
    }


def 預かった受付(番号: UUID, 宛名番号: str, seat: Seat) -> 受付 | None:
    """この席が、この人について預けたもの。ほかの席・ほかの人からは無いのと同じ。"""
    return 受付.objects.filter(pk=番号, 宛名番号=宛名番号, 席=seat.pk).first()


def 登録する(
    預かり: 受付, *, 別の印と確かめた: bool, 照会文書: UUID, 定め: 条例の定め, 入力: 入力, clock: Clock
) -> 印鑑履歴:
    """確認の済んだ受付から登録（又は照会）する。世帯に似た印があれば、確かめた旨が要る。"""
    画像 = bytes(預かり.画像)
    if not 別の印と確かめた and 世帯の似た印影(預かり.宛名番号, 画像):
        raise 業務エラー(
            "IN-0110",
            "同じ世帯の人の印影に似ています。別の印であることが確かめられていません。",
            "重ねた図と実物を見比べ、別の印なら確かめた旨に印を付けてください。同じ印なら登録できません。",
            項目="別の印",
            根拠="印鑑登録証明事務処理要領。",
        )
    値 = {名: 預かり.読取[名] for 名 in ("sha256", "横", "縦", "読取解像度", "寸法の根拠")}
    row = 申請を受ける(
        預かり.宛名番号,
        申請に戻す(預かり.内容),
        読んだ印影(画像=画像, **値),
        基の履歴番号=預かり.基の履歴番号,
        照会文書=照会文書,
        定め=定め,
        入力=入力,
        clock=clock,
    )
    預かり.delete()
    return row


def 受付の基(宛名番号: str) -> int:
    """今の履歴番号（未登録なら0）。"""
    row = 今の登録(宛名番号)
    return row.履歴番号 if row else 0
