"""Django アプリとしての名乗り。"""

from django.apps import AppConfig


class ScreensConfig(AppConfig):
    """テンプレート・静的ファイル・テンプレートタグを提供する（モデルは無い）。"""

    name = "tsugaru.platform.screens"
    label = "screens"
    verbose_name = "画面"
