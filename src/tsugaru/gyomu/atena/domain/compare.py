"""四情報（氏名・生年月日・性別・住所）を並べて比べる。比べるだけで、決めない。

一致と言うのは、書かれた文字が（空白を除いて）同じときだけである。異体字や番地の書き方の違いは「表記差」、伏せられた値や
空の値は「不明」で、どちらも一致に数えない。最良の推定で人を結んだ誤り（マイナンバー総点検の事例）を繰り返さないため。
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from tsugaru.kernel import moji
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.api import Address


class 度合(enum.Enum):
    """一つの項目がどれほど合うか。"""

    一致 = "一致"
    表記差 = "表記の違い"
    不一致 = "違う"
    不明 = "比べられない"


@dataclass(frozen=True, slots=True, kw_only=True)
class 四情報:
    """比べる一人分。住所が None なら、無いか伏せられている。"""

    氏名: str
    生年月日: 不詳日 | None
    性別: str
    住所: Address | None


@dataclass(frozen=True, slots=True, kw_only=True)
class 比較:
    """項目ごとの度合。番号 は、同じ番号か（None は確かめていない）。"""

    氏名: 度合
    生年月日: 度合
    性別: 度合
    住所: 度合
    番号: bool | None = None

    @property
    def 四情報が一致(self) -> bool:
        """四つとも一致。"""
        return self.違う項目 == []

    @property
    def 全て一致(self) -> bool:
        """四つとも一致し、検査数字の合う番号も同じ。このときだけ一人で決められる。"""
        return self.四情報が一致 and self.番号 is True

    @property
    def 違う項目(self) -> list[str]:
        """一致でない項目の名。"""
        names = ("氏名", "生年月日", "性別", "住所")
        return [name for name in names if getattr(self, name) is not 度合.一致]


def 比べる(甲: 四情報, 乙: 四情報, *, 番号: bool | None = None) -> 比較:
    """二人分を並べる。"""
    return 比較(
        氏名=氏名を比べる(甲.氏名, 乙.氏名),
        生年月日=生年月日を比べる(甲.生年月日, 乙.生年月日),
        性別=性別を比べる(甲.性別, 乙.性別),
        住所=住所を比べる(甲.住所, 乙.住所),
        番号=番号,
    )


def 氏名を比べる(甲: str, 乙: str) -> 度合:
    """空白のほかは一字も違わなければ一致。異体字をそろえて同じなら表記差。"""
    if not _詰める(甲) or not _詰める(乙):
        return 度合.不明
    if _詰める(甲) == _詰める(乙):
        return 度合.一致
    return 度合.表記差 if moji.検索漢字(甲) == moji.検索漢字(乙) else 度合.不一致


def 生年月日を比べる(甲: 不詳日 | None, 乙: 不詳日 | None) -> 度合:
    """不詳の日は、書かれ方が同じでも同じ日とは限らない。"""
    if 甲 is None or 乙 is None:
        return 度合.不明
    if 甲.不詳 or 乙.不詳:
        return 度合.表記差 if 甲.表示 == 乙.表示 else 度合.不明
    return 度合.一致 if 甲.内部日付 == 乙.内部日付 else 度合.不一致


def 性別を比べる(甲: str, 乙: str) -> 度合:
    """0 は不明。"""
    if "0" in (甲, 乙):
        return 度合.不明
    return 度合.一致 if 甲 == 乙 else 度合.不一致


def 住所を比べる(甲: Address | None, 乙: Address | None) -> 度合:
    """方書まで同じなら一致。番地の書き方（１２番地３と12-3）だけの違いは表記差。"""
    if 甲 is None or 乙 is None or not (甲.text() and 乙.text()):
        return 度合.不明
    if _詰める(甲.text()) == _詰める(乙.text()):
        return 度合.一致
    same_place = 甲.prefecture == 乙.prefecture and 甲.country == 乙.country
    alike = disclosure.search_key(甲) == disclosure.search_key(乙)
    return 度合.表記差 if same_place and alike else 度合.不一致


def _詰める(text: str) -> str:
    return "".join(text.split())
