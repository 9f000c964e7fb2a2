"""URL。"""

from django.urls import path

from tsugaru.gyomu.kojin.screens import home

app_name = "kojin"
urlpatterns = [
    path("", home.home, name="home"),
]
