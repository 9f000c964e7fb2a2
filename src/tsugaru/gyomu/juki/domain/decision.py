"""異動の判断の入口と出口。判断は表も時計も知らない純粋な関数 `案件 → 判断` である。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tsugaru.gyomu.juki.domain.codes import 異動事由
from tsugaru.gyomu.juki.domain.kinds import 異動の種類, 職権
from tsugaru.gyomu.juki.domain.state import 住民票, 出所, 記録
from tsugaru.gyomu.juki.domain.timeline import 行
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.uncertain_date import 不詳日


@dataclass(frozen=True, slots=True, kw_only=True)
class 警告:
    """止めはしないが、決裁する人が確かめること。"""

    番号: str
    文: str
    対処: str
    根拠: str = ""
    宛名番号: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class 番号の記録:
    """門の内側に入れる番号（個人番号・住民票コード）。"""

    宛名番号: str
    種別: str
    値: str


@dataclass(frozen=True, slots=True)
class 判断:
    """書くべき行と番号、確かめること。載せ済み の行は、遡りの計算を済ませている（取消し）。"""

    記録: tuple[記録, ...]
    警告: tuple[警告, ...] = ()
    番号: tuple[番号の記録, ...] = ()
    載せ済み: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class 案件:
    """一つの届出の、判断に要る全て。

    各人 は 宛名番号 → 入力された値（入力の順）。住所は住所番号（int）になっている。
    人 は 宛名番号 → その異動の有効日の姿。対象の人、その世帯の人、入る世帯の人の全て。新しい人は無い。歴 はその人たちの歴の全て。
    休日 は団体の休日（土日を除く）で、届出期間の末日を見るのに使う。
    """

    種類: 異動の種類
    異動日: 不詳日
    届出日: date
    届出の別: str
    今日: date
    共通: Mapping[str, Any] = field(default_factory=dict)
    各人: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    人: Mapping[str, 住民票] = field(default_factory=dict)
    歴: Mapping[str, Sequence[行]] = field(default_factory=dict)
    届出番号: int | None = None
    休日: AbstractSet[date] = frozenset()

    @property
    def 日(self) -> date:
        """異動日の内部日付。"""
        return self.異動日.内部日付

    def 対象(self, *, 除票も: bool = False) -> list[住民票]:
        """対象の人の今の姿（入力の順）。住民でない人がいれば 業務エラー。"""
        for number in self.各人:
            if number not in self.人 or not (除票も or self.人[number].在る):
                raise 業務エラー(
                    "JK-0202",
                    f"宛名番号{number}は、この異動日に住民ではありません。",
                    "異動日と対象の人を確かめてください。",
                    根拠="住民基本台帳法第5条。",
                )
        return [self.人[number] for number in self.各人]

    def 世帯員(self, 世帯番号: str) -> list[住民票]:
        """その世帯の住民（除票を除く）。"""
        return [p for p in self.人.values() if p.世帯番号 == 世帯番号 and p.在る]

    def 残る人(self, 世帯番号: str) -> list[住民票]:
        """その世帯の住民のうち、この届出の対象でない人。"""
        return [p for p in self.世帯員(世帯番号) if p.宛名番号 not in self.各人]

    def 値(self, 宛名番号: str, 名: str, 既定: Any = "") -> Any:
        """その人に入力された値。空なら 既定。"""
        found = self.各人[宛名番号].get(名)
        return 既定 if found is None or found in ("", ()) else found

    def 出所を作る(
        self, *, 事由: 異動事由 | None = None, 届出の別: str | None = None, 有効日: date | None = None
    ) -> 出所:
        """この届出から生まれる行の出所。"""
        return 出所(
            異動事由=(事由 or self.種類.事由).value,
            異動日=self.日,
            異動日不詳=self.異動日.不詳,
            異動日表記=self.異動日.表記,
            有効日=有効日 or self.有効日,
            届出日=self.届出日,
            届出の別=届出の別 or self.届出の別,
            届出番号=self.届出番号,
            留意事項=self.共通.get("留意事項") or "",
        )

    @property
    def 有効日(self) -> date:
        """姿が変わる日。先の日の届出（転出の予定）は届出日、年も分からない日は届出日から効く。"""
        unknown = self.異動日.不詳 and self.日 == date.min
        return self.届出日 if unknown or self.日 > self.今日 else self.日

    def 書く(self, 状態: 住民票, *, 事由: 異動事由 | None = None, 届出の別: str | None = None) -> 記録:
        """この届出から生まれる一行。"""
        return 記録(self.出所を作る(事由=事由, 届出の別=届出の別), 状態)

    def 職権の記録(self, 状態: 住民票, 事由: 異動事由) -> 記録:
        """届出に伴って職権で直す行。"""
        return self.書く(状態, 事由=事由, 届出の別=職権)


手続の型 = Callable[[案件], 判断]


def 後の姿(案件: 案件, 記録列: Iterable[記録]) -> dict[str, 住民票]:
    """記録を当てた後の、関わる人の全ての姿。"""
    after = dict(案件.人)
    for one in 記録列:
        after[one.状態.宛名番号] = one.状態
    return after
