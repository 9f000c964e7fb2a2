"""世帯の形: 単身から三世代まで、役割と年齢差の言葉で書いた型紙。"""

from __future__ import annotations

from dataclasses import dataclass

from tsugaru.faces.demo.population.kinship import Role

ANY, MAN, WOMAN = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Head:
    """世帯主の役割・性別と年齢の分布（平均・標準偏差・下限・上限）。"""

    role: Role
    sex: int
    ages: tuple[float, float, int, int]


@dataclass(frozen=True, slots=True)
class Slot:
    """世帯員。年齢は ``base`` 番目の人の年齢から ``gap``（平均・標準偏差・下限・上限）を引く。

    ``chance`` は居る確率。年齢が ``ages`` の外に出た人と、その人を ``base`` とする人は居ない。
    """

    role: Role
    sex: int
    base: int
    gap: tuple[float, float, int, int]
    chance: float = 1.0
    ages: tuple[int, int] = (0, 104)


@dataclass(frozen=True, slots=True)
class Shape:
    """一つの型紙。``urban`` と ``rural`` は世帯数の割合（千分比、年齢の目標へ合わせる前の値）。"""

    name: str
    urban: int
    rural: int
    head: Head
    members: tuple[Slot, ...] = ()


R = Role
SPOUSE_GAP = (2.0, 3.2, -8, 14)
_SPOUSE = Slot(R.WIFE, WOMAN, 0, SPOUSE_GAP, ages=(18, 104))


def _children(mother: int, first: int, oldest: int) -> tuple[Slot, ...]:
    """母の席の番号と、最初の子の席の番号から、三人までの子。年の差が2年以上あれば生年月日は必ず順になる。"""
    return (
        Slot(R.CHILD, ANY, mother, (29.5, 5.0, 19, 43), 1.0, (0, oldest)),
        Slot(R.CHILD, ANY, first, (3.0, 1.2, 2, 8), 0.58, (0, oldest)),
        Slot(R.CHILD, ANY, first + 1, (3.4, 1.4, 2, 8), 0.16, (0, oldest)),
    )


def _parents(son: int) -> tuple[Slot, ...]:
    return (
        Slot(R.GRANDMOTHER, WOMAN, son, (-27.0, 4.0, -42, -19), 0.9, (38, 104)),
        Slot(R.GRANDFATHER, MAN, son, (-29.5, 4.0, -45, -19), 0.5, (38, 100)),
    )


SHAPES: tuple[Shape, ...] = (
    Shape("若い単身・男", 88, 22, Head(R.HUSBAND, MAN, (22.5, 4.5, 18, 34))),
    Shape("若い単身・女", 78, 14, Head(R.WIFE, WOMAN, (21.8, 4.0, 18, 34))),
    Shape("中年の単身・男", 80, 72, Head(R.HUSBAND, MAN, (50, 9, 30, 64))),
    Shape("中年の単身・女", 60, 40, Head(R.WIFE, WOMAN, (51, 9, 30, 64))),
    Shape("高齢単身・男", 50, 62, Head(R.HUSBAND, MAN, (75, 7, 65, 99))),
    Shape("高齢単身・女", 110, 122, Head(R.WIFE, WOMAN, (80, 7.5, 65, 105))),
    Shape("夫婦", 72, 70, Head(R.HUSBAND, MAN, (50, 11, 22, 64)), (_SPOUSE,)),
    Shape("高齢夫婦", 120, 150, Head(R.HUSBAND, MAN, (74, 6, 65, 99)), (_SPOUSE,)),
    Shape("妻が世帯主の夫婦", 9, 8, Head(R.WIFE, WOMAN, (55, 15, 24, 88)),
          (Slot(R.HUSBAND, MAN, 0, (-1.0, 4.0, -14, 8), ages=(18, 104)),)),
    Shape("夫婦と子", 150, 112, Head(R.HUSBAND, MAN, (42, 9, 22, 66)), (_SPOUSE, *_children(1, 2, 30))),
    Shape("夫婦と成人の子", 48, 70, Head(R.HUSBAND, MAN, (66, 7, 48, 86)),
          (_SPOUSE, Slot(R.CHILD, ANY, 1, (29, 4, 19, 43), 1.0, (20, 60)))),
    Shape("母と子", 52, 44, Head(R.WIFE, WOMAN, (41, 8, 20, 60)), _children(0, 1, 26)),
    Shape("父と子", 7, 8, Head(R.HUSBAND, MAN, (45, 8, 24, 64)),
          (Slot(R.CHILD, ANY, 0, (31, 5, 20, 46), 1.0, (0, 26)),)),
    Shape("三世代・父が世帯主", 20, 62, Head(R.GRANDFATHER, MAN, (69, 6, 50, 90)),
          (Slot(R.GRANDMOTHER, WOMAN, 0, SPOUSE_GAP, 0.88, (45, 104)),
           Slot(R.HUSBAND, MAN, 1, (27, 4, 20, 42), 1.0, (20, 64)),
           Slot(R.WIFE, WOMAN, 2, SPOUSE_GAP, 1.0, (19, 64)), *_children(3, 4, 24))),
    Shape("三世代・夫が世帯主", 24, 64, Head(R.HUSBAND, MAN, (46, 7, 26, 66)),
          (_SPOUSE, *_children(1, 2, 26), *_parents(0))),
    Shape("母と成人の子", 34, 52, Head(R.GRANDMOTHER, WOMAN, (78, 8, 55, 100)),
          (Slot(R.SIBLING, ANY, 0, (28, 4.5, 19, 42), 1.0, (20, 75)),)),
    Shape("子が世帯主で親と", 46, 62, Head(R.SIBLING, ANY, (54, 9, 28, 74)), _parents(0)),
    Shape("兄弟姉妹", 8, 9, Head(R.SIBLING, ANY, (52, 16, 19, 85)),
          (Slot(R.SIBLING, ANY, 0, (2.5, 4.0, -9, 10), 1.0, (18, 90)),)),
    Shape("縁故者と", 3, 4, Head(R.WIFE, WOMAN, (74, 9, 45, 98)),
          (Slot(R.RELATIVE, ANY, 0, (30, 20, -10, 60), 1.0, (18, 95)),)),
    Shape("同居人と", 3, 2, Head(R.HUSBAND, MAN, (45, 14, 20, 85)),
          (Slot(R.LODGER, ANY, 0, (8, 12, -20, 40), 1.0, (18, 90)),)),
    Shape("未届の妻と", 4, 3, Head(R.HUSBAND, MAN, (44, 12, 20, 75)),
          (Slot(R.PARTNER_WOMAN, WOMAN, 0, SPOUSE_GAP, 1.0, (18, 90)),)),
    Shape("未届の夫と", 2, 1, Head(R.WIFE, WOMAN, (43, 12, 20, 75)),
          (Slot(R.PARTNER_MAN, MAN, 0, (-2.0, 4.0, -14, 8), 1.0, (18, 90)),)),
)  # fmt: skip
