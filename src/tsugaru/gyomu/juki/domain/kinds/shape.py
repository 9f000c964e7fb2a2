"""異動の種類の形。"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from tsugaru.gyomu.juki.domain.codes import 分類, 異動事由
from tsugaru.gyomu.juki.domain.fields import 項目定義

届出, 申出, 通知, 請求, 職権 = "届出", "申出", "通知", "請求", "職権"


class 対象(enum.Enum):
    """その異動が動かす人の選び方。"""

    新しい人 = "new"
    世帯員 = "members"
    一人 = "one"


@dataclass(frozen=True, slots=True, kw_only=True)
class 異動の種類:
    """一つの異動。期限日数は届出期間（0 は定めなし）、決裁は本登録に要る権限の項目区分。

    除票も は、除票になった人にも使える異動。先の日 は、異動日が今日より後でよい異動。
    """

    符号: str
    名称: str
    事由: 異動事由
    対象: 対象
    届出の別: tuple[str, ...]
    項目: tuple[項目定義, ...] = ()
    各人の項目: tuple[項目定義, ...] = ()
    決裁: str = "基本"
    根拠: str = ""
    期限日数: int = 0
    先の日: bool = False
    異動日不詳: bool = False
    除票も: bool = False
    説明: str = ""

    @property
    def 分類(self) -> 分類:
        """記載・消除・修正。目次の組分け。"""
        return self.事由.分類

    @property
    def 項目名(self) -> frozenset[str]:
        """届出に一つの値の名。"""
        return frozenset(f.名 for f in self.項目)
