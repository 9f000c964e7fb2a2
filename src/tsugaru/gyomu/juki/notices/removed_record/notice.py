"""除票の写し。様式 20.1.3（住民基本台帳法第15条の2・第15条の4）。個人票だけである。"""

from dataclasses import dataclass
from pathlib import Path

from tsugaru.gyomu.juki.notices.people import 統合記載, 記載者
from tsugaru.platform.documents.form import Form, 字100, 字300, 短文
from tsugaru.platform.documents.parts import 発行事項


@dataclass(frozen=True, kw_only=True)
class 消除事項:
    """住民票を消除した事由と行き先。転出でなければ転出先は ``対象外`` とする。"""

    事由: 短文
    異動年月日: 短文
    届出年月日: 短文
    転出先住所予定: 字300
    転出先住所確定: 字300
    転入通知年月日: 短文


@dataclass(frozen=True, kw_only=True)
class 除票の写し:
    """一人の除票の写し。"""

    住所: 字300
    世帯主: 字100 | None
    本人: 記載者
    消除: 消除事項
    統合記載欄: tuple[統合記載, ...] | None
    発行: 発行事項


FORM = Form(form_id="20.1.3", version=1, title="除票の写し", data=除票の写し, folder=Path(__file__).parent)
