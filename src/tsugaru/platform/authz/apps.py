from django.apps import AppConfig


class AuthzConfig(AppConfig):
    name = "tsugaru.platform.authz"
    label = "authz"
    verbose_name = "権限"
    default_auto_field = "django.db.models.BigAutoField"
