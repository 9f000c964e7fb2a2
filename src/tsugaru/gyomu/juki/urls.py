"""URL。"""

from django.urls import URLPattern

app_name = "juki"
urlpatterns: list[URLPattern] = []
