"""URL。"""

from django.urls import path

from tsugaru.gyomu.inkan.screens import acts, apply, home, issue, person

app_name = "inkan"
urlpatterns = [
    path("", home.home, name="home"),
    path("p/<str:number>", person.person, name="person"),
    path("p/<str:number>/apply", apply.apply, name="apply"),
    path("p/<str:number>/apply/<uuid:draft>", apply.confirm, name="confirm"),
    path("p/<str:number>/issue", issue.issue, name="issue"),
    path("p/<str:number>/do/<slug:slug>", acts.act, name="act"),
    path("issued/<uuid:document>", issue.issued, name="issued"),
    path("letter/<uuid:document>", issue.letter, name="letter"),
    path("document/<uuid:document>.pdf", issue.pdf, name="pdf"),
]
