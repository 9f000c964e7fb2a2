"""住民票の写し（個人票）。様式 20.1.1。履歴は請求があったときだけ載せる。"""

from dataclasses import dataclass
from pathlib import Path

from tsugaru.gyomu.juki.notices.people import 統合記載, 記載者
from tsugaru.platform.documents.form import Form, 字100, 字300
from tsugaru.platform.documents.parts import 発行事項


@dataclass(frozen=True, kw_only=True)
class 住民票の写し個人票:
    """一人の写し。``統合記載欄`` は請求により載せる履歴・留意事項（省略は None）。"""

    住所: 字300
    世帯主: 字100 | None
    本人: 記載者
    統合記載欄: tuple[統合記載, ...] | None
    発行: 発行事項


FORM = Form(
    form_id="20.1.1",
    version=1,
    title="住民票の写し",
    data=住民票の写し個人票,
    folder=Path(__file__).parent,
)
