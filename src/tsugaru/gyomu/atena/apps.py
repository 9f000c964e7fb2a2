from django.apps import AppConfig


class AtenaConfig(AppConfig):
    name = "tsugaru.gyomu.atena"
    label = "atena"
    verbose_name = "住登外管理"
    number = 15
    law = "地方税法第20条の11"
    card = "tsugaru.gyomu.atena.screens.card.card"
    found = "tsugaru.gyomu.atena.screens.card.found"
    default_auto_field = "django.db.models.BigAutoField"
