"""宛名の表。"""

from tsugaru.gyomu.atena.models.delivery import 送達記録
from tsugaru.gyomu.atena.models.link import 名寄せ
from tsugaru.gyomu.atena.models.mailing import 送付先, 関係人
from tsugaru.gyomu.atena.models.number import 番号確認
from tsugaru.gyomu.atena.models.outsider import 住登外, 法人
from tsugaru.gyomu.atena.models.person import 宛名, 宛名区分, 検索名, 番号採番

__all__ = [
    "住登外",
    "名寄せ",
    "宛名",
    "宛名区分",
    "検索名",
    "法人",
    "番号採番",
    "番号確認",
    "送付先",
    "送達記録",
    "関係人",
]
