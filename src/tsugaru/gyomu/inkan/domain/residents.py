"""住民記録への、ただ一つの窓。印鑑登録が住民票について聞くことは、ここにある事だけである。"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tsugaru.gyomu.juki import api as juki
from tsugaru.gyomu.juki.api import 住民状態, 住民票
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー

__all__ = [
    "今の住民",
    "住民である",
    "住民を読む",
    "住民状態",
    "住民票",
    "外国人である",
    "発行抑止",
    "関わる異動",
]

根拠 = "印鑑条例（印鑑登録証明事務処理要領）。"


def 今の住民(宛名番号: Iterable[str]) -> dict[str, 住民票]:
    """宛名番号 → 今の住民票（除票を含む）。"""
    return juki.住民の状態(宛名番号)


def 住民を読む(宛名番号: str) -> 住民票:
    """一人。いなければ IN-0101。"""
    found = 今の住民([宛名番号]).get(宛名番号)
    if found is None:
        raise 業務エラー(
            "IN-0101",
            f"宛名番号{宛名番号}は、この団体の住民基本台帳に記録されていません。",
            "番号を確かめてください。登録できるのは住民だけです。",
            根拠=根拠,
        )
    return found


def 住民である(人: 住民票, 今日: date) -> bool:
    """住民票が生きていて、転出予定日がまだ来ていない（予定日の来た転出は、確定を待たずに登録の資格を失う）。"""
    return 人.在る and (人.転出予定日 is None or 今日 < 人.転出予定日)


def 外国人である(人: 住民票) -> bool:
    """生年月日を西暦で示す人。"""
    return 人.住民種別 == "2"


def 発行抑止(宛名番号: str, *, clock: Clock) -> str | None:
    """証明の発行を止める抑止の理由。"""
    return juki.発行できない理由(宛名番号, clock=clock)


def 関わる異動(後の番号: int) -> tuple[int, list[str]]:
    """読み終わった知らせの番号と、住民でなくなったか名の変わった人。新しい知らせがなければ元の番号。"""
    events = juki.異動を読む(後の番号)
    人 = {e.宛名番号 for e in events if e.住民でなくなった or e.氏が変わった or e.転出予定}
    return (events[-1].番号 if events else 後の番号), sorted(人)
