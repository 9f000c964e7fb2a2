"""住民票の写し（世帯連記式）。様式 20.1.2。一枚に四人まで、五人目からは次の頁に続く。"""

from dataclasses import dataclass
from pathlib import Path

from tsugaru.gyomu.juki.notices.people import 記載者
from tsugaru.platform.documents.form import Form, 字100, 字300
from tsugaru.platform.documents.parts import 発行事項


@dataclass(frozen=True, kw_only=True)
class 住民票の写し世帯連記式:
    """世帯の全部または一部の写し。住所は方書まで必ず入れる（標準仕様書 5.4）。"""

    住所: 字300
    世帯主: 字100 | None
    世帯員: tuple[記載者, ...]
    発行: 発行事項


FORM = Form(
    form_id="20.1.2",
    version=1,
    title="住民票の写し",
    data=住民票の写し世帯連記式,
    folder=Path(__file__).parent,
)
