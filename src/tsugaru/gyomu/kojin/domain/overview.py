"""その年度がどこまで来ているか。一つの文で数える。"""

from __future__ import annotations

from dataclasses import dataclass

from tsugaru.gyomu.kojin.domain import intake, linking
from tsugaru.gyomu.kojin.models import 課税資料, 賦課
from tsugaru.platform.inbound import api as inbound
from tsugaru.platform.inbound.models import Delivery


@dataclass(frozen=True, slots=True)
class 届き具合:
    """一つの種類の届け物の数と、まだ反映していないもの（差出人と足りないこと）。"""

    種類: str
    期間: str
    登録: int
    反映: int
    残り: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class 進み:
    """入口に出す数。"""

    年度: int
    届き具合: tuple[届き具合, ...]
    資料: int
    名寄せ待ち: int
    賦課: int


def 進みを見る(年度: int) -> 進み:
    """その年度の進み。"""
    found = tuple(_届き具合(種類, 期間) for 期間, 種類たち in intake.要る届け物(年度) for 種類 in 種類たち)
    people = 賦課.objects.filter(課税年度=年度, 番=1).count()
    資料 = 課税資料.objects.filter(課税年度=年度).count()
    return 進み(年度, found, 資料, linking.決まっていない数(年度), people)


def _届き具合(種類: str, 期間: str) -> 届き具合:
    every = Delivery.objects.filter(kind=種類, period=期間)
    waiting = every.filter(posting=None).order_by("sender")
    rest = tuple((d.pk, d.sender, "、".join(inbound.standing(d).missing)) for d in waiting[:20])
    total = every.count()
    return 届き具合(種類, 期間, total, total - waiting.count(), rest)


def 年度たち() -> list[int]:
    """資料か賦課のある年度（新しい順）。"""
    years = set(課税資料.objects.values_list("課税年度", flat=True).distinct())
    years |= set(賦課.objects.values_list("課税年度", flat=True).distinct())
    return sorted(years, reverse=True)
