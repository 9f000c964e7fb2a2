"""比べるための四情報を台帳から集める。住所は門を通し、伏せられていれば None になる。"""

from __future__ import annotations

from collections.abc import Iterable

from tsugaru.gyomu.atena.domain.compare import 四情報
from tsugaru.gyomu.atena.domain.outsiders import 生年月日
from tsugaru.gyomu.atena.models import 宛名
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.api import Address, Revealed
from tsugaru.platform.identity.models import Seat


def 今の住所(seat: Seat, 宛名番号: Iterable[str]) -> dict[str, Revealed]:
    """宛名番号 → 一番新しい住所（門を一度だけ通る）。無い人は入らない。"""
    found = disclosure.reveal_addresses(seat, gyomu="atena", subjects=宛名番号, kinds=["住所"])
    return {place.subject: place for place in sorted(found.values(), key=lambda one: one.id)}


def 四情報を読む(people: Iterable[宛名], places: dict[str, Revealed]) -> dict[str, 四情報]:
    """宛名番号 → 比べる一人分。"""
    return {
        row.宛名番号: 四情報(
            氏名=row.氏名,
            生年月日=生年月日(row),
            性別=row.性別,
            住所=_見える住所(places.get(row.宛名番号)),
        )
        for row in people
    }


def _見える住所(place: Revealed | None) -> Address | None:
    return None if place is None or place.masked else place.address


def 見える部分(place: Address) -> Address:
    """欄で直せる九つの部分だけ（団体コード・町字コードは欄から作り直す）。"""
    return Address(
        postcode=place.postcode,
        prefecture=place.prefecture,
        city=place.city,
        town=place.town,
        lot=place.lot,
        building=place.building,
        building_kana=place.building_kana,
        country=place.country,
        abroad=place.abroad,
    )
