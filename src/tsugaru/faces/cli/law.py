"""`tsugaru law`: 法令の規則を調べ、計算し、説明する。データベースも Django も要らない。"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tsugaru.kernel.clock import SystemClock
from tsugaru.law.engine.catalogue import 制度の名, 制度を引く
from tsugaru.law.engine.errors import 法令の誤り
from tsugaru.law.engine.words import 時点

if TYPE_CHECKING:
    from tsugaru.law.engine.system import 制度

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)

Programme = Annotated[str, typer.Argument(help="制度の名（law list にある名）")]
Year = Annotated[int | None, typer.Option("--year", help="西暦の課税年度（支給月なら202604の形）")]
Municipality = Annotated[str | None, typer.Option("--municipality", help="団体コード（6桁）")]
Data = Annotated[Path, typer.Option("--data", help="団体のデータの置き場")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON で書く")]


@app.command("list")
def list_() -> None:
    """制度の一覧。"""
    for name in 制度の名():
        programme = 制度を引く(name)
        typer.echo(f"{name}\t{programme.題}\t{programme.初}〜{programme.終}\t{programme.根拠}")


@app.command()
def describe(programme: Programme, year: Year = None) -> None:
    """事実・結果・定めの一覧を JSON で書く。"""
    from tsugaru.law.engine.describe import 制度の説明

    system = _find(programme)
    _write(制度の説明(system, _point(system, year or system.終.値)))


@app.command()
def evaluate(
    programme: Programme,
    year: Year = None,
    municipality: Municipality = None,
    data: Data = Path("municipalities"),
) -> None:
    """標準入力の事例（一つか並び）を計算し、全部の結果を JSON で書く。"""
    from tsugaru.law.engine.cases import 事例を計算する, 答えにする

    system = _find(programme)
    given = json.load(sys.stdin)
    ordinance = data / municipality / "parameters" if municipality else None
    point = _point(system, year) if year else None
    try:
        answers = [
            答えにする(system, 事例を計算する(system, case, point, ordinance))
            for case in (given if isinstance(given, list) else [given])
        ]
    except 法令の誤り as error:
        raise _stop(error) from None
    _write(answers if isinstance(given, list) else answers[0])


@app.command()
def explain(
    programme: Programme,
    result: Annotated[str, typer.Argument(help="説明する結果の名")],
    year: Year = None,
    municipality: Municipality = None,
    data: Data = Path("municipalities"),
    as_json: AsJson = False,
) -> None:
    """標準入力の事例一つの結果を、条文と定めにさかのぼって説明する。"""
    from tsugaru.law.engine.cases import 事例を計算する
    from tsugaru.law.engine.explain import 文章にする, 跡をたどる, 辞書にする

    system = _find(programme)
    ordinance = data / municipality / "parameters" if municipality else None
    try:
        case = 事例を計算する(system, json.load(sys.stdin), _point(system, year) if year else None, ordinance)
        tree = 跡をたどる(case, result)
    except 法令の誤り as error:
        raise _stop(error) from None
    if as_json:
        _write(辞書にする(tree))
    else:
        typer.echo("\n".join(文章にする(tree)))


@app.command()
def diff(
    programme: Programme,
    before: Annotated[int, typer.Option("--from", help="前の時点")],
    after: Annotated[int, typer.Option("--to", help="後の時点")],
) -> None:
    """二つの時点のあいだに変わった規則・定め・事実を JSON で書く。"""
    from tsugaru.law.engine.describe import 違い

    system = _find(programme)
    _write(違い(system, _point(system, before), _point(system, after)))


@app.command()
def check(
    programmes: Annotated[list[str] | None, typer.Argument(help="制度の名。なければ全部")] = None,
    today: Annotated[str | None, typer.Option("--today", help="基準日（2026-04-01 の形）")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="確認の古い定めがあれば失敗にする")] = False,
) -> None:
    """全部の境目で規則が一つの計算になるかを確かめ、原文との照合が古い定めを挙げる。"""
    from tsugaru.law.engine.check import 検査する

    base = date.fromisoformat(today) if today else SystemClock().today()
    broken = False
    for name in programmes or 制度の名():
        found = 検査する(_find(name), base)
        for title, lines in (("誤り", found.誤り), ("確認が古い", found.古い), ("未確認", found.未確認)):
            typer.echo("\n".join([f"{name} {title}: {len(lines)}件", *(f"  {line}" for line in lines)]))
        broken = broken or bool(found.誤り) or (strict and bool(found.古い))
    if broken:
        raise typer.Exit(1)


def _find(name: str) -> 制度:
    try:
        return 制度を引く(name)
    except 法令の誤り as error:
        raise _stop(error) from None


def _point(system: 制度, value: int) -> 時点:
    return 時点(system.初.軸, value)


def _stop(error: 法令の誤り) -> typer.Exit:
    typer.echo(str(error), err=True)
    return typer.Exit(2)


def _write(thing: Any) -> None:
    typer.echo(json.dumps(thing, ensure_ascii=False, indent=1, default=str))
