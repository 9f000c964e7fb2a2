from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tsugaru.platform.audit"
    label = "audit"
    verbose_name = "監査"
    default_auto_field = "django.db.models.BigAutoField"
