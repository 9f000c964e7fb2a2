"""URL。"""

from django.urls import path

from tsugaru.gyomu.juki.screens import history, person

app_name = "juki"
urlpatterns = [
    path("p/<str:number>", person.person, name="person"),
    path("p/<str:number>/number", person.number, name="number"),
    path("p/<str:number>/history", history.history, name="history"),
]
