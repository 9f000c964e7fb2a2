"""計算の実行の頁: 一覧・準備・進みと差・束の署名・確定・破棄・二つの実行の差。どの業務も自分の URL に据える。

    urlpatterns = [*pages.urls(RunPages(gyomu="…", definitions=DEFINITIONS, names=…, person_url=…, see=…, …))]

釦は、その職員がその実行にしてよいことの分だけ出る（powers）。確定と二つの実行の差は時間がかかるので、働き手がする。
"""

from __future__ import annotations

from django.urls import URLPattern

from tsugaru.platform.runs.pages import bucket, differ, gate, listing, run
from tsugaru.platform.runs.pages.mounted import RunPages
from tsugaru.platform.screens.mounting import mount

__all__ = ["RunPages", "urls"]


def urls(pages: RunPages, prefix: str = "runs/") -> list[URLPattern]:
    """業務の urlpatterns に足す URL。"""
    one = f"{prefix}<int:number>"
    made = (
        (prefix, listing.page, "run_list", "GET"),
        (f"{prefix}new", listing.new, "run_new", "GET", "POST"),
        (one, run.page, "run", "GET"),
        (f"{one}/progress", run.progress, "run_progress", "GET"),
        (f"{one}/again", gate.again, "run_again", "POST"),
        (f"{one}/confirm", gate.confirm, "run_confirm", "GET", "POST"),
        (f"{one}/discard", gate.discard, "run_discard", "GET", "POST"),
        (f"{one}/b/<slug:cause>", bucket.page, "run_bucket", "GET", "POST"),
        (f"{one}/b/<slug:cause>/people", bucket.people, "run_people", "GET"),
        (f"{prefix}diff", differ.choose, "run_diff", "GET", "POST"),
        (f"{prefix}diff/<int:number>", differ.page, "run_diff_page", "GET"),
        (f"{prefix}diff/<int:number>/progress", differ.progress, "run_diff_progress", "GET"),
        (f"{prefix}diff/<int:number>/b/<slug:cause>", differ.people, "run_diff_people", "GET"),
    )
    return [mount(pages, route, work, name, *verbs) for route, work, name, *verbs in made]
