"""`tsugaru sla`: 全ての団体の応答時間。"""

from __future__ import annotations

import csv
import io
from typing import Annotated

import typer

from tsugaru.faces.cli import boot
from tsugaru.kernel.clock import SystemClock


def sla(
    month: Annotated[str, typer.Option(help="2026-04 の形。なければ今月")] = "",
    all_screens: Annotated[bool, typer.Option("--all", help="画面ごとに全部")] = False,
) -> None:
    """団体ごとの応答時間を CSV で書く（誰の何を見たかは含まない）。"""
    boot.django()
    from tsugaru.faces.web import sla_figures
    from tsugaru.platform.tenancy import directory

    boot.server()
    chosen = sla_figures.month_of(month, SystemClock().today())
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["団体", *sla_figures.HEADER])
    for municipality in directory.installed().values():
        found = sla_figures.figures(municipality.code, chosen)
        for row in sla_figures.as_rows(found if all_screens else found[:1]):
            writer.writerow([municipality.name, *row])
    typer.echo(out.getvalue(), nl=False)
