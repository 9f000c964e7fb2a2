"""どの帳票にもある部分。法令のことばは持たない。"""

from dataclasses import dataclass
from datetime import date

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.documents.form import 字100, 字300, 短文

公印の最大 = 2500
"""電子公印の一辺の上限（1/100 mm）。標準仕様書（住民記録）5.6。"""


@dataclass(frozen=True, kw_only=True)
class 画像:
    """PNG の画像と、刷るときの実寸（1/100 mm）。"""

    内容: bytes
    幅: int
    高さ: int

    def __post_init__(self) -> None:
        """実寸が正であることを確かめる。"""
        if self.幅 <= 0 or self.高さ <= 0:
            raise 業務エラー(
                "DC-0105", f"画像の寸法が正でない（{self.幅}×{self.高さ}）。", "解像度を確かめて登録し直す。"
            )


@dataclass(frozen=True, kw_only=True)
class 認証者:
    """証明する者。都道府県名は職名の前に刷る（標準仕様書（住民記録）5.6）。"""

    都道府県名: 短文
    職名: 字100
    氏名: 字100
    公印: 画像 | None

    def __post_init__(self) -> None:
        """公印が上限より大きければ止める。"""
        if self.公印 and max(self.公印.幅, self.公印.高さ) > 公印の最大:
            raise 業務エラー(
                "DC-0106",
                f"公印が大きすぎる（{self.公印.幅 / 100}×{self.公印.高さ / 100} mm）。",
                "一辺25 mm以下の印影を登録する。",
                項目="公印",
                根拠="住民記録システム標準仕様書 5.6",
            )


@dataclass(frozen=True, kw_only=True)
class 発行事項:
    """証明書の終わりに刷る事項。``発行番号`` の後ろに版面が頁番号（1/2）を付ける。"""

    発行番号: 字100
    発行年月日: date
    発行日表示: 短文
    認証文: 字300
    認証者: 認証者
    公用: bool


@dataclass(frozen=True, kw_only=True)
class 窓あき宛名:
    """窓あき封筒（85×38 mm）から見える宛名。``敬称`` まで含めて作る側が決める。"""

    郵便番号: 短文
    住所: 字300
    方書: 字300
    氏名: 字100
    敬称: 短文


@dataclass(frozen=True, kw_only=True)
class 差出人事項:
    """通知書の差出人と問合せ先。"""

    文書番号: 短文
    発行年月日: date
    発行日表示: 短文
    認証者: 認証者
    担当: 字100
    所在地: 字300
    電話番号: 短文
