"""規則の写し。素の Python の規則と同じ本文を、numba が訳せる一つのモジュールに書き出す。"""

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import FunctionType
from typing import Any, get_type_hints

from tsugaru.law.engine.graph import 図, 節
from tsugaru.law.engine.layout import 位置に書き換える, 列の名, 大きさ
from tsugaru.law.engine.rules import 規則書, 集計

頭 = '''"""規則の写し。もとの規則から作られる。直すのはもとの規則。"""

from numba import njit
'''
訳し方 = '@njit(nogil=True, error_model="numpy")'
二つの行 = tuple[tuple[str, ...], tuple[str, ...]]
"""主の行列と員の行列の、行の名。"""


@dataclass(frozen=True, slots=True)
class 写し:
    """書き出した本文、行列の行の名、計算の関数の名（順）、列に並べる定めの型。"""

    本文: str
    行: 二つの行
    段: tuple[str, ...]
    定め: tuple[type[Any], ...]


@cache
def 写す(図: 図, 入力: frozenset[str], 求める: frozenset[str]) -> 写し:
    """列のある `入力` から `求める` までの写し。列のない事実は既定の値で固める。"""
    要る = 図.要るもの(求める, 入力)
    節たち = [一歩 for 一歩 in 図.順 if 一歩.名 in 要る - 入力]
    段たち = list(_段に分ける(図, 節たち))
    規則たち = [一歩.元 for 一歩 in 節たち if isinstance(一歩.元, 規則書)]
    型たち = tuple({型.__name__: 型 for 一つ in 規則たち for _, 型 in 一つ.定め}.values())
    所 = {型.__name__: sum(大きさ(前) for 前 in 型たち[:番]) for 番, 型 in enumerate(型たち)}
    道具の木, 規則の木 = _木たち(規則たち)
    書き手 = _段の書き手(図, _行(図, 段たち, 入力, 求める, 要る), 所, 規則の木)
    呼ぶ木 = [*道具の木.values(), *(木 for 木 in 規則の木.values() if not _一つの式(木, {}))]
    本文 = [頭, *(f"{訳し方}\n{ast.unparse(木)}\n" for 木 in 呼ぶ木)]
    本文 += [書き手.書く(f"段{番}", 側, 中) for 番, (側, 中) in enumerate(段たち)]
    return 写し("\n\n".join(本文), 書き手.行, tuple(f"段{番}" for 番 in range(len(段たち))), 型たち)


def _段に分ける(図: 図, 節たち: list[節]) -> Iterator[tuple[int, list[節]]]:
    """主(0)と員(1)を交互に、先に計算できるものから。集計は員の段に置く。"""
    残り, 側 = list(節たち), 0
    while 残り:
        待つ = {一歩.名 for 一歩 in 残り}
        段: list[節] = []
        for 一歩 in 残り:
            中 = {前.名 for 前 in 段 if not isinstance(前.元, 集計)}
            if _側(図, 一歩) == 側 and not 待つ & set(一歩.引数) - 中:
                段.append(一歩)
        残り = [一歩 for 一歩 in 残り if 一歩 not in 段]
        if 段:
            yield 側, 段
        側 = 1 - 側


def _側(図: 図, 一歩: 節) -> int:
    return 1 if isinstance(一歩.元, 集計) else 図.単位.index(一歩.単位)


def _行(
    図: 図, 段たち: list[tuple[int, list[節]]], 入力: frozenset[str], 求める: frozenset[str], 要る: set[str]
) -> 二つの行:
    """入力・求める結果・段をまたぐ値だけを行列に置く。"""
    またぐ = set(求める) | (入力 & 要る)
    for _, 段 in 段たち:
        中 = {一歩.名 for 一歩 in 段 if not isinstance(一歩.元, 集計)}
        またぐ |= {名 for 一歩 in 段 for 名 in 一歩.引数 if 名 not in 中}
        またぐ |= {一歩.名 for 一歩 in 段 if isinstance(一歩.元, 集計)}
    表 = 図.名の表()
    置く = [名 for 名 in sorted(またぐ) if 名 in 入力 or 名 in 表]
    側 = {名: 図.単位.index(表[名].単位 if 名 in 表 else 図.事実[名].属する) for 名 in 置く}
    return tuple(名 for 名 in 置く if 側[名] == 0), tuple(名 for 名 in 置く if 側[名] == 1)


