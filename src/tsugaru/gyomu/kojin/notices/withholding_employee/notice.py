"""給与所得等に係る特別徴収税額の決定・変更通知書（納税義務者用）。

地方税法第321条の4第1項・第321条の6第1項、同法施行規則第三号様式、森林環境税法第7条。
勤め先を経て本人に渡すので、窓あき宛名は置かない。個人番号は載せない（義務者用と同じ）。

まだ無いもの: 圧着式の様式、電子データでの通知（eLTAX）、施行規則の様式との一字一句の突き合わせ。
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from tsugaru.gyomu.kojin.notices.tax import 二つの税額, 年税額の内訳, 教示先, 税の呼び名, 該当行
from tsugaru.platform.documents.form import Form, 字100, 字300, 最大, 番号, 短文
from tsugaru.platform.documents.parts import 差出人事項

受給者番号型 = Annotated[str, 最大(25)]


@dataclass(frozen=True, kw_only=True)
class 給与所得者:
    """通知を受ける人と、その勤め先。"""

    氏名: 字100
    住所: 字300
    宛名番号: 番号
    受給者番号: 受給者番号型
    特別徴収義務者: 字100
    指定番号: 番号


@dataclass(frozen=True, kw_only=True)
class 金額項目:
    """名のある額。様式の順に並べて渡し、無い額は 0 とする。"""

    名: 短文
    額: int


@dataclass(frozen=True, kw_only=True)
class 特別徴収税額の計算:
    """税額の欄。``変更前の額`` と ``増減額`` は決定の通知では None。"""

    税額控除前所得割額: 二つの税額
    税額控除額: 二つの税額
    内訳: 年税額の内訳
    控除不足額: int
    既充当額: int
    既納付額: int
    特別徴収税額: int
    変更前の額: int | None
    増減額: int | None
    変更月: 短文


@dataclass(frozen=True, kw_only=True)
class 特別徴収税額通知書_納税義務者用:
    """一人の一年度。``月割額`` は6月から翌年5月までの12。"""

    給与所得者: 給与所得者
    差出人: 差出人事項
    年度: 短文
    呼び名: 税の呼び名
    変更: bool
    本文: 字300
    所得: tuple[金額項目, ...]
    主たる給与以外の合算所得区分: 短文
    総所得金額: int
    所得控除: tuple[金額項目, ...]
    所得控除の合計額: int
    課税標準: tuple[金額項目, ...]
    扶養親族該当区分: tuple[該当行, ...]
    本人該当区分: tuple[該当行, ...]
    税額: 特別徴収税額の計算
    月割額: tuple[int, ...]
    摘要: 字300
    教示: 教示先


FORM = Form(
    form_id="特別徴収税額通知書（納税義務者用）",
    version=1,
    title="給与所得等に係る特別徴収税額の決定・変更通知書（納税義務者用）",
    data=特別徴収税額通知書_納税義務者用,
    folder=Path(__file__).parent,
)
