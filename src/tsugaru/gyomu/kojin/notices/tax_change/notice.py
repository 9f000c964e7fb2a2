"""税額変更（更正・減免）通知書（地方税法第321条の2・第323条・第45条、森林環境税法第7条）。

決まっていた額と新しい額を一行ずつ並べ、納める額がどう変わるかを先に述べる。普通徴収の期別が変わる人に送る。

まだ無いもの: 給与・年金からの特別徴収の変更（特別徴収の通知書による）、還付請求書。
"""

from dataclasses import dataclass
from pathlib import Path

from tsugaru.gyomu.kojin.notices.tax import 教示先, 税の呼び名, 管理番号
from tsugaru.platform.documents.form import Form, 字100, 字300, 短文
from tsugaru.platform.documents.parts import 差出人事項, 窓あき宛名


@dataclass(frozen=True, kw_only=True)
class 変更行:
    """一つの額の前と後。変わらない行も並べてよい（差は版面が出す）。"""

    名: 短文
    変更前: int
    変更後: int


@dataclass(frozen=True, kw_only=True)
class 変更の段:
    """変更行のまとまり（所得、所得控除、課税標準、税額）。"""

    名: 短文
    行: tuple[変更行, ...]


@dataclass(frozen=True, kw_only=True)
class 期別の変更:
    """一期の前と後、納めた額。"""

    期: 短文
    納期限: 短文
    変更前: int
    変更後: int
    納付済額: int


@dataclass(frozen=True, kw_only=True)
class 税額変更通知書:
    """一人の一年度の変更。``これから納める額`` と ``還付充当額`` は、額が無ければ 0。"""

    宛名: 窓あき宛名
    差出人: 差出人事項
    番号: 管理番号
    年度: 短文
    呼び名: 税の呼び名
    森林環境税がある: bool
    本文: 字300
    事由: 字100
    事由の説明: 字300
    年税額: 変更行
    段: tuple[変更の段, ...]
    期別: tuple[期別の変更, ...]
    これから納める額: int
    還付充当額: int
    案内: 字300
    教示: 教示先


FORM = Form(
    form_id="税額変更通知書",
    version=1,
    title="税額変更通知書",
    data=税額変更通知書,
    folder=Path(__file__).parent,
)
