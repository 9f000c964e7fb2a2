from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "tsugaru.platform.identity"
    label = "identity"
    verbose_name = "職員"
    default_auto_field = "django.db.models.BigAutoField"
