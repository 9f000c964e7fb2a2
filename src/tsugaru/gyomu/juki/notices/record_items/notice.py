"""住民票記載事項証明書。様式 20.1.4（住民基本台帳法第12条第1項）。請求のあった事項だけを証明する。"""

from dataclasses import dataclass
from pathlib import Path

from tsugaru.platform.documents.form import Form, 字100, 字300, 短文
from tsugaru.platform.documents.parts import 発行事項


@dataclass(frozen=True, kw_only=True)
class 記載事項:
    """証明する事項一つ。"""

    名: 短文
    値: 字300


@dataclass(frozen=True, kw_only=True)
class 証明する人:
    """事項を証明する一人。氏名は事項に含めずここに置く。"""

    氏名フリガナ: 字100
    氏名: 字100
    事項: tuple[記載事項, ...]


@dataclass(frozen=True, kw_only=True)
class 住民票記載事項証明書:
    """世帯の全部または一部の記載事項。"""

    住所: 字300
    世帯主: 字100 | None
    証明: tuple[証明する人, ...]
    備考: 字300
    発行: 発行事項


FORM = Form(
    form_id="20.1.4",
    version=1,
    title="住民票記載事項証明書",
    data=住民票記載事項証明書,
    folder=Path(__file__).parent,
)
