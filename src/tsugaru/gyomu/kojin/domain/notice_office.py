"""通知の差出人・納期限・教示先: 団体のデータから。足りなければ、何をどこに書くかを言って断る（KJ-4102）。"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tsugaru.gyomu.kojin.domain.certified import 呼び名, 森林環境税の初年度
from tsugaru.gyomu.kojin.domain.wording import 随時
from tsugaru.gyomu.kojin.notices.tax import 教示先, 税の呼び名
from tsugaru.kernel.civil_time import 開庁日へ
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.holidays import 地方公共団体の休日, 祝日が分かる
from tsugaru.kernel.wareki import 和暦表示, 年度の和暦表示
from tsugaru.platform.documents.certifier import 認証者を選ぶ
from tsugaru.platform.documents.parts import 差出人事項
from tsugaru.platform.tenancy.directory import Municipality

見本 = "見本"
随時の納期限 = "納付書に書いた日"
年度の変わり目 = 4
"""4月から12月までの月はその年、1月から3月までは翌年。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class 差出し:
    """一つの実行の通知に共通のもの。"""

    課税年度: int
    差出人: 差出人事項
    呼び名: 税の呼び名
    教示: 教示先
    条例: str
    納め方: str
    納期の月: tuple[int, ...]
    休日: tuple[str, ...]
    都道府県: str

    @property
    def 年度(self) -> str:
        """「令和8年度」。"""
        return 年度の和暦表示(self.課税年度)

    @property
    def 森林環境税がある(self) -> bool:
        """令和6年度から。"""
        return self.課税年度 >= 森林環境税の初年度

    def 納期限(self, 期: str) -> str:
        """普通徴収の期の納期限。納期の月の末日で、休日なら次の開庁日（地方税法第320条・第20条の5第2項）。"""
        if 期 == 随時:
            return 随時の納期限
        月 = self.納期の月[int(期) - 1]
        年 = self.課税年度 + (月 < 年度の変わり目)
        return self._開庁日(date(年, 月, calendar.monthrange(年, 月)[1]))

    def 納入期限(self, 月: int, *, 特例: bool) -> str:
        """給与の特別徴収の納入期限。翌月10日、納期の特例なら12月10日と6月10日（法第321条の5・第321条の5の2）。"""
        if 特例:
            前半 = 6 <= 月 <= 11
            return self._開庁日(date(self.課税年度 + (not 前半), 12 if 前半 else 6, 10))
        年 = self.課税年度 + (月 < 6)
        return self._開庁日(date(年 + 月 // 12, 月 % 12 + 1, 10))

    def 月の名(self, 月: int, *, 翌年度: bool = False) -> str:
        """年金の月。「令和8年4月」。"""
        年 = self.課税年度 + 翌年度 + (月 < 年度の変わり目)
        return 和暦表示(date(年, 月, 1)).removesuffix("1日")

    def _開庁日(self, 日: date) -> str:
        if not 祝日が分かる(日):
            raise 業務エラー(
                "KJ-4103",
                f"納期限の年（{日.year}年）の国民の祝日がまだ登録されていません。",
                "公表された祝日を kernel/holidays.csv に足してから作ってください。",
            )
        return 和暦表示(開庁日へ(日, 地方公共団体の休日(self.休日, (日.year, 日.year + 1))))


def 差出しを読む(団体: Municipality, *, 課税年度: int, 日: date, 文書番号: str, 所属: str) -> 差出し:
    """団体のデータから。見本の値が一つでもあれば、文書番号に「見本」と刷る。"""
    刷る事項 = _要る(団体.facts, "個人住民税の通知", "個人住民税の通知")
    先 = _要る(_要る(団体.facts, "問合せ先", "問合せ先"), 所属, f"問合せ先の「{所属}」")
    条例, 納期, 納め方 = (
        _要る(刷る事項, 名, f"個人住民税の通知の「{名}」") for 名 in ("税条例", "納期", "納め方")
    )
    人 = 認証者を選ぶ(団体, 日)
    見本がある = any(one.get("見本") for one in (先, 条例, 納期, 納め方))
    return 差出し(
        課税年度=課税年度,
        差出人=差出人事項(
            文書番号=f"{文書番号}（{見本}）" if 見本がある and 文書番号 else 見本 if 見本がある else 文書番号,
            発行年月日=日, 発行日表示=和暦表示(日), 認証者=人, 担当=f"{団体.name}　{所属}", 所在地=先["所在地"],
            電話番号=先["電話番号"],
        ),
        呼び名=呼び名(団体), 教示=教示先(審査庁=人.職名, 被告=団体.name), 条例=条例["名"], 納め方=納め方["文"],
        納期の月=tuple(納期["月"]), 休日=tuple(団体.facts.get("年末年始の休日", {}).get("日", ())),
        都道府県=団体.prefecture,
    )  # fmt: skip


def _要る(facts: Mapping[str, Any], 名: str, 呼ぶ名: str) -> Any:
    if 名 not in facts:
        raise 業務エラー(
            "KJ-4102",
            f"通知に刷る{呼ぶ名}が団体のデータにありません。",
            "municipality.yaml に、確かめた値を書いてください。",
        )
    return facts[名]
