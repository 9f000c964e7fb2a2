"""見本の公印。デモのデータだけに使う。「見本」と読めるので本物とは見まがわない。"""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tsugaru.platform.documents.parts import 画像

RESOLUTION = 600
TENTH_MM = 254


def sample_seal(font: Path, text: str = "見本之印", side: int = 2100) -> 画像:
    """四角い二重枠に ``text`` を右から縦に入れた公印を描く。``side`` は一辺（1/100 mm）。"""
    pixels = side * RESOLUTION // TENTH_MM // 10
    image = Image.new("L", (pixels, pixels), 255)
    draw = ImageDraw.Draw(image)
    line = pixels // 28
    draw.rectangle((0, 0, pixels - 1, pixels - 1), outline=0, width=line)
    inner = line * 2
    draw.rectangle((inner, inner, pixels - 1 - inner, pixels - 1 - inner), outline=0, width=line // 3)
    _write(draw, font, text, pixels, inner + line)
    with BytesIO() as output:
        image.convert("1", dither=Image.Dither.NONE).save(output, "PNG", optimize=True)
        return 画像(内容=output.getvalue(), 幅=side, 高さ=side)


def _write(draw: ImageDraw.ImageDraw, font: Path, text: str, pixels: int, edge: int) -> None:
    """文字を二行に分け、右の行から上下に置く。"""
    per_column = (len(text) + 1) // 2
    cell = (pixels - edge * 2) // max(2, per_column)
    face = ImageFont.truetype(font, int(cell * 0.92))
    for index, character in enumerate(text):
        column, row = divmod(index, per_column)
        x = pixels - edge - (pixels - edge * 2) // 4 * (1 + 2 * column)
        y = edge + (pixels - edge * 2) // per_column * row + (pixels - edge * 2) // per_column // 2
        draw.text((x, y), character, fill=0, font=face, anchor="mm", stroke_width=pixels // 150)
