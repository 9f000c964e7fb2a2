"""行をファイルに書く。CP932、コンマ区切り、引用符なし、行末は CRLF。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.lookalikes import 縮退候補
from tsugaru.platform.inbound.layout import Layout

区切り = frozenset(',"\r\n')


def write(rows: Iterable[Mapping[str, str]], layout: Layout, *, newline: str = "\r\n") -> bytes:
    """列の名 → 文字 の行を、様式の順に書く。無い列は空。書けない字があれば KJ-1901。"""
    names = [column.name for column in layout.columns]
    lines = [",".join(names)] if layout.titles else []
    lines += [",".join(_cell(name, row.get(name, ""), layout.encoding) for name in names) for row in rows]
    return "".join(f"{line}{newline}" for line in lines).encode(layout.encoding)


def _cell(name: str, value: str, encoding: str) -> str:
    if not 区切り.isdisjoint(value):
        raise _誤り(name, "コンマ・引用符・改行", "値から除いてください。")
    lost = 縮退候補(value) if encoding == "cp932" and not value.isascii() else []
    if lost:
        raise _誤り(name, f"U+{ord(lost[0].字):04X}", "その字を、書ける字に替えてください。")
    return value


def _誤り(name: str, what: str, remedy: str) -> 業務エラー:
    return 業務エラー("KJ-1901", f"{name}に、ファイルに書けない字（{what}）があります。", remedy, 項目=name)
