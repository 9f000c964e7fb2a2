"""税額変更通知書（地方税法第321条の2・第323条・第45条）: 一人の、続く二つの賦課を並べる。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tsugaru.gyomu.kojin.domain import sheet, units, wording
from tsugaru.gyomu.kojin.domain.columns import 個別の事実, 資料の事実
from tsugaru.gyomu.kojin.domain.instalments import 年金の月
from tsugaru.gyomu.kojin.domain.notice_decision import 分, 和, 期の順
from tsugaru.gyomu.kojin.domain.notice_office import 差出し
from tsugaru.gyomu.kojin.domain.notice_values import 刷る賦課, 税率
from tsugaru.gyomu.kojin.domain.posting import 科目
from tsugaru.gyomu.kojin.models import 賦課
from tsugaru.gyomu.kojin.notices.tax import 管理番号
from tsugaru.gyomu.kojin.notices.tax_change.notice import 変更の段, 変更行, 期別の変更, 税額変更通知書
from tsugaru.platform.documents.parts import 窓あき宛名
from tsugaru.platform.ledger import api as ledger

説明の長さ = 240
資料か個別の事実 = (*資料の事実, *個別の事実)
年金の納期限 = "年金から"
理由がない = "税額の更正"


def 変更通知書(
    前: 刷る賦課,
    後: 刷る賦課,
    *,
    宛名: 窓あき宛名,
    番号: str,
    差: 差出し,
    納付済: Mapping[str, int],
    還付充当額: int,
) -> 税額変更通知書:
    """一人の一通。納付済 は普通徴収の期ごとに納めた額。"""
    rows = tuple(_期別(前, 後, 差, 納付済))
    これから = sum(max(row.変更後 - row.納付済額, 0) for row in rows if row.納期限 != 年金の納期限)
    return 税額変更通知書(
        宛名=宛名, 差出人=差.差出人, 番号=管理番号(通知書番号=番号, 宛名番号=後.行.宛名番号), 年度=差.年度, 呼び名=差.呼び名,
        森林環境税がある=差.森林環境税がある,
        本文=wording.本文を書く("変更", 条例=差.条例, 森林環境税がある=差.森林環境税がある),
        事由=後.行.更正事由 or 理由がない, 事由の説明=変わったこと(前, 後),
        年税額=変更行(名="変更後の年税額", 変更前=前.行.年税額, 変更後=後.行.年税額),
        段=tuple(_段たち(前, 後, 差)), 期別=rows, これから納める額=これから, 還付充当額=還付充当額,
        案内=_案内(前, 後, 還付充当額=還付充当額, これから=これから), 教示=差.教示,
    )  # fmt: skip


def 変わったこと(前: 刷る賦課, 後: 刷る賦課) -> str:
    """変わった事実を「名 前 → 後」で並べる（地方税法第18条の4による理由の提示）。入りきらない分は「ほか」とする。"""
    旧, 新 = 前.行.事実, 後.行.事実
    名たち = [名 for 名 in 資料か個別の事実 if (旧.get(名) or 0) != (新.get(名) or 0)]
    文たち = [f"{名} {units.文字(名, 旧.get(名, 0))} → {units.文字(名, 新.get(名, 0))}" for 名 in 名たち]
    if not 文たち:
        同じ額 = 前.行.年税額 == 後.行.年税額
        return wording.変わったことがない if 同じ額 else ""
    入る = 文たち
    while len("、".join(入る)) > 説明の長さ:
        入る = 入る[:-1]
    ほか = len(文たち) - len(入る)
    return wording.変わったこと + "、".join(入る) + (f"、ほか{ほか}件" if ほか else "") + "。"


def 納めた額(row: 賦課) -> dict[str, int]:
    """普通徴収の期ごとに、台帳で納められている額（今の賦課の調定から、残っている額を引いたもの）。"""
    残り: dict[str, int] = {}
    for one in ledger.balances(kind=科目["普徴"], tax_year=row.課税年度, subject=row.宛名番号):
        期 = str(one.account.instalment)
        残り[期] = 残り.get(期, 0) + one.amount
    額 = 分(row.期別, "普徴")
    found = {期: 額.get(期, 0) - 残り.get(期, 0) for 期 in {**額, **残り}}
    return {期: 円 for 期, 円 in found.items() if 円}


def 納めすぎ(後: 刷る賦課, 納付済: Mapping[str, int]) -> int:
    """普通徴収で納めた額が、変わった後の額を超える額（地方税法第17条・第17条の2）。"""
    return max(sum(納付済.values()) - 和(後.行.期別, "普徴"), 0)


def _期別(前: 刷る賦課, 後: 刷る賦課, 差: 差出し, 納付済: Mapping[str, int]) -> Iterator[期別の変更]:
    旧, 新 = 分(前.行.期別, "普徴"), 分(後.行.期別, "普徴")
    for 期 in 期の順({**旧, **新, **納付済}):
        yield 期別の変更(
            期=wording.納期の名(期), 納期限=差.納期限(期), 変更前=旧.get(期, 0), 変更後=新.get(期, 0),
            納付済額=納付済.get(期, 0),
        )  # fmt: skip
    旧, 新 = 分(前.行.期別, "年金"), 分(後.行.期別, "年金")
    for 月 in 年金の月:
        名 = str(月)
        if 旧.get(名) or 新.get(名):
            yield 期別の変更(
                期=f"年金{月}月", 納期限=年金の納期限, 変更前=旧.get(名, 0), 変更後=新.get(名, 0), 納付済額=0
            )


def _案内(前: 刷る賦課, 後: 刷る賦課, *, 還付充当額: int, これから: int) -> str:
    """納める額がどうなるか。減っても、まだ納める額が残る人に「お返しします」とは書かない。"""
    if 還付充当額:
        return wording.変更の案内["減"] + (wording.変更の案内["残"] if これから else "")
    if 後.行.年税額 == 前.行.年税額:
        return wording.変更の案内["同"]
    増えた = 後.行.年税額 > 前.行.年税額
    return wording.変更の案内["増" if 増えた else "残"] if これから else ""


def _段たち(前: 刷る賦課, 後: 刷る賦課, 差: 差出し) -> Iterator[変更の段]:
    """所得・所得控除・課税標準・税額の、どちらかにある行。"""
    所得 = [
        (f"{one.名}所得", one.結果) for one in sheet.所得を並べる(lambda 名: abs(前.値(名)) + abs(後.値(名)))
    ]
    控除 = [(題, 名) for 題, 名 in sheet.控除たち if 前.値(名) or 後.値(名)]
    標準 = [(題, 名) for 題, 名 in sheet.課税標準たち if 前.値(名) or 後.値(名)]
    yield from _段("所得", [*所得, ("合計所得金額", "合計所得金額")], 前, 後)
    yield from _段("所得控除", [*控除, ("所得控除の合計", "所得控除の合計額")], 前, 後)
    yield from _段("課税標準", 標準, 前, 後)
    for 題, 税 in ((差.呼び名.市町村民税, "市町村民税"), (差.呼び名.道府県民税, "道府県民税")):
        yield from _段(題, list(_税の行(題, 税, 前, 後)), 前, 後)
    if 差.森林環境税がある:
        yield from _段("森林環境税（国税）", [("森林環境税", "森林環境税額")], 前, 後)


def _段(名: str, rows: list[tuple[str, str]], 前: 刷る賦課, 後: 刷る賦課) -> Iterator[変更の段]:
    found = tuple(変更行(名=題, 変更前=前.値(結果), 変更後=後.値(結果)) for 題, 結果 in rows)
    if found:
        yield 変更の段(名=名, 行=found)


def _税の行(題: str, 税: str, 前: 刷る賦課, 後: 刷る賦課) -> Iterator[tuple[str, str]]:
    yield f"算出所得割額（{税率(後, 税)}）", f"{税}の算出所得割額"
    for 名 in sheet.税額控除たち:
        結果 = f"{税}の{名}額"
        if 前.値(結果) or 後.値(結果):
            yield wording.税額控除の言葉[名].名, 結果
    for 名 in ("所得割額", "均等割額", "減免額"):
        if 名 != "減免額" or 前.値(f"{税}の{名}") or 後.値(f"{税}の{名}"):
            yield 名, f"{税}の{名}"
    yield f"{題}の税額", f"{税}額"
