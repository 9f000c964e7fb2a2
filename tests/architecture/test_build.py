"""準備の道具の検査。"""

import re
import subprocess
from pathlib import Path

import pytest

from . import repository

TARGETS = {"help", "setup", "run", "test", "check", "bench", "golden", "clean", "lock", "ratchet"}
REPORT = '<testsuites><testsuite tests="{}" failures="{}" errors="0" skipped="{}" time="1.5"/></testsuites>'


def test_help_lists_every_target() -> None:
    answer = subprocess.run(
        ["make", "-C", str(repository.ROOT), "help"], capture_output=True, text=True, check=True
    )
    assert set(re.findall(r"^  make (\S+)", answer.stdout, re.MULTILINE)) == TARGETS


@pytest.mark.parametrize(
    "path", ["build/setup.sh", "build/system.sh", "build/test.sh", "build/lock.sh", ".ci/run"]
)
def test_scripts_run_and_parse(path: str) -> None:
    script = repository.ROOT / path
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0


def test_lock_pins_everything_by_hash() -> None:
    lines = repository.text("requirements.lock").splitlines()
    pins = [number for number, line in enumerate(lines) if line and not line.startswith((" ", "#", "-"))]
    assert len(pins) > 50
    for number in pins:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+ ", lines[number]), lines[number]
        assert lines[number + 1].strip().startswith("--hash=sha256:"), lines[number]


def test_reports_are_summed(tmp_path: Path) -> None:
    reports = []
    for name, numbers in {"a": (10, 1, 2), "b": (5, 0, 0)}.items():
        (tmp_path / name).write_text(REPORT.format(*numbers), encoding="utf-8")
        reports.append(str(tmp_path / name))
    answer = subprocess.run(
        [repository.ROOT / ".venv/bin/python", repository.ROOT / "build/summary.py", *reports],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert answer.stdout.strip("= \n") == "1 failed, 12 passed, 2 skipped in 3.0s"
