"""値の見せ方: 名から単位を知り、画面と帳票の文字にする。"""

from __future__ import annotations

from tsugaru.kernel.yen import 金額表示
from tsugaru.law.engine.facts import 値
from tsugaru.law.kojin.public import 個人住民税

語尾の単位 = (
    ("納期の数", "期"), ("の数", "人"), ("月数", "月"), ("回数", "回"), ("年数", "年"), ("段の番号", "段"),
    ("特例割合", "／100,000"),
)  # fmt: skip
"""規則の結果のうち円でないもの。語尾で決まり、初めに合うものが勝つ。"""


def 単位(名: str) -> str:
    """円・人・歳・年など。"""
    宣言 = 個人住民税.事実.get(名)
    if 宣言 is not None:
        return 宣言.単位
    return next((単位 for 語尾, 単位 in 語尾の単位 if 名.endswith(語尾)), "円")


def 該当の名(名: str) -> bool:
    """真偽の事実か（結果の真偽は値の型で分かる）。"""
    宣言 = 個人住民税.事実.get(名)
    return 宣言 is not None and 宣言.型 is bool


def 文字(名: str, 物: 値) -> str:
    """「3,560,000円」「該当」「2人」「判定できない」。"""
    if 物 is None:
        return "判定できない"
    if isinstance(物, bool) or 該当の名(名):
        return "該当" if 物 else "非該当"
    if 単位(名) == "年":
        return f"{物}年"
    return f"{金額表示(物)}{単位(名)}"
