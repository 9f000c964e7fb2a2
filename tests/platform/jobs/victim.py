"""試験の種類と計算を知っている働き手。中身は `tsugaru worker` そのものである。"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from tsugaru.faces.cli import boot, worker


def slow(facts: Any, parameters: Any, report: Any) -> Any:
    """進みを知らせながら、二秒かけて計算する。"""
    from tests.platform.runs import levy

    for n in range(20):
        report(n, 20)
        time.sleep(0.1)
    return levy.compute(facts, parameters, report)


def main() -> None:
    """Django を起こしてから、種類を差し込んで働く。"""
    boot.django()
    from tests.platform.jobs import errands
    from tests.platform.runs import levy

    from tsugaru.platform.runs import definition

    errands.use(setattr)
    definition.find = lambda code: replace(levy.DEFINITION, compute=slow)
    worker.worker(parent=0)


if __name__ == "__main__":
    main()
