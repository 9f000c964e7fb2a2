"""どの機械で測ったか。数だけを比べないために、いつも一緒に書く。"""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path
from typing import Any

import psutil

from tests.faults.installation import Installation


def facts() -> dict[str, Any]:
    """機械と版。"""
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "load_before": [round(n, 2) for n in os.getloadavg()],
        "kernel": platform.release(),
        "python": platform.python_version(),
        "commit": _git("rev-parse", "--short", "HEAD"),
        "changed": bool(_git("status", "--porcelain", "--untracked-files=no")),
    }


def _cpu() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    return next(
        (line.split(": ")[1] for line in lines if line.startswith("model name")), platform.processor()
    )


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def processor_seconds(place: Installation) -> float:
    """この設置の画面とデータベースが今までに使ったプロセッサの秒（ほかの仕事と分け合う機械でも比べられる）。"""
    postmaster = int((place.data() / "postmaster.pid").read_text().splitlines()[0])
    backends = psutil.Process(postmaster).children(recursive=True)
    return sum(_used(process) for process in [*place.workers(), *backends])


def _used(process: psutil.Process) -> float:
    """終わったばかりのもの（並列の手伝い、掃除）は数えない。"""
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system)
