"""計算の跡。一つの結果を、規則・条文・入力・定めにさかのぼって見せる。"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tsugaru.law.engine.evaluate import 知らない名, 計算
from tsugaru.law.engine.facts import 値
from tsugaru.law.engine.graph import 節
from tsugaru.law.engine.parameters import 引いた定め
from tsugaru.law.engine.rules import 規則書


@dataclass(frozen=True, slots=True)
class 使った定め:
    """規則が読んだ定めと、その出どころ。"""

    名: str
    中身: dict[str, Any]
    根拠: str
    適用: str
    改正: str
    出典: tuple[str, ...]
    現行確認日: str
    確認済み: bool


@dataclass(frozen=True, slots=True)
class 跡:
    """木の一節。`区分` は 計算した・該当・非該当・判定できない。`再掲` は前に見せた節。"""

    名: str
    値: 値
    区分: str
    由来: str
    根拠: str
    説明: str
    端数: str = ""
    定め: tuple[使った定め, ...] = ()
    入力: tuple["跡", ...] = ()
    再掲: bool = False
    足りない: tuple[str, ...] = ()


def 跡をたどる(件: 計算, 名: str) -> 跡:
    """`名` の結果から事実までの木。同じ節が二度目に出たところは再掲として枝を省く。"""
    if 名 not in 件.主:
        raise 知らない名(名, list(件.主))
    return _たどる(件, 名, None, set())


def 文章にする(木: 跡, 深さ: int = 0) -> Iterator[str]:
    """一節一行の文章。既定のまま0の事実は行にしない。"""
    印 = "（前掲）" if 木.再掲 else ""
    yield f"{'  ' * 深さ}{木.名} = {_書く(木)}{印}  〔{木.根拠}〕"
    for 一つ in () if 木.再掲 else 木.定め:
        未 = "" if 一つ.確認済み else "・未確認"
        yield f"{'  ' * (深さ + 1)}定め {一つ.名}（{一つ.適用} {一つ.改正}{未}）"
    for 枝 in 木.入力:
        if 枝.由来 != "事実" or 枝.値:
            yield from 文章にする(枝, 深さ + 1)


def _書く(木: 跡) -> str:
    if 木.値 is None:
        return f"判定できない（{'・'.join(木.足りない)}）"
    return 木.区分 if isinstance(木.値, bool) else f"{木.値:,}"


def _たどる(件: 計算, 名: str, 番: int | None, 済み: set[tuple[str, int | None]]) -> 跡:
    表 = 件.図.名の表()
    番 = 番 if 番 is not None and 名 in 件.員[番] else None
    値, 中 = 件.値(名, 番), (件.主 if 番 is None else 件.員[番])[名]
    足りない = tuple(sorted(中.原因)) if 値 is None else ()
    共通 = (名, 値, _区分(値))
    if 名 not in 表:
        宣言 = 件.図.事実[名]
        return 跡(*共通, "事実", 宣言.根拠, 宣言.意味, 足りない=足りない)
    if 名 in 件.与えた:
        return 跡(*共通, "与えた値", "申告・資料", "規則の代わりに与えられた値", 足りない=足りない)
    一歩 = 表[名]
    根拠, 説明, 端数, 定め = _身元(一歩, 件)
    if (名, 番) in 済み:
        return 跡(*共通, "規則", 根拠, 説明, 再掲=True, 足りない=足りない)
    済み.add((名, 番))
    枝 = tuple(_枝(件, 一歩, 番, 済み))
    return 跡(*共通, "規則", 根拠, 説明, 端数, 定め, 枝, 足りない=足りない)


def _枝(件: 計算, 一歩: 節, 番: int | None, 済み: set[tuple[str, int | None]]) -> Iterator[跡]:
    if isinstance(一歩.元, 規則書):
        for 引数 in 一歩.引数:
            yield _たどる(件, 引数, 番, 済み)
    else:
        for 員 in range(len(件.員)):
            yield _たどる(件, 一歩.元.元, 員, 済み)


def _身元(一歩: 節, 件: 計算) -> tuple[str, str, str, tuple[使った定め, ...]]:
    if not isinstance(一歩.元, 規則書):
        return 一歩.元.根拠, 一歩.元.意味, "", ()
    札 = 一歩.元.札
    端数 = f"{札.端数.単位:,}未満切捨て（{札.端数.根拠}）" if 札.端数 else ""
    定め = tuple(_使った(件.定め[型.__name__]) for _, 型 in 一歩.元.定め)
    return 札.根拠, 一歩.元.説明, 端数, 定め


def _使った(定め: 引いた定め) -> 使った定め:
    改正, 沿革 = 定め.改正, 定め.沿革
    return 使った定め(
        定め.名,
        dataclasses.asdict(定め.中身),
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
