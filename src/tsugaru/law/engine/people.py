"""一人ずつ、段を順に計算する LLVM の関数を書く。主の段は一度、員の段はその人の員を回る。"""

import inspect
from collections.abc import Mapping

from tsugaru.law.engine.graph import 図, 節
from tsugaru.law.engine.lowering import 関数の名
from tsugaru.law.engine.rules import 規則書, 集計

入口の名 = "people"
不明の印 = "不明"
"""読んだ列に不明の値があった人が 1 になる列。"""
不明の値 = -(2**63)
"""列の中で「判定できない」を表す値。その人だけは一人ずつ計算する。"""
枠 = """declare void @llvm.prefetch.p0(ptr, i32, i32, i32)
define void @{入口}(ptr %columns, ptr %first, i64 %from, i64 %to, ptr noalias readonly %P) nounwind {{
entry:
  %unknown = alloca i1
{頭}
  br label %person
person:
  %i = phi i64 [ %from, %entry ], [ %next, %last ]
  %more = icmp slt i64 %i, %to
  %lane = and i64 %i, 7
  %fresh = icmp eq i64 %lane, 0
  %soon = add i64 %i, 64
  br i1 %more, label %check, label %end
check:
  br i1 %fresh, label %fetch, label %body
fetch:
{先}
  br label %body
body:
  store i1 0, ptr %unknown
{中}
  br label %last
last:
  %next = add i64 %i, 1
  br label %person
end:
  ret void
}}
!0 = !{{}}
"""
員の枠 = """  br label %members{番}
members{番}:
  %k{番} = phi i64 [ %k.from{番}, %{前} ], [ %k.next{番}, %member{番} ]
  %k.more{番} = icmp slt i64 %k{番}, %k.to{番}
  br i1 %k.more{番}, label %member{番}, label %counted{番}
member{番}:
{中}
  %k.next{番} = add i64 %k{番}, 1
  br label %members{番}
counted{番}:"""


def 本体の名(規則: 規則書) -> str:
    """規則の本体を書いた関数の名。"""
    return f"規則 {規則.本体.__name__}"


