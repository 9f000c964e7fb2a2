"""再転入（標準仕様書 4.1.1.2）。前に住民だった人には、前の宛名番号を使う。

個人番号・住民票コード・在留カード等の番号が一致すれば、新しい番号での記載を断る。氏名・生年月日・性別が一致すれば知らせる。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.juki.domain.decision import 案件, 警告
from tsugaru.gyomu.juki.domain.kinds import 対象
from tsugaru.gyomu.juki.domain.person import 当てる
from tsugaru.gyomu.juki.domain.procedures.enter import 番号の種別
from tsugaru.gyomu.juki.domain.state import 住民票
from tsugaru.gyomu.juki.models import 住民
from tsugaru.kernel import moji
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure import api as disclosure


def 確かめる(case: 案件) -> tuple[警告, ...]:
    """番号の一致は 業務エラー、3情報の一致は警告。"""
    for number, values in case.各人.items():
        for kind, owner in _番号の持ち主(values):
            if owner != number:
                raise 業務エラー(
                    "JK-0230",
                    f"{kind}が、宛名番号{owner}の人と同じです。",
                    "前に住民だった人なら、その宛名番号で再転入を入れてください。",
                    項目=kind,
                    根拠="標準仕様書4.1.1.2。",
                )
    if case.種類.対象 is not 対象.新しい人:
        return ()
    return tuple(a for number, values in case.各人.items() for a in _似た人(number, values))


def _番号の持ち主(values: Any) -> Iterator[tuple[str, str]]:
    for kind in 番号の種別:
        if values.get(kind):
            yield from ((kind, owner) for owner in disclosure.find_by_number(kind, values[kind]))
    if values.get("在留番号"):
        rows = 住民.objects.filter(在留番号=values["在留番号"])
        yield from (("在留番号", row.宛名番号) for row in rows)


def _似た人(宛名番号: str, values: Any) -> Iterator[警告]:
    """宛名（住民・除票・住登外）から、氏名（前の氏名も）・生年月日・性別が同じ人。"""
    day, name = values["生年月日"], _氏名(values)
    if not name:
        return
    hits = atena.名で探す(atena.名の条件(漢字=name, 生年月日=(day.内部日付, day.内部日付))).人
    headings = atena.見出しを読む(hit.宛名番号 for hit in hits if hit.宛名番号 != 宛名番号)
    for hit in hits:
        found = headings.get(hit.宛名番号)
        if found is None or found.性別 != values["性別"]:
            continue
        if moji.検索漢字(name) == moji.検索漢字(hit.旧名 or found.氏名):
            yield 警告(
                番号="JK-A107",
                文=f"氏名・生年月日・性別が同じ人がいます（宛名番号{found.宛名番号} {found.氏名}）。",
                対処="同じ人なら、その宛名番号で入れてください。",
                根拠="標準仕様書4.1.1.2。",
                宛名番号=found.宛名番号,
            )


def _氏名(values: Any) -> str:
    blank = 住民票(
        宛名番号="",
        住民種別=values["住民種別"],
        氏名="",
        生年月日=values["生年月日"].内部日付,
        性別="",
        世帯番号="",
    )
    return 当てる(blank, {n: v for n, v in values.items() if n != "続柄"}).氏名
