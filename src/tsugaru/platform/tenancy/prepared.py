"""何度も同じ形で問う文。QuerySet を一度だけ SQL にし、値だけを替えて問う。

    一人 = Prepared(lambda number: 住民.objects.filter(pk=number), number=str)
    rows = 一人.rows(number="10000000001")

QuerySet は呼ばれるたびに SQL を組み立て直し（列の多い表では問うより時間がかかる）、データベースは計画を作り直す。
窓口で一日に何万回も開かれる画面の問いだけを、これで書く。値の数で形の変わる条件（`__in` に列を渡すなど）には使えない。
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable

from tsugaru.platform.tenancy.context import Unbound
from tsugaru.platform.tenancy.postgres.base import DatabaseWrapper

T = TypeVar("T")
MARKS: dict[type, Callable[[int], Any]] = {
    str: lambda n: f"\ue000{n}",
    int: lambda n: 1_900_000_000 + n,
    date: lambda n: date(1, 1, 1 + n),
    datetime: lambda n: datetime(1, 1, 1 + n, tzinfo=UTC),
}
"""値の代わりに組み立てに渡す印。SQL の引数の中からこれを探し、そこに本当の値を入れる。"""


@dataclass(frozen=True, slots=True)
class _Built:
    """組み立てた文。parameters は（値の名, 印か定まった値）の列で、名があれば値を入れる。model が None なら組のまま返す。"""

    sql: str
    parameters: tuple[tuple[str, Any], ...]
    model: type[Model] | None
    names: list[str]


class Prepared(Generic[T]):
    """一つの問い。"""

    def __init__(self, build: Callable[..., QuerySet[Any, T]], **kinds: type) -> None:
        """build は kinds の名の引数を取り、QuerySet を返す。呼ばれるのは初めて問うときの一度だけ。"""
        self._build, self._kinds = build, kinds
        self._built: _Built | None = None

    def rows(self, **values: Any) -> list[T]:
        """全ての行。"""
        built = self._built or self._make()
        with prepared_cursor() as cursor:
            cursor.execute(built.sql, [_value(name, value, values) for name, value in built.parameters])
            found: list[Any] = cursor.fetchall()
        if built.model is None:
            return found
        make, names, alias = built.model.from_db, built.names, _here().alias
        return [make(alias, names, row) for row in found]  # type: ignore[misc]

    def first(self, **values: Any) -> T | None:
        """初めの行。無ければ None。"""
        found = self.rows(**values)
        return found[0] if found else None

    def _make(self) -> _Built:
        marks = {name: MARKS[kind](n) for n, (name, kind) in enumerate(self._kinds.items())}
        queryset = self._build(**marks)
        compiler = queryset.query.get_compiler(connection=_here())
        sql, parameters = compiler.as_sql()
        placed = tuple((_name(value, marks), value) for value in parameters)
        whole = issubclass(queryset._iterable_class, ModelIterable)
        if {name for name, _ in placed} - {""} != set(marks):
            raise TypeError(f"使われない値があります（{'・'.join(marks)}）。")
        if compiler.get_converters([one[0] for one in compiler.select]):
            raise TypeError("読むときに形を変える列は、用意した文では読めません。")
        if whole and (compiler.annotation_col_map or queryset.query.select_related):
            raise TypeError(
                "行に足した列と結んだ表は、用意した文では読めません。values_list で読んでください。"
            )
        names = [one[0].target.attname for one in compiler.select] if whole else []
        self._built = _Built(sql, placed, queryset.model if whole else None, names)
        return self._built


def prepared_cursor() -> CursorWrapper:
    """手で書いた定まった文を用意して問うカーソル。"""
    return _here().prepared_cursor()


def _name(value: Any, marks: dict[str, Any]) -> str:
    return next((n for n, mark in marks.items() if isinstance(value, type(mark)) and value == mark), "")


def _value(name: str, placed: Any, values: dict[str, Any]) -> Any:
    """渡す値。整数は、Django が列の幅に合わせた型（psycopg の Int8 など）のまま渡す。"""
    if not name:
        return placed
    return type(placed)(values[name]) if isinstance(placed, int) else values[name]


def _here() -> DatabaseWrapper:
    found = connections["default"]
    if not isinstance(found, DatabaseWrapper):
        raise Unbound
    return found
