"""課税（非課税）証明書。標題は、税額があれば課税証明書、無ければ非課税証明書になる。

まだ無いもの: 標準仕様書の様式との突き合わせ、コンビニ交付の様式。
"""

from pathlib import Path

from tsugaru.gyomu.kojin.notices.certificate import 税の証明
from tsugaru.platform.documents.form import Form

FORM = Form(
    form_id="課税証明書",
    version=1,
    title="課税（非課税）証明書",
    data=税の証明,
    folder=Path(__file__).parent,
)
