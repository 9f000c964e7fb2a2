"""下見: 本登録すると何がどう変わるかを、書かずに見せる（決裁の画面と確認用帳票 4.0.9）。"""

from __future__ import annotations

from dataclasses import dataclass

from tsugaru.gyomu.juki.domain import glyph_intake, holds, reentry
from tsugaru.gyomu.juki.domain.assemble import 判断する, 案件を組む
from tsugaru.gyomu.juki.domain.codes import フリガナ確認, 住民状態, 住民種別, 異動事由, 規定区分
from tsugaru.gyomu.juki.domain.decision import 警告
from tsugaru.gyomu.juki.domain.person import 三つ組, 住所の列
from tsugaru.gyomu.juki.domain.state import 住民票, 記録, 項目名
from tsugaru.gyomu.juki.models import 届出
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.uncertain_date import 不詳日

見せない項目 = frozenset({"宛名番号", "続柄2", "続柄3", "続柄4"}) | {
    column for columns in 三つ組.values() for column in columns[1:]
}
_符号 = {"住民種別": 住民種別, "規定区分": 規定区分, "フリガナ確認": フリガナ確認}


@dataclass(frozen=True, slots=True)
class 項目の差:
    """一つの項目の前と後。住所なら 前・後 は住所番号の文字で、中身は画面が門を通して開く。"""

    名: str
    前: str
    後: str
    住所: bool = False


@dataclass(frozen=True, slots=True)
class 人の差:
    """一人の前（新しい人は None）と後、足される行。"""

    宛名番号: str
    前: 住民票 | None
    後: 住民票
    違い: tuple[項目の差, ...]
    行: tuple[記録, ...]


@dataclass(frozen=True, slots=True)
class 下見:
    """届出の全ての人の差と、確かめること。"""

    人々: tuple[人の差, ...]
    警告: tuple[警告, ...]


def 下見する(row: 届出, *, clock: Clock) -> 下見:
    """通らなければ 業務エラー。何も書かない。"""
    case, _ = 案件を組む(row, clock.today())
    alerts = (
        *glyph_intake.読み替えの警告(row),
        *holds.確かめる(case.各人, "異動", clock=clock),
        *reentry.確かめる(case),
    )
    result = 判断する(row, 今日=clock.today(), 今=clock.now())
    rows: dict[str, list[記録]] = {}
    for one in result.行:
        rows.setdefault(one.状態.宛名番号, []).append(one)
    before = {n: h[-1].状態 for n, h in result.前.items()}
    people = tuple(_人の差(n, before.get(n), tuple(written)) for n, written in rows.items())
    return 下見(people, (*result.判断.警告, *alerts))


def _人の差(number: str, before: 住民票 | None, rows: tuple[記録, ...]) -> 人の差:
    after = rows[-1].状態
    return 人の差(number, before, after, 差(before, after), rows)


def 差(前: 住民票 | None, 後: 住民票) -> tuple[項目の差, ...]:
    """二つの姿の、見せるべき違い。"""
    old = 表示項目(前) if 前 else {}
    places = set(住所の列.values())
    return tuple(
        項目の差(name, old.get(name, ""), value, name in places)
        for name, value in 表示項目(後).items()
        if old.get(name, "") != value
    )


def 表示項目(人: 住民票) -> dict[str, str]:
    """画面に出す項目と文字（見せる順）。"""
    shown = {n: _文字(人, n) for n in 項目名 if n not in 見せない項目}
    shown["続柄1"] = 人.続柄表記
    return {("続柄" if n == "続柄1" else n): text for n, text in shown.items()}


def _文字(人: 住民票, 名: str) -> str:
    value = getattr(人, 名)
    if value is None or value == "":
        return ""
    if 名 in 三つ組:
        return 不詳日(*(getattr(人, n) for n in 三つ組[名])).表示
    if 名 in _符号:
        return str(_符号[名](value).name)
    if 名 == "性別":
        return {"1": "男", "2": "女"}.get(value, "")
    if 名 == "住民状態":
        return 住民状態(value).表示
    if 名 == "消除事由":
        return 異動事由(value).表示
    if isinstance(value, bool):
        return "はい" if value else ""
    return 不詳日(value).表示 if hasattr(value, "isoformat") else str(value)
