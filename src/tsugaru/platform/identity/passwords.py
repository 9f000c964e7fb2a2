"""パスワードの決まり: 15文字から128文字、どの文字でもよい。よく使われる語・団体の名・自分の名を除いた残りが短ければ断る。

字の種類を混ぜる決まりと、定期の変更は置かない（推し量りやすい変え方を生むため）。一覧は手元の words.txt で、外へは問い合わせない。

まだ無いもの: 漏えいした実在のパスワードとの照合（閉じた網に一覧を運び込む手順がまだ無い）。
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from tsugaru.kernel.errors import 業務エラー

SHORTEST, LONGEST = 15, 128
LEFT_OVER = 8
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 4, 5
NEUTRAL = re.compile(r"(?:19|20)[0-9]{2}|[\W_]+")  # 年と記号は足しても強くならない


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """手元の一覧。"""
    lines = Path(__file__).with_name("words.txt").read_text("utf-8").splitlines()
    return frozenset(_fold(line) for line in lines if line and not line.startswith("#"))


def check(password: str, *, context: Iterable[str] = ()) -> None:
    """使えなければ ID-0101〜0103。context は推し量られやすい語（団体の名、ホスト名、職員番号、氏名、所属）。"""
    if not SHORTEST <= len(password) <= LONGEST:
        raise 業務エラー(
            "ID-0101",
            f"パスワードの長さ（{len(password)}文字）が決まりに合いません。",
            f"{SHORTEST}文字から{LONGEST}文字にしてください。語をいくつか並べた文が覚えやすく強くなります。",
        )
    if len(set(password)) < LEFT_OVER:
        raise 業務エラー("ID-0102", "同じ字の繰り返しです。", f"違う字を{LEFT_OVER}種類以上使ってください。")
    left = _without(_fold(password), common_words() | {_fold(word) for word in context})
    if len(left) < LEFT_OVER:
        raise 業務エラー(
            "ID-0103",
            "よく使われる語・団体の名・自分の名・年を除くと、ほとんど残りません。",
            "ほかの人が思い付かない語を足してください。",
        )


def generate() -> str:
    """一度だけ渡す初めのパスワード。読み違えやすい字を使わない（およそ99ビット）。"""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _without(folded: str, words: Iterable[str]) -> str:
    """長い語から順に除き、最後に年と記号を除く（残った字が、その人だけの部分である）。"""
    for word in sorted({w for w in words if len(w) >= 2}, key=len, reverse=True):
        folded = folded.replace(word, " ")
    return NEUTRAL.sub("", folded)
