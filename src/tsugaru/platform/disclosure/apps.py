from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "tsugaru.platform.disclosure"
    label = "disclosure"
    verbose_name = "開示"
    default_auto_field = "django.db.models.BigAutoField"
