from django.apps import AppConfig


class InkanConfig(AppConfig):
    name = "tsugaru.gyomu.inkan"
    label = "inkan"
    verbose_name = "印鑑登録"
    number = 2
    law = "印鑑の登録及び証明に関する条例"
    card = "tsugaru.gyomu.inkan.screens.card.card"
    default_auto_field = "django.db.models.BigAutoField"
