"""住民異動届受理通知。届に来た人を本人と確かめられなかったときなどに、本人に届の受理を知らせる
（住民基本台帳法第27条、住民基本台帳事務処理要領）。"""

from dataclasses import dataclass
from pathlib import Path

from tsugaru.platform.documents.form import Form, 字100, 字300, 短文
from tsugaru.platform.documents.parts import 差出人事項, 窓あき宛名


@dataclass(frozen=True, kw_only=True)
class 住民異動届受理通知:
    """届のあった異動の知らせ。支援措置の相手方に住所を知らせないため、新しい住所は載せない。"""

    宛名: 窓あき宛名
    差出人: 差出人事項
    届出年月日: 短文
    異動の種類: 短文
    異動年月日: 短文
    異動した人: tuple[字100, ...]
    届出人: 字100
    本文: 字300
    案内文: 字300


FORM = Form(
    form_id="住民異動届受理通知",
    version=1,
    title="住民異動届受理通知書",
    data=住民異動届受理通知,
    folder=Path(__file__).parent,
)
