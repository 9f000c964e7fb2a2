"""本物の URL に、試験の業務を足したもの。"""

from django.http import HttpResponse
from django.urls import include, path
from tests.platform.pages import office

from tsugaru.platform.inbound import pages as inbound
from tsugaru.platform.runs import pages as runs
from tsugaru.site.urls import handler404, handler500
from tsugaru.site.urls import urlpatterns as real

__all__ = ["handler404", "handler500"]
shiken = [
    path("", lambda request: HttpResponse("試験"), name="home"),
    path("p/<str:number>", lambda request, number: HttpResponse(number), name="person"),
    *runs.urls(office.RUNS),
    *inbound.urls(office.INBOUND),
]
urlpatterns = [*real, path("shiken/", include((shiken, "shiken")))]
