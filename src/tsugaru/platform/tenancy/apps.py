from django.apps import AppConfig


class TenancyConfig(AppConfig):
    name = "tsugaru.platform.tenancy"
    label = "tenancy"
    verbose_name = "団体"
