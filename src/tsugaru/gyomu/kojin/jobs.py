"""働き手に任せる仕事: 確定した実行の通知の作成。"""

from __future__ import annotations

from tsugaru.gyomu.kojin.domain import notice_orders
from tsugaru.platform.jobs.api import JobKind

JOBS = [
    JobKind(code=notice_orders.仕事, name="通知の作成", gyomu="kojin", step=notice_orders.一歩, whole=False)
]
