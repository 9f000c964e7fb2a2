"""印鑑登録証明書。登録証の番号を本人の今の登録と突き合わせ、請求番号から文書を作る。"""

from __future__ import annotations

import hmac
import struct
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from tsugaru.gyomu.inkan.domain.address import 刷る住所
from tsugaru.gyomu.inkan.domain.bylaw import 条例の定めを読む
from tsugaru.gyomu.inkan.domain.register import 今の登録, 版を確かめる
from tsugaru.gyomu.inkan.domain.residents import 住民を読む, 住民票, 外国人である, 発行抑止
from tsugaru.gyomu.inkan.domain.sweep import 抹消すべきわけ
from tsugaru.gyomu.inkan.models import 印影画像, 印鑑登録, 状態, 証明交付
from tsugaru.gyomu.inkan.notices.seal_certificate.notice import FORM, 印鑑登録証明書
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.documents import store
from tsugaru.platform.documents.certifier import 認証者を選ぶ
from tsugaru.platform.documents.form import 対象外
from tsugaru.platform.documents.parts import 画像, 発行事項
from tsugaru.platform.identity.models import Seat
from tsugaru.platform.tenancy.directory import Municipality

認証文 = "この写しは、登録されている印影と相違ないことを証明する。"
根拠 = "印鑑条例（印鑑登録証明事務処理要領）。"


@dataclass(frozen=True, slots=True, kw_only=True)
class 請求:
    """打たれた請求。代理人でも、登録証を持って来れば受けられる。"""

    登録証番号: str
    本人: bool = True
    代理人氏名: str = ""
    公用: bool = False
    途切れを承知: bool = False


def 証明できる(row: 印鑑登録 | None, *, clock: Clock) -> 住民票:
    """登録が生きていて、今の住民票と合う。違えば IN-0201・IN-0202、抑止なら IN-0205。"""
    if row is None or row.状態 != 状態.登録:
        呼び名 = 状態(row.状態).label if row else "未登録"
        raise 業務エラー(
            "IN-0201",
            f"印鑑登録の状態が「{呼び名}」のため、証明書を出せません。",
            "登録・停止の解除・再交付のうち要る手続を先にしてください。",
            根拠=根拠,
        )
    人 = 住民を読む(row.宛名番号)
    わけ = 抹消すべきわけ(row, 人, clock.today())
    if わけ is not None:
        raise 業務エラー(
            "IN-0202",
            f"住民の異動（{わけ[0].name}）があり、この登録は抹消になります。証明書を出せません。",
            "印鑑登録の画面を開くと抹消されます。本人に説明してください。",
            根拠=根拠,
        )
    抑止 = 発行抑止(row.宛名番号, clock=clock)
    if 抑止:
        raise 業務エラー(
            "IN-0205",
            f"証明書の発行が抑止されています（{抑止}）。",
            "住民記録の「抑止・メモ」を確かめ、登録した所属に引き継いでください。",
        )
    return 人


def 登録証を照らす(row: 印鑑登録, 番号: str) -> None:
    """示された登録証が、今の登録のものか。違えば IN-0203。"""
    if not hmac.compare_digest(row.登録証番号.encode(), 番号.encode()):
        raise 業務エラー(
            "IN-0203",
            f"示された登録証（番号{番号}）は、この人の今の登録証ではありません。",
            "開いている人と登録証を確かめてください。古い登録証では証明書を出せません。",
            項目="登録証番号",
            根拠=根拠,
        )


def 証明する(
    宛名番号: str,
    請: 請求,
    *,
    基の履歴番号: int,
    請求番号: UUID,
    団体: Municipality,
    seat: Seat,
    clock: Clock,
) -> 証明交付:
    """一通作り、交付の歴に残す。枠に入りきらない項目があれば、承知したときだけ作る（IN-0206）。"""
    日 = clock.today()
    with transaction.atomic():
        row = 今の登録(宛名番号, 錠=True)
        人 = 証明できる(row, clock=clock)
        assert row is not None
        版を確かめる(row, 基の履歴番号)
        登録証を照らす(row, 請.登録証番号)
        定め = 条例の定めを読む(団体.facts)
        交付 = 証明交付(
            文書=請求番号,
            宛名番号=宛名番号,
            履歴番号=row.履歴番号,
            発行番号=f"{日:%Y%m%d} {団体.name} {seat.staff.number} {請求番号.hex[:10]}",
            請求者="本人" if 請.本人 else "代理人",
            代理人氏名=請.代理人氏名,
            手数料=0 if 請.公用 else 定め.証明手数料,
            公用=請.公用,
            交付日時=clock.now(),
            交付者=seat.staff.number,
        )
        _, made = store.make(
            FORM,
            _記載(row, 人, 交付, 日, 団体, seat, 見本=定め.見本),
            request_id=請求番号,
            gyomu="inkan",
            subjects=[宛名番号],
            issued_on=日,
            issue_number=交付.発行番号,
            seat=seat,
            clock=clock,
        )
        if made.warnings and not 請.途切れを承知:
            raise 業務エラー(
                "IN-0206",
                "枠に入りきらない項目があります（" + "、".join(str(one) for one in made.warnings) + "）。",
                "刷れる部分を確かめ、よければ「途切れを承知で作る」に印を付けてください。",
                項目="途切れを承知",
            )
        交付.save(force_insert=True)
    return 交付


def _記載(
    row: 印鑑登録, 人: 住民票, 交付: 証明交付, 日: date, 団体: Municipality, seat: Seat, *, 見本: bool
) -> 印鑑登録証明書:
    return 印鑑登録証明書(
        印影=実寸の画像(row.印影),
        氏名=人.氏名,
        氏名カタカナ表記=row.カタカナ表記 or 対象外,
        旧氏=人.旧氏 or 対象外,
        通称=人.通称 or 対象外,
        生年月日=生年月日の表記(人),
        性別={"1": "男", "2": "女"}.get(人.性別, "") if 団体.facts["印鑑登録"].get("性別を載せる") else None,
        住所=刷る住所(人, seat).text(),
        備考="見本" if 見本 else "",
        発行=発行事項(
            発行番号=交付.発行番号,
            発行年月日=日,
            発行日表示=和暦表示(日),
            認証文=認証文,
            認証者=認証者を選ぶ(団体, 日),
            公用=交付.公用,
        ),
    )


def 生年月日の表記(人: 住民票) -> str:
    """日本人は和暦、外国人は西暦、不詳の日は書かれたとおり。"""
    if 外国人である(人) and not 人.生年月日不詳:
        return f"{人.生年月日.year}年{人.生年月日.month}月{人.生年月日.day}日"
    return 不詳日(人.生年月日, 人.生年月日不詳, 人.生年月日表記).表示


def 実寸の画像(印影: 印影画像) -> 画像:
    """印影の PNG と、600 dpi の画素数から求めた実寸（1/100 mm）。"""
    png = bytes(印影.画像)
    横, 縦 = struct.unpack(">II", png[16:24])
    return 画像(内容=png, 幅=_百分の一ミリ(横), 高さ=_百分の一ミリ(縦))


def _百分の一ミリ(画素数: int) -> int:
    """600 dpi の画素数 → 1/100 mm（四捨五入）。1 インチ = 2540。"""
    return (画素数 * 2540 + 300) // 600
