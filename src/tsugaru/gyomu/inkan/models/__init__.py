"""印鑑登録の表。"""

from tsugaru.gyomu.inkan.models.draft import 受付
from tsugaru.gyomu.inkan.models.imprint import 印影画像
from tsugaru.gyomu.inkan.models.issue import 登録証, 証明交付
from tsugaru.gyomu.inkan.models.progress import 読取位置
from tsugaru.gyomu.inkan.models.register import 印鑑履歴, 印鑑登録, 状態

__all__ = ["印影画像", "印鑑履歴", "印鑑登録", "受付", "状態", "登録証", "証明交付", "読取位置"]
