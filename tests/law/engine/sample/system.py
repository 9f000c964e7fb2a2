"""試験のための制度。"""

from dataclasses import replace

from tests.law.engine.sample import fees
from tsugaru.law.engine.facts import 事実, 表にする, 該当, 額
from tsugaru.law.engine.system import 制度
from tsugaru.law.engine.words import 支給月

見本 = 制度(
    名="fees",
    題="料金",
    根拠="料金条例",
    単位=("世帯", "個人"),
    初=支給月(2025, 4),
    終=支給月(2026, 12),
    部屋=(fees,),
    事実=表にする(
        (
            事実("年齢", "満年齢", "料金条例第2条", 単位="歳", 属する="個人"),
            事実("所得", "前年の所得", "料金条例第1条", 既定=0, 属する="個人"),
            replace(該当("免除される", "免除の申請が認められた", "料金条例第5条"), 属する="世帯"),
            replace(額("使わない額", "どの規則も読まない", "料金条例第9条", 負可=True), 属する="世帯"),
        )
    ),
    結果=("料金", "負担の合計"),
)
