"""`tsugaru staff add|list|disable|reset`"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from tsugaru.faces.cli import boot
from tsugaru.kernel.clock import SystemClock
from tsugaru.kernel.errors import 業務エラー

if TYPE_CHECKING:
    from tsugaru.platform.identity.admin import Enrolment
    from tsugaru.platform.tenancy.directory import Municipality

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)

Place = Annotated[str, typer.Argument(help="団体コード（6桁）")]
Number = Annotated[str, typer.Argument(help="職員番号")]
Enter = Annotated[
    bool, typer.Option("--enter", help="パスワードを自分で打つ（なければ作って一度だけ見せる）")
]


@contextmanager
def _at(code: str) -> Iterator[Municipality]:
    """その団体に結ばれている間。予期した誤りは文にして終える。"""
    boot.django()
    from tsugaru.platform.identity.login import LoginRefused
    from tsugaru.platform.tenancy import bind, directory

    boot.server()
    try:
        municipality = directory.by_code(code)
        with bind(code):
            yield municipality
    except (業務エラー, LoginRefused, LookupError) as error:
        boot.console.print(f"[red]{error}[/red]")
        raise typer.Exit(2) from None


@app.command()
def add(
    code: Place,
    number: Number,
    name: Annotated[str, typer.Option(prompt="氏名")],
    section: Annotated[str, typer.Option(prompt="所属")],
    title: Annotated[str, typer.Option(help="職")] = "",
    enter: Enter = False,
) -> None:
    """職員を登録し、認証アプリに読ませる種を一度だけ見せる。"""
    with _at(code) as municipality:
        from tsugaru.platform.identity import admin

        _section_known(municipality, section)
        password = _password(enter)
        enrolment = admin.add(
            number=number, name=name, section=section, title=title, valid_from=SystemClock().today(),
            password=password, place_words=_words(municipality),
        )  # fmt: skip
        _hand_over(enrolment, municipality, "" if enter else password)


@app.command("list")
def list_(code: Place) -> None:
    """職員の一覧。"""
    with _at(code):
        from tsugaru.platform.identity.models import Staff

        table = Table("職員番号", "氏名", "所属", "職", "発令日", "解除日", "状態")
        for s in Staff.objects.order_by("number"):
            until = s.valid_until.isoformat() if s.valid_until else ""
            state = "有効" if s.is_active else "解除"
            table.add_row(s.number, s.name, s.section, s.title, s.valid_from.isoformat(), until, state)
        boot.console.print(table)


@app.command()
def disable(
    code: Place, number: Number, reason: Annotated[str, typer.Option(prompt="理由", help="異動・退職など")]
) -> None:
    """職員を解く。席はその場で終わる。"""
    with _at(code):
        from tsugaru.platform.identity import admin

        staff = admin.disable(number, reason=reason, clock=SystemClock())
        boot.console.print(f"{staff.name}（{staff.number}）を解きました。")


@app.command()
def reset(
    code: Place,
    number: Number,
    witness: Annotated[str, typer.Option(prompt="立会人の職員番号")],
    enter: Enter = False,
) -> None:
    """パスワードと符号の種を付け直す。ほかの職員がその場で自分を確かめて立ち会う。"""
    with _at(code) as municipality:
        from tsugaru.platform.identity import admin

        witness_password = typer.prompt("立会人のパスワード", hide_input=True)
        witness_code = typer.prompt("立会人の今の符号（6桁）")
        password = _password(enter)
        enrolment = admin.reset(
            number, password=password, witness=witness, witness_password=witness_password,
            witness_code=witness_code, place_words=_words(municipality), clock=SystemClock(),
        )  # fmt: skip
        _hand_over(enrolment, municipality, "" if enter else password)


def _section_known(municipality: Municipality, section: str) -> None:
    known = municipality.facts.get("所属", [])
    if section not in known:
        raise 業務エラー(
            "ID-0207",
            f"所属「{section}」は{municipality.name}にありません。",
            f"次から選んでください: {'、'.join(known)}",
        )


def _words(municipality: Municipality) -> list[str]:
    return [municipality.name, municipality.name[:-1], municipality.host, municipality.code]


def _password(enter: bool) -> str:
    from tsugaru.platform.identity import passwords

    if not enter:
        return passwords.generate()
    return str(typer.prompt("パスワード", hide_input=True, confirmation_prompt="もう一度"))


def _hand_over(enrolment: Enrolment, municipality: Municipality, password: str) -> None:
    """本人に渡す物。画面を閉じれば二度と出ない。"""
    boot.console.print(f"{enrolment.staff.name}（{enrolment.staff.number}、{enrolment.staff.section}）")
    if password:
        boot.console.print(f"初めのパスワード: [bold]{password}[/bold]", highlight=False)
    boot.console.print(f"符号の種: {enrolment.base32}", highlight=False)
    boot.console.print(enrolment.uri(municipality.host), highlight=False, soft_wrap=True)
    boot.console.print("この表示は一度だけです。本人の認証アプリに読ませ、消してください。")
