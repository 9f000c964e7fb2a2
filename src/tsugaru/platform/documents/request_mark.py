"""請求番号の二次元コード（JIS X 0510、型番2・誤り訂正M・英数字モード）。

請求番号は UUID の36字に決まっているので、型番2（25×25、英数字38字まで）一つだけを作る。
印刷された紙から請求番号を読み返し、台帳と突き合わせるために刷る。
"""

from collections.abc import Iterator
from uuid import UUID

SIZE = 25
DATA_CODEWORDS = 28
CORRECTION_CODEWORDS = 16
ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
FORMAT_BITS = (
    0b101010000010010  # 誤り訂正M・マスク0の形式情報（BCH 符号とマスクの後の値、JIS X 0510 附属書C）
)
FINDER_ORIGINS = ((0, 0), (0, SIZE - 7), (SIZE - 7, 0))
ALIGNMENT_CENTRE = 18

Modules = list[list[int | None]]


def request_mark(request_id: UUID) -> tuple[str, ...]:
    """請求番号の二次元コードを、行ごとの ``0`` と ``1`` の文字列で返す（25行25列、余白は含まない）。"""
    modules: Modules = [[None] * SIZE for _ in range(SIZE)]
    _draw_patterns(modules)
    _draw_format(modules)
    data = _data_codewords(str(request_id).upper())
    _place(modules, data + _correction(data))
    return tuple("".join(str(module) for module in row) for row in modules)


def svg(rows: tuple[str, ...]) -> str:
    """二次元コードを一つの道筋の SVG にする。周りに4目の余白を付ける。"""
    path = "".join(
        f"M{x + 4} {y + 4}h1v1h-1z" for y, row in enumerate(rows) for x, bit in enumerate(row) if bit == "1"
    )
    side = len(rows) + 8
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path d="{path}"/></svg>'


def _data_codewords(text: str) -> list[int]:
    """英数字モードのビット列を作り、28語に詰める。"""
    bits = f"{0b0010:04b}{len(text):09b}"
    for first, second in zip(text[::2], text[1::2], strict=True):
        bits += f"{ALPHANUMERIC.index(first) * 45 + ALPHANUMERIC.index(second):011b}"
    bits += "0000"
    bits += "0" * (-len(bits) % 8)
    words = [int(bits[start : start + 8], 2) for start in range(0, len(bits), 8)]
    padding = (0xEC, 0x11) * DATA_CODEWORDS
    return words + list(padding[: DATA_CODEWORDS - len(words)])


def _field_tables() -> tuple[list[int], list[int]]:
    """GF(256)（原始多項式 0x11D）の指数と対数の表。"""
    powers, logarithms, value = [0] * 512, [0] * 256, 1
    for exponent in range(255):
        powers[exponent] = powers[exponent + 255] = value
        logarithms[value] = exponent
        value = value << 1 ^ (0x11D if value & 0x80 else 0)
    return powers, logarithms


def _correction(data: list[int]) -> list[int]:
    """リード・ソロモンの誤り訂正語。"""
    powers, logarithms = _field_tables()
    generator = [1]
    for degree in range(CORRECTION_CODEWORDS):
        shifted = [0, *(powers[logarithms[term] + degree] for term in generator)]
        generator = [high ^ low for high, low in zip([*generator, 0], shifted, strict=True)]
    remainder = [*data, *[0] * CORRECTION_CODEWORDS]
    for position in range(len(data)):
        lead = remainder[position]
        if lead:
            for offset, term in enumerate(generator):
                remainder[position + offset] ^= powers[logarithms[term] + logarithms[lead]]
    return remainder[len(data) :]


def _draw_patterns(modules: Modules) -> None:
    """位置検出・位置合せ・タイミングの模様を置く。"""
    for top, left in FINDER_ORIGINS:
        for y in range(max(top - 1, 0), min(top + 8, SIZE)):
            for x in range(max(left - 1, 0), min(left + 8, SIZE)):
                ring = max(abs(y - top - 3), abs(x - left - 3))
                modules[y][x] = int(ring in (0, 1, 3))
    for y in range(ALIGNMENT_CENTRE - 2, ALIGNMENT_CENTRE + 3):
        for x in range(ALIGNMENT_CENTRE - 2, ALIGNMENT_CENTRE + 3):
            modules[y][x] = int(max(abs(y - ALIGNMENT_CENTRE), abs(x - ALIGNMENT_CENTRE)) != 1)
    for position in range(8, SIZE - 8):
        modules[6][position] = modules[position][6] = int(position % 2 == 0)


def _draw_format(modules: Modules) -> None:
    """形式情報を二か所に置く。"""
    bits = [FORMAT_BITS >> shift & 1 for shift in range(15)]
    columns = [SIZE - 1 - index for index in range(8)] + [7, 5, 4, 3, 2, 1, 0]
    rows = [0, 1, 2, 3, 4, 5, 7, 8] + [SIZE - 7 + index for index in range(7)]
    for bit, column, row in zip(bits, columns, rows, strict=True):
        modules[8][column] = bit
        modules[row][8] = bit
    modules[SIZE - 8][8] = 1


def _free_places(modules: Modules) -> Iterator[tuple[int, int]]:
    """データを置く場所を、右下から二列ずつ折り返しながら返す。"""
    upward = True
    for right in (column if column > 6 else column - 1 for column in range(SIZE - 1, 0, -2)):
        for step in range(SIZE):
            y = SIZE - 1 - step if upward else step
            yield from ((y, x) for x in (right, right - 1) if modules[y][x] is None)
        upward = not upward


def _place(modules: Modules, words: list[int]) -> None:
    """語をビットにし、マスク0（行+列が偶数なら反転）を掛けて置く。余りは0。"""
    bits = "".join(f"{word:08b}" for word in words)
    for index, (y, x) in enumerate(list(_free_places(modules))):
        bit = int(bits[index]) if index < len(bits) else 0
        modules[y][x] = bit ^ int((y + x) % 2 == 0)
