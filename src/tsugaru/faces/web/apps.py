from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tsugaru.faces.web"
    label = "web"
    verbose_name = "画面の入口"
