"""住民票の一つの状態。表を知らない値で、手続はこの値から次の値を作るだけの純粋な関数になる。"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self

from tsugaru.gyomu.juki.domain.codes import 住民状態, 続柄の表記
from tsugaru.gyomu.juki.models import 住民, 住民履歴


@dataclass(frozen=True, slots=True, kw_only=True)
class 住民票:
    """住民履歴の項目のうち、その人のその時の事実（どの処理から生まれたかは 出所 が持つ）。"""

    宛名番号: str
    住民種別: str
    氏名: str
    生年月日: date
    性別: str
    世帯番号: str
    住民状態: str = 住民状態.住民.value
    氏: str = ""
    名: str = ""
    氏名フリガナ: str = ""
    氏フリガナ: str = ""
    名フリガナ: str = ""
    フリガナ確認: str = "0"
    旧氏: str = ""
    旧氏フリガナ: str = ""
    通称: str = ""
    通称フリガナ: str = ""
    氏名ローマ字: str = ""
    氏名漢字: str = ""
    生年月日不詳: bool = False
    生年月日表記: str = ""
    記載順位: int = 1
    続柄1: str = ""
    続柄2: str = ""
    続柄3: str = ""
    続柄4: str = ""
    世帯主氏名: str = ""
    本籍番号: int | None = None
    筆頭者氏: str = ""
    筆頭者名: str = ""
    住所番号: int | None = None
    住民となった日: date | None = None
    住民日不詳: bool = False
    住民日表記: str = ""
    住所を定めた日: date | None = None
    住定日不詳: bool = False
    住定日表記: str = ""
    転入前番号: int | None = None
    最終登録番号: int | None = None
    未届: bool = False
    転出届出日: date | None = None
    転出予定日: date | None = None
    転出先予定番号: int | None = None
    転出日: date | None = None
    転出先確定番号: int | None = None
    転入通知日: date | None = None
    特例転出: bool = False
    消除事由: str = ""
    消除日: date | None = None
    消除日不詳: bool = False
    消除日表記: str = ""
    外国人住民日: date | None = None
    外住日不詳: bool = False
    外住日表記: str = ""
    国籍コード: str = ""
    国籍名: str = ""
    規定区分: str = ""
    在留資格: str = ""
    在留期間: str = ""
    在留満了日: date | None = None
    在留番号: str = ""
    改製番号: int = 0
    改製日: date | None = None

    @property
    def 在る(self) -> bool:
        """住民票が生きている（除票でない）。"""
        return self.住民状態 == 住民状態.住民.value

    @property
    def 世帯主である(self) -> bool:
        """続柄が世帯主。"""
        return self.続柄1 == "02"

    @property
    def 続柄表記(self) -> str:
        """「子の妻」のような表記。"""
        return 続柄の表記(self.続柄1, self.続柄2, self.続柄3, self.続柄4)

    def 変えて(self, **変更: Any) -> Self:
        """いくつかの項目を変えた新しい状態。"""
        return replace(self, **変更)

    def 違い(self, 前: 住民票 | None) -> tuple[str, ...]:
        """前の状態から変わった項目の名（前が無ければ空でない項目の全て）。"""
        return tuple(n for n in 項目名 if getattr(self, n) != (getattr(前, n) if 前 else 空の値[n]))


項目名 = tuple(f.name for f in fields(住民票))
空の値: dict[str, Any] = {
    f.name: f.default if f.default is not f.default_factory else None for f in fields(住民票)
}


def 状態(row: 住民 | 住民履歴) -> 住民票:
    """表の行から状態を取り出す。"""
    return 住民票(**{name: getattr(row, name) for name in 項目名})


@dataclass(frozen=True, slots=True, kw_only=True)
class 出所:
    """その行がどの処理から生まれたか。"""

    異動事由: str
    異動日: date
    有効日: date
    異動日不詳: bool = False
    異動日表記: str = ""
    届出日: date | None = None
    届出の別: str = ""
    届出番号: int | None = None
    取消対象履歴: int | None = None
    留意事項: str = ""


@dataclass(frozen=True, slots=True)
class 記録:
    """書こうとする一行: 出所と、そのときの状態。"""

    出所: 出所
    状態: 住民票
