"""誰に何を知らせるか: 確定した実行の賦課の行から、作るべき通知の全てを決まった順に並べる。

並びは課税台帳の行（足すだけで変わらない）だけから決まるので、いつ並べ直しても同じ番号・同じ束になる。当初の実行は決定の通知、
月例の更正は変わった人だけの通知になる（前の賦課で何も知らせていない人には、更正の後でも決定の通知を送る）。
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db import connection

from tsugaru.gyomu.kojin.domain.instalments import 期別
from tsugaru.gyomu.kojin.domain.notice_decision import 分, 和
from tsugaru.gyomu.kojin.domain.notice_withholding import 月割額
from tsugaru.gyomu.kojin.models import 課税資料, 課税通知
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.runs.api import Run, State
from tsugaru.platform.tenancy import bound_code

決定, 変更 = "税額決定納税通知書", "税額変更通知書"
義務者, 納税者 = "特徴通知（義務者用）", "特徴通知（納税義務者用）"
様式たち = (決定, 変更, 義務者, 納税者)
束の数 = 500
"""一つの束の通知の数の目安。一つの義務者の通知は、超えても分けない。"""
行の文 = """
WITH "今" AS (
  SELECT DISTINCT ON ("宛名番号") * FROM "kojin_賦課" WHERE "課税年度" = %s AND "処理日時" <= %s
   ORDER BY "宛名番号", "番" DESC)
SELECT n."id", n."宛名番号", n."番", n."実行", n."指定番号", n."期別"::text, n."市町村民税額", n."道府県民税額",
       n."森林環境税額", n."出所"::text,
       p."id", p."番", p."実行", p."指定番号", p."期別"::text, p."市町村民税額", p."道府県民税額", p."森林環境税額", p."出所"::text
  FROM "今" n LEFT JOIN LATERAL (
    SELECT * FROM "kojin_賦課" b WHERE n."実行" = %s AND b."課税年度" = n."課税年度" AND b."宛名番号" = n."宛名番号"
       AND b."番" < n."番" AND b."実行" <> ALL (%s) ORDER BY b."番" DESC LIMIT 1) p ON true
 ORDER BY n."宛名番号"
