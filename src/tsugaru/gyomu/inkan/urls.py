"""URL。"""

app_name = "inkan"
urlpatterns: list[object] = []
