"""一人の一年度の全て: 賦課の番・資料・個別の事項・通知・証明。問いの数は中身の数によらない。"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tsugaru.gyomu.kojin.domain import roll, usage
from tsugaru.gyomu.kojin.domain.usage import 使われ方
from tsugaru.gyomu.kojin.models import 個別事項, 特徴義務者, 証明交付, 課税資料, 課税通知, 賦課

近い証明 = 8


@dataclass(frozen=True, slots=True)
class 台帳:
    """一人の一年度。番たち は新しい賦課から。年度たち は賦課か資料のある年度（新しい順）。"""

    宛名番号: str
    年度: int
    番たち: Sequence[賦課]
    資料: Sequence[使われ方]
    個別: Sequence[個別事項]
    通知: Sequence[課税通知]
    証明: Sequence[証明交付]
    義務者: str
    年度たち: Sequence[int]

    @property
    def 今(self) -> 賦課 | None:
        """今の賦課。取り消された人にはない。"""
        return None if self.取り消した else next(iter(self.番たち), None)

    @property
    def 取り消した(self) -> bool:
        """資料がなくなり、月例更正で賦課を取り消した。"""
        return bool(self.番たち) and roll.取消である(self.番たち[0])

    @property
    def 今の通知番号(self) -> str:
        """今の賦課を知らせた通知書の番号（まだ作っていなければ空）。"""
        番 = self.今.番 if self.今 else 0
        return next((str(one.通知番号) for one in self.通知 if one.賦課の番 == 番), "")

    @property
    def 効いている個別(self) -> dict[str, 個別事項]:
        """事実名 → 今の定め（外したものを除く）。"""
        found = {row.事実名: row for row in self.個別}
        return {名: row for 名, row in found.items() if row.値 is not None}

    @property
    def 未反映(self) -> bool:
        """次の月例更正で変わる資料か個別の事項があるか。"""
        if any(one.扱い == usage.未反映 or (one.扱い == usage.使った and one.訳) for one in self.資料):
            return True
        今 = self.今
        return 今 is not None and any(row.処理日時 > 今.処理日時 for row in self.個別)

    @property
    def 版(self) -> str:
        """画面を開いたときの姿。賦課・資料・個別の事項のどれかが足されれば変わる。"""
        番 = self.番たち[0].番 if self.番たち else 0
        資料 = max((one.資料.pk for one in self.資料), default=0)
        return f"{番}.{len(self.資料)}.{資料}.{len(self.個別)}"


def 開く(宛名番号: str, 年度: int) -> 台帳:
    """一人の一年度。"""
    levied = list(賦課.objects.filter(宛名番号=宛名番号).order_by("-課税年度", "-番"))
    papers = usage.資料を読む(宛名番号)
    mine = [row for row in levied if row.課税年度 == 年度]
    here = [s for s in papers if s.課税年度 == 年度]
    return 台帳(
        宛名番号,
        年度,
        mine,
        usage.使われ方を見る(here, next(iter(mine), None)),
        list(個別事項.objects.filter(宛名番号=宛名番号, 課税年度=年度).order_by("番")),
        _通知(宛名番号, 年度),
        list(証明交付.objects.filter(宛名番号=宛名番号).order_by("-交付日時")[:近い証明]),
        _義務者(mine[0].指定番号 if mine else "", here),
        sorted({row.課税年度 for row in levied} | {s.課税年度 for s in papers}, reverse=True),
    )


def _通知(宛名番号: str, 年度: int) -> list[課税通知]:
    rows = 課税通知.objects.filter(相手=宛名番号, 課税年度=年度).order_by("-作成日時")
    return list(rows.only("作成日時", "様式", "賦課の番", "文書", "通知番号"))


def _義務者(指定番号: str, 資料: Sequence[課税資料]) -> str:
    """給与から徴収する義務者の名。台帳に登録がなければ、報告書に書かれた名。"""
    row = 特徴義務者.objects.filter(指定番号=指定番号).order_by("-履歴番号").first()
    if row is not None:
        return row.名称
    return next((s.支払者 for s in 資料 if s.支払者番号 == 指定番号), "") if 指定番号 else ""
