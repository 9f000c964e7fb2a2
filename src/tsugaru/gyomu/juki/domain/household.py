"""異動の後に世帯を整える: 世帯主氏名の写し、世帯主の不在（標準仕様書 4.0.4）、世帯主の交代。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tsugaru.gyomu.juki.domain.codes import 異動事由, 続柄
from tsugaru.gyomu.juki.domain.decision import 判断, 後の姿, 案件, 警告
from tsugaru.gyomu.juki.domain.relations import 世帯主を替える, 環, 続柄を付ける
from tsugaru.gyomu.juki.domain.state import 住民票, 記録
from tsugaru.kernel.errors import 業務エラー


def 世帯主の交代(案件: 案件, 世帯番号: str, 残る人: Sequence[住民票]) -> tuple[list[記録], list[警告]]:
    """世帯主が抜ける世帯で、届けられた新しい世帯主と残る人の続柄を職権で直す。届けが無ければ何もしない。"""
    number = 案件.共通.get("新世帯主") or ""
    if not number or not any(p.世帯主である for p in 案件.世帯員(世帯番号)):
        return [], []
    if any(p.世帯主である for p in 残る人):
        raise 業務エラー(
            "JK-0241",
            "世帯主が残るので、新しい世帯主は要りません。",
            "「新しい世帯主」を空けてください。",
            項目="新世帯主",
        )
    if number not in {p.宛名番号 for p in 残る人}:
        raise 業務エラー(
            "JK-0242",
            f"新しい世帯主（宛名番号{number}）が残る世帯にいません。",
            "残る人の中から選んでください。",
            項目="新世帯主",
            根拠="住民基本台帳法第7条第4号。",
        )
    changed, alerts = 続柄を直す(案件.世帯員(世帯番号), number)
    staying = {p.宛名番号 for p in 残る人}
    rows = [案件.職権の記録(p, 異動事由.世帯主変更) for p in changed if p.宛名番号 in staying]
    return rows, alerts


def 続柄を直す(世帯員: Sequence[住民票], 新世帯主: str) -> tuple[list[住民票], list[警告]]:
    """新しい世帯主への続柄を付けた姿。計算で一つに決まらなければ警告、たどれなければ 業務エラー。"""
    proposals = 世帯主を替える(世帯員, 新世帯主)
    result: list[住民票] = []
    alerts: list[警告] = []
    for person in 世帯員:
        proposal = proposals[person.宛名番号]
        if proposal is None:
            raise 業務エラー(
                "JK-0243",
                f"{person.氏名}（{person.続柄表記}）の新しい世帯主への続柄を定められません。",
                "世帯主変更で続柄を選んでください。",
                根拠="標準仕様書1.1.11。",
            )
        result.append(続柄を付ける(person, proposal.環))
        if not proposal.確か:
            alerts.append(
                警告(
                    番号="JK-A103",
                    文=f"{person.氏名}の続柄「{result[-1].続柄表記}」は計算によるもので、一つに決まりません。",
                    対処="戸籍と届出人に確かめてください。",
                    根拠="標準仕様書1.1.11。",
                    宛名番号=person.宛名番号,
                )
            )
    return result, alerts


def 整える(案件: 案件, 判断: 判断, *, 世帯: Iterable[str] = ()) -> 判断:
    """関わった世帯（と、名指しされた世帯）について、世帯主の不在を見て、世帯主氏名の写しをそろえる。"""
    rows, alerts = list(判断.記録), list(判断.警告)
    for number in sorted(_関わる世帯(案件, rows) | set(世帯)):
        alerts += _不在を見る(案件, number, rows)
        _氏名を写す(案件, number, rows)
    return replace(判断, 記録=tuple(rows), 警告=tuple(alerts))


def _関わる世帯(案件: 案件, rows: Iterable[記録]) -> set[str]:
    before = {案件.人[r.状態.宛名番号].世帯番号 for r in rows if r.状態.宛名番号 in 案件.人}
    return before | {r.状態.世帯番号 for r in rows}


def _今の世帯員(案件: 案件, 世帯番号: str, rows: list[記録]) -> list[住民票]:
    return [p for p in 後の姿(案件, rows).values() if p.世帯番号 == 世帯番号 and p.在る]


def _不在を見る(案件: 案件, 世帯番号: str, rows: list[記録]) -> list[警告]:
    members = _今の世帯員(案件, 世帯番号, rows)
    if not members or any(p.世帯主である for p in members):
        return []
    if len(members) == 1:
        rows.append(案件.職権の記録(続柄を付ける(members[0], (続柄.世帯主.value,)), 異動事由.世帯主変更))
        return []
    return [
        警告(
            番号="JK-A104",
            文=f"世帯{世帯番号}に世帯主がいなくなります（残る{len(members)}人）。",
            対処="世帯主変更の届出を受けてください。",
            根拠="住民基本台帳法第25条。標準仕様書4.0.4。",
        )
    ]


def _氏名を写す(案件: 案件, 世帯番号: str, rows: list[記録]) -> None:
    """世帯の事項は一人一人の行に写す（標準仕様書 1.2.1）。この届出の行があればその行で、無ければ職権の行を足す。"""
    members = _今の世帯員(案件, 世帯番号, rows)
    heads = [p for p in members if p.世帯主である]
    name = heads[0].氏名 if len(heads) == 1 else ""
    changed = any(r.状態.世帯番号 == 世帯番号 and 環(r.状態) == (続柄.世帯主.value,) for r in rows)
    for person in (p for p in members if p.世帯主氏名 != name):
        copied = person.変えて(世帯主氏名=name)
        index = _最後の行(rows, person.宛名番号)
        if index is None:
            reason = 異動事由.職権修正 if changed and _同じ世帯主(案件, heads) else 異動事由.世帯主変更
            rows.append(案件.職権の記録(copied, reason))
        else:
            rows[index] = replace(rows[index], 状態=copied)


def _最後の行(rows: list[記録], 宛名番号: str) -> int | None:
    return max((i for i, r in enumerate(rows) if r.状態.宛名番号 == 宛名番号), default=None)


def _同じ世帯主(案件: 案件, heads: list[住民票]) -> bool:
    """世帯主は替わらず、氏名だけが変わった。"""
    before = 案件.人.get(heads[0].宛名番号) if heads else None
    return before is not None and before.世帯主である and before.世帯番号 == heads[0].世帯番号
