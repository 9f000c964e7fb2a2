"""個人住民税の表。どれも足すだけで、直すことも取り消すことも行を足して行う（docs/adr/0012-kojin.md）。"""

from tsugaru.gyomu.kojin.models.assessment import 賦課
from tsugaru.gyomu.kojin.models.certificate import 証明交付
from tsugaru.gyomu.kojin.models.employer import 特徴義務者
from tsugaru.gyomu.kojin.models.link import 名寄せ, 結ぶ候補
from tsugaru.gyomu.kojin.models.notice import 課税通知
from tsugaru.gyomu.kojin.models.particular import 個別事項
from tsugaru.gyomu.kojin.models.source import 課税資料
from tsugaru.gyomu.kojin.models.switch import 特徴異動

__all__ = [
    "個別事項",
    "名寄せ",
    "特徴異動",
    "特徴義務者",
    "結ぶ候補",
    "証明交付",
    "課税資料",
    "課税通知",
    "賦課",
]
