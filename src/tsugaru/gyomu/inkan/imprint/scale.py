"""1 mm が何画素かを決める。記録された解像度を使えるのは、スキャナーの画像だけである。

写真に書かれた dpi は紙の寸法と関係がないので使わない。画面用の 72・96 dpi も測定には使えない。
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from tsugaru.gyomu.inkan.imprint.arrays import Pixels
from tsugaru.gyomu.inkan.imprint.frame import 基準枠
from tsugaru.gyomu.inkan.imprint.frame_reader import 枠を正面から見る
from tsugaru.gyomu.inkan.imprint.model import 寸法の測り方, 読取警告
from tsugaru.gyomu.inkan.imprint.picture import 読んだ画像
from tsugaru.kernel.errors import 業務エラー

一インチ = 25.4
最低の解像度 = 200
望ましい解像度 = 300
最高の解像度 = 2400
紙の最大の長さ = 450
印刷の縮みの許容 = 0.015

_枠か再走査 = "スキャナーで300dpi以上で読み取り直すか、基準枠のある申請書に押印して撮影してください。"


@dataclass(frozen=True)
class 寸法のある画像:
    """縦横が同じ縮尺の画素と、元の画像での 1 mm の画素数。"""

    画素: Pixels
    画素毎ミリ: float
    読取解像度: int
    根拠: 寸法の測り方
    警告: tuple[読取警告, ...]


def 寸法を決める(画像: 読んだ画像, 枠: 基準枠 | None) -> 寸法のある画像:
    """基準枠があれば枠で、なければ記録された解像度で縮尺を決める。エラー: IN-0811〜IN-0816。"""
    return _解像度による(画像) if 枠 is None else _枠による(画像, 枠)


def _解像度による(画像: 読んだ画像) -> 寸法のある画像:
    横, 縦 = 使える解像度(画像)
    高さ, 幅 = 画像.画素.shape[:2]
    細かい方 = max(横, 縦)
    大きさ = (round(幅 * 細かい方 / 横), round(高さ * 細かい方 / 縦))
    画素 = 画像.画素
    if 大きさ != (幅, 高さ):
        画素 = np.asarray(Image.fromarray(画素).resize(大きさ, Image.Resampling.BICUBIC))
    dpi = round(min(横, 縦))
    return 寸法のある画像(画素, 細かい方 / 一インチ, dpi, 寸法の測り方.走査の解像度, _粗さの警告(dpi))


def 使える解像度(画像: 読んだ画像) -> tuple[float, float]:
    """記録された横・縦の解像度。信用できないときは IN-0811〜IN-0814。"""
    if 画像.写真:
        raise 業務エラー(
            "IN-0811", "写真に記録された解像度は紙の寸法を表しません。", _枠か再走査, 項目="印影"
        )
    if 画像.解像度 is None:
        raise 業務エラー(
            "IN-0812", "画像に解像度の記録がなく、大きさを測れません。", _枠か再走査, 項目="印影"
        )
    横, 縦 = 画像.解像度
    値 = f"横{横:.0f}dpi・縦{縦:.0f}dpi"
    if not 最低の解像度 - 1 < min(横, 縦) <= max(横, 縦) <= 最高の解像度 or not 0.5 <= 横 / 縦 <= 2:
        raise 業務エラー(
            "IN-0813", f"解像度（{値}）では大きさを測れません。200〜2400dpiです。", _枠か再走査, 項目="印影"
        )
    長さ = max(画像.画素.shape[1] / 横, 画像.画素.shape[0] / 縦) * 一インチ
    if 長さ > 紙の最大の長さ:
        raise 業務エラー(
            "IN-0814",
            f"解像度（{値}）では紙の長さが{長さ:.0f}mmとなり、記録を信用できません。",
            _枠か再走査,
            項目="印影",
        )
    return 横, 縦


def _枠による(画像: 読んだ画像, 枠: 基準枠) -> 寸法のある画像:
    正面 = 枠を正面から見る(画像.画素, 枠)
    dpi = round(正面.元の画素毎ミリ * 一インチ)
    if dpi < 最低の解像度:
        raise 業務エラー(
            "IN-0816",
            f"写真が粗すぎます（紙の上で約{dpi}dpi）。200dpi以上が要ります。",
            "基準枠が画面いっぱいに入るように近づいて撮り直してください。",
            項目="印影",
        )
    警告 = _粗さの警告(dpi) + _縮みの警告(画像, 正面.元の画素毎ミリ)
    return 寸法のある画像(正面.画素, 正面.画素毎ミリ, dpi, 寸法の測り方.基準枠, 警告)


def _粗さの警告(dpi: int) -> tuple[読取警告, ...]:
    if dpi >= 望ましい解像度 - 1:
        return ()
    return (読取警告("IN-0841", f"解像度が低く（約{dpi}dpi）、細い線がつぶれている可能性があります。"),)


def _縮みの警告(画像: 読んだ画像, 画素毎ミリ: float) -> tuple[読取警告, ...]:
    """スキャナーの解像度が分かるなら、枠が拡大縮小して印刷されていないかを確かめる。"""
    try:
        横, 縦 = 使える解像度(画像)
    except 業務エラー:
        return ()
    比 = 画素毎ミリ * 一インチ / ((横 + 縦) / 2)
    if abs(比 - 1) <= 印刷の縮みの許容:
        return ()
    文 = f"基準枠が実寸の{比:.1%}で印刷されています。印影の大きさを定規で確かめてください。"
    return (読取警告("IN-0842", 文),)
