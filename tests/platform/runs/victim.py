"""殺される側。計算または確定の途中で止まり、殺されるのを待つ。"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, NoReturn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tsugaru.site.settings")

import django

django.setup()

from tests.platform.runs import levy  # noqa: E402 Django を起こした後でなければ読めない

from tsugaru.kernel.clock import SystemClock  # noqa: E402
from tsugaru.platform.runs import api, gate  # noqa: E402
from tsugaru.platform.tenancy import bind  # noqa: E402


def _stop(*_: Any, **__: Any) -> NoReturn:
    sys.stdout.write("here\n")
    sys.stdout.flush()
    while True:
        time.sleep(60)


def main(code: str, run_id: int, stage: str) -> None:
    """stage が compute なら計算の途中、confirm なら台帳に書いた後・COMMIT の前で止まる。"""
    with bind(code):
        if stage == "compute":

            def half(facts: Any, parameters: Any, report: Any) -> NoReturn:
                report(2, 4)
                _stop()

            api.execute(run_id, replace(levy.DEFINITION, compute=half), clock=SystemClock())
        gate.audit = SimpleNamespace(record=_stop)  # type: ignore[assignment]
        api.confirm(
            run_id, levy.DEFINITION, approver="chief", book_period="2026", effective_on=date(2026, 6, 1),
            clock=SystemClock(),
        )  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
