"""届出の内容: 入力された値を種類の表で確かめ、控え（JSON）にし、控えから戻す。

番号は封じた文字（門の鍵、受付番号ごと）で控える。住所は住所番号で控える。だから控えに場所も番号も現れない。
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from tsugaru.gyomu.juki.domain.codes import つなげない続柄, 続柄
from tsugaru.gyomu.juki.domain.fields import 型, 項目定義
from tsugaru.kernel import check_digit
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.disclosure.api import Address
from tsugaru.platform.tenancy import keys

値の組 = Mapping[str, Any]
_番号の検査 = {
    "個人番号": (check_digit.個人番号が正しい, "12桁"),
    "住民票コード": (check_digit.住民票コードが正しい, "11桁"),
}
最大の環 = 4
最大の文字数 = 300


def 空(値: Any) -> bool:
    """入力されていない。"""
    return 値 is None or 値 in ("", ())


def 確かめる(定義: tuple[項目定義, ...], 値: 値の組, *, 住民種別: str = "") -> None:
    """知らない項目・足りない項目・型や長さの違う値を断る。住民種別は、その項目が欄に無いときの条件に使う。"""
    unknown = sorted(set(値) - {f.名 for f in 定義})
    if unknown:
        raise 業務エラー(
            "JK-0206",
            f"この異動に無い項目（{'・'.join(unknown)[:60]}）があります。",
            "画面を開き直して入れてください。",
            項目=unknown[0],
        )
    for field in 定義:
        value = 値.get(field.名)
        if not 空(value):
            _一つを確かめる(field, value)
        elif field.必須 and 要る項目か(field, 値, 住民種別):
            raise 業務エラー(
                "JK-0207", f"{field.見出し}がありません。", "入れてから登録してください。", 項目=field.名
            )


def 要る項目か(定義: 項目定義, 値: 値の組, 住民種別: str = "") -> bool:
    """条件の項目がその値か（条件が無ければ真）。"""
    if 定義.条件 is None:
        return True
    name, wanted = 定義.条件
    found = 値.get(name) or (住民種別 if name == "住民種別" else "")
    return bool(found == wanted)


_PYTHON: dict[型, Any] = {型.日付: date, 型.不詳日: 不詳日, 型.真偽: bool, 型.続柄: tuple, 型.住所: Address}
# 向きを変える文字と、幅の無い文字（異体字の選択子は含まない）
_見えない文字 = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def _一つを確かめる(定義: 項目定義, 値: Any) -> None:
    if not isinstance(値, _PYTHON.get(定義.型, str)):
        raise _違う(定義, f"{定義.見出し}の形が違います。", "入れ直してください。")
    if 定義.長さ and len(値) > 定義.長さ:
        raise _違う(
            定義, f"{定義.見出し}が{len(値)}文字あります（{定義.長さ}文字まで）。", "短くしてください。"
        )
    texts = [値] if isinstance(値, str) else list(asdict(値).values()) if isinstance(値, Address) else []
    for text in texts:
        _文字を確かめる(定義, text)
    if 定義.選択肢 and 値 not in dict(定義.選択肢):
        raise _違う(定義, f"{定義.見出し}「{値[:20]}」は選べません。", "一覧から選んでください。")
    if 定義.型 is 型.番号:
        _番号を確かめる(定義, 値)
    if 定義.型 is 型.続柄:
        _続柄を確かめる(定義, 値)


def _文字を確かめる(定義: 項目定義, 値: Any) -> None:
    if not isinstance(値, str):
        return
    if any(ord(c) < ord(" ") or c in _見えない文字 for c in 値):
        raise _違う(定義, f"{定義.見出し}に目に見えない制御の文字があります。", "打ち直してください。")
    if len(値) > 最大の文字数:
        raise _違う(
            定義, f"{定義.見出し}が{len(値)}文字あります（{最大の文字数}文字まで）。", "短くしてください。"
        )


def _番号を確かめる(定義: 項目定義, 値: str) -> None:
    check, length = _番号の検査[定義.名]
    if not check(値):
        raise _違う(
            定義,
            f"{定義.見出し}が正しくありません（検査数字が合わないか、{length}でありません）。",
            "券面か通知を見て打ち直してください。",
        )


def _続柄を確かめる(定義: 項目定義, 値: tuple[str, ...]) -> None:
    known = {z.value for z in 続柄}
    wrong = [code for code in 値 if code not in known]
    if wrong or len(値) > 最大の環:
        raise _違う(
            定義,
            "使えない続柄です（四つまで。祖父・孫・おじなどの語は使えない）。"
            if wrong
            else "続柄が五つ以上です。",
            "「子の子」のようにつなぐか、五つ以上は縁故者を選んでください。",
            "標準仕様書1.1.11。",
        )
    if len(値) > 1 and any(続柄(code) in つなげない続柄 for code in 値):
        raise _違う(
            定義,
            "世帯主・縁故者・同居人は、ほかの続柄とつなげません。",
            "単独で選んでください。",
            "標準仕様書1.1.11。",
        )


def _違う(定義: 項目定義, 文: str, 対処: str, 根拠: str | None = None) -> 業務エラー:
    return 業務エラー("JK-0208", 文, 対処, 項目=定義.名, 根拠=根拠)


def 控えにする(定義: tuple[項目定義, ...], 値: 値の組, *, 受付番号: str) -> dict[str, Any]:
    """JSON にできる値。空は除く。"""
    kinds = {f.名: f.型 for f in 定義}
    return {n: _控え(kinds[n], v, 受付番号) for n, v in 値.items() if not 空(v)}


def _控え(種: 型, 値: Any, 受付番号: str) -> Any:
    if 種 is 型.日付:
        return 値.isoformat()
    if 種 is 型.不詳日:
        return [値.内部日付.isoformat(), 値.不詳, 値.表記]
    if 種 is 型.番号:
        return base64.b64encode(keys.seal(値, context=f"case:{受付番号}")).decode()
    return list(値) if 種 is 型.続柄 else 値


def 控えから(定義: tuple[項目定義, ...], 控え: 値の組, *, 受付番号: str) -> dict[str, Any]:
    """控えにする の逆。"""
    kinds = {f.名: f.型 for f in 定義}
    return {n: _値(kinds[n], v, 受付番号) if n in kinds else v for n, v in 控え.items()}


def _値(種: 型, 控え: Any, 受付番号: str) -> Any:
    if 種 is 型.日付:
        return date.fromisoformat(控え)
    if 種 is 型.不詳日:
        return 不詳日(date.fromisoformat(控え[0]), 不詳=控え[1], 表記=控え[2])
    if 種 is 型.番号:
        return keys.unseal(base64.b64decode(控え), context=f"case:{受付番号}")
    return tuple(控え) if 種 is 型.続柄 else 控え
