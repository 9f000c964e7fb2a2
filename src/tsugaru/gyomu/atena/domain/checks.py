"""項目ごとの検査。受け取ってよければそのまま返し（文字は一つも変えない）、だめなら番号と直し方のある誤りにする。"""

from __future__ import annotations

import re
from datetime import date

from tsugaru.kernel import check_digit, moji
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.disclosure.api import Address

_カナ = re.compile(r"[ァ-ヺー・　]+")
_英字の名 = re.compile(r"[A-Za-z .,'-]+")
_郵便番号 = re.compile(r"[0-9]{3}-?[0-9]{4}")
_電話 = re.compile(r"\+?[0-9()-]{10,20}")


def 氏名(text: str, *, 項目: str = "氏名") -> str:
    """氏と名の間は全角の空白一つ（ローマ字だけの名は半角の空白でもよい）。"""
    moji.検査する文字列(text, 項目=項目, 最大文字数=100, code="AT-0101")
    if not text.strip("\u3000 "):
        raise 業務エラー("AT-0102", f"{項目}が空です。", f"{項目}を入れてください。", 項目=項目)
    if text != text.strip("\u3000 ") or "　　" in text or (" " in text and not _英字の名.fullmatch(text)):
        raise 業務エラー(
            "AT-0103",
            f"{項目}「{text[:30]}」の空白が決まりと違います。",
            "氏と名の間に全角の空白を一つだけ入れてください。",
            項目=項目,
            根拠="基本データリスト（住登外者宛名番号管理）項目3。",
        )
    return text


def フリガナ(text: str, *, 項目: str = "フリガナ") -> str:
    """全角カタカナ。空でもよい。"""
    moji.検査する文字列(text, 項目=項目, 最大文字数=100, code="AT-0101")
    if text and not _カナ.fullmatch(text):
        raise 業務エラー(
            "AT-0104",
            f"{項目}「{text[:30]}」に全角カタカナでない文字があります。",
            "全角カタカナで、氏と名の間は全角の空白で入れてください。",
            項目=項目,
        )
    return text


def 文章(text: str, *, 項目: str, 最大文字数: int = 200) -> str:
    """自由な文。制御文字・絵文字・長すぎるものは断る。"""
    return moji.検査する文字列(text, 項目=項目, 最大文字数=最大文字数, code="AT-0101")


def 理由(text: str, *, 項目: str = "理由", 最大文字数: int = 200) -> str:
    """空であってはならない文。"""
    if not text.strip("\u3000 "):
        raise 業務エラー(
            "AT-0102",
            f"{項目}が空です。",
            f"後で読む人に分かるように、{項目}を書いてください。",
            項目=項目,
        )
    return 文章(text, 項目=項目, 最大文字数=最大文字数)


def 生年月日(日: 不詳日 | None, 今日: date) -> 不詳日 | None:
    """これから生まれる日は断る。"""
    if 日 and 日.内部日付 > 今日:
        raise 業務エラー(
            "AT-0105",
            f"生年月日（{日.表示}）が今日より後です。",
            "年・月・日と元号を確かめてください。",
            項目="生年月日",
        )
    return 日


def 過去の日(日: date, 今日: date, *, 項目: str) -> date:
    """今日までの日。"""
    if 日 > 今日:
        raise 業務エラー(
            "AT-0106",
            f"{項目}（{日.isoformat()}）が今日より後です。",
            "今日までの日を入れてください。",
            項目=項目,
        )
    return 日


def 期間(始期: date, 終期: date | None) -> None:
    """終期は始期より前にできない。"""
    if 終期 and 終期 < 始期:
        raise 業務エラー(
            "AT-0107",
            f"終期（{終期.isoformat()}）が始期（{始期.isoformat()}）より前です。",
            "期間を確かめてください。",
            項目="終期",
        )


def 法人番号(番号: str) -> str:
    """13桁で検査数字が合う。空でもよい（人格のない社団など）。"""
    if 番号 and not check_digit.法人番号が正しい(番号):
        raise 業務エラー(
            "AT-0108",
            f"法人番号「{番号[:20]}」は半角数字13桁でないか、検査数字（先頭の一桁）が合いません。",
            "法人番号指定通知書か国税庁の公表サイトと照らしてください。",
            項目="法人番号",
            根拠="法人番号の指定等に関する省令第2条。",
        )
    return 番号


def 個人番号(番号: str) -> str:
    """12桁で検査数字が合う。誤りの文に番号は書かない。"""
    if not check_digit.個人番号が正しい(番号):
        raise 業務エラー(
            "AT-0111",
            "個人番号が半角数字12桁でないか、検査数字（末尾の一桁）が合いません。",
            "回答の書面と一桁ずつ照らしてください。",
            項目="個人番号",
            根拠="平成26年総務省令第85号第5条。",
        )
    return 番号


def 郵便番号(番号: str) -> str:
    """7桁（間のハイフンは有っても無くてもよい）。返すのは7桁の数字。"""
    if 番号 and not _郵便番号.fullmatch(番号):
        raise 業務エラー(
            "AT-0112",
            f"郵便番号「{番号[:20]}」は半角数字7桁ではありません。",
            "0360000 か 036-0000 の形で入れてください。",
            項目="郵便番号",
        )
    return 番号.replace("-", "")


def 電話番号(番号: str) -> str:
    """数字10〜15桁。ハイフンと括弧、国番号の + は書いてよい。"""
    digits = re.sub(r"[^0-9]", "", 番号)
    if not _電話.fullmatch(番号) or not 10 <= len(digits) <= 15:
        raise 業務エラー(
            "AT-0113",
            f"電話番号「{番号[:20]}」の形が違います。",
            "市外局番から半角の数字で入れてください（0172-00-0000 の形）。",
            項目="電話番号",
        )
    return 番号


def 住所(place: Address) -> Address:
    """国内は市区町村まで、国外は国名が要る。両方は書けない。"""
    abroad, home = place.country or place.abroad, place.city or place.town or place.lot
    if abroad and home:
        raise 業務エラー(
            "AT-0114",
            f"国内の住所（{place.city}）と国外の住所（{place.country}）の両方が入っています。",
            "どちらか一方だけにしてください。",
            項目="国名",
        )
    if not (place.country or place.city):
        raise 業務エラー(
            "AT-0115",
            "住所の市区町村名（国外なら国名）が空です。",
            "市区郡町村名から入れてください。",
            項目="市区町村",
        )
    for 項目, text, 最大 in (
        ("都道府県", place.prefecture, 4), ("市区町村", place.city, 12), ("町字", place.town, 120),
        ("番地号", place.lot, 50), ("方書", place.building, 300), ("国名", place.country, 100),
        ("国外住所", place.abroad, 300),
    ):  # fmt: skip
        文章(text, 項目=項目, 最大文字数=最大)
    フリガナ(place.building_kana, 項目="方書フリガナ")
    郵便番号(place.postcode)
    return place
