"""定めの写しの一つ一つの値: 並べる・読む・替える。替えた写しは、もしもの計算（whatif）だけが使う。"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tsugaru.kernel.errors import 業務エラー
from tsugaru.law.engine.errors import 法令の誤り
from tsugaru.law.engine.words import 上限なし, 分率を読む

写し = Mapping[str, Any]
つなぎ = "/"
整数, 率 = (
    re.compile(r"-?[0-9]{1,15}", re.ASCII),
    re.compile(r"[0-9]{1,9}/[1-9][0-9]{0,8}|[0-9]{1,3}(\.[0-9]{1,6})?%", re.ASCII),
)
全角 = str.maketrans("０１２３４５６７８９／．％，－", "0123456789/.%,-")
単位たち = (
    ("歳", ("年齢", "初め", "終わり")), ("年", ("年数", "通常", "減らす", "不正の行為", "更正等から")),
    ("年月", ("以前",)), ("回", ("納期の数",)), ("級地", ("級地",)), ("十万分の", ("特例割合", "割合")),
)  # fmt: skip
ふだんの定め = (
    "均等割の定め", "所得割の税率の定め", "森林環境税の定め", "基礎控除の定め", "扶養控除の定め", "配偶者控除の定め",
    "給与所得の定め", "公的年金等控除の定め", "均等割の非課税の定め", "所得割の非課税の定め", "調整控除の定め",
)  # fmt: skip
"""先に並べる定め（よく試すもの）。"""


@dataclass(frozen=True, slots=True)
class 項目:
    """一つの値。道 は 定め/項目/段の番/欄、値 は写しの値（率は分数の文字）。"""

    道: str
    名: str
    値: Any
    単位: str

    @property
    def 文(self) -> str:
        """画面の値。上限なしは「上限なし」、真偽は「はい・いいえ」、率は割り切れれば百分率。"""
        if self.値 == 上限なし:
            return "上限なし"
        if isinstance(self.値, bool):
            return "はい" if self.値 else "いいえ"
        return f"{self.値:,}" if isinstance(self.値, int) else 百分率(self.値)


def 百分率(文: str) -> str:
    """6/100 → 6%。小数第六位までに割り切れなければ、分数のまま。"""
    率 = 分率を読む(文)
    百万倍 = 率.分子 * 100_000_000
    if 百万倍 % 率.分母:
        return 文
    整, 余 = divmod(百万倍 // 率.分母, 1_000_000)
    return f"{整}{f'.{余:06}'.rstrip('0') if 余 else ''}%"


@dataclass(frozen=True, slots=True)
class 変更:
    """替えた一つ。"""

    道: str
    前: str
    後: str
    単位: str


def 並べる(写: 写し) -> dict[str, list[項目]]:
    """定めの名 → 項目。よく試す定めが先に並ぶ。"""
    found = {名: [*_項目たち(名, 値, 名)] for 名, 値 in 写["定め"].items()}
    first = [名 for 名 in ふだんの定め if 名 in found]
    return {名: found[名] for 名 in (*first, *(名 for 名 in found if 名 not in first))}


def _項目たち(道: str, 値: Any, 定め: str) -> Iterator[項目]:
    if isinstance(値, Mapping):
        for 名, 中 in 値.items():
            yield from _項目たち(f"{道}{つなぎ}{名}", 中, 定め)
    elif isinstance(値, list):
        for 番, 中 in enumerate(値):
            yield from _項目たち(f"{道}{つなぎ}{番 + 1}", 中, 定め)
    else:
        名 = 道.removeprefix(f"{定め}{つなぎ}").replace(つなぎ, "・")
        yield 項目(道, 名, 値, _単位(道, 値))


def _単位(道: str, 値: Any) -> str:
    if isinstance(値, bool):
        return ""
    if isinstance(値, str):
        return "率"
    last = 道.rsplit(つなぎ, 1)[-1]
    found = (unit for unit, names in 単位たち if any(last.endswith(name) for name in names))
    return next(found, "円")


def 替える(写: 写し, 打った: Mapping[str, str]) -> tuple[dict[str, Any], list[変更], dict[str, 業務エラー]]:
    """打った値（道 → 文字。空は今のまま）で替えた写しと、替わった項目と、道ごとの誤り。もとの写しは変わらない。"""
    今 = {one.道: one for group in 並べる(写).values() for one in group}
    新, 替えた, 誤り = copy.deepcopy(dict(写)), list[変更](), dict[str, 業務エラー]()
    for 道, text in 打った.items():
        if 道 not in 今 or not text.strip():
            continue
        try:
            値 = 読む(今[道], text)
        except 業務エラー as error:
            誤り[道] = error
            continue
        if 値 != 今[道].値:
            _置く(新["定め"], 道.split(つなぎ), 値)
            後 = 項目(道, 今[道].名, 値, 今[道].単位)
            替えた.append(変更(道, 今[道].文, 後.文, 今[道].単位))
    return 新, 替えた, 誤り


def 読む(今: 項目, text: str) -> Any:
    """打った文字を、今の値と同じ型の値にする。率は 6/100 か 6%。合わなければ KJ-6001。"""
    plain = text.strip().translate(全角).replace(",", "")
    if isinstance(今.値, bool):
        if plain in ("はい", "いいえ"):
            return plain == "はい"
        raise _読めない(今, text, "「はい」か「いいえ」")
    if isinstance(今.値, str):
        if not 率.fullmatch(plain):
            raise _読めない(今, text, "6/100 か 6% の形の率")
        found = 分率を読む(plain)
        return f"{found.分子}/{found.分母}"
    if plain == "上限なし":
        return 上限なし
    if not 整数.fullmatch(plain) or int(plain) < 0:
        raise _読めない(今, text, "0 以上の整数")
    return int(plain)


def 確かめる(写: 写し, 戻す: Any) -> None:
    """型に入らない写し（分母が 0 など）は、計算の前に断る。"""
    try:
        戻す(写)
    except 法令の誤り as error:
        raise 業務エラー("KJ-6001", error.message, error.remedy) from None


def _読めない(今: 項目, text: str, 形: str) -> 業務エラー:
    return 業務エラー(
        "KJ-6001",
        f"「{今.道.replace(つなぎ, '・')}」の値（{text}）を読めません。",
        f"{形}で入れてください（今は {今.文}{'' if 今.単位 == '率' else 今.単位}）。",
    )


def _置く(定め: Any, 道: list[str], 値: Any) -> None:
    所 = 定め
    for 名 in 道[:-1]:
        所 = 所[int(名) - 1] if isinstance(所, list) else 所[名]
    if isinstance(所, list):
        所[int(道[-1]) - 1] = 値
    else:
        所[道[-1]] = 値
