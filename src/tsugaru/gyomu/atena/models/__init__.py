"""宛名の表。"""

from tsugaru.gyomu.atena.models.link import 名寄せ
from tsugaru.gyomu.atena.models.outsider import 住登外, 法人
from tsugaru.gyomu.atena.models.person import 宛名, 検索名, 番号採番

__all__ = ["住登外", "名寄せ", "宛名", "検索名", "法人", "番号採番"]
