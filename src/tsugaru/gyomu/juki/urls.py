"""URL。"""

from django.urls import path

from tsugaru.gyomu.juki.screens import (
    case,
    due,
    history,
    home,
    issue,
    moves,
    notes,
    person,
    receipt,
    support,
    towns,
)

app_name = "juki"
urlpatterns = [
    path("", home.home, name="home"),
    path("p/<str:number>", person.person, name="person"),
    path("p/<str:number>/number", person.number, name="number"),
    path("p/<str:number>/history", history.history, name="history"),
    path("p/<str:number>/notes", notes.page, name="notes"),
    path("p/<str:number>/issue", issue.issue, name="issue"),
    path("p/<str:number>/support", support.intake, name="support_intake"),
    path("issued/<uuid:document>", issue.issued, name="issued"),
    path("issued/<uuid:document>.pdf", issue.document, name="document"),
    path("moves", moves.menu, name="moves_new"),
    path("p/<str:number>/moves", moves.menu, name="moves"),
    path("p/<str:number>/moves/<slug:code>", moves.move, name="move"),
    path("p/<str:number>/moves/<slug:code>/preview", moves.move_preview, name="move_preview"),
    path("cases", case.queue, name="cases"),
    path("cases/<int:pk>", case.case, name="case"),
    path("cases/<int:pk>/receipt", receipt.receipt, name="receipt"),
    path("due", due.due, name="due"),
    path("holds", notes.overdue, name="holds"),
    path("support", support.queue, name="support"),
    path("support/<int:pk>", support.case, name="support_case"),
    path("towns", towns.towns, name="towns"),
]
