"""応答時間の集計。協議会のデータベースにある、誰を見たかを持たない記録だけから作る。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Aggregate, Count, FloatField, Q

from tsugaru.council.models import RequestTiming
from tsugaru.kernel.clock import JAPAN

WITHIN = 5_000
HEADER = ["業務", "画面", "件数", "p50ミリ秒", "p95ミリ秒", "p99ミリ秒", "5秒以内の割合", "5xxの件数"]


class Percentile(Aggregate):
    """順に並べた値の、割合 fraction の所（線形に補う）。"""

    function = "percentile_cont"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()

    def __init__(self, expression: str, fraction: float) -> None:
        super().__init__(expression, fraction=str(fraction))


@dataclass(frozen=True, slots=True)
class Figure:
    """ひとつの画面のひと月。share は 5 秒以内に返した割合の万分率。"""

    gyomu: str
    screen: str
    count: int
    p50: int
    p95: int
    p99: int
    share: int
    failures: int

    @property
    def percent(self) -> str:
        """割合の表記（切り捨て。届いていないものを届いたと書かない）。"""
        return f"{self.share // 100}.{self.share % 100:02d}%"


def month_of(text: str, today: date) -> date:
    """「2026-04」の月の初日。読めなければ今月。"""
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 月の名だけを読む
    except ValueError:
        return today.replace(day=1)


def months(today: date, count: int = 13) -> list[date]:
    """選べる月（新しい順）。"""
    return [date(*_back(today, n), 1) for n in range(count)]


def _back(today: date, n: int) -> tuple[int, int]:
    year, month = divmod(today.year * 12 + today.month - 1 - n, 12)
    return year, month + 1


def figures(municipality: str, month: date) -> list[Figure]:
    """業務・画面ごと。初めの一行は全体。"""
    rows = RequestTiming.objects.filter(municipality=municipality, **_span(month)).exclude(screen="")
    total = rows.aggregate(**_aggregates())
    each = rows.values("gyomu", "screen").annotate(**_aggregates()).order_by("gyomu", "screen")
    if not total["n"]:
        return []
    return [_figure("全体", "", total), *(_figure(r["gyomu"], r["screen"], r) for r in each)]


def _span(month: date) -> dict[str, datetime]:
    start = datetime(month.year, month.month, 1, tzinfo=JAPAN)
    following = (start + timedelta(days=32)).replace(day=1)
    return {"at__gte": start, "at__lt": following}


def _aggregates() -> dict[str, Aggregate]:
    return {
        "n": Count("pk"),
        "p50": Percentile("milliseconds", 0.5),
        "p95": Percentile("milliseconds", 0.95),
        "p99": Percentile("milliseconds", 0.99),
        "good": Count("pk", filter=Q(milliseconds__lte=WITHIN)),
        "bad": Count("pk", filter=Q(status__gte=500)),
    }


def _figure(gyomu: str, screen: str, row: dict[str, int]) -> Figure:
    share = row["good"] * 10_000 // row["n"]
    return Figure(
        gyomu, screen, row["n"], round(row["p50"]), round(row["p95"]), round(row["p99"]), share, row["bad"]
    )


def as_rows(found: Iterable[Figure]) -> Iterator[list[object]]:
    """表と CSV の行。"""
    for f in found:
        yield [f.gyomu, f.screen, f.count, f.p50, f.p95, f.p99, f.percent, f.failures]
