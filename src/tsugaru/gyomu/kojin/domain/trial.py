"""申告の試算: まだ記録していない申告を足した資料から、今の定めで計算し、矛盾を挙げる。何も残さない。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from tsugaru.gyomu.kojin.domain import computing, facts, parameters, sources, usage
from tsugaru.gyomu.kojin.domain.columns import 人の列
from tsugaru.gyomu.kojin.domain.contradictions import 誤りたち
from tsugaru.gyomu.kojin.models import 課税資料, 賦課
from tsugaru.gyomu.kojin.models.source import 資料種類
from tsugaru.kernel.errors import 業務エラー
from tsugaru.law.engine.evaluate import 計算

仮の番号 = 2**62
"""まだ記録していない一枚に付ける、どの資料より後の番号。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class 申告書:
    """打たれた一枚。事実 は書かれた項目だけ（円・人・1か0）。"""

    事実: Mapping[str, int] = field(default_factory=dict)
    収入なし: bool = False
    受付日: date
    申告者: str = "本人"


@dataclass(frozen=True, slots=True)
class 試算:
    """この申告を入れたときの計算と、断ること・知らせること。件 が None なら、賦課期日の住民でない。"""

    件: 計算 | None
    誤り: tuple[業務エラー, ...]
    知らせ: tuple[str, ...]

    @property
    def 年税額(self) -> int | None:
        """試算の年税額（判定できなければ None）。"""
        return None if self.件 is None else self.件.値("年税額")


def 今の申告(宛名番号: str, 年度: int) -> 課税資料 | None:
    """生きている住民税申告（訂正ならこれを置き換える）。"""
    papers = [s for s in usage.資料を読む(宛名番号, 年度) if s.種類 == 資料種類.住申]
    置換済 = {s.置換_id for s in papers}
    return next((s for s in reversed(papers) if s.pk not in 置換済 and s.訂正表示 != "3"), None)


def 試算する(宛名番号: str, 年度: int, 申: 申告書, *, 今日: date) -> 試算:
    """申告を足した資料から事実を作り、今の定めで計算し、矛盾を挙げる。何も残さない。"""
    frame = sources.今の資料(年度, 宛名番号)
    仮 = 下書き(年度, 申, 今の申告(宛名番号, 年度))
    extra = sources.表にする([(仮の番号, 宛名番号, *usage.行にする(仮)[2:])])
    found = facts.人の事実(年度, 宛名番号, pl.concat([frame, extra]))
    if found.is_empty():
        return 試算(None, (_住民でない(宛名番号, 年度),), ())
    row = found.row(0, named=True)
    written = {名: row[名] for 名 in 人の列} | _期限(年度, 今日)
    写し = parameters.写す(str(年度))
    後 = computing.一人を計算する(written, 写し)
    今 = 賦課.objects.filter(宛名番号=宛名番号, 課税年度=年度).order_by("-番").only("年税額").first()
    減る = 今 is not None and (後.値("年税額") or 0) < 今.年税額
    if 減る:
        後 = computing.一人を計算する(written | {"税額を減らす賦課決定である": 1}, 写し)
    誤り, 知らせ = 誤りたち(後, 申.事実, 収入なし=申.収入なし, 年度=年度, 資料=frame)
    return 試算(後, tuple(誤り), tuple(知らせ))


def _期限(年度: int, 今日: date) -> dict[str, int | None]:
    """法定納期限（6月末日。地方税法第320条）の翌日から満了した年の数。"""
    過ぎた = 今日.year - 年度 - (今日 < date(今日.year, 7, 1))
    return {"法定納期限から過ぎた年数": max(過ぎた, 0)}


def 下書き(年度: int, 申: 申告書, 前: 課税資料 | None) -> 課税資料:
    """だれのものかをまだ書かない一枚。前 があれば、それを置き換える。"""
    添え = {
        "収入なし": int(申.収入なし),
        "受付日": int(f"{申.受付日:%Y%m%d}"),
        "代理": int(申.申告者 != "本人"),
    }
    return 課税資料(課税年度=年度, 種類=資料種類.住申.value, 事実=dict(申.事実), 添え=添え, 置換=前)


def _住民でない(宛名番号: str, 年度: int) -> 業務エラー:
    return 業務エラー(
        "KJ-3108",
        f"宛名番号{宛名番号}は、{年度}年1月1日にこの団体の住民ではありません。",
        "1月1日の住所の市区町村へ申告するよう案内してください。住んでいたことを確かめたら、先に個別の事項でみなし課税を定めます。",
        根拠="地方税法第294条・第318条。",
    )
