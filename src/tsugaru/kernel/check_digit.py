"""検査数字。重みはどれも本体の下の桁から数える（団体コードだけは上の桁から）。

付ける側（…の検査数字）と確かめる側（…が正しい）を対で置く。既にある番号は決まりに合わなくても付け替えない。
"""

from __future__ import annotations

from itertools import cycle


def _digits(text: str, length: int) -> list[int]:
    if not (text.isascii() and text.isdigit() and len(text) == length):
        raise ValueError(f"半角数字{length}桁ではありません（{text[:20]}）")
    return [int(c) for c in text]


def _is(text: str, length: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) == length


def 団体コードの検査数字(本体: str) -> int:
    """全国地方公共団体コード。左から 6,5,4,3,2 を掛けた和を11で割り、11－余りの一の位。"""
    total = sum(d * w for d, w in zip(_digits(本体, 5), (6, 5, 4, 3, 2), strict=True))
    return (11 - total % 11) % 10


def 団体コードが正しい(番号: str) -> bool:
    """6桁で検査数字が合う。"""
    return _is(番号, 6) and 団体コードの検査数字(番号[:5]) == int(番号[5])


def _mod11(digits: list[int]) -> int:
    weights = [n + 1 if n <= 6 else n - 5 for n in range(1, len(digits) + 1)]
    rest = sum(d * w for d, w in zip(reversed(digits), weights, strict=True)) % 11
    return 0 if rest <= 1 else 11 - rest


def 個人番号の検査数字(本体: str) -> int:
    """番号法の省令（平成26年総務省令第85号）第5条。本体11桁。98320567321 → 4。"""
    return _mod11(_digits(本体, 11))


def 個人番号が正しい(番号: str) -> bool:
    """12桁で検査数字が合う。"""
    return _is(番号, 12) and 個人番号の検査数字(番号[:11]) == int(番号[11])


def 住民票コードの検査数字(本体: str) -> int:
    """本体10桁。公の式（平成14年総務省告示第436号）の本文は未見。個人番号と同じ重みが知られた三例の全てに合う（推定）。"""
    return _mod11(_digits(本体, 10))


def 住民票コードが正しい(番号: str) -> bool:
    """11桁で検査数字が合う。"""
    return _is(番号, 11) and 住民票コードの検査数字(番号[:10]) == int(番号[10])


def 法人番号の検査数字(本体: str) -> int:
    """頭に付く一桁。9－（奇数桁×1＋偶数桁×2 の和を9で割った余り）。000012050002 → 7（国税庁）。"""
    digits = reversed(_digits(本体, 12))
    return 9 - sum(d * w for d, w in zip(digits, cycle((1, 2)), strict=False)) % 9


def 法人番号が正しい(番号: str) -> bool:
    """13桁で、頭の検査数字が合う。"""
    return _is(番号, 13) and 法人番号の検査数字(番号[1:]) == int(番号[0])


def 宛名番号の検査数字(本体: str) -> int | None:
    """モジュラス11 ウェイト2–7（標準仕様書1.1.13）。余り0は0。余り1は定めがないので None（その通番は飛ばす）。"""
    if not (本体.isascii() and 本体.isdigit()):
        raise ValueError(f"半角数字ではありません（{本体[:20]}）")
    weights = cycle((2, 3, 4, 5, 6, 7))
    rest = sum(int(d) * w for d, w in zip(reversed(本体), weights, strict=False)) % 11
    if rest == 1:
        return None
    return 0 if rest == 0 else 11 - rest


def 宛名番号が正しい(番号: str) -> bool:
    """末尾の検査数字が合う。"""
    if not (番号.isascii() and 番号.isdigit() and len(番号) >= 2):
        return False
    return 宛名番号の検査数字(番号[:-1]) == int(番号[-1])


def 保険者番号の検査数字(本体: str) -> int:
    """下から 2,1 を交互に掛け、積の各位を足し、10－一の位。本体7桁。3312001 → 5。"""
    products = [d * w for d, w in zip(reversed(_digits(本体, 7)), cycle((2, 1)), strict=False)]
    return -sum(p // 10 + p % 10 for p in products) % 10


def 保険者番号が正しい(番号: str) -> bool:
    """8桁で検査数字が合う（公費負担者番号も同じ）。"""
    return _is(番号, 8) and 保険者番号の検査数字(番号[:7]) == int(番号[7])


def GS1の検査数字(本体: str) -> int:
    """GS1（13桁・128の44桁）。下から 3,1 を交互に掛けた和の、10の補数の一の位。"""
    if not (本体.isascii() and 本体.isdigit()):
        raise ValueError(f"半角数字ではありません（{本体[:20]}）")
    return -sum(int(d) * w for d, w in zip(reversed(本体), cycle((3, 1)), strict=False)) % 10
