"""日付つきの定め。YAML を型に合わせて検査して読み、時点で引く。"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import yaml

from tsugaru.law.engine.errors import 定めがない, 定めの誤り
from tsugaru.law.engine.words import 上限なし, 分率, 分率を読む, 時点

_表題の項目 = {"説明", "根拠", "軸", "条例", "現行確認日", "値"}
_値の項目 = {"適用", "改正", "出典", "確認", "項目"}


@dataclass(frozen=True, slots=True)
class 改正値:
    """ある時点から効く項目。前の値と同じ項目は書かれていない。"""

    適用: 時点
    改正: str
    出典: tuple[str, ...]
    確認済み: bool
    項目: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class 定めの沿革:
    """一つの定めの、初めからの値。"""

    名: str
    説明: str
    根拠: str
    条例: bool
    現行確認日: date | None
    値: tuple[改正値, ...]
    置き場: str

    def ある時点の項目(self, いつ: 時点) -> tuple[dict[str, object], 改正値 | None]:
        """その時点までの改正を古い順に重ねた項目と、最後に効いた改正。"""
        重ねた: dict[str, object] = {}
        最後 = None
        for 一つ in self.値:
            if 一つ.適用.値 <= いつ.値:
                重ねた |= 一つ.項目
                最後 = 一つ
        return 重ねた, 最後


@dataclass(frozen=True, slots=True)
class 引いた定め:
    """ある時点の一つの定め。`中身` は規則モジュールの dataclass。"""

    名: str
    中身: Any
    沿革: 定めの沿革
    改正: 改正値 | None
    上書き: tuple[str, ...]


def 定めを読む(置き場: Path) -> dict[str, 定めの沿革]:
    """YAML の全部の定め。知らない項目・順の乱れ・日付のない値は 定めの誤り。"""
    書かれた = yaml.safe_load(置き場.read_text(encoding="utf-8")) or {}
    return {名: _沿革(名, 中身, str(置き場)) for 名, 中身 in 書かれた.items()}


def 型に合わせる(型: Any, 値: object, 場所: str) -> Any:
    """YAML・JSON の値を宣言された型にする。合わなければ場所を言って 定めの誤り。"""
    if 型 is 分率:
        return _分率(値, 場所)
    if dataclasses.is_dataclass(型) and isinstance(型, type):
        return _組(型, 値, 場所)
    if get_origin(型) is tuple:
        if not isinstance(値, list):
            raise _誤り(f"{場所} は並びです（{値!r}）")
        return tuple(型に合わせる(get_args(型)[0], 一つ, f"{場所}[{番}]") for 番, 一つ in enumerate(値))
    if 型 is int and 値 == "上限なし":
        return 上限なし
    if type(値) is not 型:
        raise 定めの誤り(
            "JT-1003", f"{場所} は{'真偽' if 型 is bool else '整数'}です（{値!r}）", "書き方を直してください"
        )
    return 値


def 定めを引く(
    型: type[Any], 沿革: 定めの沿革 | None, いつ: 時点, *重ね: tuple[str, Mapping[str, object]]
) -> 引いた定め:
    """法の値に条例・上書きの項目を重ね、型に入れる。足りない項目があれば 定めがない。"""
    名 = 型.__name__
    if 沿革 is None:
        raise 定めがない("JT-1001", f"{名} の置き場がありません", "規則の隣の YAML に書いてください")
    項目, 改正 = 沿革.ある時点の項目(いつ)
    for _, 上書き in 重ね:
        項目 |= 上書き
    欠け = [欄 for 欄 in get_type_hints(型) if 欄 not in 項目]
    if 欠け:
        入れ先 = "municipalities/<団体コード>/parameters の同じ名" if 沿革.条例 else 沿革.置き場
        文 = f"{いつ}の {名} に {'、'.join(欠け)} の値がありません。{沿革.根拠}"
        raise 定めがない("JT-1002", 文, f"{入れ先} に適用の時点とともに入れてください")
    return 引いた定め(名, 型に合わせる(型, 項目, 名), 沿革, 改正, tuple(由来 for 由来, _ in 重ね))


def _沿革(名: str, 中身: Any, 置き場: str) -> 定めの沿革:
    _鍵を確かめる(中身, _表題の項目, {"値", "根拠", "軸"}, f"{置き場} の {名}")
    値 = tuple(_改正値(一つ, 中身["軸"], f"{置き場} の {名}") for 一つ in 中身["値"])
    if any(前.適用.値 >= 後.適用.値 for 前, 後 in pairwise(値)):
        raise 定めの誤り(
            "JT-1003", f"{置き場} の {名} の値は適用の古い順に書きます", "書き方を直してください"
        )
    確認日 = 中身.get("現行確認日")
    return 定めの沿革(名, 中身.get("説明", ""), 中身["根拠"], bool(中身.get("条例")), 確認日, 値, 置き場)


def _改正値(書かれた: Any, 軸: str, 場所: str) -> 改正値:
    _鍵を確かめる(書かれた, _値の項目, {"適用", "項目"}, 場所)
    適用 = 書かれた["適用"]
    if not isinstance(適用, int):
        raise _誤り(f"{場所} の適用は {軸} の整数です（{適用!r}）")
    if 書かれた.get("確認", "確認済み") not in ("確認済み", "未確認"):
        raise _誤り(f"{場所} の確認は 確認済み か 未確認 です")
    確認済み = 書かれた.get("確認", "確認済み") == "確認済み"
    出典 = tuple(書かれた.get("出典", ()))
    return 改正値(時点(軸, 適用), 書かれた.get("改正", ""), 出典, 確認済み, 書かれた["項目"])


def _組(型: type[Any], 値: object, 場所: str) -> Any:
    欄 = get_type_hints(型)
    if isinstance(値, list) and len(値) == len(欄):
        値 = dict(zip(欄, 値, strict=True))
    組 = _鍵を確かめる(値, set(欄), set(欄), 場所)
    return 型(**{名: 型に合わせる(欄[名], 組[名], f"{場所}.{名}") for 名 in 欄})


def _分率(値: object, 場所: str) -> 分率:
    try:
        return 分率を読む(str(値))
    except (ValueError, ZeroDivisionError):
        raise 定めの誤り(
            "JT-1003", f"{場所} は 3/100 か 4.025% の形です（{値!r}）", "書き方を直してください"
        ) from None


def _鍵を確かめる(書かれた: object, 知る: set[str], 要る: set[str], 場所: str) -> dict[str, Any]:
    if not isinstance(書かれた, dict):
        raise _誤り(f"{場所} は項目の組です（{書かれた!r}）")
    if 余り := sorted(set(書かれた) - 知る):
        raise 定めの誤り(
            "JT-1003",
            f"{場所} に知らない項目 {'、'.join(余り)} があります（{'、'.join(sorted(知る))}）",
            "書き方を直してください",
        )
    if 欠け := sorted(要る - set(書かれた)):
        raise _誤り(f"{場所} に {'、'.join(欠け)} がありません")
    return 書かれた


def _誤り(文: str) -> 定めの誤り:
    return 定めの誤り("JT-1003", 文, "書き方を直してください")
