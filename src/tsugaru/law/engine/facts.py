"""規則が受け取る事実の宣言。"""

from collections.abc import Iterable
from dataclasses import dataclass

from tsugaru.law.engine.words import 上限なし

値 = int | bool | None
"""規則のあいだを流れる値。円・人・歳などの整数か真偽。None は「判定できない」で、0 とは違う。"""


@dataclass(frozen=True, slots=True)
class 事実:
    """一つの事実。`既定` が None なら必須で、無いまま使う規則に来たら「判定できない」になる。

    `属する` は、その事実を持つ単位（個人・親族・世帯）の名。
    """

    名: str
    意味: str
    根拠: str
    型: type[int] = int
    単位: str = "円"
    既定: int | bool | None = None
    負可: bool = False
    属する: str = "個人"

    def 検査する(self, 与えた値: object) -> 値:
        """型と符号が合うときだけ、その値を返す。"""
        if 与えた値 is None:
            return None
        if type(与えた値) is not self.型:
            raise ValueError(f"{self.名} は{'真偽' if self.型 is bool else '整数'}です（{与えた値!r}）。")
        if isinstance(与えた値, int) and 与えた値 < 0 and not self.負可:
            raise ValueError(f"{self.名} は0以上です（{与えた値}）。")
        if isinstance(与えた値, int) and abs(与えた値) >= 上限なし:
            raise ValueError(f"{self.名} は1,000兆円より小さい値です（{与えた値}）。")
        return 与えた値


def 額(名: str, 意味: str, 根拠: str, *, 負可: bool = False) -> 事実:
    """円の事実。申告や報告が無ければ 0 円とする。"""
    return 事実(名, 意味, 根拠, 既定=0, 負可=負可)


def 該当(名: str, 意味: str, 根拠: str, *, 既定: bool = False) -> 事実:
    """真偽の事実。申告や登録が無ければ該当しないとする。"""
    return 事実(名, 意味, 根拠, bool, "", 既定)


def 表にする(*組: Iterable[事実]) -> dict[str, 事実]:
    """名で引ける表にする。同じ名が二度あれば止まる。"""
    表: dict[str, 事実] = {}
    for 一つ in (項目 for 列 in 組 for 項目 in 列):
        if 一つ.名 in 表:
            raise ValueError(f"事実 {一つ.名} が二度書かれています。")
        表[一つ.名] = 一つ
    return 表
