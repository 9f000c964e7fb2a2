"""給与所得等に係る特別徴収税額の決定・変更通知書（特別徴収義務者用）。

地方税法第321条の4第1項・第321条の6第1項、同法施行規則第三号様式、森林環境税法第7条。
一枚目は月ごとの納入額、二枚目からは一枚 25 人の一覧。従業員の所得・控除は載せない。個人番号も載せない
（平成30年度分から、書面の通知には記載しないこととされている）。

まだ無いもの: 納入書（バーコードの規格を確かめていない）、電子データでの通知（eLTAX）。
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from tsugaru.gyomu.kojin.notices.tax import 教示先, 税の呼び名
from tsugaru.platform.documents.form import Form, 字100, 字300, 最大, 番号, 短文
from tsugaru.platform.documents.parts import 差出人事項, 窓あき宛名

受給者番号型 = Annotated[str, 最大(25)]


@dataclass(frozen=True, kw_only=True)
class 従業員の月割:
    """従業員一人。``月割額`` は6月から翌年5月までの12。住所は開示の門を通った文字（伏せるときはその文）。"""

    受給者番号: 受給者番号型
    宛名番号: 番号
    氏名: 字100
    住所: 字300
    特別徴収税額: int
    月割額: tuple[int, ...]
    摘要: 短文


@dataclass(frozen=True, kw_only=True)
class 月の納入:
    """一月の納入。``人数`` はその月に徴収する人の数。"""

    月: 短文
    納期限: 短文
    人数: int
    納入額: int


@dataclass(frozen=True, kw_only=True)
class 特別徴収税額通知書_義務者用:
    """一つの特別徴収義務者の一年度。``変更`` は決定でなく変更の通知であること。"""

    宛名: 窓あき宛名
    差出人: 差出人事項
    年度: 短文
    呼び名: 税の呼び名
    変更: bool
    指定番号: 番号
    法人番号: 番号
    本文: 字300
    納入: tuple[月の納入, ...]
    人数: int
    特別徴収税額の合計: int
    従業員: tuple[従業員の月割, ...]
    案内: 字300
    教示: 教示先


FORM = Form(
    form_id="特別徴収税額通知書（義務者用）",
    version=1,
    title="給与所得等に係る特別徴収税額の決定・変更通知書（特別徴収義務者用）",
    data=特別徴収税額通知書_義務者用,
    folder=Path(__file__).parent,
)
