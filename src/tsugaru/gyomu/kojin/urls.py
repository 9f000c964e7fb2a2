"""URL。どの業務も使う頁（計算の実行・受け取り）は、ここで据える。"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import path, reverse

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.kojin.apps import GYOMU
from tsugaru.gyomu.kojin.domain import delivering, intake
from tsugaru.gyomu.kojin.runs import DEFINITIONS
from tsugaru.gyomu.kojin.screens import (
    certificate,
    declare,
    employer_edit,
    employers,
    home,
    links,
    notice_employer,
    notice_files,
    notice_guarded,
    notice_person,
    notices,
    paper,
    particular,
    person,
    sources_of,
    switches,
    trace,
    whatif,
)
from tsugaru.platform.inbound import pages as inbound_pages
from tsugaru.platform.inbound.models import Delivery
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
    person_url=lambda subject: reverse("kojin:latest", args=[subject]),
    title="個人住民税の計算",
    period_hint="課税年度（西暦4桁。例 2026）。月例更正は 2026-07 の形（1〜5月は翌年）。過ぎた課税年度は 2024-2611 の形。",
)


def shown(delivery: Delivery) -> Sequence[str]:
    """誤りの行のうち、職員に見せる項目（番号と住所は見せない）。"""
    names = (
        "支払を受ける者－氏名",
        "カナ氏名",
        "氏名",
        "提出義務者の氏名又は名称",
        "受給者番号",
        "支払金額",
        "受付番号",
    )
    present = {column.name for column in intake.様式を引く(delivery).columns}
    return [name for name in names if name in present]


INBOUND = inbound_pages.InboundPages(
    gyomu=GYOMU,
    see=("照会", "税額"),
    make=("異動入力", "税額"),
    decide=("一括", "税額"),
    kinds=[one.名 for one in intake.届け方たち],
    layout=intake.様式を引く,
    post=lambda delivery, staff, clock: delivering.反映する(delivery.pk, 職員=staff, clock=clock),
    title="課税資料の受け取り",
    period_hint="報告書は年分の二桁（令和7年分は 07）、申告の資料は所得の年（西暦4桁。例 2025）。",
    period_check=intake.期間の誤り,
    shown=shown,
)

app_name = "kojin"
urlpatterns = [
    path("", home.home, name="home"),
    path("y/<int:year>", home.home, name="year"),
    path("whatif", whatif.page, name="whatif"),
    path("links/<int:year>", links.listing, name="links"),
    path("links/source/<int:source>", links.decide, name="link"),
    path("p/<str:number>", person.latest, name="latest"),
    path("p/<str:number>/<int:year>", person.person, name="person"),
    path("p/<str:number>/<int:year>/trace", trace.trace, name="trace_root"),
    path("p/<str:number>/<int:year>/trace/<str:name>", trace.trace, name="trace"),
    path("p/<str:number>/<int:year>/source/<int:source>", sources_of.source, name="source"),
    path("p/<str:number>/<int:year>/declare", declare.declare, name="declare"),
    path("p/<str:number>/<int:year>/declare/preview", declare.preview, name="declare_preview"),
    path("p/<str:number>/<int:year>/particular", particular.particular, name="particular"),
    path("p/<str:number>/<int:year>/certificate", certificate.certificate, name="certificate"),
    path("p/<str:number>/<int:year>/reasons", paper.make_reasons, name="reasons"),
    path("p/<str:number>/<int:year>/reasons/<uuid:document>", paper.reasons_paper, name="reasons_paper"),
    path("p/<str:number>/<int:year>/switch", switches.switch, name="switch"),
    path("p/<str:number>/<int:year>/switch/preview", switches.preview, name="switch_preview"),
    path("p/<str:number>/<int:year>/switch/<int:no>/cancel", switches.cancel, name="switch_cancel"),
    path("employers", employers.listing, name="employers"),
    path("employers/new", employer_edit.new, name="employer_new"),
    path("employers/absent/<int:year>", employers.absent, name="employers_absent"),
    path("employers/<str:code>/edit", employer_edit.edit, name="employer_edit"),
    path("employers/<str:code>/<int:year>", employers.employer, name="employer"),
    path("issued/<uuid:document>", paper.issued, name="issued"),
    path("document/<uuid:document>.pdf", paper.pdf, name="pdf"),
    path("notices", notices.listing, name="notices"),
    path("notices/<int:run>", notices.page, name="notice_run"),
    path("notices/<int:run>/order", notices.order, name="notice_order"),
    path("notices/<int:run>/progress", notices.progress, name="notice_progress"),
    path("notices/<int:run>/find", notices.find, name="notice_find"),
    path("notices/<int:run>/b/<int:bundle>", notice_files.bundle, name="notice_bundle"),
    path("notices/<int:run>/e/<str:employer>", notice_files.employer, name="notice_employer"),
    path("notices/<int:run>/e/<str:employer>/make", notice_employer.page, name="notice_employer_make"),
    path("notices/<int:run>/guarded", notice_guarded.page, name="notice_guarded"),
    path("notices/<int:run>/guarded/bundle", notice_files.guarded, name="notice_guarded_bundle"),
    path("notices/<int:run>/p/<str:number>", notice_person.person, name="notice_person"),
    path("notices/<int:run>/p/<str:number>/preview", notice_person.preview, name="notice_preview"),
    path("notices/<int:run>/p/<str:number>/preview/<uuid:document>", notice_person.seen, name="notice_seen"),
    path("notices/paper/<uuid:document>.pdf", notice_person.paper, name="notice_paper"),
    *inbound_pages.urls(INBOUND),
    *run_pages.urls(RUNS),
]
