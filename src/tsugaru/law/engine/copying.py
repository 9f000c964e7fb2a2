"""規則の写し。素の Python の規則と同じ本文を、numba が訳せる一つのモジュールに書き出す。"""

import ast
import dataclasses
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FunctionType
from typing import Any, get_args, get_type_hints

from tsugaru.law.engine.graph import 図, 節
from tsugaru.law.engine.rules import 規則書, 集計

頭 = '''"""規則の写し。もとの規則から作られる。直すのはもとの規則。"""

from collections import namedtuple

from numba import njit

'''


@dataclass(frozen=True, slots=True)
class 写し:
    """書き出した本文と、主・員の行列の行の名。`段` は計算の関数の名と、どちらの行を回るか。"""

    本文: str
    行: tuple[tuple[str, ...], tuple[str, ...]]
    段: tuple[tuple[str, int], ...]
    定め: tuple[type[Any], ...]


def 写す(図: 図, 入力: tuple[frozenset[str], frozenset[str]], 求める: frozenset[str]) -> 写し:
    """`入力`（主・員の列がある名）から `求める` までの写し。列のない事実は既定の値で固める。"""
    要る = _要る(図, 求める, 入力[0] | 入力[1])
    節たち = [一歩 for 一歩 in 図.順 if 一歩.名 in 要る and 一歩.名 not in 入力[_番(図, 一歩.単位)]]
    段たち = list(_段に分ける(図, 節たち))
    行 = _行(図, 段たち, 入力, 求める, 要る)
    規則たち = [一歩.元 for 一歩 in 節たち if isinstance(一歩.元, 規則書)]
    型たち = tuple({型.__name__: 型 for 一つ in 規則たち for _, 型 in 一つ.定め}.values())
    部品 = [_型の文(型たち), *_関数の文(規則たち)]
    部品 += [_段の文(図, f"段{番}", 員か, 中, 行) for 番, (員か, 中) in enumerate(段たち)]
    return 写し(
        頭 + "\n\n".join(部品), 行, tuple((f"段{番}", 員か) for 番, (員か, _) in enumerate(段たち)), 型たち
    )


def _番(図: 図, 単位: str) -> int:
    return 図.単位.index(単位)


def _要る(図: 図, 求める: frozenset[str], 入力: frozenset[str]) -> set[str]:
    表, 残り, 済み = 図.名の表(), list(求める), set[str]()
    while 残り:
        名 = 残り.pop()
        if 名 not in 済み:
            済み.add(名)
            残り += 表[名].引数 if 名 in 表 and 名 not in 入力 else ()
    return 済み


def _段に分ける(図: 図, 節たち: list[節]) -> Iterator[tuple[int, list[節]]]:
    """主と員を交互に、先に計算できるものから。集計は員の段の終わりに置く。"""
    残り, 待つ名 = list(節たち), {一歩.名 for 一歩 in 節たち}
    番 = 0
    while 残り:
        段: list[節] = []
        for 一歩 in 残り:
            側 = 1 if isinstance(一歩.元, 集計) else _番(図, 一歩.単位)
            if 側 == 番 and not 待つ名 & set(一歩.引数) - {前.名 for 前 in 段 if not isinstance(前.元, 集計)}:
                段.append(一歩)
        待つ名 -= {一歩.名 for 一歩 in 段}
        残り = [一歩 for 一歩 in 残り if 一歩.名 in 待つ名]
        if 段:
            yield 番, 段
        番 = 1 - 番


