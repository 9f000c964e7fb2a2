"""印鑑登録照会書兼回答書。申請が本人の意思によることを郵送で確かめる（印鑑登録証明事務処理要領）。"""

from dataclasses import dataclass
from pathlib import Path

from tsugaru.platform.documents.form import Form, 字100, 字300, 番号, 短文
from tsugaru.platform.documents.parts import 差出人事項, 窓あき宛名


@dataclass(frozen=True, kw_only=True)
class 印鑑登録照会書兼回答書:
    """上半分が照会書、下半分が回答書。回答の期限は条例・規則により作る側が入れる。"""

    宛名: 窓あき宛名
    差出人: 差出人事項
    申請者氏名: 字100
    申請者生年月日: 短文
    申請者住所: 字300
    申請年月日: 短文
    申請番号: 番号
    回答期限: 短文
    回答先: 字100
    照会文: 字300
    案内文: 字300
    回答文: 字300
    選任文: 字300


FORM = Form(
    form_id="印鑑登録照会書兼回答書",
    version=1,
    title="印鑑登録照会書兼回答書",
    data=印鑑登録照会書兼回答書,
    folder=Path(__file__).parent,
)
