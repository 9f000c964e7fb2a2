"""`tsugaru demo|serve|worker|stop|doctor`"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import typer

from tsugaru.faces.cli import boot, worker
from tsugaru.platform.tenancy import cluster, home

DEMO_MUNICIPALITIES = 4
CHECKPOINT_SECONDS = 240
MEND_SECONDS = 1.0


def register(app: typer.Typer) -> None:
    """副命令を加える。"""
    app.command()(demo)
    app.command()(serve)
    app.command()(worker.worker)
    app.command()(stop)
    app.command()(doctor)


def demo(
    port: int = typer.Option(8000, help="画面の口"),
    scale: float = typer.Option(1.0, min=0.001, max=1.0, help="住民の数の縮尺（1 = 実際の大きさ）"),
    seed: int = typer.Option(2015, help="合成の種。同じ種なら同じ人"),
) -> None:
    """合成の住民で満たして、画面を出す。"""
    os.environ["TSUGARU_DEMO"] = "1"
    boot.django()
    from tsugaru.faces.demo import fill

    started = time.perf_counter()
    fill.everything(scale=scale, seed=seed, console=boot.console)
    boot.console.print(f"用意ができました（{time.perf_counter() - started:.0f} 秒）。")
    _serve(port)


def serve(port: int = typer.Option(8000, help="画面の口")) -> None:
    """画面を出す（今あるデータで）。"""
    boot.django()
    boot.server()
    _serve(port)


def _serve(port: int) -> None:
    """画面のワーカー二つと、働き手を起こし、止められるまで見守る。データベースも最後にきれいに止める。"""
    stopping = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopping.set())
    _refresh_dsn()
    _announce(port)
    command = [
        str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "2", "--blocking-threads", "1", "--backlog", "256", "--respawn-failed-workers", "--no-ws",
        "--log-level", "warning", "tsugaru.site.wsgi:application",
    ]  # fmt: skip
    web = subprocess.Popen(command, env={**os.environ, "DJANGO_SETTINGS_MODULE": "tsugaru.site.settings"})
    keeper = worker.Keeper()
    _checkpoints(stopping)
    while not stopping.wait(MEND_SECONDS):
        if web.poll() is not None:
            break
        keeper.tend()
        _mend()
    keeper.stop()
    web.terminate()
    web.wait(timeout=20)
    cluster.stop()
    boot.console.print("止めました。")


def _mend() -> None:
    """同梱のデータベースが倒れていれば起こし直す（前のプロセスが残っていれば、次の回にもう一度）。"""
    try:
        cluster.start()
    except cluster.ClusterError as error:
        boot.console.print(f"[yellow]データベースを起こし直しています。{str(error).splitlines()[0]}[/yellow]")


def _refresh_dsn() -> None:
    """サーバーの口が変わっていれば、団体の接続の秘密を書き直す。"""
    from tsugaru.platform.tenancy import provision

    provision.refresh(boot.server())


def _announce(port: int) -> None:
    from tsugaru.platform.tenancy import directory

    boot.console.rule("津軽")
    boot.console.print(f"団体を選ぶ頁: http://localhost:{port}/")
    for municipality in directory.installed().values():
        boot.console.print(f"  {municipality.name}: http://{municipality.host}.localhost:{port}/")
    boot.console.print("止めるには Ctrl+C")


def _checkpoints(stopping: threading.Event) -> None:
    """監査の鎖の頭に署名し、他の団体に預ける（5分より短い間隔で）。"""
    from tsugaru.platform.audit import witness

    def work() -> None:
        while not stopping.wait(CHECKPOINT_SECONDS):
            witness.exchange_all()

    threading.Thread(target=work, name="checkpoints", daemon=True).start()


def stop() -> None:
    """同梱のデータベースを止める。"""
    cluster.stop()


def doctor() -> None:
    """この設置に足りないものを言う。"""
    boot.django()
    from tsugaru.faces.cli import diagnosis

    if not diagnosis.report(boot.console, home.home()):
        raise typer.Exit(1)
