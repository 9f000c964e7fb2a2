"""デモの町を満たす。既に住民がいる団体には何もしない（二度目の開始は待たない）。"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import psycopg
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from tsugaru.faces.cli import boot
from tsugaru.faces.cli.municipality import bring_up
from tsugaru.faces.demo.load import addresses, headings, others, residents, seals, taxes
from tsugaru.faces.demo.load.indexes import without_indexes
from tsugaru.faces.demo.population import Population
from tsugaru.faces.demo.towns import people_of
from tsugaru.platform.audit import api as audit
from tsugaru.platform.tenancy import bind, directory, home
from tsugaru.platform.tenancy.cluster import Server
from tsugaru.platform.tenancy.directory import Municipality

STEPS = 10
LOADED = ["address", "number", "contact", "atena_宛名", "atena_検索名", "juki_住民履歴", "juki_住民"]


def everything(*, scale: float, seed: int, console: Console) -> None:
    """見本の人口をもち、既定で起こす団体の全てを作り、満たす。"""
    server = boot.server()
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        for folder in _folders():
            facts = directory.read(folder)
            task = progress.add_task(f"{facts.name}: データベース", total=STEPS)
            bring_up(folder, demo=True)
            progress.advance(task)
            with bind(facts.code):
                _fill(server, facts, scale=scale, seed=seed, progress=progress, task=task)
                taxes.order(scale=scale, seed=seed)


def _folders() -> list[Path]:
    folders = sorted(home.municipalities_folder().glob("[0-9]*"))
    return [f for f in folders if directory.read(f).facts.get("見本", {}).get("起こす")]


def _fill(
    server: Server, town: Municipality, *, scale: float, seed: int, progress: Progress, task: TaskID
) -> None:
    with psycopg.connect(server.dsn(town.database)) as connection:
        if connection.execute('SELECT EXISTS (SELECT 1 FROM "atena_宛名")').fetchone() == (True,):
            progress.update(task, description=f"{town.name}: 用意ができています", completed=STEPS)
            return
        progress.update(task, description=f"{town.name}: 人を作っています")
        people = people_of(town, scale=scale, seed=seed)
        progress.advance(task)
        connection.execute("SET session_replication_role = replica")
        with without_indexes(connection, LOADED):
            for name, step in _steps(connection, people, town):
                progress.update(task, description=f"{town.name}: {name}")
                step()
                progress.advance(task)
            progress.update(task, description=f"{town.name}: 索引")
        connection.execute("SET session_replication_role = origin")
        connection.commit()
        connection.autocommit = True
        connection.execute("ANALYZE")
    _record(people)
    progress.update(task, description=f"{town.name}: {people.個人.height:,}人", completed=STEPS)


def _steps(
    connection: psycopg.Connection, people: Population, town: Municipality
) -> list[tuple[str, Callable[[], object]]]:
    outsiders = people.住登外.with_columns(pl.lit("").alias("住所_方書"))
    firms = people.法人.with_columns(
        pl.lit("").alias("住所_方書"),
        pl.lit(town.prefecture).alias("住所_都道府県"),
        pl.lit(str(town.facts["住所表記"])).alias("住所_市区町村"),
    )
    entered = people.履歴.group_by("宛名番号").agg(pl.col("異動日").min().alias("登録日"))
    current = people.個人.join(entered, on="宛名番号", how="left", maintain_order="left")
    return [
        (
            "住所と歴",
            lambda: residents.load_residents(connection, addresses.load_addresses(connection, people.履歴)),
        ),
        ("見出し", lambda: headings.load_headings(connection, people.個人, people.住登外, people.法人)),
        ("検索の鍵", lambda: headings.load_names(connection, people.履歴, people.住登外, people.法人)),
        (
            "番号",
            lambda: (
                headings.load_numbers(connection, current),
                headings.load_numbers(connection, people.住登外),
            ),
        ),
        (
            "連絡先",
            lambda: [
                headings.load_contacts(connection, f) for f in (people.個人, people.住登外, people.法人)
            ],
        ),
        (
            "住登外と法人",
            lambda: (
                others.load_outsiders(connection, addresses.load_addresses(connection, outsiders)),
                others.load_corporations(connection, addresses.load_addresses(connection, firms)),
            ),
        ),
        ("印鑑", lambda: seals.load_seals(connection, people.印鑑登録, people.個人)),
        (
            "支援措置と抑止",
            lambda: (
                others.load_protection(connection, people.支援措置),
                others.load_holds(connection, people.抑止),
                others.set_counters(connection),
            ),
        ),
    ]


def _record(people: Population) -> None:
    from django.db import transaction

    with transaction.atomic():
        audit.record(act="合成住民の投入", detail={"個人": people.個人.height, "履歴": people.履歴.height})
