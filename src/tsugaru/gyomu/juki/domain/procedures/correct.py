"""事項の修正: 職権修正・誤記修正・氏名変更（戸籍）・在留情報・軽微な修正（施行令第12条、標準仕様書 4.2.3）。

どれも行を足すだけで、前の行は残る。入力された項目だけが変わる。
"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.decision import 判断, 案件
from tsugaru.gyomu.juki.domain.person import 当てる
from tsugaru.gyomu.juki.domain.state import 住民票
from tsugaru.kernel.errors import 業務エラー

_軽微な項目 = ("住所", "本籍", "転入前住所")


def 事項を修正する(案件: 案件) -> 判断:
    """入力された項目を当てる。"""
    people = 案件.対象(除票も=案件.種類.除票も)
    return _直す(案件, [(p, 当てる(p, 案件.各人[p.宛名番号])) for p in people])


def 軽微な修正をする(案件: 案件) -> 判断:
    """住居表示の実施などによる表記の修正。住所を定めた日は変わらない。"""
    people = 案件.対象()
    values = [{n: 案件.各人[p.宛名番号].get(n) for n in _軽微な項目} for p in people]
    return _直す(案件, [(p, 当てる(p, v)) for p, v in zip(people, values, strict=True)])


def _直す(案件: 案件, pairs: list[tuple[住民票, 住民票]]) -> 判断:
    same = [before.氏名 for before, after in pairs if before == after]
    if same:
        raise 業務エラー(
            "JK-0250",
            f"{'、'.join(same)}には、変わる項目がありません。",
            "直す項目を入れるか、対象から外してください。",
            根拠="標準仕様書4.2.3。",
        )
    return 判断(tuple(案件.書く(after) for _, after in pairs))
