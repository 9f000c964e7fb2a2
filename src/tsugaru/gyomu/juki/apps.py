from django.apps import AppConfig


class JukiConfig(AppConfig):
    name = "tsugaru.gyomu.juki"
    label = "juki"
    verbose_name = "住民記録"
    number = 1
    law = "住民基本台帳法"
    found = "tsugaru.gyomu.juki.screens.found.found"
    default_auto_field = "django.db.models.BigAutoField"
