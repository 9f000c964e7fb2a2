"""所得証明書と課税（非課税）証明書に共通の項目（地方税法第20条の10、地方自治法第2条・第227条による証明）。

段（所得・所得控除・該当・税額）の None は、請求により省略したこと。何も分かっていない人の証明は作れないので、
その状態は型に無い。
"""

from dataclasses import dataclass

from tsugaru.gyomu.kojin.notices.tax import 年税額の内訳, 所得控除行, 所得行, 税の呼び名, 該当行
from tsugaru.platform.documents.form import 字100, 字300, 短文
from tsugaru.platform.documents.parts import 発行事項


@dataclass(frozen=True, kw_only=True)
class 所得の段:
    """所得の内訳と合計。"""

    行: tuple[所得行, ...]
    合計所得金額: int
    総所得金額等: int


@dataclass(frozen=True, kw_only=True)
class 所得控除の段:
    """所得控除の内訳と合計。"""

    行: tuple[所得控除行, ...]
    合計額: int


@dataclass(frozen=True, kw_only=True)
class 課税標準額の行:
    """課税標準額の一つ。"""

    名: 短文
    額: int


@dataclass(frozen=True, kw_only=True)
class 課税の段:
    """課税標準額と年税額。"""

    課税標準: tuple[課税標準額の行, ...]
    税額: 年税額の内訳


@dataclass(frozen=True, kw_only=True)
class 税の証明:
    """一人の一年度の証明。``住所`` は開示の門を通った文字（伏せるときはその文）。"""

    年度: 短文
    所得の年: 短文
    呼び名: 税の呼び名
    氏名: 字100
    生年月日: 短文
    住所: 字300
    賦課期日の住所: 字300
    非課税: bool
    所得: 所得の段 | None
    所得控除: 所得控除の段 | None
    該当: tuple[該当行, ...] | None
    課税: 課税の段 | None
    備考: 字300
    発行: 発行事項
