"""URL。業務の URL は、その団体が業務を使うときだけ存在する（使わない団体では 404）。"""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from tsugaru.faces.web import home, search, sessions, sla, staff, staff_password

urlpatterns = [
    path("", home.home, name="home"),
    path("health", home.health, name="health"),
    path("login", sessions.login, name="login"),
    path("logout", sessions.logout, name="logout"),
    path("purpose", sessions.purpose, name="purpose"),
    path("session", sessions.session, name="session"),
    path("step", sessions.step, name="step"),
    path("search", search.search, name="search"),
    path("access-log", home.access_log, name="access_log"),
    path("password", staff_password.change, name="password"),
    path("staff", staff.page, name="staff"),
    path("staff/rights", staff.rights, name="staff_rights"),
    path("staff/rights/reload", staff.reload, name="staff_reload"),
    path("staff/<str:number>/disable", staff.disable, name="staff_disable"),
    path("sla", sla.page, name="sla"),
    path("sla.csv", sla.download, name="sla_csv"),
    *(path(f"{name}/", include(f"tsugaru.gyomu.{name}.urls")) for name in settings.GYOMU),
]
handler404 = "tsugaru.faces.web.home.not_found"
handler500 = "tsugaru.faces.web.home.failed"
