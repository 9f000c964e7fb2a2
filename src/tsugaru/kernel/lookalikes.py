"""CP932 との間で取り違えられる、似た字。蓄えた字は変えず、外へ出すときに候補を示すだけである。

同じ JIS X 0208 の一字に Unicode の二つの符号が当てられてきた（JIS0208.TXT と CP932.TXT の対応表の違い）。
"""

from __future__ import annotations

from dataclasses import dataclass

# 左が JIS X 0208 の規格による符号、右が CP932 の符号。
取り違えの対 = (("〜", "～"), ("−", "－"), ("‖", "∥"), ("—", "―"), ("¢", "￠"), ("£", "￡"), ("¬", "￢"))
_CP932へ = dict(取り違えの対)


@dataclass(frozen=True, slots=True)
class 縮退:
    """CP932 に出せない一字と、代わりに出せる字。位置は1から数える。候補は None（人が決める）のことがある。"""

    位置: int
    字: str
    候補: str | None


def 縮退候補(text: str) -> list[縮退]:
    """CP932 で書けない字を位置の順に並べる。空なら、そのまま出せる。"""
    return [
        縮退(place, char, _CP932へ.get(char)) for place, char in enumerate(text, start=1) if not _書ける(char)
    ]


def _書ける(字: str) -> bool:
    """往復して同じ字に戻るか。Python は 〜（U+301C）を黙って ～ の符号へ書くので、書けるだけでは足りない。"""
    try:
        return 字.encode("cp932").decode("cp932") == 字
    except UnicodeEncodeError:
        return False
