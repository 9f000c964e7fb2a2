"""宛名の表。"""

from tsugaru.gyomu.atena.models.agent import 関係人
from tsugaru.gyomu.atena.models.corporation import 法人
from tsugaru.gyomu.atena.models.counter import 番号採番
from tsugaru.gyomu.atena.models.delivery import 送達記録
from tsugaru.gyomu.atena.models.link import 名寄せ
from tsugaru.gyomu.atena.models.mailing import 送付先
from tsugaru.gyomu.atena.models.number import 番号確認
from tsugaru.gyomu.atena.models.outsider import 住登外
from tsugaru.gyomu.atena.models.person import 宛名, 宛名区分
from tsugaru.gyomu.atena.models.search_name import 検索名

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
