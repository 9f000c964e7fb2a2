"""規則の本文（定めを位置に書き換えた後の木）を、LLVM の関数の本文に書き下す。値はすべて i64、真偽は 0 と 1。

書けるのは、代入・if・並びを回る for・return と、整数と真偽の式、`min`・`max`、規則が呼ぶ関数だけである。
ほかの書き方は、訳す前に行を示して止まる。0 で割った商は 0、並びの外の番号は初めの一つになる（一人ずつの計算では
どちらも誤りで止まるので、答えが黙って違うことはない）。
"""

import ast
from collections.abc import Mapping, Sequence

from tsugaru.law.engine.layout import 列の名, 番を収める名

算術 = {ast.Add: "add i64 {}, {}", ast.Sub: "sub i64 {}, {}", ast.Mult: "mul i64 {}, {}"}
算術 |= {ast.FloorDiv: "call i64 @floor_div(i64 {}, i64 {})", ast.Mod: "call i64 @floor_mod(i64 {}, i64 {})"}
比較 = {ast.Lt: "slt", ast.LtE: "sle", ast.Gt: "sgt", ast.GtE: "sge", ast.Eq: "eq", ast.NotEq: "ne"}


def 関数にする(木: ast.FunctionDef, 引数の順: Mapping[str, Sequence[str]]) -> str:
    """一つの関数の定義。`引数の順` は呼ばれる関数の名から、その引数の名の順。"""
    書き手 = _書き手(木, 引数の順)
    for 名 in 書き手.変数:
        書き手.書く(f"{_変数(名)} = alloca i64")
    名たち = [一つ.arg for 一つ in 木.args.args]
    for 名 in 名たち:
        if 名 in 書き手.変数:
            書き手.入れる(名, f'%"{名}"')
    書き手.文たち(木.body)
    if not 書き手.終わった:
        書き手.書く("ret i64 0")
    引数 = ", ".join(["ptr %P", *(f'i64 %"{名}"' for 名 in 名たち)])
    本文 = "\n".join(書き手.行)
    return f"define internal i64 {関数の名(木.name)}({引数}) nounwind {{\nentry:\n{本文}\n}}\n"


def 関数の名(名: str) -> str:
    """LLVM の関数の名。"""
    return f'@"{名}"'


def _変数(名: str) -> str:
    return f'%"変数 {名}"'


