"""続柄の計算。世帯主が替わるとき、前の世帯主への続柄から、新しい世帯主への続柄をたどる（標準仕様書 1.1.11）。

たどった列は必ず正しい（「前の世帯主」の「その人」）が、住民票では最も近い一語で書く。連れ子・再婚があると一語が一つに
決まらないので、そのときの提案は 確か=False とし、窓口が確かめる。定まらなければ None。
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tsugaru.gyomu.juki.domain.codes import つなげない続柄, 続柄
from tsugaru.gyomu.juki.domain.state import 住民票

Z = 続柄
_兄弟姉妹 = frozenset({Z.兄, Z.弟, Z.姉, Z.妹})
_親 = frozenset({Z.父, Z.母})
_配偶者 = {Z.夫: Z.妻, Z.妻: Z.夫, Z.夫_未届: Z.妻_未届, Z.妻_未届: Z.夫_未届}
_男 = frozenset({Z.夫, Z.夫_未届, Z.父, Z.兄, Z.弟})
_女 = frozenset({Z.妻, Z.妻_未届, Z.母, Z.姉, Z.妹})
最大の環 = 4


@dataclass(frozen=True, slots=True)
class 提案:
    """計算した続柄。確か でなければ、窓口が確かめる。"""

    環: tuple[str, ...]
    確か: bool


def 環(人: 住民票) -> tuple[str, ...]:
    """空を除いた続柄の列。"""
    return tuple(c for c in (人.続柄1, 人.続柄2, 人.続柄3, 人.続柄4) if c)


def 続柄を付ける(人: 住民票, 新しい環: Sequence[str]) -> 住民票:
    """五つ以上は縁故者とする（標準仕様書 1.1.11）。"""
    links = tuple(新しい環) if len(新しい環) <= 最大の環 else (Z.縁故者.value,)
    one, two, three, four = (*links, *[""] * (最大の環 - len(links)))
    return 人.変えて(続柄1=one, 続柄2=two, 続柄3=three, 続柄4=four)


def 世帯主を替える(世帯員: Sequence[住民票], 新世帯主: str) -> Mapping[str, 提案 | None]:
    """世帯員それぞれの、新しい世帯主への続柄の提案。前の世帯主（続柄が世帯主の人）も含めてよい。"""
    new = next(p for p in 世帯員 if p.宛名番号 == 新世帯主)
    old = next((p for p in 世帯員 if p.世帯主である), None)
    return {p.宛名番号: _提案(p, new, old) for p in 世帯員}


def _提案(人: 住民票, 新: 住民票, 旧: 住民票 | None) -> 提案 | None:
    if 人.宛名番号 == 新.宛名番号:
        return 提案((Z.世帯主.value,), 確か=True)
    mine, news = [Z(c) for c in 環(人)], [Z(c) for c in 環(新)]
    if not mine or not news:
        return None
    loose = {link for link in (mine[-1], news[-1]) if link in {Z.縁故者, Z.同居人}}
    if loose:
        word = Z.同居人 if Z.同居人 in loose else Z.縁故者
        return 提案((word.value,), 確か=len(mine) == 1 and mine[0] is Z.世帯主)
    back = _逆(news, 旧.性別 if 旧 else "")
    if back is None:
        return None
    return _つなぐ(back, [] if mine == [Z.世帯主] else mine, 人, 新)


def _逆(links: list[続柄], 旧の性別: str) -> list[続柄] | None:
    """続柄の列の逆（世帯主から見た新しい人 → 新しい人から見た世帯主）。途中の人の性別が分からなければ None。"""
    result: list[続柄] = []
    for index in range(len(links) - 1, -1, -1):
        sex = _性別(links, index - 1) if index else 旧の性別
        inverse = _一つの逆(links[index], sex)
        if inverse is None:
            return None
        result.append(inverse)
    return result


def _性別(links: list[続柄], index: int) -> str:
    """列の途中の人の性別。子は、次の環（その妻・夫）から分かることがある。"""
    if links[index] in _男:
        return "1"
    if links[index] in _女:
        return "2"
    following = links[index + 1] if index + 1 < len(links) else None
    return {Z.妻: "1", Z.妻_未届: "1", Z.夫: "2", Z.夫_未届: "2"}.get(following, "") if following else ""


def _一つの逆(link: 続柄, 相手の性別: str) -> 続柄 | None:
    if link in _配偶者:
        return _配偶者[link]
    if link in _親:
        return Z.子
    if 相手の性別 not in ("1", "2"):
        return None
    male = 相手の性別 == "1"
    if link is Z.子:
        return Z.父 if male else Z.母
    if link in {Z.兄, Z.姉}:
        return Z.弟 if male else Z.妹
    return Z.兄 if male else Z.姉


def _つなぐ(back: list[続柄], mine: list[続柄], 人: 住民票, 新: 住民票) -> 提案 | None:
    """新しい世帯主から前の世帯主へ、そこから本人へとたどり、継ぎ目の二つを一語にまとめる。"""
    links, sure = list(back), True
    for index, link in enumerate(mine):
        if links and link is _配偶者.get(links[-1]):
            links.pop()
            continue
        me, start = (人 if index == len(mine) - 1 else None), (新 if len(links) == 1 else None)
        if links and links[-1] in _親 and link is Z.子 and not (me and start):
            return None
        found = _まとめる(links[-1], link, me, start) if links else None
        if found is None:
            links.append(link)
        else:
            links[-1], sure = found[0], sure and found[1]
    if not links or (len(links) > 1 and any(link in つなげない続柄 for link in links)):
        return None
    if len(links) > 最大の環:
        return 提案((Z.縁故者.value,), 確か=True)
    return 提案(tuple(link.value for link in links), sure)


def _まとめる(前: 続柄, 後: 続柄, 人: 住民票 | None, 新: 住民票 | None) -> tuple[続柄, bool] | None:
    """「前 の 後」を一語に。人・新 は、後が指す人・前がたどり始める人が分かるときだけ。"""
    if 前 in _親 and 後 is Z.子 and 人 and 新:
        return _きょうだい(人, 新), True
    if 前 in _配偶者 and 後 is Z.子:
        return Z.子, False
    if 前 in _親 and 後 in _配偶者:
        return (Z.母 if 後 in {Z.妻, Z.妻_未届} else Z.父), False
    if 前 in _兄弟姉妹 and 後 in _親:
        return 後, False
    if 前 in _兄弟姉妹 and 後 in _兄弟姉妹 and 人 and 新:
        return _きょうだい(人, 新), False
    if 前 is Z.子 and 後 in _親 and 人:
        return (Z.夫 if 人.性別 == "1" else Z.妻), False
    if 前 is Z.子 and 後 in _兄弟姉妹:
        return Z.子, False
    return None


def _きょうだい(人: 住民票, 新: 住民票) -> 続柄:
    elder = 人.生年月日 <= 新.生年月日
    if 人.性別 == "1":
        return Z.兄 if elder else Z.弟
    return Z.姉 if elder else Z.妹
