"""トランザクションの終わりまで続く錠。読むだけの役割でも取れ、順に並べて取るので互いに待ち合わない。"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection


def lock(space: str, names: Iterable[str]) -> None:
    """space の中の名を全て押さえる（例: space="subject"、名は宛名番号）。"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(n, hashtext(%s))) "
            "FROM unnest(%s::text[]) AS t(n) ORDER BY n",
            [space, sorted(set(names))],
        )
