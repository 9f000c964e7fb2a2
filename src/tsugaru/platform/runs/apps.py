from django.apps import AppConfig


class RunsConfig(AppConfig):
    name = "tsugaru.platform.runs"
    label = "runs"
    verbose_name = "計算の実行"
    default_auto_field = "django.db.models.BigAutoField"
