"""残高。台帳から毎回数え、別に蓄えない（蓄えた残高は、いつか明細と食い違う）。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from tsugaru.platform.ledger.models import Entry
from tsugaru.platform.ledger.shapes import AccountKey

KEY = ("kind", "tax_year", "instalment", "subject", "share")


@dataclass(frozen=True, slots=True)
class Balance:
    """一つの口座の動き（円）。"""

    account: AccountKey
    debit: int
    credit: int

    @property
    def amount(self) -> int:
        """借方 − 貸方。貸方が多ければ負。"""
        return self.debit - self.credit


@dataclass(frozen=True, slots=True)
class Trial:
    """試算表の一行。科目・年度・取り分ごとの合計（円）と口座の数。"""

    kind: str
    tax_year: int
    share: str
    accounts: int
    debit: int
    credit: int


def balance(account: AccountKey) -> int:
    """一つの口座の残高（円）。口座がまだ無ければ 0。"""
    found = balances(**{name: getattr(account, name) for name in KEY})
    return found[0].amount if found else 0


def balances(**keys: Any) -> list[Balance]:
    """条件（kind・tax_year・instalment・subject・share のどれか）に合う口座の残高。口座の名の順。"""
    names = [f"account__{name}" for name in KEY]
    rows = (
        Entry.objects.filter(**{f"account__{name}": value for name, value in keys.items()})
        .values_list(*names)
        .annotate(Sum("debit"), Sum("credit"))
        .order_by(*names)
    )
    return [Balance(AccountKey(*row[:5]), int(row[5]), int(row[6])) for row in rows]


def trial(**keys: Any) -> list[Trial]:
    """試算表。条件は balances と同じ。"""
    names = ["account__kind", "account__tax_year", "account__share"]
    rows = (
        Entry.objects.filter(**{f"account__{name}": value for name, value in keys.items()})
        .values_list(*names)
        .annotate(Count("account", distinct=True), Sum("debit"), Sum("credit"))
        .order_by(*names)
    )
    return [Trial(row[0], row[1], row[2], row[3], int(row[4]), int(row[5])) for row in rows]