class 人の書き手:
    """一人ずつ、段を順に計算する関数を書く。員の段は、その人の員を回る。"""

    def __init__(
        self, 図: 図, 写す列: Mapping[str, int], 入力: frozenset[str], 所: Mapping[str, int]
    ) -> None:
        self.図, self.列, self.入力, self.所 = 図, 写す列, 入力, 所
        self.行: list[str] = []
        self.人の値: dict[str, str] = {}
        self.数 = 0

    def 書く(self, 段たち: list[tuple[int, list[節]]], 求める: frozenset[str], 途中: frozenset[str]) -> str:
        """関数の全文。%columns は列の番地の並び、%first は一人ごとの員の初めの番号。"""
        集計たち = [一歩.名 for _, 段 in 段たち for 一歩 in 段 if isinstance(一歩.元, 集計)]
        for 名, 番 in self.列.items():
            所 = self.値(f"getelementptr ptr, ptr %columns, i64 {番}")
            self.行.append(f"  {_列(名)} = load ptr, ptr {所}")
        頭, self.行 = [*self.行, *(f"  {_溜め(名)} = alloca i64" for 名 in 集計たち)], []
        self.先に取り寄せる()
        先, self.行 = self.行, []
        前 = "body"
        for 番, (側, 段) in enumerate(段たち):
            if 側:
                self.員を回る(番, 段, 途中, 前)
                前 = f"counted{番}"
            for 一歩 in () if 側 else 段:
                self.人の値[一歩.名] = self.進む(一歩, self.人の値)
            for 一歩 in 段:
                if 一歩.名 in 求める:
                    self.行.append(self.置く(一歩.名, "%i", self.人の値[一歩.名]))
        印 = self.値(f"zext i1 {self.値('load i1, ptr %unknown')} to i64")
        self.行.append(self.置く(不明の印, "%i", 印))
        return 枠.format(入口=入口の名, 頭="\n".join(頭), 先="\n".join(先), 中="\n".join(self.行))

    def 先に取り寄せる(self) -> None:
        """八人（一つの行）ごとに、六十四人先の列を記憶から取り寄せる。列は百を超え、機械の先読みが追い切れない。"""
        for 名 in self.列:
            if not self.員の名か(名):
                所 = self.値(f"getelementptr i64, ptr {_列(名)}, i64 %soon")
                書く = 0 if 名 in self.入力 else 1
                self.行.append(f"  call void @llvm.prefetch.p0(ptr {所}, i32 {書く}, i32 3, i32 1)")

    def 員を回る(self, 番: int, 段: list[節], 途中: frozenset[str], 前: str) -> None:
        """一人の員を順に計算し、集計を溜める。"""
        for 一歩 in 段:
            for 名 in 一歩.引数:
                if not self.員の名か(名):
                    self.読む(名, self.人の値)
        for 名, 所 in ((f"%k.from{番}", "%i"), (f"%k.to{番}", self.値("add i64 %i, 1"))):
            self.行.append(f"  {名} = load i64, ptr {self.値(f'getelementptr i64, ptr %first, i64 {所}')}")
        集計たち = [一歩.元 for 一歩 in 段 if isinstance(一歩.元, 集計)]
        for 一つ in 集計たち:
            初め = 不明の値 if 一つ.種 == "最大" else 0
            self.行.append(f"  store i64 {初め}, ptr {_溜め(一つ.名)}")
        外, self.行 = self.行, []
        員の値: dict[str, str] = {}
        for 一歩 in 段:
            if isinstance(一歩.元, 集計):
                self.溜める(一歩.元, self.読む(一歩.元.元, 員の値, f"%k{番}"))
                continue
            員の値[一歩.名] = self.進む(一歩, 員の値, f"%k{番}")
            if 一歩.名 in 途中:
                self.行.append(self.置く(一歩.名, f"%k{番}", 員の値[一歩.名]))
        self.行 = [*外, 員の枠.format(番=番, 前=前, 中="\n".join(self.行))]
        for 一つ in 集計たち:
            溜めた = self.値(f"load i64, ptr {_溜め(一つ.名)}")
            空か = self.値(f"icmp eq i64 %k.from{番}, %k.to{番}")
            self.人の値[一つ.名] = self.値(f"select i1 {空か}, i64 0, i64 {溜めた}")

    def 溜める(self, 一つ: 集計, 値: str) -> None:
        """合計・数は足し、最大は大きい方を残す。"""
        前 = self.値(f"load i64, ptr {_溜め(一つ.名)}")
        if 一つ.種 == "最大":
            大きい = self.値(f"icmp sgt i64 {値}, {前}")
            後 = self.値(f"select i1 {大きい}, i64 {値}, i64 {前}")
        else:
            後 = self.値(f"add i64 {前}, {値}")
        self.行.append(f"  store i64 {後}, ptr {_溜め(一つ.名)}")

    def 進む(self, 一歩: 節, 有る: dict[str, str], 員: str = "") -> str:
        """規則を一つ計算した値。端数の定めがあれば切り捨てる。"""
        規則 = 一歩.元
        assert isinstance(規則, 規則書)
        定め = {名: str(self.所[型.__name__]) for 名, 型 in 規則.定め}
        項 = [
            定め[名] if 名 in 定め else self.読む(名, 有る, 員)
            for 名 in inspect.signature(規則.本体).parameters
        ]
        値 = self.値(
            f"call i64 {関数の名(本体の名(規則))}({', '.join(['ptr %P', *(f'i64 {一つ}' for 一つ in 項)])})"
        )
        if 規則.札.端数 is None:
            return 値
        商 = self.値(f"call i64 @floor_div(i64 {値}, i64 {規則.札.端数.単位})")
        return self.値(f"mul i64 {商}, {規則.札.端数.単位}")

    def 読む(self, 名: str, 有る: dict[str, str], 員: str = "") -> str:
        """値の名。計算した値、列、事実の既定の順に探す。"""
        有る = 有る if not 員 or self.員の名か(名) else self.人の値
        if 名 not in 有る:
            有る[名] = self.列か既定(名, 員 or "%i")
        return 有る[名]

    def 列か既定(self, 名: str, 番: str) -> str:
        宣言 = self.図.事実.get(名)
        if 名 in self.列:
            値 = self.値(f"load i64, ptr {self.値(f'getelementptr i64, ptr {_列(名)}, i64 {番}')}")
            if 名 in self.入力:
                不明か = self.値(f"icmp eq i64 {値}, {不明の値}")
                前 = self.値("load i1, ptr %unknown")
                self.行.append(f"  store i1 {self.値(f'or i1 {前}, {不明か}')}, ptr %unknown")
            元 = 宣言 or self.図.名の表()[名].元
            return (
                self.値(f"zext i1 {self.値(f'icmp ne i64 {値}, 0')} to i64")
                if getattr(元, "型", int) is bool
                else 値
            )
        if 宣言 is None or 宣言.既定 is None:
            raise ValueError(f"まとめて計算するには {名} の列が要ります。")
        return str(int(宣言.既定))

    def 置く(self, 名: str, 番: str, 値: str) -> str:
        return f"  store i64 {値}, ptr {self.値(f'getelementptr i64, ptr {_列(名)}, i64 {番}')}"

    def 員の名か(self, 名: str) -> bool:
        if 名 == 不明の印:
            return False
        宣言 = self.図.事実.get(名)
        return (宣言.属する if 宣言 else self.図.名の表()[名].単位) != self.図.単位[0]

    def 値(self, 命令: str) -> str:
        self.数 += 1
        self.行.append(f"  %t{self.数} = {命令}")
        return f"%t{self.数}"


def _列(名: str) -> str:
    return f'%"列 {名}"'


def _溜め(名: str) -> str:
    return f'%"溜め {名}"'
