from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "tsugaru.platform.ledger"
    label = "ledger"
    verbose_name = "台帳（複式の記帳）"
    default_auto_field = "django.db.models.BigAutoField"
