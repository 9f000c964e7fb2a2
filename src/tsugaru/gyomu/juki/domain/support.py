"""支援措置（住民基本台帳事務処理要領第5－10）: 受付・決定・延長・解除・転送。

受付と同時に、申出者と併せて支援を求める者の全員に仮の保護がかかる（後から足す手順は無い）。期間は一年で、過ぎてもひとりでには
終わらない。解除は二人で行い、求めたときに見ていた期間を、認めるときに読み直す。転出しても保護は続く。
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from tsugaru.gyomu.juki.models import 支援の転送, 支援措置
from tsugaru.kernel.civil_time import 月を足す, 期間の末日
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.disclosure.models import Shield
from tsugaru.platform.tenancy.locks import lock

根拠 = "住民基本台帳事務処理要領第5－10。"
種別の一覧 = ("DV", "ストーカー", "児童虐待", "その他")
期間の月数 = 12
延長を受ける月数 = 1
効いている状態 = ("仮", "決定")


@dataclass(frozen=True, slots=True, kw_only=True)
class 申出:
    """申出書の内容。当初受付 は、ほかの市区町村から転送されたときのその名。"""

    申出者: str
    種別: str
    申出日: date
    併せて: tuple[str, ...] = ()
    相手方氏名: str = ""
    相手方生年: str = ""
    相手方備考: str = ""
    当初受付: str = ""
    相談先: str = ""
    備考: str = ""


def 受付する(内容: 申出, *, 職員: str, clock: Clock) -> 支援措置:
    """申出を受け、同じトランザクションで仮の保護をかける。"""
    today = clock.today()
    if 内容.種別 not in 種別の一覧 or 内容.申出日 > today:
        raise 業務エラー(
            "JK-0401",
            "種別か申出日が正しくありません。",
            f"種別は{'・'.join(種別の一覧)}、申出日は今日までです。",
            項目="種別" if 内容.種別 not in 種別の一覧 else "申出日",
            根拠=根拠,
        )
    with transaction.atomic():
        lock("juki", ["支援措置"])
        count = 支援措置.objects.filter(受付番号__startswith=f"S{today:%Y%m%d}-").count()
        values = {n: getattr(内容, n) for n in 申出.__dataclass_fields__ if n != "併せて"}
        row: 支援措置 = 支援措置.objects.create(
            **values,
            受付番号=f"S{today:%Y%m%d}-{count + 1:03d}",
            併せて=[n for n in dict.fromkeys(内容.併せて) if n != 内容.申出者],
            状態="仮",
            期間始=内容.申出日,
            期間終=期間の末日(内容.申出日, 期間の月数),
            受付者=職員,
            受付日時=clock.now(),
        )
        _保護する(row, 仮=True, 職員=職員, clock=clock)
        _残す("支援措置の受付", row)
    return row


def 決定する(番号: int, *, 連絡日: date, 意見: str, 職員: str, clock: Clock) -> 支援措置:
    """必要と認める。期間は、申出者に結果を連絡した日から一年。受付した人と別の職員が行う。"""
    with transaction.atomic():
        row = _引く(番号, ("仮",))
        _別の人か(row.受付者, 職員, "受付")
        if not row.申出日 <= 連絡日 <= clock.today():
            raise 業務エラー(
                "JK-0403",
                f"連絡日（{連絡日:%Y-%m-%d}）は、申出日から今日までの日です。",
                "直してください。",
                項目="連絡日",
                根拠=根拠,
            )
        row.状態, row.意見, row.決裁者, row.決定日時 = "決定", 意見, 職員, clock.now()
        row.期間始, row.期間終 = 連絡日, 期間の末日(連絡日, 期間の月数)
        row.save()
        _保護する(row, 仮=False, 職員=職員, clock=clock)
        _残す("支援措置の決定", row)
    return row


def 延長する(番号: int, *, 申出日: date, 職員: str, clock: Clock) -> 支援措置:
    """期間の終わる一月前から受ける。前の期間の翌日から一年。"""
    with transaction.atomic():
        row = _引く(番号, ("決定",))
        opens = 延長を受ける日(row.期間終)
        if not opens <= 申出日 <= clock.today():
            raise 業務エラー(
                "JK-0405",
                f"延長の申出は{opens:%Y-%m-%d}から受けられます（申出日{申出日:%Y-%m-%d}）。",
                "申出日を確かめてください。",
                項目="申出日",
                根拠=根拠,
            )
        row.期間始 = row.期間終 + timedelta(days=1)
        row.期間終 = 期間の末日(row.期間始, 期間の月数)
        row.save(update_fields=["期間始", "期間終"])
        _保護する(row, 仮=False, 職員=職員, clock=clock)
        _残す("支援措置の延長", row)
    return row


def 延長を受ける日(期間終: date) -> date:
    """期間の終わる日の一月前。"""
    return 月を足す(期間終, -延長を受ける月数)


def 転送を記す(
    番号: int, *, 向き: str, 相手: str, 転送日: date, 理由: str, 職員: str, clock: Clock
) -> 支援の転送:
    """ほかの市区町村から受けた・へ送った、申出書の写し。"""
    if 向き not in ("受", "送") or not 相手:
        raise 業務エラー(
            "JK-0406", "転送の向き（受・送）か相手がありません。", "直してください。", 項目="相手", 根拠=根拠
        )
    with transaction.atomic():
        row = _引く(番号, 効いている状態)
        made: 支援の転送 = 支援の転送.objects.create(
            措置=row, 向き=向き, 相手=相手, 転送日=転送日, 理由=理由, 記録者=職員, 記録日時=clock.now()
        )
        _残す("支援措置の転送", row)
    return made


def 期間の終わりが近い(*, clock: Clock) -> list[支援措置]:
    """一月以内に期間の終わる措置（延長の申出を勧める）。"""
    today = clock.today()
    rows = 支援措置.objects.filter(状態__in=効いている状態, 期間終__gte=today).order_by("期間終", "pk")
    return [row for row in rows if 延長を受ける日(row.期間終) <= today]


def 期間の過ぎた(*, clock: Clock) -> list[支援措置]:
    """期間を過ぎても解除されていない措置（保護は続いている）。"""
    rows = 支援措置.objects.filter(状態__in=効いている状態, 期間終__lt=clock.today())
    return list(rows.order_by("期間終", "pk"))


def 守られる人(row: 支援措置) -> list[str]:
    """申出者と、併せて支援を求める者。"""
    return [row.申出者, *row.併せて]


def _保護する(row: 支援措置, *, 仮: bool, 職員: str, clock: Clock) -> None:
    Shield.objects.bulk_create(
        Shield(
            subject=number,
            case=row.受付番号,
            provisional=仮,
            starts_on=row.期間始,
            ends_on=row.期間終,
            opened_at=clock.now(),
            opened_by=職員,
        )
        for number in 守られる人(row)
    )


def _引く(番号: int, 状態: Sequence[str]) -> 支援措置:
    row = 支援措置.objects.select_for_update().filter(pk=番号).first()
    if row is None or row.状態 not in 状態:
        raise 業務エラー(
            "JK-0402",
            f"その支援措置は無いか、進んでいます（{row.状態 if row else '無し'}）。",
            "一覧を開き直してください。",
            根拠=根拠,
        )
    return row


def _別の人か(前の人: str, 職員: str, 何を: str) -> None:
    if 前の人 == 職員:
        raise 業務エラー(
            "JK-0407",
            f"{何を}した人（{職員}）は、同じ件を決められません。",
            "ほかの職員が行ってください。",
            根拠=根拠,
        )


def _残す(行為: str, row: 支援措置) -> None:
    audit.record(act=行為, subjects=守られる人(row), gyomu="juki", detail={"受付番号": row.受付番号})