class _書き手:
    """一つの関数を、上から下へ書く。"""

    def __init__(self, 木: ast.FunctionDef, 引数の順: Mapping[str, Sequence[str]]) -> None:
        self.名 = 木.name
        self.引数の順 = 引数の順
        入る名 = {節.id for 節 in ast.walk(木) if isinstance(節, ast.Name) and isinstance(節.ctx, ast.Store)}
        self.変数 = sorted(入る名)
        self.行: list[str] = []
        self.数 = 0
        self.今 = "entry"
        self.終わった = False
        self.抜ける先: list[str] = []

    def 書く(self, 命令: str) -> None:
        """一つの命令。"""
        self.行.append(f"  {命令}")

    def 値(self, 命令: str) -> str:
        """命令の結果に付けた名。"""
        self.数 += 1
        self.書く(f"%t{self.数} = {命令}")
        return f"%t{self.数}"

    def 札(self, 名: str) -> str:
        self.数 += 1
        return f"{名}{self.数}"

    def 始める(self, 札: str) -> None:
        """この札から続きを書く。"""
        if not self.終わった:
            self.書く(f"br label %{札}")
        self.行.append(f"{札}:")
        self.今, self.終わった = 札, False

    def 移る(self, 札: str) -> None:
        """その札へ移って、ここは終わる。"""
        self.書く(f"br label %{札}")
        self.終わった = True

    def 分ける(self, 条件: ast.expr, 真: str, 偽: str) -> None:
        """条件で札を分ける。"""
        self.書く(f"br i1 {self.真偽(self.式(条件))}, label %{真}, label %{偽}")
        self.終わった = True

    def 真偽(self, 値: str) -> str:
        return self.値(f"icmp ne i64 {値}, 0")

    def 文たち(self, 文たち: Sequence[ast.stmt]) -> None:
        """順に書く。"""
        for 文 in 文たち:
            if not self.終わった:
                self.文(文)

    def 文(self, 文: ast.stmt) -> None:
        """一つの文。"""
        match 文:
            case ast.Return(value=ast.expr() as 式):
                self.書く(f"ret i64 {self.式(式)}")
                self.終わった = True
            case ast.Assign(targets=[ast.Name(id=名)], value=式):
                self.入れる(名, self.式(式))
            case ast.AugAssign(target=ast.Name(id=名), op=演算, value=式):
                前 = self.値(f"load i64, ptr {_変数(名)}")
                self.入れる(名, self.算(演算, 前, self.式(式), 文))
            case ast.If():
                self.もし(文)
            case ast.For():
                self.回る(文)
            case ast.Break() if self.抜ける先:
                self.移る(self.抜ける先[-1])
            case _:
                raise self.書けない(文)

    def 入れる(self, 名: str, 値: str) -> None:
        self.書く(f"store i64 {値}, ptr {_変数(名)}")

    def もし(self, 文: ast.If) -> None:
        真, 偽, 後 = self.札("then"), self.札("else"), self.札("end")
        self.分ける(文.test, 真, 偽)
        for 札, 中 in ((真, 文.body), (偽, 文.orelse)):
            self.始める(札)
            self.文たち(中)
            if not self.終わった:
                self.移る(後)
        self.始める(後)

    def 回る(self, 文: ast.For) -> None:
        """range（enumerate で数えることもある）を回る。抜けた後も的は最後の値のまま。"""
        的, 並び, 数え, 数え始め = self.並びを分ける(文)
        頭, 終, 歩 = (self.式(一つ) for 一つ in 並び.args)
        頭の札, 中, 後 = self.札("loop"), self.札("body"), self.札("done")
        前 = self.今
        番 = f"%{self.札('i')}"
        self.始める(頭の札)
        所 = len(self.行)
        続く = self.値(f"icmp slt i64 {番}, {終}")
        self.書く(f"br i1 {続く}, label %{中}, label %{後}")
        self.終わった = True
        self.始める(中)
        self.入れる(的, 番)
        if 数え:
            差 = self.値(f"sub i64 {番}, {頭}")
            self.入れる(数え, self.値(f"add i64 {self.値(f'sdiv i64 {差}, {歩}')}, {self.式(数え始め)}"))
        self.抜ける先.append(後)
        self.文たち(文.body)
        self.抜ける先.pop()
        次 = self.値(f"add i64 {番}, {歩}") if not self.終わった else ""
        戻り = f", [ {次}, %{self.今} ]" if 次 else ""
        self.行.insert(所, f"  {番} = phi i64 [ {頭}, %{前} ]{戻り}")
        if 次:
            self.移る(頭の札)
        self.始める(後)

    def 並びを分ける(self, 文: ast.For) -> tuple[str, ast.Call, str, ast.expr]:
        """（的の名, range の呼び出し, 数える名, 数え始め）。"""
        match 文:
            case ast.For(target=ast.Name(id=的), iter=ast.Call(func=ast.Name(id="range")) as 並び, orelse=[]):
                return 的, 並び, "", ast.Constant(0)
            case ast.For(
                target=ast.Tuple(elts=[ast.Name(id=数え), ast.Name(id=的)]),
                iter=ast.Call(func=ast.Name(id="enumerate"), args=[ast.Call() as 並び, *始め]),
                orelse=[],
            ):
                return 的, 並び, 数え, 始め[0] if 始め else ast.Constant(0)
        raise self.書けない(文)

    def 式(self, 式: ast.expr) -> str:
        """式の値の名か、整数そのもの。"""
        match 式:
            case ast.Constant(value=int() as 値):
                return str(int(値))
            case ast.Name(id=名):
                return self.値(f"load i64, ptr {_変数(名)}") if 名 in self.変数 else f'%"{名}"'
            case ast.BinOp(left=左, op=演算, right=右):
                return self.算(演算, self.式(左), self.式(右), 式)
            case ast.UnaryOp(op=ast.USub(), operand=中):
                return self.値(f"sub i64 0, {self.式(中)}")
            case ast.UnaryOp(op=ast.Not(), operand=中):
                return self.広げる(self.値(f"icmp eq i64 {self.式(中)}, 0"))
            case ast.Compare():
                return self.比べる(式)
            case ast.BoolOp():
                return self.つなぐ(式)
            case ast.IfExp(test=条件, body=真, orelse=偽):
                return self.選ぶ(条件, 真, 偽)
            case ast.Subscript(value=ast.Name(id=名), slice=所) if 名 == 列の名:
                return self.読む(self.式(所))
            case ast.Call(func=ast.Name(id=名)):
                return self.呼ぶ(名, 式)
        raise self.書けない(式)

    def 算(self, 演算: ast.operator, 左: str, 右: str, 所: ast.AST) -> str:
        if type(演算) not in 算術:
            raise self.書けない(所)
        return self.値(算術[type(演算)].format(左, 右))

    def 広げる(self, 値: str) -> str:
        return self.値(f"zext i1 {値} to i64")

    def 読む(self, 所: str) -> str:
        return self.値(f"load i64, ptr {self.値(f'getelementptr i64, ptr %P, i64 {所}')}, !invariant.load !0")

    def 比べる(self, 式: ast.Compare) -> str:
        項 = [self.式(一つ) for 一つ in (式.left, *式.comparators)]
        合 = ""
        for 演算, 左, 右 in zip(式.ops, 項, 項[1:], strict=False):
            if type(演算) not in 比較:
                raise self.書けない(式)
            今度 = self.値(f"icmp {比較[type(演算)]} i64 {左}, {右}")
            合 = self.値(f"and i1 {合}, {今度}") if 合 else 今度
        return self.広げる(合)

    def つなぐ(self, 式: ast.BoolOp) -> str:
        """and と or。答えが決まれば、後ろは計算しない。"""
        後, 出どころ = self.札("bool"), []
        for 項 in 式.values[:-1]:
            値, 次 = self.式(項), self.札("next")
            出どころ.append((値, self.今))
            真 = self.真偽(値)
            先 = (次, 後) if isinstance(式.op, ast.And) else (後, 次)
            self.書く(f"br i1 {真}, label %{先[0]}, label %{先[1]}")
            self.終わった = True
            self.始める(次)
        出どころ.append((self.式(式.values[-1]), self.今))
        return self.合わせる(後, 出どころ)

    def 選ぶ(self, 条件: ast.expr, 真: ast.expr, 偽: ast.expr) -> str:
        札 = (self.札("then"), self.札("else"))
        後, 出どころ = self.札("end"), []
        self.分ける(条件, *札)
        for 一つ, 式 in zip(札, (真, 偽), strict=True):
            self.始める(一つ)
            出どころ.append((self.式(式), self.今))
            self.移る(後)
        return self.合わせる(後, 出どころ)

    def 合わせる(self, 札: str, 出どころ: list[tuple[str, str]]) -> str:
        """分かれた道の値を一つにする。"""
        self.始める(札)
        return self.値("phi i64 " + ", ".join(f"[ {値}, %{元} ]" for 値, 元 in 出どころ))

    def 呼ぶ(self, 名: str, 式: ast.Call) -> str:
        項 = [self.式(一つ) for 一つ in 式.args]
        if 名 in ("min", "max") and 項 and not 式.keywords:
            return self.端(項, "slt" if 名 == "min" else "sgt")
        if 名 == 番を収める名:
            return self.値(f"call i64 @clamp(i64 {項[0]}, i64 {項[1]}, i64 {項[2]})")
        if 名 not in self.引数の順:
            raise self.書けない(式)
        名札 = {一つ.arg: self.式(一つ.value) for 一つ in 式.keywords}
        残り = [名札[引数] for 引数 in self.引数の順[名][len(項) :]]
        渡す = ", ".join(["ptr %P", *(f"i64 {一つ}" for 一つ in [*項, *残り])])
        return self.値(f"call i64 {関数の名(名)}({渡す})")

    def 端(self, 項: list[str], 比: str) -> str:
        一番, *残り = 項
        for 一つ in 残り:
            勝つ = self.値(f"icmp {比} i64 {一つ}, {一番}")
            一番 = self.値(f"select i1 {勝つ}, i64 {一つ}, i64 {一番}")
        return 一番

    def 書けない(self, 所: ast.AST) -> ValueError:
        """まとめて計算する訳に書けない文や式。"""
        return ValueError(
            f"規則 {self.名} の「{ast.unparse(所).splitlines()[0]}」は、まとめて計算する形に訳せません。"
        )
