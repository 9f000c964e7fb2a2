"""台帳に渡す形。渡した時点で形の誤りは 業務エラー になる（同じことをデータベースも確かめる）。"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.ledger.models import LARGEST


@dataclass(frozen=True, slots=True, order=True)
class AccountKey:
    """口座の名。instalment 0 は期のないもの、subject と share の空文字は「ない」。"""

    kind: str
    tax_year: int
    instalment: int = 0
    subject: str = ""
    share: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """明細の一行（円）。借方か貸方のどちらか一方。"""

    account: AccountKey
    debit: int = 0
    credit: int = 0


@dataclass(frozen=True, slots=True)
class Posting:
    """一つの記帳の素。cause_id は原因の種類の中で一つだけの番号。"""

    cause_id: str
    lines: Sequence[Line]
    memo: str = ""

    def total(self) -> int:
        """片側の合計（円）。合わない・空・額が正の整数でないときは 業務エラー。"""
        if any(not _one_sided(line) for line in self.lines):
            raise 業務エラー(
                "LG-0007",
                f"原因 {self.cause_id} の明細に、借方か貸方の一方だけに正の整数の額を持たない行があります。",
                "額は円の正の整数で、借方か貸方の一方に書いてください。",
            )
        debit, credit = sum(line.debit for line in self.lines), sum(line.credit for line in self.lines)
        if debit != credit or len(self.lines) < 2:
            raise 業務エラー(
                "LG-0001",
                f"原因 {self.cause_id} の借方 {debit:,}円と貸方 {credit:,}円が合いません。",
                "借方と貸方の合計をそろえてください。",
            )
        return debit

    def digest(self) -> str:
        """明細の SHA-256。行の並びには依らない。同じ原因の二度目が同じ中身かを見分ける。"""
        rows = sorted(
            (a.kind, a.tax_year, a.instalment, a.subject, a.share, line.debit, line.credit)
            for line in self.lines
            for a in (line.account,)
        )
        return hashlib.sha256(repr(rows).encode()).hexdigest()


def _one_sided(line: Line) -> bool:
    amounts = (line.debit, line.credit)
    whole = all(type(amount) is int for amount in amounts)
    return whole and min(amounts) == 0 and 0 < max(amounts) < LARGEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Voucher:
    """記帳の名義。maker と approver は職員番号で、同じ人にはできない。"""

    period: str
    effective_on: date
    maker: str
    approver: str

    def __post_init__(self) -> None:
        """二人であることを確かめる。"""
        if not self.maker or not self.approver or self.maker == self.approver:
            raise 業務エラー(
                "LG-0008",
                f"作成者（{self.maker}）と決裁者（{self.approver}）は、別の二人でなければなりません。",
                "ほかの職員が決裁してください。",
            )


@dataclass(frozen=True, slots=True)
class Posted:
    """記帳した結果。replayed は、同じ原因が前に記帳されていたので何もしなかった数。"""

    first: int
    transactions: int
    entries: int
    total: int
    replayed: int
