"""規則の組の検査。どの境目でも一つの計算になるか、定めがいつ原文と照らされたか。"""

from dataclasses import dataclass
from datetime import date

from tsugaru.law.engine.errors import 法令の誤り
from tsugaru.law.engine.system import 制度

確認の月数 = 13
"""原文との照合がこの月数より古い定めを挙げる。"""


@dataclass(frozen=True, slots=True)
class 検査の結果:
    """`誤り` があれば制度は使えない。`古い` と `未確認` は人が確かめる一覧。"""

    誤り: tuple[str, ...]
    古い: tuple[str, ...]
    未確認: tuple[str, ...]


def 検査する(制度: 制度, 基準日: date) -> 検査の結果:
    """全部の境目で規則を結び、定めを引く。現行確認日が13か月より前の定めと、未確認の値を挙げる。"""
    return 検査の結果(tuple(_誤り(制度)), tuple(_古い(制度, 基準日)), tuple(_未確認(制度)))


def _誤り(制度: 制度) -> list[str]:
    誤り = []
    for いつ in 制度.境目():
        try:
            制度.定め(いつ)
        except 法令の誤り as 起きた:
            誤り.append(str(起きた))
    if 誤り:
        return 誤り
    使われない = set(制度.沿革()) - set(制度.定めの型())
    誤り += [f"定め {名} を使う規則がありません。" for 名 in sorted(使われない)]
    読む = {名 for いつ in 制度.境目() for 一歩 in 制度.図(いつ).順 for 名 in 一歩.引数}
    誤り += [f"事実 {名} を読む規則がありません。" for 名 in 制度.事実 if 名 not in 読む]
    誤り += [f"結果 {名} を計算する規則がありません。" for 名 in 制度.結果 if not _いつか計算する(制度, 名)]
    return 誤り


def _いつか計算する(制度: 制度, 名: str) -> bool:
    return any(名 in 制度.図(いつ).名の表() for いつ in 制度.境目())


def _古い(制度: 制度, 基準日: date) -> list[str]:
    月数 = 基準日.year * 12 + 基準日.month - 1 - 確認の月数
    限り = date(月数 // 12, 月数 % 12 + 1, min(基準日.day, 28))
    return [
        f"{一つ.名}（{一つ.根拠}）現行確認日 {一つ.現行確認日 or 'なし'}"
        for 一つ in 制度.沿革().values()
        if 一つ.現行確認日 is None or 一つ.現行確認日 < 限り
    ]


def _未確認(制度: 制度) -> list[str]:
    return [
        f"{沿革.名} {値.適用}（{沿革.根拠}）"
        for 沿革 in 制度.沿革().values()
        for 値 in 沿革.値
        if not 値.確認済み
    ]
