"""員のない制度のための一つの規則。"""

from tsugaru.law.engine.rules import 規則
from tsugaru.law.engine.words import 円


@規則("会費規約第1条")
def 会費(口数: int) -> 円:
    """一口500円。"""
    return 口数 * 500
