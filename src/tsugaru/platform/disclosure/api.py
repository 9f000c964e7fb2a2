"""開示の門の Python の口。住所・番号・連絡先は、ここを通してしか読めない。

読めば必ず監査に残る。保護された人と居所を同じくする人の場所は、確かめ直した担当者が求めたときのほかは伏せて返る。
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tsugaru.kernel import moji
from tsugaru.platform.identity.models import Seat
from tsugaru.platform.tenancy import keys
from tsugaru.platform.tenancy.prepared import prepared_cursor

MASK = "＊＊＊（支援措置により非表示・担当係へ照会）"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """一つの場所。国内は 都道府県・市区町村・町字・番地号・方書、国外は country と abroad。"""

    municipality_code: str = ""
    town_code: str = ""
    prefecture: str = ""
    city: str = ""
    town: str = ""
    lot: str = ""
    building: str = ""
    building_kana: str = ""
    postcode: str = ""
    country_code: str = ""
    country: str = ""
    abroad: str = ""
    structured: bool = True

    def text(self, *, home_prefecture: str = "") -> str:
        """一行の表記。home_prefecture と同じ都道府県は省く（県内の表記）。"""
        if self.country or self.abroad:
            return " ".join(part for part in (self.country, self.abroad) if part)
        prefecture = "" if self.prefecture == home_prefecture else self.prefecture
        body = f"{prefecture}{self.city}{self.town}{self.lot}"
        return f"{body}　{self.building}" if self.building else body


@dataclass(frozen=True, slots=True)
class Revealed:
    """門から返った一つの場所。masked なら address は空で、見せてよいのは MASK だけ。"""

    id: int
    subject: str
    kind: str
    masked: bool
    address: Address

    def text(self, *, home_prefecture: str = "") -> str:
        """画面・帳票に出してよい文字。"""
        return MASK if self.masked else self.address.text(home_prefecture=home_prefecture)


def sort_key(lot: str, building: str) -> list[int]:
    """番地・枝番・部屋番号を数の列にする（並べるため）。全角・漢数字でない数字だけを見る。"""
    import unicodedata

    plain = unicodedata.normalize("NFKC", f"{lot} {building}")
    return [int(n) for n in re.findall(r"[0-9]{1,9}", plain)]


def search_key(address: Address) -> str:
    """住所を探す鍵: 異体字をそろえ、丁目・番地・番・号・ハイフンの書き方の違いを除く。"""
    import unicodedata

    joined = unicodedata.normalize(
        "NFKC", f"{address.city}{address.town}{address.lot}{address.building}{address.abroad}"
    )
    joined = re.sub(r"(大字|字)", "", joined)
    joined = re.sub(r"(丁目|番地|番|号|の)(?=[0-9]|$)", "-", joined)
    return moji.検索漢字(re.sub(r"[‐‑–—―−ー-]+", "-", joined).strip("-"))


def _rows(query: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with prepared_cursor() as cursor:
        cursor.execute(query, parameters)
        return [tuple(row) for row in cursor.fetchall()]


def put_address(subject: str, kind: str, address: Address) -> int:
    """置き場に入れる。返り値は住所番号。"""
    parts = asdict(address) | {
        "sort_key": sort_key(address.lot, address.building),
        "search_key": search_key(address),
    }
    [(number,)] = _rows("SELECT vault.put_address(%s, %s, %s::jsonb)", [subject, kind, json.dumps(parts)])
    return int(number)


def copy_address(number: int, subject: str, kind: str) -> int:
    """同じ場所を別の人の行として写す（中身は見えない）。"""
    [(copied,)] = _rows("SELECT vault.copy_address(%s, %s, %s)", [number, subject, kind])
    return int(copied)


def reveal_addresses(
    seat: Seat,
    *,
    gyomu: str,
    subjects: Iterable[str],
    kinds: Sequence[str] | None = None,
    unmask: bool = False,
) -> dict[int, Revealed]:
    """住所番号 → 場所。subjects の人の、kinds（None は全て）の場所の全て。"""
    wanted = sorted(set(subjects))
    if not wanted:
        return {}
    found = _rows(
        "SELECT * FROM vault.reveal_addresses(%s, %s, %s, %s, %s)",
        [seat.pk, gyomu, wanted, list(kinds) if kinds is not None else None, unmask],
    )
    return _revealed(found)


def reveal_addresses_in_bulk(
    job: int, *, gyomu: str, subjects: Iterable[str], kinds: Sequence[str] | None = None
) -> dict[int, Revealed]:
    """一括の文書を作る仕事（いま進んでいる仕事の番号）のための同じもの。覆われた人は、いつも伏せて返る。"""
    wanted = sorted(set(subjects))
    if not wanted:
        return {}
    found = _rows(
        "SELECT * FROM vault.reveal_addresses_in_bulk(%s, %s, %s, %s)",
        [job, gyomu, wanted, list(kinds) if kinds is not None else None],
    )
    return _revealed(found)


def _revealed(rows: Sequence[tuple[Any, ...]]) -> dict[int, Revealed]:
    names = list(Address.__dataclass_fields__)
    return {
        row[0]: Revealed(row[0], row[1], row[2], row[3], Address(**dict(zip(names, row[4:], strict=True))))
        for row in rows
    }


def put_number(subject: str, kind: str, value: str, *, changed_on: Any) -> int:
    """個人番号・住民票コードを封じて入れる。返り値は連番。"""
    sealed = keys.seal(value, context=f"{kind}:{subject}")
    [(sequence,)] = _rows(
        "SELECT vault.put_number(%s, %s, %s, %s, %s)",
        [subject, kind, sealed, keys.lookup(kind, value), changed_on],
    )
    return int(sequence)


def reveal_number(seat: Seat, *, gyomu: str, subject: str, kind: str) -> str | None:
    """今の番号。なければ None。個人番号は5分以内の本人確認が要る。"""
    found = _rows("SELECT * FROM vault.reveal_number(%s, %s, %s, %s)", [seat.pk, gyomu, subject, kind])
    return keys.unseal(bytes(found[-1][1]), context=f"{kind}:{subject}") if found else None


def find_by_number(kind: str, value: str) -> list[str]:
    """その番号を（今か過去に）持つ人の宛名番号。"""
    return [
        row[0]
        for row in _rows("SELECT * FROM vault.find_by_number(%s, %s)", [kind, keys.lookup(kind, value)])
    ]


def find_by_address(seat: Seat, text: str, *, limit: int = 200) -> list[str]:
    """住所の一部から宛名番号。保護された人と居所を同じくする人、仮登録の場所は出ない。"""
    key = search_key(Address(town=text))
    return [row[0] for row in _rows("SELECT * FROM vault.find_by_address(%s, %s, %s)", [seat.pk, key, limit])]


def find_by_phone(seat: Seat, digits: str, *, limit: int = 50) -> list[str]:
    """電話番号の頭から宛名番号。保護された人と居所を同じくする人は出ない。"""
    return [
        row[0] for row in _rows("SELECT * FROM vault.find_by_contact(%s, %s, %s)", [seat.pk, digits, limit])
    ]


def put_contact(subject: str, kind: str, value: str) -> int:
    """連絡先を入れる。"""
    digits = re.sub(r"[^0-9]", "", value)
    [(number,)] = _rows("SELECT vault.put_contact(%s, %s, %s, %s)", [subject, kind, value, digits])
    return int(number)


def reveal_contacts(
    seat: Seat, *, gyomu: str, subject: str, unmask: bool = False
) -> list[tuple[str, str, bool]]:
    """(種別, 値, 伏せたか) の一覧。"""
    found = _rows("SELECT * FROM vault.reveal_contacts(%s, %s, %s, %s)", [seat.pk, gyomu, subject, unmask])
    return [(kind, value, masked) for kind, value, masked in found]


def shielded(subjects: Iterable[str]) -> frozenset[str]:
    """保護されている人（画面の札のため。伏せるかどうかは sheltered）。"""
    [(found,)] = _rows("SELECT vault.shielded(%s)", [sorted(set(subjects))])
    return frozenset(found)


def sheltered(subjects: Iterable[str]) -> frozenset[str]:
    """門が場所と連絡先を伏せる人: 保護されている人と、その人と居所を同じくする人。"""
    [(found,)] = _rows("SELECT vault.sheltered(%s)", [sorted(set(subjects))])
    return frozenset(found)
