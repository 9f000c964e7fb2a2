from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "tsugaru.platform.jobs"
    label = "jobs"
    verbose_name = "仕事の順番待ち"
    default_auto_field = "django.db.models.BigAutoField"
