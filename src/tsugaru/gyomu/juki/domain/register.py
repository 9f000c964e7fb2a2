"""歴に書く、ただ一つの口。

歴の行・宛名の見出し・検索名・異動の知らせ・監査を、一つのトランザクションで書く。どれかが断られれば何も残らない。
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.juki.domain import invariants
from tsugaru.gyomu.juki.domain.state import 住民票, 状態, 記録
from tsugaru.gyomu.juki.models import 住民, 住民履歴, 異動通知
from tsugaru.kernel.clock import Clock
from tsugaru.platform.audit import api as audit
from tsugaru.platform.tenancy.locks import lock


@dataclass(frozen=True, slots=True)
class 入力:
    """誰が・どこで・どの端末で。"""

    入力者: str
    入力場所: str
    入力端末: str


def 今の状態(宛名番号: Sequence[str]) -> dict[str, tuple[int, 住民票]]:
    """宛名番号 → (履歴番号, 状態)。書く前に読むときは錠をかける（読んだ後に他の人が先に書くことはない）。"""
    lock("subject", 宛名番号)
    rows = 住民.objects.filter(宛名番号__in=宛名番号)
    return {row.宛名番号: (row.履歴番号, 状態(row)) for row in rows}


def 世帯の状態(世帯番号: str) -> list[住民票]:
    """その世帯の今の住民（除票を除く）、記載順。"""
    rows = 住民.objects.filter(世帯番号=世帯番号, 住民状態="1").order_by("記載順位", "生年月日", "宛名番号")
    return [状態(row) for row in rows]


def 記録する(rows: Sequence[記録], *, 入力: 入力, clock: Clock) -> list[住民履歴]:
    """歴に足す。同じ人の行は与えた順に番号が付く。書いた後の世帯が決まりを破るなら、全てを断る。

    団体ごとに一列に並んで書くので、異動の知らせの番号は、見えるようになる順でもある。
    """
    with transaction.atomic():
        lock("juki", ["本登録"])
        subjects = sorted({row.状態.宛名番号 for row in rows})
        known = 今の状態(subjects)
        residents = {number for number, (_, state) in known.items() if state.在る}
        written = [_書く(row, known, 入力, clock) for row in rows]
        invariants.確かめる(_関わる世帯(rows, known))
        for number in subjects:
            if known[number][1].在る and number not in residents:
                _住登外を閉じる(rows, number, 入力, clock)
            _見出しを直す(number)
        audit.record(
            act="異動の本登録",
            subjects=subjects,
            gyomu="juki",
            detail={"rows": [[w.宛名番号, w.履歴番号, w.異動事由] for w in written]},
        )
    return written


def _書く(row: 記録, known: dict[str, tuple[int, 住民票]], 入力: 入力, clock: Clock) -> 住民履歴:
    number = row.状態.宛名番号
    before_number, before = known.get(number, (0, None))
    written = 住民履歴.objects.create(
        **asdict(row.状態),
        **asdict(row.出所),
        **asdict(入力),
        履歴番号=before_number + 1,
        処理日時=clock.now(),
    )
    異動通知.objects.create(
        宛名番号=number,
        履歴番号=written.履歴番号,
        異動事由=written.異動事由,
        異動日=written.異動日,
        世帯番号=written.世帯番号,
        前世帯番号=before.世帯番号 if before else "",
        住民状態=written.住民状態,
        変わった項目=list(row.状態.違い(before)),
        処理日時=written.処理日時,
    )
    known[number] = (written.履歴番号, row.状態)
    return written


def _住登外を閉じる(rows: Sequence[記録], 宛名番号: str, 入力: 入力, clock: Clock) -> None:
    """住民になった人の住登外の歴は閉じる（番号は同じ）。"""
    last = max(row.出所.異動日 for row in rows if row.状態.宛名番号 == 宛名番号)
    how = atena.手続(異動日=last, 入力者=入力.入力者, clock=clock)
    atena.住民になる(宛名番号, 手続=how)


def _関わる世帯(rows: Sequence[記録], known: dict[str, tuple[int, 住民票]]) -> set[str]:
    return {row.状態.世帯番号 for row in rows} | {state.世帯番号 for _, state in known.values()}


def _見出しを直す(宛名番号: str) -> None:
    row = 住民.objects.get(宛名番号=宛名番号)
    atena.見出しを直す(_見出し(row), _名の一覧(宛名番号))


def _見出し(row: 住民) -> atena.見出し:
    state = 状態(row)
    return atena.見出し(
        宛名番号=row.宛名番号,
        区分="1" if state.在る else "4",
        住民状態=row.住民状態,
        氏名=row.氏名,
        フリガナ=row.氏名フリガナ or row.通称フリガナ,
        性別=row.性別,
        生年月日=row.生年月日,
        生年月日不詳=row.生年月日不詳,
        生年月日表記=row.生年月日表記,
        世帯番号=row.世帯番号,
        続柄表記=state.続柄表記,
    )


def _名の一覧(宛名番号: str) -> list[atena.名]:
    """過去も含めた全ての名。今の名は 現在 が真。"""
    rows = 住民履歴.objects.filter(宛名番号=宛名番号).order_by("-履歴番号")
    found: dict[tuple[str, str], atena.名] = {}
    for index, row in enumerate(rows):
        for 種別, 表示, かな in (
            ("氏名", row.氏名, row.氏名フリガナ),
            ("旧氏", row.旧氏, row.旧氏フリガナ),
            ("通称", row.通称, row.通称フリガナ),
            ("ローマ", row.氏名ローマ字, ""),
            ("漢字", row.氏名漢字, ""),
        ):
            if 表示:
                found.setdefault((種別, 表示), atena.名(種別=種別, 表示=表示, かな=かな, 現在=index == 0))
    return list(found.values())
