"""印影の読み取り。走査や写真から印影を見つけ、真っすぐな実寸の白黒画像にし、大きさを測る。

使う側はここにある名前だけを使う。すべて純粋な関数で、データベースも時計も知らない。
根拠: 印鑑登録証明事務処理要領（昭和49年2月1日自治振第10号）に倣う各市町村の印鑑条例。

まだ無いもの: 縁のない印の天地の判断、黒い記入欄（一辺30mm未満）の中の黒い印影の分離、
黒い署名と重なった黒い印影の分離、広角レンズの樽形の歪みの補正。
"""

from tsugaru.gyomu.inkan.imprint.extract import 印影を取り出す
from tsugaru.gyomu.inkan.imprint.frame import 基準枠, 基準枠の図
from tsugaru.gyomu.inkan.imprint.model import (
    傾きの直し方,
    印影,
    印肉の色,
    大きさの定め,
    寸法の測り方,
    範囲,
    読取警告,
)
from tsugaru.gyomu.inkan.imprint.overlay import 照合用重ね合わせ, 重ね合わせ
from tsugaru.gyomu.inkan.imprint.rules import 大きさを確かめる

__all__ = [
    "傾きの直し方",
    "印影",
    "印影を取り出す",
    "印肉の色",
    "基準枠",
    "基準枠の図",
    "大きさの定め",
    "大きさを確かめる",
    "寸法の測り方",
    "照合用重ね合わせ",
    "範囲",
    "読取警告",
    "重ね合わせ",
]
