"""同じ世帯の人の印影と重ね、似た印を職員に見せる。同じ印かどうかを決めるのは職員である。"""

from __future__ import annotations

from dataclasses import dataclass

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.inkan.imprint import 照合用重ね合わせ
from tsugaru.gyomu.inkan.models import 印鑑登録, 状態

見せる似かより = 600


@dataclass(frozen=True, slots=True)
class 似た印影:
    """重ねた図（PNG）と似かより（千分率）。"""

    宛名番号: str
    氏名: str
    図: bytes
    似かより: int


def 世帯の似た印影(宛名番号: str, 画像: bytes) -> list[似た印影]:
    """今の世帯の、生きている登録の印影のうち似たもの（似た順）。"""
    本人 = atena.見出しを読む([宛名番号])[宛名番号]
    員 = [one for one in atena.世帯の人(本人.世帯番号) if one != 宛名番号]
    名 = atena.見出しを読む(員)
    rows = 印鑑登録.objects.filter(宛名番号__in=員, 状態__in=[状態.照会中, 状態.登録, 状態.停止])
    found = []
    for row in rows.select_related("印影"):
        重ね = 照合用重ね合わせ(bytes(row.印影.画像), 画像)
        if 重ね.似かより >= 見せる似かより:
            found.append(似た印影(row.宛名番号, 名[row.宛名番号].氏名, 重ね.画像, 重ね.似かより))
    return sorted(found, key=lambda one: -one.似かより)
