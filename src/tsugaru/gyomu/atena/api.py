"""ほかの業務に見せる宛名の口: 番号・見出し・探す・住民との行き来・送付先・名寄せの代表。"""

from __future__ import annotations

from collections.abc import Iterable

from tsugaru.gyomu.atena.domain.agents import 業務の関係人たち
from tsugaru.gyomu.atena.domain.find import 名で探す, 名の条件, 当たり, 結果
from tsugaru.gyomu.atena.domain.heading import 名, 見出し, 見出しを直す
from tsugaru.gyomu.atena.domain.history import 手続
from tsugaru.gyomu.atena.domain.links import 代表番号, 同じ人の番号
from tsugaru.gyomu.atena.domain.mailing import 業務の送付先, 業務の送付先たち
from tsugaru.gyomu.atena.domain.matching import まとめて合わせる, 合い方, 書かれた人
from tsugaru.gyomu.atena.domain.numbering import 世帯番号を採る, 宛名番号を採る
from tsugaru.gyomu.atena.domain.outsiders import 住民になる, 住登外になる, 個人
from tsugaru.gyomu.atena.domain.places import 今の住所番号
from tsugaru.gyomu.atena.models import 宛名

__all__ = [
    "まとめて合わせる",
    "世帯の人",
    "世帯主の名",
    "世帯番号を採る",
    "今の住所番号",
    "代表番号",
    "住民になる",
    "住登外になる",
    "個人",
    "合い方",
    "同じ人の番号",
    "名",
    "名で探す",
    "名の条件",
    "宛名番号を採る",
    "当たり",
    "手続",
    "書かれた人",
    "業務の送付先",
    "業務の送付先たち",
    "業務の関係人たち",
    "結果",
    "見出し",
    "見出しを直す",
    "見出しを読む",
]


def 見出しを読む(宛名番号: Iterable[str]) -> dict[str, 宛名]:
    """宛名番号 → 見出し。無い番号は入らない。"""
    return 宛名.objects.in_bulk(list(宛名番号))


def 世帯主の名(世帯番号: Iterable[str]) -> dict[str, str]:
    """世帯番号 → 今の世帯主の氏名（検索結果で同姓同名の人を見分けるため）。"""
    rows = 宛名.objects.filter(世帯番号__in=set(世帯番号) - {""}, 続柄表記="世帯主", 住民状態="1")
    return dict(rows.values_list("世帯番号", "氏名"))


def 世帯の人(世帯番号: str) -> list[str]:
    """その世帯の今の住民の宛名番号。"""
    rows = 宛名.objects.filter(世帯番号=世帯番号, 住民状態="1").order_by("並び鍵", "宛名番号")
    return list(rows.values_list("宛名番号", flat=True))
