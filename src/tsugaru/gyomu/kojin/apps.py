from django.apps import AppConfig

GYOMU = "kojin"


class KojinConfig(AppConfig):
    name = "tsugaru.gyomu.kojin"
    label = GYOMU
    verbose_name = "個人住民税"
    number = 10
    law = "地方税法"
    card = "tsugaru.gyomu.kojin.screens.card.card"
    default_auto_field = "django.db.models.BigAutoField"
