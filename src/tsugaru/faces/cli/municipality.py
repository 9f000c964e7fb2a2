"""`tsugaru municipality add|list|remove|migrate`"""

from __future__ import annotations

import time
from pathlib import Path

import typer
from rich.table import Table

from tsugaru.faces.cli import boot

app = typer.Typer(no_args_is_help=True)


def bring_up(folder: Path, *, demo: bool = False) -> str:
    """団体のデータの置き場から、ログインできる状態まで持っていく。返り値は団体コード。"""
    from tsugaru.council import service
    from tsugaru.faces.web import demo_accounts
    from tsugaru.platform.authz import api as authz
    from tsugaru.platform.tenancy import bind, directory, provision

    server = boot.server()
    municipality = directory.read(folder)
    provision.ensure_council(server)
    provision.create(server, municipality, folder)
    service.load_matrix(folder / "gyomu.csv", municipality.code)
    with bind(municipality.code):
        authz.load(folder / "roles.csv")
        if demo:
            demo_accounts.create(municipality)
    return municipality.code


@app.command()
def add(
    folder: Path = typer.Argument(
        ..., exists=True, file_okay=False, help="municipalities/<団体コード> の置き場"
    ),
    demo: bool = typer.Option(False, help="見本の職員を作る（デモのときだけ）"),
) -> None:
    """団体を加える。何もない所から、ログインできるまで。"""
    started = time.perf_counter()
    boot.django()
    with boot.console.status("団体のデータベースを作っています…"):
        code = bring_up(folder, demo=demo)
    boot.console.print(f"団体 {code} を加えました（{time.perf_counter() - started:.1f} 秒）。")
    if not demo:
        boot.console.print("最初の職員は `tsugaru staff add` で登録してください。")


@app.command("list")
def list_() -> None:
    """この設置にある団体。"""
    from tsugaru.platform.tenancy import directory

    table = Table("団体コード", "名称", "入口のホスト名")
    for municipality in directory.installed().values():
        table.add_row(municipality.code, municipality.name, municipality.host)
    boot.console.print(table)


@app.command()
def remove(code: str, yes: bool = typer.Option(False, "--yes", help="確かめずに消す")) -> None:
    """団体のデータベースを消す（引渡しの後）。"""
    boot.django()
    from tsugaru.platform.tenancy import directory, provision

    municipality = directory.by_code(code)
    if not yes:
        typer.confirm(
            f"{municipality.name}（{code}）のデータベースを消します。元に戻せません。よろしいですか",
            abort=True,
        )
    provision.remove(boot.server(), municipality)
    boot.console.print(f"{municipality.name}（{code}）を取り除きました。")


@app.command()
def migrate() -> None:
    """全ての団体のデータベースを今の版へ進める。"""
    boot.django()
    from tsugaru.platform.tenancy import directory, provision

    server = boot.server()
    provision.ensure_template(server)
    provision.ensure_council(server)
    for municipality in directory.installed().values():
        with boot.console.status(f"{municipality.name} を移行しています…"):
            provision.migrate(server, municipality.database, municipality.role)
        boot.console.print(f"{municipality.name} を移行しました。")
