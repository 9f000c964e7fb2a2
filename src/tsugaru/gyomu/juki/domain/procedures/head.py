"""世帯主変更（住基法第25条）。世帯の全員の続柄を、新しい世帯主から見たものに直す。"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.alerts import 届出遅延
from tsugaru.gyomu.juki.domain.codes import 続柄
from tsugaru.gyomu.juki.domain.decision import 判断, 案件, 警告
from tsugaru.gyomu.juki.domain.household import 続柄を直す
from tsugaru.gyomu.juki.domain.relations import 続柄を付ける
from tsugaru.gyomu.juki.domain.state import 住民票
from tsugaru.kernel.errors import 業務エラー


def 世帯主を変更する(案件: 案件) -> 判断:
    """続柄を入れた人はそのとおりに、空けた人は計算した続柄にする。"""
    new = str(案件.共通.get("新世帯主") or "")
    person = 案件.人.get(new)
    if person is None or not person.在る or person.世帯主である:
        raise 業務エラー(
            "JK-0240",
            f"新しい世帯主（宛名番号{new}）は、世帯主でない住民から選びます。",
            "世帯員の中から選んでください。",
            項目="新世帯主",
            根拠="住民基本台帳法第25条。",
        )
    members = 案件.世帯員(person.世帯番号)
    given = {p.宛名番号: _入力の続柄(案件, p, new) for p in members}
    unknown = [p for p in members if given[p.宛名番号] is None]
    computed, alerts = _計算する(members, unknown, new)
    rows = [続柄を付ける(p, links) if (links := given[p.宛名番号]) else computed[p.宛名番号] for p in members]
    return 判断(tuple(案件.書く(p) for p in rows), (*届出遅延(案件), *alerts))


def _入力の続柄(案件: 案件, 人: 住民票, 新世帯主: str) -> tuple[str, ...] | None:
    if 人.宛名番号 == 新世帯主:
        return (続柄.世帯主.value,)
    return tuple(案件.各人.get(人.宛名番号, {}).get("続柄") or ()) or None


def _計算する(
    members: list[住民票], unknown: list[住民票], 新世帯主: str
) -> tuple[dict[str, 住民票], list[警告]]:
    """続柄の空いた人だけを計算する（前の世帯主と新しい世帯主は、たどる道として要る）。"""
    needed = {p.宛名番号 for p in unknown}
    if not needed:
        return {}, []
    path = [p for p in members if p.宛名番号 in needed | {新世帯主} or p.世帯主である]
    changed, alerts = 続柄を直す(path, 新世帯主)
    return (
        {p.宛名番号: p for p in changed if p.宛名番号 in needed},
        [a for a in alerts if a.宛名番号 in needed],
    )
