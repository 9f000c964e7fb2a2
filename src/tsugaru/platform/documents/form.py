"""様式の定義。様式とは、版面（notice.typ）と項目の型（dataclass）と見本の組である。

項目の値は三つの状態を持つ。この区別を刷る形にするのは ``templates/shared.typ`` の一か所だけである。

    文字列       そのとおり刷る（和暦などの表記は、作る側が決めておく）
    空の文字列   記載すべき項目だが台帳に値が無い
    None         請求により省略した
"""

import base64
import json
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from tsugaru.kernel.errors import 業務エラー

TEMPLATE_NAME = "notice.typ"
SAMPLE_NAME = "sample.json"
対象外 = "＊＊＊"
"""その人には無い項目（旧氏の無い人の旧氏など）に刷る印。"""

T = TypeVar("T")


@dataclass(frozen=True)
class 最大:
    """項目の文字数の上限。``Annotated[str, 最大(100)]`` のように型に付ける。異体字セレクタも一字と数える。"""

    文字数: int


字100 = Annotated[str, 最大(100)]
字300 = Annotated[str, 最大(300)]
字1000 = Annotated[str, 最大(1000)]
番号 = Annotated[str, 最大(20)]
短文 = Annotated[str, 最大(40)]


@dataclass(frozen=True, kw_only=True)
class Form:
    """一つの帳票の様式。

    ``form_id`` は標準仕様書の帳票の番号（無いものは名）、``version`` は版面を直すたびに上げる。
    """

    form_id: str
    version: int
    title: str
    data: type
    folder: Path

    @property
    def template(self) -> Path:
        """版面のファイル。"""
        return self.folder / TEMPLATE_NAME

    def sample(self) -> Any:
        """見本のデータ。"""
        return read_data(self.data, json.loads((self.folder / SAMPLE_NAME).read_text("utf-8")))


def field_types(kind: Any) -> Mapping[str, Any]:
    """dataclass の項目と型。``Annotated`` を残す。"""
    return get_type_hints(kind, include_extras=True)


def texts(data: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """データの中の文字列を（項目の道筋, 値）としてすべて返す。例: ``世帯員[2].氏名``。"""
    if isinstance(data, str):
        yield path, data
    elif is_dataclass(data):
        for each in fields(data):
            yield from texts(getattr(data, each.name), f"{path}.{each.name}".lstrip("."))
    elif isinstance(data, tuple):
        for number, item in enumerate(data, start=1):
            yield from texts(item, f"{path}[{number}]")


def check_lengths(data: Any, path: str = "") -> None:
    """文字数が型の上限を超える項目があれば業務エラーにする（DC-0102）。"""
    for name, declared in field_types(type(data)).items():
        _check_value(declared, getattr(data, name), f"{path}.{name}".lstrip("."))


def _check_value(declared: Any, value: Any, path: str) -> None:
    if value is None:
        return
    if is_dataclass(value):
        check_lengths(value, path)
    elif isinstance(value, tuple):
        for number, item in enumerate(value, start=1):
            _check_value(get_args(declared)[0], item, f"{path}[{number}]")
    elif isinstance(value, str):
        limit = limit_of(declared)
        if limit is not None and len(value) > limit:
            raise 業務エラー(
                "DC-0102",
                f"{path}が長すぎる（{len(value)}字、上限{limit}字）。",
                "台帳の値を確かめ、上限に収まる表記にする。",
                項目=path,
            )


def limit_of(declared: Any) -> int | None:
    """項目の型に付いた文字数の上限。無ければ None。"""
    options = get_args(declared) if _is_union(declared) else (declared,)
    marks = (mark for option in options for mark in getattr(option, "__metadata__", ()))
    return next((mark.文字数 for mark in marks if isinstance(mark, 最大)), None)


def _is_union(declared: Any) -> bool:
    return get_origin(declared) in (Union, types.UnionType)


def plain(data: Any) -> Any:
    """版面に渡す形（JSON になる値）にする。画像のバイト列は数の列、日は ``2026-05-02``。"""
    if is_dataclass(data):
        return {each.name: plain(getattr(data, each.name)) for each in fields(data)}
    if isinstance(data, tuple):
        return [plain(item) for item in data]
    if isinstance(data, bytes):
        return list(data)
    if isinstance(data, date):
        return data.isoformat()
    return data


def read_data(kind: type[T], source: Mapping[str, Any]) -> T:
    """JSON の値から dataclass を作る。項目の過不足は許さない（DC-0103）。"""
    declared = field_types(kind)
    if different := sorted(set(declared) ^ set(source)):
        raise 業務エラー(
            "DC-0103",
            f"{kind.__name__}の項目が型と合わない（{'、'.join(different)}）。",
            "notice.py と sample.json の項目をそろえる。",
        )
    return kind(**{name: _read_value(declared[name], value) for name, value in source.items()})


def _read_value(declared: Any, value: Any) -> Any:
    if get_origin(declared) is Annotated:
        declared = get_args(declared)[0]
    if _is_union(declared):
        options = [option for option in get_args(declared) if option is not types.NoneType]
        return None if value is None else _read_value(options[0], value)
    if get_origin(declared) is tuple:
        return tuple(_read_value(get_args(declared)[0], item) for item in value)
    if is_dataclass(declared):
        return read_data(declared, value)  # type: ignore[arg-type]
    return _read_scalar(declared, value)


def _read_scalar(declared: type, value: Any) -> Any:
    """JSON の値を項目の型にする。画像は base64、日は ``2026-05-02`` で書く。"""
    try:
        if declared is bytes and isinstance(value, str):
            return base64.b64decode(value, validate=True)
        if declared is date and isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError as error:
        raise _wrong_value(declared, value) from error
    if type(value) is declared:
        return value
    raise _wrong_value(declared, value)


def _wrong_value(declared: type, value: Any) -> 業務エラー:
    return 業務エラー("DC-0104", f"値の型が違う（{value!r}）。", f"{declared.__name__} の値にする。")
