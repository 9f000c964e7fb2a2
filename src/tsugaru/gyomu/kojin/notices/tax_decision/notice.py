"""税額決定・納税通知書（地方税法第41条・第319条・第321条の7の2、森林環境税法第7条）。

普通徴収と公的年金からの特別徴収を一通で知らせる。一枚目は税額と納め方、二枚目は計算、続いて教示。
同法第1条第1項第6号の記載事項のうち、根拠の条例は ``本文`` に、納付の場所は ``納め方`` に、納めないときの措置は ``案内`` に書く。

まだ無いもの: 納付書（バーコードの規格を確かめていない）。納付書は別に同封する。
"""

from dataclasses import dataclass
from pathlib import Path

from tsugaru.gyomu.kojin.notices.tax import (
    二つの税額,
    年税額の内訳,
    所得控除行,
    所得行,
    教示先,
    月割行,
    税の呼び名,
    税額控除行,
    管理番号,
    該当行,
    課税標準行,
)
from tsugaru.platform.documents.form import Form, 字100, 字300, 番号, 短文
from tsugaru.platform.documents.parts import 差出人事項, 窓あき宛名


@dataclass(frozen=True, kw_only=True)
class 納期行:
    """普通徴収の一期。"""

    期: 短文
    納期限: 短文
    税額: int


@dataclass(frozen=True, kw_only=True)
class 普通徴収の事項:
    """自分で納める分。``納め方`` は口座振替の有無など、団体の案内。"""

    税額: int
    納期: tuple[納期行, ...]
    納め方: 字300


@dataclass(frozen=True, kw_only=True)
class 年金徴収の事項:
    """公的年金から引かれる分（地方税法第321条の7の2〜第321条の7の8）。"""

    税額: int
    年金の種類: 短文
    支払者: 字100
    支払者法人番号: 番号
    月割: tuple[月割行, ...]
    翌年度の仮徴収: tuple[月割行, ...]


@dataclass(frozen=True, kw_only=True)
class 案内行:
    """見出しの付いた案内（納期限を過ぎたとき、納められないとき）。率や窓口は作る側が書く。"""

    見出し: 短文
    文: 字300


@dataclass(frozen=True, kw_only=True)
class 税額決定納税通知書:
    """一人の一年度の税額と、その計算。徴収の方法の無いものは None、該当の無い行は渡さない。"""

    宛名: 窓あき宛名
    差出人: 差出人事項
    番号: 管理番号
    年度: 短文
    呼び名: 税の呼び名
    本文: 字300
    税額: 年税額の内訳
    普通徴収: 普通徴収の事項 | None
    年金徴収: 年金徴収の事項 | None
    給与徴収の税額: int | None
    所得: tuple[所得行, ...]
    合計所得金額: int
    総所得金額等: int
    所得控除: tuple[所得控除行, ...]
    所得控除の合計額: int
    該当: tuple[該当行, ...]
    課税標準: tuple[課税標準行, ...]
    税額控除: tuple[税額控除行, ...]
    税額控除後の額: 二つの税額
    控除不足額: int
    案内: tuple[案内行, ...]
    教示: 教示先


FORM = Form(
    form_id="税額決定納税通知書",
    version=1,
    title="税額決定・納税通知書",
    data=税額決定納税通知書,
    folder=Path(__file__).parent,
)
