from django.apps import AppConfig


class InboundConfig(AppConfig):
    name = "tsugaru.platform.inbound"
    label = "inbound"
    verbose_name = "受け取り"
    default_auto_field = "django.db.models.BigAutoField"