"""


@dataclass(frozen=True, slots=True)
class 台帳の行:
    """賦課の一行のうち、知らせる相手を決めるのに要るもの。"""

    pk: int
    宛名番号: str
    番: int
    実行: int
    指定番号: str
    期別: 期別
    税: tuple[int, int, int]
    出所: tuple[int, ...]
    前: 台帳の行 | None = None

    def 月割(self, 指定番号: str) -> tuple[int, ...]:
        """その義務者が徴収する月割額。"""
        return 月割額(self.期別, 指定番号, self.指定番号)

    @property
    def 義務者たち(self) -> set[str]:
        """給与から徴収する義務者。"""
        return {鍵.partition(":")[2] or self.指定番号 for 鍵 in self.期別 if 鍵.partition(":")[0] == "給与"}

    @property
    def 納める(self) -> int:
        """普通徴収と年金からの特別徴収の合計。"""
        return 和(self.期別, "普徴", "年金")


@dataclass(frozen=True, slots=True)
class 一通:
    """作るべき一通。相手は宛名番号（義務者用は指定番号で、番は 0）。行 は賦課の行の pk、人々 は義務者用に載る行。"""

    様式: str
    相手: str
    番: int
    税額: int
    まとまり: str = ""
    行: int = 0
    前: int = 0
    変更: bool = False
    人々: tuple[tuple[int, int], ...] = ()
    """義務者用に載る人の（行, 前の行）。前がなければ 0。"""
    位置: int = 0
    束: int = 0

    @property
    def 鍵(self) -> tuple[str, str, int]:
        """一つの実行の中で、ただ一つの鍵。"""
        return self.様式, self.相手, self.番


@dataclass(frozen=True, slots=True)
class 通知の計画:
    """一つの実行の通知の全て。当初 は、前の賦課のある人が一人もいないこと。

    年税額 はこの実行で決めた年税額の合計、納める人 はそのうち税額のある人の数。
    """

    課税年度: int
    実行: int
    通知: tuple[一通, ...]
    当初: bool
    年税額: int
    納める人: int

    def 様式の(self, 様式: str) -> list[一通]:
        """その様式の通知。"""
        return [one for one in self.通知 if one.様式 == 様式]


def 計画する(run: Run) -> 通知の計画:
    """確定した実行の通知の計画。確定していなければ KJ-4106。"""
    if run.state != State.CONFIRMED or run.confirmed_at is None:
        raise 業務エラー(
            "KJ-4106",
            f"実行{run.pk}は確定していないので、通知を作れません（{State(run.state).label}）。",
            "署名と確定を済ませてから作ってください。",
        )
    return _計画(bound_code(), run.pk)


@lru_cache(maxsize=2)
def _計画(団体: str, 実行: int) -> 通知の計画:
    """団体 は覚えておく鍵。行は変わらないので、一度並べれば足りる。"""
    run = Run.objects.get(pk=実行)
    年度 = int(run.period[:4])
    rows = 行を読む(run, 年度)
    mine = [row for row in rows if row.実行 == 実行]
    people = [*_個人の通知(mine)]
    bundles = [*_束にする(people), *_義務者の束(_義務者の通知(rows, mine, 年度), len(people))]
    return 通知の計画(
        年度, 実行, tuple(bundles), all(row.前 is None for row in mine),
        sum(sum(row.税) for row in mine), sum(any(row.税) for row in mine),
    )  # fmt: skip


def 行を読む(run: Run, 年度: int) -> list[台帳の行]:
    """その実行の時の、全員の今の行。この実行の行には、前に知らせた行が付く。"""
    with connection.cursor() as cursor:
        cursor.execute(行の文, [年度, run.confirmed_at, run.pk, _知らせずに差し替えた実行(run)])
        return [_行(row) for row in cursor.fetchall()]


def _知らせずに差し替えた実行(run: Run) -> list[int]:
    """通知を一通も作らないまま差し替えられた実行。前に知らせた額ではないので、比べる相手にしない。"""
    replaced = Run.objects.filter(gyomu=run.gyomu, state=State.SUPERSEDED).values_list("pk", flat=True)
    made = set(課税通知.objects.filter(実行__in=list(replaced)).values_list("実行", flat=True).distinct())
    return [pk for pk in replaced if pk not in made]


def _行(row: Sequence[object]) -> 台帳の行:
    番号 = str(row[1])
    前 = _一つ(番号, row[10:]) if row[10] is not None else None
    return replace(_一つ(番号, (row[0], *row[2:10])), 前=前)


def _一つ(宛名番号: str, row: Sequence[object]) -> 台帳の行:
    pk, 番, 実行, 指定番号, 期別たち, 市, 県, 森林, 出所 = row
    return 台帳の行(
        int(str(pk)), 宛名番号, int(str(番)), int(str(実行)), str(指定番号), json.loads(str(期別たち)),
        (int(str(市)), int(str(県)), int(str(森林))), tuple(json.loads(str(出所))),
    )  # fmt: skip


def _個人の通知(rows: Iterable[台帳の行]) -> Iterator[一通]:
    """普通徴収と年金の人。前に知らせていなければ決定、知らせた額や納め方が変わっていれば変更。"""
    for row in rows:
        if row.前 is None or not row.前.納める:
            if row.納める:
                yield 一通(決定, row.宛名番号, row.番, row.納める, 行=row.pk)
        elif _知らせること(row) != _知らせること(row.前):
            yield 一通(変更, row.宛名番号, row.番, row.納める, 行=row.pk, 前=row.前.pk, 変更=True)


def _知らせること(row: 台帳の行) -> tuple[object, ...]:
    return 分(row.期別, "普徴"), 分(row.期別, "年金"), row.税 if row.納める else ()


def _義務者の通知(rows: Sequence[台帳の行], mine: Sequence[台帳の行], 年度: int) -> Iterator[list[一通]]:
    """義務者ごとに、義務者用と、変わった（初めて決まった）従業員の納税義務者用。"""
    変わった: dict[str, list[台帳の行]] = defaultdict(list)
    for row in mine:
        for 番号 in row.義務者たち | (row.前.義務者たち if row.前 else set()):
            if row.月割(番号) != (row.前.月割(番号) if row.前 else _無):
                変わった[番号].append(row)
    勤める: dict[str, list[台帳の行]] = defaultdict(list)
    for row in rows:
        for 番号 in row.義務者たち & 変わった.keys():
            勤める[番号].append(row)
    番号たち = 受給者番号を読む(年度)
    for 番号 in sorted(変わった):
        yield _一つの義務者(番号, 勤める[番号], 変わった[番号], 番号たち)


_無 = (0,) * 12
数でない = 10**25  # 数でない受給者番号と、番号のない人は、終わりに並ぶ


def _一つの義務者(
    番号: str,
    勤める: Sequence[台帳の行],
    変わった: Sequence[台帳の行],
    番号たち: Mapping[int, tuple[str, str]],
) -> list[一通]:
    実行 = 変わった[0].実行
    やめた = [row for row in 変わった if row.月割(番号) == _無]
    前からある = any(row.実行 != 実行 for row in 勤める) or any(
        row.前 is not None and row.前.月割(番号) != _無 for row in 変わった
    )

    def 順(row: 台帳の行) -> tuple[int, str, str]:
        受給 = 受給者番号(row, 番号, 番号たち)
        return (int(受給) if 受給.isdecimal() else 数でない), 受給, row.宛名番号

    皆 = sorted({row.pk: row for row in (*勤める, *やめた)}.values(), key=順)
    人々 = tuple((row.pk, row.前.pk if row.前 else 0) for row in 皆)
    合計 = sum(sum(row.月割(番号)) for row in 皆)
    表 = 一通(義務者, 番号, 0, 合計, まとまり=番号, 変更=前からある, 人々=人々)
    slips = [
        一通(
            納税者, row.宛名番号, row.番, sum(row.月割(番号)), まとまり=番号, 行=row.pk, 前=row.前.pk if row.前 else 0,
            変更=row.前 is not None and row.前.月割(番号) != _無,
        )
        for row in sorted(変わった, key=順)
    ]  # fmt: skip
    return [表, *slips]


def 受給者番号を読む(年度: int) -> dict[int, tuple[str, str]]:
    """給与支払報告書の番号 → （指定番号, 受給者番号）。"""
    rows = 課税資料.objects.filter(課税年度=年度, 種類="1").exclude(受給者番号="")
    return {pk: (指定, 受給) for pk, 指定, 受給 in rows.values_list("pk", "支払者番号", "受給者番号")}


def 受給者番号(row: 台帳の行, 指定番号: str, 番号たち: Mapping[int, tuple[str, str]]) -> str:
    """その賦課に使った報告書にある、その義務者での番号。"""
    found = [番号たち[pk][1] for pk in row.出所 if pk in 番号たち and 番号たち[pk][0] == 指定番号]
    return found[-1] if found else ""


def _束にする(people: Sequence[一通]) -> Iterator[一通]:
    for n, one in enumerate(people):
        yield replace(one, 位置=n + 1, 束=n // 束の数 + 1)


def _義務者の束(groups: Iterable[list[一通]], 済み: int) -> Iterator[一通]:
    """義務者の通知は、一つの義務者を分けずに束へ詰める。"""
    束, 数, 位置 = -(-済み // 束の数), 束の数, 済み
    for group in groups:
        if 数 + len(group) > 束の数:
            束, 数 = 束 + 1, 0
        数 += len(group)
        for one in group:
            位置 += 1
            yield replace(one, 位置=位置, 束=束)
