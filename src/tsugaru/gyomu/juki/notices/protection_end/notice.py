"""支援措置期間終了通知。様式 20.5.1（住民基本台帳事務処理要領第5－10）。送り先は申出者の申し出た所に限る。"""

from dataclasses import dataclass
from pathlib import Path

from tsugaru.platform.documents.form import Form, 字100, 字300, 短文
from tsugaru.platform.documents.parts import 差出人事項, 窓あき宛名


@dataclass(frozen=True, kw_only=True)
class 支援措置期間終了通知:
    """期間が終わることと、延長の申出の方法の知らせ。相手方の氏名は載せない。"""

    宛名: 窓あき宛名
    差出人: 差出人事項
    申出者: 字100
    併せて支援を求める者: tuple[字100, ...]
    開始年月日: 短文
    終了年月日: 短文
    延長の受付開始日: 短文
    延長の受付終了日: 短文
    本文: 字300
    案内文: 字300


FORM = Form(
    form_id="20.5.1",
    version=1,
    title="支援措置期間終了通知書",
    data=支援措置期間終了通知,
    folder=Path(__file__).parent,
)
