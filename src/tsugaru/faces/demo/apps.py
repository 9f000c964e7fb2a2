from django.apps import AppConfig


class DemoConfig(AppConfig):
    """見本を用意する仕事（jobs.py）を、働き手が見つけられるようにする。表は持たない。"""

    name = "tsugaru.faces.demo"
    label = "demo"
    verbose_name = "見本"
