"""住民票の集まりがいつも守ること。どの手続の後でも、データベースに書く直前に確かめる。"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tsugaru.gyomu.juki.domain.codes import つなげない続柄, 女の続柄, 男の続柄, 続柄
from tsugaru.gyomu.juki.domain.state import 住民票
from tsugaru.gyomu.juki.models import 住民
from tsugaru.kernel.errors import 業務エラー


def 確かめる(世帯番号: Iterable[str]) -> None:
    """関わった世帯の全てについて確かめる。破っていれば 業務エラー。"""
    from tsugaru.gyomu.juki.domain.register import 世帯の状態

    for number in sorted(世帯番号):
        世帯が正しい(世帯の状態(number))


def 世帯が正しい(世帯員: Sequence[住民票]) -> None:
    """世帯主は高々一人（不在は許す。1.1.10）、続柄の環が決まりどおりで、性別と合う。"""
    世帯主 = [人 for 人 in 世帯員 if 人.世帯主である]
    if len(世帯主) > 1:
        names = "、".join(人.氏名 for 人 in 世帯主)
        raise 業務エラー(
            "JK-0101",
            f"世帯 {世帯員[0].世帯番号} に世帯主が{len(世帯主)}人います（{names}）。",
            "世帯主でない人の続柄を直してください。",
            根拠="住民基本台帳法第7条第4号。",
        )
    for 人 in 世帯員:
        続柄が正しい(人)


def 続柄が正しい(人: 住民票) -> None:
    """環は前から詰まり、五つ以上・祖父等は作れず、世帯主・縁故者・同居人は「の」でつながらない。"""
    環 = [人.続柄1, 人.続柄2, 人.続柄3, 人.続柄4]
    詰めた = [code for code in 環 if code]
    if 環[: len(詰めた)] != 詰めた:
        raise 業務エラー(
            "JK-0102",
            f"{人.氏名}の続柄の途中が空いています。",
            "続柄を前から順に選んでください。",
            根拠="標準仕様書1.1.11。",
        )
    links = [続柄(code) for code in 詰めた]
    if len(links) > 1 and any(link in つなげない続柄 for link in links):
        raise 業務エラー(
            "JK-0103",
            f"{人.氏名}の続柄「{人.続柄表記}」は使えません。",
            "世帯主・縁故者・同居人は単独で選んでください。",
            根拠="標準仕様書1.1.11。",
        )
    if links and ((links[-1] in 男の続柄 and 人.性別 == "2") or (links[-1] in 女の続柄 and 人.性別 == "1")):
        raise 業務エラー(
            "JK-0104",
            f"{人.氏名}の続柄「{人.続柄表記}」と性別が合いません。",
            "続柄か性別を確かめてください。",
            根拠="標準仕様書1.1.11。",
        )


def 一人一世帯(全員: Iterable[住民]) -> None:
    """同じ人の生きた住民票は一つ（主キーが保証する）。世帯番号のない住民はいない。"""
    for 人 in 全員:
        if 人.住民状態 == "1" and not 人.世帯番号:
            raise 業務エラー(
                "JK-0105",
                f"宛名番号{人.宛名番号}に世帯がありません。",
                "世帯番号を付けてください。",
                根拠="住民基本台帳法第6条第2項。",
            )
