"""壊してよい一つの設置: 自分だけの置き場・データベース・団体・画面。"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from tests.support import places

BIN = Path(sys.executable).parent
READY_SECONDS = 600


@dataclass
class Installation:
    """置き場は誰でも通れる所に作る（root で動くとき PostgreSQL は nobody で動く）。"""

    home: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="tsugaru-faults-")))
    server: subprocess.Popen[bytes] | None = None
    port: int = 0

    def __post_init__(self) -> None:
        self.home.chmod(0o755)

    @property
    def environment(self) -> dict[str, str]:
        """子プロセスの環境。"""
        kept = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "TSUGARU_DEMO")}
        return kept | {"TSUGARU_HOME": str(self.home), "DJANGO_SETTINGS_MODULE": "tsugaru.site.settings"}

    def tsugaru(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """副命令を走らせる。"""
        return subprocess.run(
            [BIN / "tsugaru", *arguments], env=self.environment, capture_output=True, text=True, check=False
        )

    def add_towns(self, count: int = 2) -> list[str]:
        """試験の団体を加える。返り値は団体コード。"""
        for index in range(1, count + 1):
            place = places.write(self.home / "municipalities", index)
            done = self.tsugaru("municipality", "add", str(place))
            assert done.returncode == 0, done.stdout + done.stderr
        return [places.code(index) for index in range(1, count + 1)]

    def spawn(self, module: str, *arguments: str) -> subprocess.Popen[str]:
        """この設置で Python のモジュールを走らせる。"""
        return subprocess.Popen(
            [sys.executable, "-m", module, *arguments], env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=Path(__file__).resolve().parents[2],
        )  # fmt: skip

    def serve(self, *command: str) -> float:
        """画面を出し（既定は serve）、口が開くまで待つ。返り値はかかった秒。"""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        started, log = time.monotonic(), self.home / "serve.log"
        self.server = subprocess.Popen(
            [BIN / "tsugaru", *(command or ("serve",)), "--port", str(self.port)], env=self.environment,
            stdout=log.open("w"), stderr=subprocess.STDOUT,
        )  # fmt: skip
        while not self.answers():
            assert self.server.poll() is None and time.monotonic() - started < READY_SECONDS, log.read_text()
            time.sleep(0.1)
        return time.monotonic() - started

    def answers(self) -> bool:
        """口が開いているか。"""
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def workers(self) -> list[psutil.Process]:
        """画面のワーカー（granian の子）。"""
        assert self.server is not None
        mains = psutil.Process(self.server.pid).children()
        return [worker for main in mains for worker in main.children() if worker.is_running()]

    def kill_database(self) -> None:
        """PostgreSQL を全部 kill -9 する（後始末をさせない）。"""
        pid = int((self.data() / "postmaster.pid").read_text().splitlines()[0])
        postmaster = psutil.Process(pid)
        for process in [postmaster, *postmaster.children(recursive=True)]:
            process.send_signal(signal.SIGKILL)
        psutil.wait_procs([postmaster], timeout=10)

    def data(self) -> Path:
        """データベースの本体の置き場。"""
        return self.home / "postgresql"

    def stop(self) -> None:
        """画面とデータベースを止める。"""
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(timeout=60)
        self.tsugaru("stop")

    def remove(self) -> None:
        """片付ける。"""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)
