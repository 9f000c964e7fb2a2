"""住民記録の表。"""

from tsugaru.gyomu.juki.models.case import 届出
from tsugaru.gyomu.juki.models.case_subject import 届出対象
from tsugaru.gyomu.juki.models.editing import 編集中
from tsugaru.gyomu.juki.models.hold import 抑止
from tsugaru.gyomu.juki.models.issue import 交付
from tsugaru.gyomu.juki.models.note import メモ
from tsugaru.gyomu.juki.models.outbox import 異動通知
from tsugaru.gyomu.juki.models.release import 解除の求め
from tsugaru.gyomu.juki.models.resident import 住民, 住民履歴
from tsugaru.gyomu.juki.models.support import 支援措置
from tsugaru.gyomu.juki.models.transfer import 支援の転送

__all__ = [
    "メモ",
    "交付",
    "住民",
    "住民履歴",
    "届出",
    "届出対象",
    "抑止",
    "支援の転送",
    "支援措置",
    "異動通知",
    "編集中",
    "解除の求め",
]