def _行(
    図: 図,
    段たち: list[tuple[int, list[節]]],
    入力: tuple[frozenset[str], frozenset[str]],
    求める: frozenset[str],
    要る: set[str],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """段をまたぐ値・入力・求める結果だけを行列に置く。"""
    またぐ = set(求める)
    for _, 段 in 段たち:
        中 = {一歩.名 for 一歩 in 段 if not isinstance(一歩.元, 集計)}
        またぐ |= {名 for 一歩 in 段 for 名 in 一歩.引数 if 名 not in 中}
        またぐ |= {一歩.名 for 一歩 in 段 if isinstance(一歩.元, 集計)}
    表 = 図.名の表()
    置く = [名 for 名 in sorted(要る) if 名 in 入力[0] | 入力[1] or (名 in 表 and 名 in またぐ)]
    側 = {名: _番(図, 表[名].単位 if 名 in 表 else 図.事実[名].属する) for 名 in 置く}
    return tuple(名 for 名 in 置く if 側[名] == 0), tuple(名 for 名 in 置く if 側[名] == 1)


def _段の文(図: 図, 名: str, 員か: int, 中: list[節], 行: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    作る = {一歩.名 for 一歩 in 中}
    読む = sorted({引数 for 一歩 in 中 for 引数 in 一歩.引数 if 引数 not in 作る})
    文 = [f"        {一つ} = {_読み(図, 一つ, 員か, 行)}" for 一つ in 読む]
    for 一歩 in 中:
        文 += _一歩の文(一歩, 員か, 行)
    回る = "員" if 員か else "主"
    return (
        "\n".join(
            [
                "@njit(nogil=True, cache=True)",
                f"def {名}(主, 員, 主の番, 定め):",
                f"    for 番 in range({回る}.shape[1]):",
                *文,
            ]
        )
        + "\n"
    )


def _読み(図: 図, 名: str, 員か: int, 行: tuple[tuple[str, ...], tuple[str, ...]]) -> str:
    真偽か = (図.事実[名].型 if 名 in 図.事実 else _型(図.名の表()[名])) is bool
    if 名 in 行[1]:
        源 = f"員[{行[1].index(名)}, 番]"
    elif 名 in 行[0]:
        源 = f"主[{行[0].index(名)}, {'主の番[番]' if 員か else '番'}]"
    else:
        return repr(図.事実[名].既定)
    return f"{源} != 0" if 真偽か else 源


def _一歩の文(一歩: 節, 員か: int, 行: tuple[tuple[str, ...], tuple[str, ...]]) -> list[str]:
    if isinstance(一歩.元, 集計):
        先 = f"主[{行[0].index(一歩.名)}, 主の番[番]]"
        if 一歩.元.種 == "最大":
            return [f"        {先} = max({先}, {一歩.元.元})"]
        return [f"        {先} += {一歩.元.元}"]
    渡す = [f"{名}={名}" for 名 in 一歩.引数] + [f"{名}=定め.{型.__name__}" for 名, 型 in 一歩.元.定め]
    丸め = 一歩.元.札.端数
    後 = f" // {丸め.単位} * {丸め.単位}" if 丸め else ""
    文 = [f"        {一歩.名} = 規則_{一歩.元.本体.__name__}({', '.join(渡す)}){後}"]
    if 一歩.名 in 行[員か]:
        文.append(f"        {'員' if 員か else '主'}[{行[員か].index(一歩.名)}, 番] = {一歩.名}")
    return 文


def _型(一歩: 節) -> type[int]:
    return 一歩.元.型 if isinstance(一歩.元, 規則書) else int


def _型の文(型たち: tuple[type[Any], ...]) -> str:
    組: dict[str, tuple[str, ...]] = {}
    for 型 in 型たち:
        _組を集める(型, 組)
    組["定め一式"] = tuple(型.__name__ for 型 in 型たち)
    return "\n".join(f"{名} = namedtuple({名!r}, {欄!r})" for 名, 欄 in 組.items())


def _組を集める(型: Any, 組: dict[str, tuple[str, ...]]) -> None:
    if dataclasses.is_dataclass(型) and isinstance(型, type):
        欄 = get_type_hints(型)
        組[型.__name__] = tuple(欄)
        for 中 in 欄.values():
            _組を集める(中, 組)
    for 中 in get_args(型):
        _組を集める(中, 組)


def _関数の文(規則たち: list[規則書]) -> Iterator[str]:
    道具: dict[str, Callable[..., Any]] = {}
    定数: dict[str, int] = {}
    for 一つ in 規則たち:
        _道具を集める(一つ.本体, 道具, 定数)
    yield from (f"{名} = {値}" for 名, 値 in 定数.items())
    yield from (_本文(物, 名) for 名, 物 in 道具.items())
    yield from (_本文(一つ.本体, f"規則_{一つ.本体.__name__}") for 一つ in 規則たち)


def _道具を集める(本体: Any, 道具: dict[str, Callable[..., Any]], 定数: dict[str, int]) -> None:
    """規則の本体が呼ぶ関数と読む整数。呼ばれる側が先に並ぶ。"""
    for 名 in 本体.__code__.co_names:
        物 = 本体.__globals__.get(名)
        if isinstance(物, FunctionType) and 名 not in 道具:
            _道具を集める(物, 道具, 定数)
            道具[名] = 物
        elif isinstance(物, int):
            定数[名] = int(物)


def _本文(本体: Callable[..., Any], 名: str) -> str:
    木 = ast.parse(textwrap.dedent(inspect.getsource(本体))).body[0]
    if not isinstance(木, ast.FunctionDef):
        raise TypeError(f"{名} は関数ではありません。")
    木.name, 木.returns, 木.decorator_list = 名, None, []
    for 引数 in [*木.args.args, *木.args.kwonlyargs]:
        引数.annotation = None
    if ast.get_docstring(木):
        木.body = 木.body[1:]
    return f"@njit(nogil=True)\n{ast.unparse(木)}\n"
