"""台帳の口。業務と計算の実行は、ここにある名だけを使う。"""

from __future__ import annotations

from tsugaru.platform.ledger.balances import Balance, Trial, balance, balances, trial
from tsugaru.platform.ledger.posting import REVERSAL, close, numbers_of, post, reverse
from tsugaru.platform.ledger.shapes import AccountKey, Line, Posted, Posting, Voucher

__all__ = [
    "REVERSAL",
    "AccountKey",
    "Balance",
    "Line",
    "Posted",
    "Posting",
    "Trial",
    "Voucher",
    "balance",
    "balances",
    "close",
    "numbers_of",
    "post",
    "reverse",
    "trial",
]
