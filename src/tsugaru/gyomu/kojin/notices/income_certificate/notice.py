"""所得証明書。前の年の所得だけを証明する（所得控除・該当は請求があるとき）。税額は載せない。

まだ無いもの: 標準仕様書の様式との突き合わせ、コンビニ交付の様式。
"""

from pathlib import Path

from tsugaru.gyomu.kojin.notices.certificate import 税の証明
from tsugaru.platform.documents.form import Form

FORM = Form(
    form_id="所得証明書",
    version=1,
    title="所得証明書",
    data=税の証明,
    folder=Path(__file__).parent,
)
