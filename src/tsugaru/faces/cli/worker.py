"""`tsugaru worker`: 時間のかかる仕事を、団体を巡って一歩ずつ進める。画面より低い優先で働く。

`tsugaru serve` と `tsugaru demo` は、これを一つ起こして見守る（Keeper）。別の機械や、もう一つを自分で起こしてもよい
（一つの団体で働くのは一度に一つで、団体が違えば同時に進む）。
"""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

import typer

from tsugaru.faces.cli import boot
from tsugaru.platform.tenancy.directory import Municipality

logger = logging.getLogger(__name__)
IDLE_SECONDS = 1.0
NICE = 10
RESTART_SECONDS = 5.0
STOP_SECONDS = 20


def worker(parent: int = typer.Option(0, hidden=True, help="これが居なくなれば終わる")) -> None:
    """時間のかかる仕事（計算・大量の文書）を進める。止めるには Ctrl+C。"""
    _step_aside()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _leave)
    boot.django()
    boot.server()
    while not parent or os.getppid() == parent:
        if not _round():
            time.sleep(IDLE_SECONDS)


def _step_aside() -> None:
    """窓口の画面を待たせないよう優先を下げ、計算の糸は一つの核を空けておく。"""
    os.nice(NICE)
    os.environ.setdefault("POLARS_MAX_THREADS", str(max(1, (os.cpu_count() or 2) - 1)))


def _leave(*_: object) -> NoReturn:
    """どこで止まっても、済んでいない一歩がなかったことになるだけである。"""
    raise SystemExit(0)


def _round() -> bool:
    """全ての団体で一歩ずつ。どこかで働いたら True。"""
    from tsugaru.platform.tenancy import directory

    worked = [_visit(municipality) for municipality in directory.installed().values()]
    return any(worked)


def _visit(municipality: Municipality) -> bool:
    """一つの団体で一歩。その団体の不調で、ほかの団体を待たせない。"""
    from django.db import Error

    from tsugaru.kernel.clock import SystemClock
    from tsugaru.platform.jobs import api as jobs
    from tsugaru.platform.tenancy import bind

    try:
        with bind(municipality.code):
            return jobs.work_once(clock=SystemClock())
    except Error as error:
        logger.warning(
            "団体 %s のデータベースを使えません。%s", municipality.code, str(error).splitlines()[:1]
        )
    except Exception:
        logger.exception("団体 %s の仕事を進められません。", municipality.code)
    _forget(municipality)
    return False


def _forget(municipality: Municipality) -> None:
    """切れた接続を捨てる。次は、今の接続の秘密からつなぎ直す。"""
    from django.db import connections

    from tsugaru.platform.tenancy import bind
    from tsugaru.platform.tenancy.connections import MunicipalConnections

    assert isinstance(connections, MunicipalConnections)
    with bind(municipality.code):
        connections.drop(municipality.alias)


class Keeper:
    """働き手を一つ起こし、倒れていれば起こし直す。"""

    def __init__(self) -> None:
        self._started = 0.0
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        self._started = time.monotonic()
        command = [str(Path(sys.executable).with_name("tsugaru")), "worker", "--parent", str(os.getpid())]
        return subprocess.Popen(command)

    def tend(self) -> None:
        """倒れていれば起こし直す。起きてすぐ倒れるときは、少し間を置く。"""
        if self._process.poll() is not None and time.monotonic() - self._started >= RESTART_SECONDS:
            boot.console.print("[yellow]働き手を起こし直しています。[/yellow]")
            self._process = self._start()

    def stop(self) -> None:
        """止める。止まらなければ殺す（どこで殺されても跡は残らない）。"""
        self._process.terminate()
        try:
            self._process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
