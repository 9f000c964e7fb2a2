"""申請書に印刷する基準枠。解像度の記録がない写真でも、枠の四隅の間隔から印影の大きさを測る。

印は 1:1:3:1:1 の二重の四角（1 単位 0.7 mm）で、四隅に中心を置く。左上だけ右隣に小さな四角を添え、
天地を知らせる。印刷は拡大縮小なしで行い、印影は枠の中に押す。
"""

from __future__ import annotations

from dataclasses import dataclass

単位 = 70
印の一辺 = 7 * 単位
目印の一辺 = 3 * 単位
目印の位置 = 8 * 単位


@dataclass(frozen=True)
class 基準枠:
    """四隅の印の中心の間隔（1/100 mm）。印影が枠の印に触れないよう、上限の大きさより 10 mm 以上広くとる。"""

    幅: int = 4000
    高さ: int = 4000


def 枠の四角(枠: 基準枠) -> list[tuple[int, int, int, bool]]:
    """左上の印の中心を原点とする四角の並び（中心 x・中心 y・一辺・黒か）。順に塗り重ねる。"""
    四角 = [
        (x, y, 一辺 * 単位, 黒)
        for x in (0, 枠.幅)
        for y in (0, 枠.高さ)
        for 一辺, 黒 in ((7, True), (5, False), (3, True))
    ]
    return [*四角, (目印の位置, 0, 目印の一辺, True)]


def 基準枠の図(枠: 基準枠) -> str:
    """申請書に実寸で置く SVG。まわりに 1 mm の白を付ける。"""
    余白 = 印の一辺 // 2 + 100
    幅, 高さ = 枠.幅 + 2 * 余白, 枠.高さ + 2 * 余白
    中身 = "".join(
        f'<rect x="{x - 一辺 // 2}" y="{y - 一辺 // 2}" width="{一辺}" height="{一辺}"'
        f' fill="{"#000" if 黒 else "#fff"}"/>'
        for x, y, 一辺, 黒 in 枠の四角(枠)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{幅 / 100}mm" height="{高さ / 100}mm"'
        f' viewBox="{-余白} {-余白} {幅} {高さ}">{中身}</svg>'
    )
