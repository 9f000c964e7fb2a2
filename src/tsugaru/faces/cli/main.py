"""`tsugaru` コマンドの入口。法令だけを使う人のために、Django は要る副命令の中でだけ起こす。"""

from __future__ import annotations

import typer

app = typer.Typer(
    help="津軽: 市町村の基幹業務を共同で使うための開かれたシステム",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _add_groups() -> None:
    from tsugaru.faces.cli import audit, law, municipality, service, sla, staff

    app.add_typer(law.app, name="law", help="法令の規則を調べ、計算し、説明する")
    app.add_typer(municipality.app, name="municipality", help="団体を加える・一覧・取り除く")
    app.add_typer(audit.app, name="audit", help="監査の鎖を確かめる")
    app.add_typer(staff.app, name="staff", help="職員の登録・一覧・解除・付け直し")
    app.command()(sla.sla)
    service.register(app)


def run() -> None:
    """コンソールの入口。"""
    _add_groups()
    app()
