"""通知の宛先: 送付先 → 相続人の代表者・納税管理人・法定代理人 → 今の住所（転出した人は転出先）。場所は門を通す。

送れない人には訳がある（支援措置、亡くなった、住所が分からない）。訳のある人の通知は、一括では作らない。
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.juki import api as juki
from tsugaru.gyomu.juki.api import 住民状態
from tsugaru.gyomu.kojin.domain.wording import 伏せた住所
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.api import Address, Revealed
from tsugaru.platform.documents.parts import 窓あき宛名
from tsugaru.platform.identity.models import Seat

業務 = "kojin"
場所の種別 = ("住所", "送付先", "転出先確定", "転出先予定")
支援措置, 亡くなった, 所がない = "支援措置", "亡くなった", "住所がない"
直し方 = {
    支援措置: "担当が自分の席で、本人確認をして作ります。",
    亡くなった: "宛名に相続人の代表者か送付先を登録してから、もう一度作ります。",
    所がない: "宛名か送付先に住所を登録してから、もう一度作ります（分からなければ公示送達）。",
}
受ける人の順 = ("2", "1", "3")
肩書 = {"2": "相続人代表者", "1": "納税管理人", "3": "法定代理人"}
送付先の肩書 = {"相続人代表": "相続人代表者", "納税管理人": "納税管理人", "成年後見": "成年後見人"}
開く = Callable[[Collection[str]], Mapping[int, Revealed]]
"""門: 宛名番号の列から、住所番号 → 場所。仕事か席のどちらかに結ばれている。"""


def 仕事の門(job: int) -> 開く:
    """いま進んでいる仕事として開く。"""
    return partial(_仕事で, job)


def _仕事で(job: int, numbers: Collection[str]) -> Mapping[int, Revealed]:
    return disclosure.reveal_addresses_in_bulk(job, gyomu=業務, subjects=numbers, kinds=場所の種別)


def 席の門(seat: Seat, *, 伏せを外す: bool = False) -> 開く:
    """職員の席で開く。"""
    return partial(_席で, seat, 伏せを外す)


def _席で(seat: Seat, 伏せを外す: bool, numbers: Collection[str]) -> Mapping[int, Revealed]:
    return disclosure.reveal_addresses(
        seat, gyomu=業務, subjects=numbers, kinds=list(場所の種別), unmask=伏せを外す
    )


@dataclass(frozen=True, slots=True)
class 宛先:
    """封筒の宛先か、作れない訳。"""

    宛名: 窓あき宛名 | None
    訳: str = ""


def 宛先を引く(宛名番号たち: Collection[str], *, 日: date, 門: 開く) -> dict[str, 宛先]:
    """宛名番号 → 宛先。問いの数は人数によらない。"""
    代わり = atena.業務の関係人たち(宛名番号たち, 業務, 日, 受ける人の順)
    送付 = atena.業務の送付先たち(宛名番号たち, 業務, 日)
    皆 = {*宛名番号たち, *(row.相手番号 for row in 代わり.values())}
    見出し, 所, 亡 = atena.見出しを読む(皆), 今の所(皆), _亡くなった人(皆)
    開いた = 門(皆)

    def 一人(number: str) -> 宛先:
        氏名 = 見出し[number].氏名 if number in 見出し else ""
        if number in 送付:
            row = 送付[number]
            肩 = 送付先の肩書.get(row.理由, "")
            名 = _連ねる(氏名, 肩, row.宛名人) if row.宛名人 else 氏名
            return _宛先(開いた.get(row.送付先番号 or 0), 名, 法人=False)
        if number in 代わり:
            受 = 代わり[number]
            相手 = 見出し.get(受.相手番号)
            名 = _連ねる(氏名, 肩書[受.種別], 相手.氏名 if 相手 else "")
            return _どちらか(開いた, 所.get(number), 所.get(受.相手番号), 名)
        if number in 亡:
            return 宛先(None, 支援措置 if _伏せる(開いた, 所.get(number)) else 亡くなった)
        return _宛先(
            開いた.get(所.get(number, 0)), 氏名, 法人=number in 見出し and 見出し[number].区分 == "3"
        )

    return {number: 一人(number) for number in 宛名番号たち}


def 住所の文字(
    宛名番号たち: Collection[str], *, 門: 開く, 都道府県: str
) -> tuple[dict[str, str], frozenset[str]]:
    """（宛名番号 → 勤め先に渡る紙に刷る住所, 伏せた人）。伏せる人には、訳を言わない文を刷る。"""
    所, 開いた = 今の所(宛名番号たち), 門(宛名番号たち)
    伏せた = disclosure.sheltered(宛名番号たち)
    found = {}
    for number in 宛名番号たち:
        場所 = 開いた.get(所.get(number, 0))
        隠す = number in 伏せた or (場所 is not None and 場所.masked)
        found[number] = 伏せた住所 if 隠す else 場所.text(home_prefecture=都道府県) if 場所 else ""
    return found, 伏せた


def 今の所(宛名番号たち: Collection[str]) -> dict[str, int]:
    """宛名番号 → 今の住所番号。転出した人は転出先（確定、なければ予定）。"""
    found = atena.今の住所番号(list(宛名番号たち))
    for number, 票 in juki.住民の状態(宛名番号たち).items():
        if 票.在る:
            番 = 票.住所番号
        elif number in found:
            continue  # 転出の後も住登外として管理している人は、その住所
        else:
            番 = 票.転出先確定番号 or 票.転出先予定番号
        if 番 is not None:
            found[number] = 番
    return found


def _亡くなった人(宛名番号たち: Collection[str]) -> frozenset[str]:
    票 = juki.住民の状態(宛名番号たち)
    return frozenset(n for n, one in 票.items() if one.住民状態 == 住民状態.死亡者.value)


def _連ねる(本人: str, 肩書: str, 受ける人: str) -> str:
    return f"{本人}　{肩書}　{受ける人}" if 肩書 else 受ける人


def _伏せる(開いた: Mapping[int, Revealed], 番: int | None) -> bool:
    場所 = 開いた.get(番 or 0)
    return 場所 is not None and 場所.masked


def _どちらか(開いた: Mapping[int, Revealed], 本人: int | None, 相手: int | None, 名: str) -> 宛先:
    """関係人の住所へ。本人が伏せられていれば、関係人の住所も一括では刷らない。"""
    if _伏せる(開いた, 本人):
        return 宛先(None, 支援措置)
    return _宛先(開いた.get(相手 or 0), 名, 法人=False)


def _宛先(場所: Revealed | None, 名: str, *, 法人: bool) -> 宛先:
    if 場所 is None or not 名:
        return 宛先(None, 所がない)
    if 場所.masked:
        return 宛先(None, 支援措置)
    住所, 方書, 郵便 = 封筒の形(場所.address)
    敬称 = "御中" if 法人 else "様"
    return 宛先(窓あき宛名(郵便番号=郵便, 住所=住所, 方書=方書, 氏名=名, 敬称=敬称))


def 封筒の形(所: Address) -> tuple[str, str, str]:
    """（住所, 方書, 郵便番号「036-0001」）。国外は国名と書かれたとおり。"""
    if 所.country or 所.abroad:
        return 所.text(), "", ""
    数字 = "".join(c for c in 所.postcode if c.isdigit())
    郵便 = f"{数字[:3]}-{数字[3:]}" if len(数字) == 7 else ""
    return f"{所.prefecture}{所.city}{所.town}{所.lot}", 所.building, 郵便
