"""受け取りの頁: 一覧・登録・数の訂正・ファイルを入れる・誤り・取下げ・反映。どの業務も自分の URL に据える。

    urlpatterns = [*pages.urls(InboundPages(gyomu="…", kinds=…, layout=…, post=…, see=…, make=…, decide=…))]

反映は業務が渡す post がする。長くかかるなら、post は仕事（jobs）を登録して返せばよい（頁はその進みを見せる）。
"""

from __future__ import annotations

from django.urls import URLPattern

from tsugaru.platform.inbound.pages import delivery, faults, files, listing, posting
from tsugaru.platform.inbound.pages.mounted import InboundPages
from tsugaru.platform.screens.mounting import mount

__all__ = ["InboundPages", "urls"]


def urls(pages: InboundPages, prefix: str = "inbound/") -> list[URLPattern]:
    """業務の urlpatterns に足す URL。"""
    one, file = f"{prefix}<int:number>", f"{prefix}files/<int:number>"
    made = (
        (prefix, listing.page, "inbound_list", "GET"),
        (f"{prefix}new", listing.new, "inbound_new", "GET", "POST"),
        (one, delivery.page, "inbound_delivery", "GET"),
        (f"{one}/progress", posting.progress, "inbound_progress", "GET"),
        (f"{one}/counts", delivery.counts, "inbound_counts", "GET", "POST"),
        (f"{one}/upload", files.upload, "inbound_upload", "GET", "POST"),
        (f"{one}/post", posting.page, "inbound_post", "GET", "POST"),
        (file, files.page, "inbound_file", "GET"),
        (f"{file}/errors.csv", files.errors, "inbound_errors", "GET"),
        (f"{file}/withdraw", files.withdraw, "inbound_withdraw", "GET", "POST"),
        (f"{prefix}faults/<int:number>", faults.page, "inbound_fault", "GET", "POST"),
    )
    return [mount(pages, route, work, name, *verbs) for route, work, name, *verbs in made]
