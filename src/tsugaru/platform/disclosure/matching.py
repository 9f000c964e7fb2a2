"""まとめて突き合わせる。番号も場所も読まず、等しいかどうかだけを門に尋ねる。呼ぶ側が権限を確かめ、監査に残す。"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from tsugaru.platform.disclosure.api import Address, search_key
from tsugaru.platform.tenancy import keys


def holders(kind: str, values: Sequence[str]) -> list[frozenset[str]]:
    """番号ごとに、その番号を今か過去に持つ人の宛名番号（渡した順）。空の番号は誰にも当たらない。"""
    found: list[set[str]] = [set() for _ in values]
    asked = [(place, keys.lookup(kind, value)) for place, value in enumerate(values) if value]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ord, subject FROM vault.find_by_numbers(%s, %s)", [kind, [lookup for _, lookup in asked]]
        )
        for ord_, subject in cursor.fetchall():
            found[asked[ord_ - 1][0]].add(subject)
    return [frozenset(one) for one in found]


def same_places(pairs: Sequence[tuple[int, str]]) -> list[bool | None]:
    """（住所番号, 書かれた場所）ごとに同じ場所か。番地の書き方の違いと方書の有無は問わない。None は門が伏せる人。"""
    places = [number for number, _ in pairs]
    wanted = [search_key(Address(town=text)) for _, text in pairs]
    answers: list[bool | None] = [False] * len(pairs)
    with connection.cursor() as cursor:
        cursor.execute("SELECT ord, same FROM vault.same_places(%s, %s)", [places, wanted])
        for ord_, same in cursor.fetchall():
            answers[ord_ - 1] = same
    return answers
