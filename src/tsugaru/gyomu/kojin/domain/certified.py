"""証明書の記載事項: 課税台帳の行から、帳票のデータを作る。額は全て、行と合うことを確かめた値である。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from tsugaru.gyomu.kojin.domain import sheet
from tsugaru.gyomu.kojin.domain.explaining import 説明
from tsugaru.gyomu.kojin.models import 賦課
from tsugaru.gyomu.kojin.notices.certificate import (
    所得の段,
    所得控除の段,
    税の証明,
    課税の段,
    課税標準額の行,
)
from tsugaru.gyomu.kojin.notices.tax import 二つの税額, 年税額の内訳, 所得控除行, 所得行, 税の呼び名, 該当行
from tsugaru.kernel.nendo import 前年
from tsugaru.kernel.wareki import 和暦の年, 年度の和暦表示
from tsugaru.platform.documents.parts import 発行事項
from tsugaru.platform.tenancy.directory import Municipality

森林環境税の初年度 = 2024


@dataclass(frozen=True, slots=True, kw_only=True)
class 写す人:
    """証明書に名の載る人。"""

    宛名番号: str
    氏名: str
    生年月日表示: str
    住所番号: int | None


class 値のある賦課(Protocol):
    """紙に写せる賦課: 行と、名から引ける値と、計算に使った定めの写し。"""

    @property
    def 行(self) -> 賦課:
        """課税台帳の行。"""

    @property
    def 写し(self) -> Mapping[str, Any]:
        """計算に使った定めの写し。"""

    def 値(self, 名: str) -> int:
        """結果か事実の値（無ければ 0）。"""


def 呼び名(団体: Municipality) -> 税の呼び名:
    """市民税・町民税・村民税と、県民税・道民税など（名の終わりの一字による）。"""
    return 税の呼び名(市町村民税=f"{団体.name[-1]}民税", 道府県民税=f"{団体.prefecture[-1]}民税")


def 証明の中身(
    人: 写す人,
    説: 説明,
    *,
    団体: Municipality,
    住所: str,
    期日の住所: str,
    控除: bool,
    該当: bool,
    税額: bool,
    非課税: bool,
    備考: str,
    発行: 発行事項,
) -> 税の証明:
    """一通の中身。控除 と 該当 は、請求により省けば None になる。税額 が偽なら所得だけを証明する。"""
    年度 = 説.行.課税年度
    return 税の証明(
        年度=年度の和暦表示(年度),
        所得の年=f"{和暦の年(date(前年(年度), 12, 31))}中",
        呼び名=呼び名(団体),
        氏名=人.氏名,
        生年月日=人.生年月日表示,
        住所=住所,
        賦課期日の住所=期日の住所,
        非課税=税額 and 非課税,
        所得=_所得(説),
        所得控除=_控除(説) if 控除 else None,
        該当=tuple(該当行(名=名, 値=値) for 名, 値 in sheet.該当を並べる(説.値)) if 該当 else None,
        課税=_課税(説) if 税額 else None,
        備考=備考,
        発行=発行,
    )


def _所得(説: 説明) -> 所得の段:
    return 所得の段(
        行=所得の行たち(説), 合計所得金額=説.値("合計所得金額"), 総所得金額等=説.値("総所得金額等")
    )


def 所得の行たち(説: 値のある賦課) -> tuple[所得行, ...]:
    """給与所得は、所得金額調整控除の後の額（内訳の和が合計所得金額になるように）。"""
    引く = {"給与所得の金額": 説.値("所得金額調整控除額")}
    return tuple(
        所得行(名=one.名, 収入金額=one.収入金額 or None, 所得金額=one.所得金額 - 引く.get(one.結果, 0))
        for one in sheet.所得を並べる(説.値)
    )


def _控除(説: 説明) -> 所得控除の段:
    return 所得控除の段(行=控除の行たち(説), 合計額=説.値("所得控除の合計額"))


def 控除の行たち(説: 値のある賦課) -> tuple[所得控除行, ...]:
    """0 の控除を除く。"""
    return tuple(所得控除行(名=one.名, 内容=one.内容, 額=one.額) for one in sheet.控除を並べる(説.値))


def _課税(説: 説明) -> 課税の段:
    rows = tuple(課税標準額の行(名=名, 額=額) for 名, _, 額 in sheet.課税標準を並べる(説.値))
    return 課税の段(課税標準=rows, 税額=内訳(説))


def 内訳(説: 値のある賦課) -> 年税額の内訳:
    """年税額の成り立ち。減免額は、所得割と均等割の合計から実際に引かれた額である。"""
    row = 説.行
    税 = 二つの税額(市町村民税=row.市町村民税額, 道府県民税=row.道府県民税額)
    所得割, 均等割 = _二つ(説, "所得割額"), _二つ(説, "均等割額")
    減免 = 二つの税額(
        市町村民税=所得割.市町村民税 + 均等割.市町村民税 - 税.市町村民税,
        道府県民税=所得割.道府県民税 + 均等割.道府県民税 - 税.道府県民税,
    )
    森林 = row.課税年度 >= 森林環境税の初年度
    年額 = _森林の年額(説) if 森林 else None
    return 年税額の内訳(
        所得割額=所得割, 均等割額=均等割, 減免額=減免, 税額=税, 森林環境税の年額=年額,
        森林環境税の免除額=年額 - row.森林環境税額 if 年額 is not None else None,
        森林環境税額=row.森林環境税額 if 森林 else None, 年税額=row.年税額,
    )  # fmt: skip


def _二つ(説: 値のある賦課, 名: str) -> 二つの税額:
    return 二つの税額(市町村民税=説.値(f"市町村民税の{名}"), 道府県民税=説.値(f"道府県民税の{名}"))


def _森林の年額(説: 値のある賦課) -> int:
    """免除の前の額。非課税の人と家屋敷だけの人は 0。"""
    if 説.値("森林環境税が非課税である") or 説.値("家屋敷等のみを有する"):
        return 0
    return int(説.写し["定め"]["森林環境税の定め"]["年額"])
