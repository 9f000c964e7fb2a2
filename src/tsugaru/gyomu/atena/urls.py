"""URL。"""

from django.urls import URLPattern

app_name = "atena"
urlpatterns: list[URLPattern] = []
