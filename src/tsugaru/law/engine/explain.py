"""計算の跡。一つの結果を、規則・条文・入力・定めにさかのぼって見せる。"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tsugaru.law.engine.evaluate import 知らない名, 計算
from tsugaru.law.engine.facts import 値
from tsugaru.law.engine.graph import 節
from tsugaru.law.engine.parameters import 引いた定め
from tsugaru.law.engine.rules import 集計


@dataclass(frozen=True, slots=True)
class 使った定め:
    """規則が読んだ定めと、その出どころ。"""

    名: str
    中身: Any
    根拠: str
    適用: str
    改正: str
    出典: tuple[str, ...]
    現行確認日: str
    確認済み: bool


@dataclass(frozen=True, slots=True)
class 跡:
    """木の一節。`区分` は 計算した・該当・非該当・判定できない、`由来` は 規則・事実・与えた値。同じ節は同じ物。"""

    名: str
    値: 値
    区分: str
    由来: str
    根拠: str
    説明: str
    端数: str = ""
    定め: tuple[使った定め, ...] = ()
    入力: tuple["跡", ...] = ()
    足りない: tuple[str, ...] = ()


def 跡をたどる(件: 計算, 名: str) -> 跡:
    """`名` の結果から事実までの木。知らない名なら 事実の誤り。"""
    if 名 not in 件.主:
        raise 知らない名(名, list(件.主))
    定め = {一つ.名: _使った(一つ) for 一つ in 件.定め.values()}
    return _たどり手(件, 件.図.名の表(), 定め, {}).たどる(名, None)


def 文章にする(木: 跡) -> Iterator[str]:
    """一節一行の文章。二度目の節と、0や非該当の枝は開かない（求めた結果を除く）。0の事実は行にしない。"""
    yield from _行(木, 0, set())


def 辞書にする(木: 跡) -> dict[str, Any]:
    """JSON にできる形。二度目の節は枝を省いて `再掲` を付ける。"""
    return _辞書(木, set())


def _行(木: 跡, 深さ: int, 済み: set[int]) -> Iterator[str]:
    前掲 = id(木) in 済み and bool(木.入力)
    値 = f"判定できない（{'・'.join(木.足りない)}）" if 木.値 is None else 木.区分
    値 = 値 if 木.値 is None or isinstance(木.値, bool) else f"{木.値:,}"
    yield f"{'  ' * 深さ}{木.名} = {値}{'（前掲）' if 前掲 else ''}  〔{木.根拠}〕"
    if 前掲 or (深さ > 0 and not 木.値 and 木.値 is not None):
        return
    済み.add(id(木))
    for 一つ in 木.定め:
        添え = "・".join(filter(None, [一つ.改正, "" if 一つ.確認済み else "未確認"]))
        yield f"{'  ' * (深さ + 1)}定め {一つ.名}（{' '.join(filter(None, [一つ.適用, 添え]))}）"
    for 枝 in 木.入力:
        if 枝.由来 != "事実" or 枝.値 or 枝.値 is None:
            yield from _行(枝, 深さ + 1, 済み)


def _辞書(木: 跡, 済み: set[int]) -> dict[str, Any]:
    欄 = {一つ.name: getattr(木, 一つ.name) for 一つ in dataclasses.fields(木) if 一つ.name != "入力"}
    if id(木) in 済み and 木.入力:
        return {**欄, "定め": [], "入力": [], "再掲": True}
    済み.add(id(木))
    定め = [dataclasses.asdict(一つ) for 一つ in 木.定め]
    return {**欄, "定め": 定め, "入力": [_辞書(枝, 済み) for 枝 in 木.入力], "再掲": False}


@dataclass(frozen=True, slots=True)
class _たどり手:
    """一件の跡を作る。同じ節は一度だけ作る。"""

    件: 計算
    表: Mapping[str, 節]
    定め: Mapping[str, 使った定め]
    作った: dict[tuple[str, int | None], 跡]

    def たどる(self, 名: str, 番: int | None) -> 跡:
        番 = 番 if 番 is not None and 名 in self.件.員[番] else None
        if (名, 番) not in self.作った:
            self.作った[名, 番] = self._作る(名, 番)
        return self.作った[名, 番]

    def _作る(self, 名: str, 番: int | None) -> 跡:
        値 = self.件.値(名, 番)
        中 = (self.件.主 if 番 is None else self.件.員[番])[名]
        足りない = tuple(sorted(中.原因)) if 値 is None else ()
        共通 = (名, 値, _区分(値))
        if 名 not in self.表:
            宣言 = self.件.図.事実[名]
            return 跡(*共通, "事実", 宣言.根拠, 宣言.意味, 足りない=足りない)
        if 名 in self.件.与えた:
            return 跡(*共通, "与えた値", "申告・資料", "規則の代わりに与えられた値", 足りない=足りない)
        元 = self.表[名].元
        if isinstance(元, 集計):
            枝 = tuple(self.たどる(元.元, 員) for 員 in range(len(self.件.員)))
            return 跡(*共通, "規則", 元.根拠, 元.意味, 入力=枝, 足りない=足りない)
        枝 = tuple(self.たどる(引数, 番) for 引数 in 元.引数)
        定め = tuple(self.定め[型.__name__] for _, 型 in 元.定め)
        端数 = f"{元.札.端数.単位:,}未満切捨て（{元.札.端数.根拠}）" if 元.札.端数 else ""
        return 跡(*共通, "規則", 元.札.根拠, 元.説明, 端数, 定め, 枝, 足りない)


def _使った(定め: 引いた定め) -> 使った定め:
    改正, 沿革 = 定め.改正, 定め.沿革
    return 使った定め(
        定め.名,
        定め.中身,
        " ".join([沿革.根拠, *定め.上書き]),
        str(改正.適用) if 改正 else "",
        改正.改正 if 改正 else "",
        改正.出典 if 改正 else (),
        沿革.現行確認日.isoformat() if 沿革.現行確認日 else "",
        改正.確認済み if 改正 else True,
    )


def _区分(値: 値) -> str:
    if 値 is None:
        return "判定できない"
    if isinstance(値, bool):
        return "該当" if 値 else "非該当"
    return "計算した"
