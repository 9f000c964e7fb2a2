"""印鑑登録証明書。印影は登録時に測った実寸で刷る（印鑑登録証明事務処理要領）。"""

from dataclasses import dataclass
from pathlib import Path

from tsugaru.platform.documents.form import Form, 字100, 字300, 短文
from tsugaru.platform.documents.parts import 画像, 発行事項


@dataclass(frozen=True, kw_only=True)
class 印鑑登録証明書:
    """登録された一つの印鑑の証明。``性別`` は条例で載せない市町村では None とする。"""

    印影: 画像
    氏名: 字100
    氏名カタカナ表記: 字100
    旧氏: 字100
    通称: 字100
    生年月日: 短文
    性別: 短文 | None
    住所: 字300
    備考: 字300
    発行: 発行事項


FORM = Form(
    form_id="印鑑登録証明書",
    version=1,
    title="印鑑登録証明書",
    data=印鑑登録証明書,
    folder=Path(__file__).parent,
)
