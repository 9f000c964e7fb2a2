"""個人住民税の入口。ほかの部屋はここだけを使う。

まだ無いもの: 平成18年以前の居住開始に係る旧制度（税源移譲前の附則第5条の4）、租税条約による免除、肉用牛の売却による
事業所得の特例（附則第6条）、特例適用利子等・条約適用利子等（附則第33条の2の2ほか）、
令和6年度の定額減税を年金特別徴収の10月分から順に引くことと、徴収方法を併せる人での引き方、年金仮徴収の途中の中止。
"""

from tsugaru.law.engine.system import 制度, 部屋を集める
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin import collecting, deductions, income, tax
from tsugaru.law.kojin.collecting.limits import 過ぎた年数
from tsugaru.law.kojin.collecting.shares import 期割を税目に分ける
from tsugaru.law.kojin.facts import 主な結果, 個人の事実, 親族の事実

__all__ = ["個人住民税", "期割を税目に分ける", "過ぎた年数"]

途中の額 = (
    *("総所得金額", "課税総所得金額", "合計課税所得金額"),
    *("市町村民税の算出所得割額", "道府県民税の算出所得割額", "市町村民税の所得割額", "道府県民税の所得割額"),
)
"""これだけを与えると、非課税の判定に使う所得が 0 のままになる額。"""

個人住民税 = 制度(
    名="kojin",
    題="個人住民税",
    根拠="地方税法第24条〜第71条の3・第294条〜第340条、森林環境税法",
    単位=("個人", "親族"),
    初=課税年度(2014),
    終=課税年度(2026),
    部屋=部屋を集める(income, deductions, tax, collecting),
    事実={**個人の事実, **親族の事実},
    結果=主な結果,
    併せて要る=dict.fromkeys(途中の額, ("合計所得金額", "総所得金額等")),
)
