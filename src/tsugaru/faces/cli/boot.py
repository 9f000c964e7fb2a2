"""副命令が Django とデータベースを使えるようにする。"""

from __future__ import annotations

import os

from rich.console import Console

from tsugaru.platform.tenancy import cluster

console = Console()


def django() -> None:
    """Django を起こす（何度呼んでもよい）。"""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tsugaru.site.settings")
    import django as package

    package.setup()


def server() -> cluster.Server:
    """データベースのサーバーを使える状態にする。"""
    running = cluster.start()
    cluster.wait_until_ready(running)
    return running
