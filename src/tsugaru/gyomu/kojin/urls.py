"""URL。どの業務も使う頁（計算の実行・受け取り）は、ここで据える。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import path

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.runs import DEFINITIONS
from tsugaru.gyomu.kojin.screens import home, links
from tsugaru.platform.runs import pages as run_pages


def names(subjects: Sequence[str]) -> Mapping[str, str]:
    """宛名番号 → 氏名。"""
    return {number: found.氏名 for number, found in atena.見出しを読む(subjects).items()}


RUNS = run_pages.RunPages(
    gyomu=GYOMU,
    see=("照会", "税額"),
    make=("一括", "税額"),
    decide=("決裁", "税額"),
    definitions=DEFINITIONS,
    names=names,
    title="個人住民税の計算",
    period_hint="課税年度（西暦4桁。例 2026）。月例更正は 2026-07 の形。",
)

app_name = "kojin"
urlpatterns = [
    path("", home.home, name="home"),
    path("y/<int:year>", home.home, name="year"),
    path("links/<int:year>", links.listing, name="links"),
    path("links/source/<int:source>", links.decide, name="link"),
    *run_pages.urls(RUNS),
]
