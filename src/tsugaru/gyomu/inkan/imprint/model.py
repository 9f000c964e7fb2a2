"""印影の取り出しの結果と、呼ぶ側が渡す定め。長さはすべて 1/100 ミリメートルの整数で持つ。"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

仕上がり解像度 = 600


class 寸法の測り方(StrEnum):
    """何によって大きさを測ったか。"""

    走査の解像度 = "走査の解像度"
    基準枠 = "基準枠"


class 傾きの直し方(StrEnum):
    """何によって傾きを直したか。直せないときは読み取ったままにする。"""

    縁 = "縁"
    文字 = "文字"
    直していない = "直していない"


class 印肉の色(StrEnum):
    """印影の色。"""

    朱 = "朱"
    黒 = "黒"


@dataclass(frozen=True)
class 読取警告:
    """印影は取り出せたが、職員が見て確かめること。"""

    code: str
    文: str


@dataclass(frozen=True)
class 印影:
    """真っすぐにして余白 1 ミリメートルで切り出した印影。

    画像は 1 bit の PNG（黒が印、600 dpi）で、元のファイルの付随情報（撮影場所など）を含まない。
    幅・高さは余白を除いた印の大きさ、正方形の一辺は向きを問わず収まる最小の正方形（1/100 mm）。
    傾きは読み取った画像での時計回りの傾き（1/100 度）で、直していないときは 0。
    """

    画像: bytes
    幅: int
    高さ: int
    正方形の一辺: int
    解像度: int
    読取解像度: int
    寸法の根拠: 寸法の測り方
    傾き: int
    傾きの根拠: 傾きの直し方
    印肉: 印肉の色
    警告: tuple[読取警告, ...]
    sha256: str


@dataclass(frozen=True)
class 範囲:
    """職員が画面で囲んだ四角。向きを直した画像の画素で、右と下は含まない。"""

    左: int
    上: int
    右: int
    下: int


@dataclass(frozen=True)
class 大きさの定め:
    """印鑑条例の大きさの定め（1/100 mm）。

    下限の正方形に収まるものと、上限の正方形に収まらないものは登録できない。根拠は「○○市印鑑条例第5条第1項。」の形。
    """

    下限の一辺: int
    上限の一辺: int
    根拠: str
