"""出生。生まれた日から住民とし、入る世帯の住所を継ぐ（住基法第8条、施行令第11条・第12条）。"""

from __future__ import annotations

from tsugaru.gyomu.juki.domain.decision import 判断, 案件
from tsugaru.gyomu.juki.domain.procedures.enter import 新しい住民票, 番号の一覧, 記載する世帯, 足りない事項
from tsugaru.kernel.errors import 業務エラー


def 出生する(案件: 案件) -> 判断:
    """異動日は生年月日と同じでなければならない。"""
    household = 記載する世帯(案件)
    order = len(案件.世帯員(household))
    people = []
    for index, number in enumerate(案件.各人, 1):
        person = 新しい住民票(案件, number, household, order + index)
        if (person.生年月日, person.生年月日表記) != (案件.日, 案件.異動日.表記):
            raise 業務エラー(
                "JK-0225",
                f"{person.氏名}の生年月日と異動日（{案件.異動日.表示}）が違います。",
                "出生の異動日は生まれた日です。",
                項目="生年月日",
                根拠="住民基本台帳法第7条第6号。",
            )
        people.append(person)
    alerts = [a for p in people for a in 足りない事項(p)]
    return 判断(tuple(案件.書く(p) for p in people), tuple(alerts), 番号の一覧(案件))