@dataclass(frozen=True, slots=True)
class _段の書き手:
    """一つの段を、行列の列を一人ずつ回る関数にする。"""

    図: 図
    行: 二つの行
    所: dict[str, int]
    木: dict[str, ast.FunctionDef]

    def 書く(self, 名: str, 側: int, 中: list[節]) -> str:
        作る = {一歩.名 for 一歩 in 中}
        文 = [
            訳し方.replace(")", ", cache=True)"),
            f"def {名}(主, 員, 主の番, {列の名}):",
            f"    for 番 in range({'員' if 側 else '主'}.shape[1]):",
        ]
        for 引数 in sorted({引数 for 一歩 in 中 for 引数 in 一歩.引数 if 引数 not in 作る}):
            文.append(f"        {引数} = {self._読む(引数, 側)}")
        for 一歩 in 中:
            文 += [f"        {一行}" for 一行 in self._一歩(一歩, 側)]
        return "\n".join(文) + "\n"

    def _読む(self, 名: str, 側: int) -> str:
        宣言 = self.図.事実.get(名)
        元 = None if 宣言 else self.図.名の表()[名].元
        if 名 in self.行[1]:
            源 = f"員[{self.行[1].index(名)}, 番]"
        elif 名 in self.行[0]:
            源 = f"主[{self.行[0].index(名)}, {'主の番[番]' if 側 else '番'}]"
        elif 宣言 and 宣言.既定 is not None:
            return repr(宣言.既定)
        else:
            raise ValueError(f"まとめて計算するには {名} の列が要ります。")
        真偽か = (宣言.型 if 宣言 else getattr(元, "型", int)) is bool
        return f"{源} != 0" if 真偽か else 源

    def _一歩(self, 一歩: 節, 側: int) -> Iterator[str]:
        if isinstance(一歩.元, 集計):
            先 = f"主[{self.行[0].index(一歩.名)}, 主の番[番]]"
            yield f"{先} = max({先}, {一歩.元.元})" if 一歩.元.種 == "最大" else f"{先} += {一歩.元.元}"
            return
        所 = {名: self.所[型.__name__] for 名, 型 in 一歩.元.定め}
        渡す = [列の名, *(f"{名}={名}" for 名 in 一歩.引数), *(f"{名}={番}" for 名, 番 in 所.items())]
        丸め = 一歩.元.札.端数
        後 = f" // {丸め.単位} * {丸め.単位}" if 丸め else ""
        呼ぶ = f"規則_{一歩.元.本体.__name__}({', '.join(渡す)})"
        yield f"{一歩.名} = ({_一つの式(self.木[一歩.名], 所) or 呼ぶ}){後}"
        if 一歩.名 in self.行[側]:
            yield f"{'員' if 側 else '主'}[{self.行[側].index(一歩.名)}, 番] = {一歩.名}"


def _木たち(規則たち: list[規則書]) -> tuple[dict[str, ast.FunctionDef], dict[str, ast.FunctionDef]]:
    """道具の関数と、規則の関数（規則の名で引く）の書き換えた木。"""
    道具: dict[str, Callable[..., Any]] = {}
    for 一つ in 規則たち:
        _道具を集める(一つ.本体, 道具)
    呼ぶ型 = {名: get_type_hints(物) for 名, 物 in 道具.items()}
    規則の木 = {一つ.名: _木(一つ.本体, f"規則_{一つ.本体.__name__}", 呼ぶ型) for 一つ in 規則たち}
    return {名: _木(物, 名, 呼ぶ型) for 名, 物 in 道具.items()}, 規則の木


def _一つの式(木: ast.FunctionDef, 所: dict[str, int]) -> str:
    """本文が return 一つの規則は、呼ばずにその式を書く。引数の名は値の名と同じなのでそのまま通じる。"""
    文 = 木.body[0]
    if len(木.body) != 1 or not isinstance(文, ast.Return) or 文.value is None:
        return ""
    return ast.unparse(_定めを所に(所).visit(copy.deepcopy(文.value)))


class _定めを所に(ast.NodeTransformer):
    """定めの引数の名を、列の中の位置に置き換える。"""

    def __init__(self, 所: dict[str, int]) -> None:
        self.所 = 所

    def visit_Name(self, 名: ast.Name) -> ast.expr:
        """定めの名なら位置の整数。"""
        return ast.Constant(self.所[名.id]) if 名.id in self.所 else 名


def _道具を集める(本体: Any, 道具: dict[str, Callable[..., Any]]) -> None:
    """規則の本体が呼ぶ関数。呼ばれる側が先に並ぶ。"""
    for 名 in 本体.__code__.co_names:
        物 = 本体.__globals__.get(名)
        if isinstance(物, FunctionType) and 名 not in 道具:
            _道具を集める(物, 道具)
            道具[名] = 物


def _木(本体: Callable[..., Any], 名: str, 呼ぶ型: dict[str, dict[str, Any]]) -> ast.FunctionDef:
    文たち = ast.parse(textwrap.dedent(inspect.getsource(本体))).body
    木 = next(文 for 文 in 文たち if isinstance(文, ast.FunctionDef))
    木.name, 木.returns, 木.decorator_list = 名, None, []
    for 引数 in 木.args.args:
        引数.annotation = None
    if ast.get_docstring(木):
        木.body = 木.body[1:]
    書き換え = 位置に書き換える(本体, 呼ぶ型)
    木.body = [書き換え.visit(文) for 文 in 木.body]
    木.args.args.insert(0, ast.arg(列の名))
    return ast.fix_missing_locations(木)
