"""異動のどんな順でも守られること。

全員がちょうど一つの世帯にいて世帯主は高々一人、履歴番号に抜けがなく、取消しは前の姿を寸分違わず戻し、ある日の姿は、
処理のたびに写しておいた素朴な模型と一致する。
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.juki.office import 人, 値つき, 妻, 子, 市内, 市内の別, 市外, 済ませる, 転入した家族
from tests.support.people import 窓口
from tests.support.staff import Desk

from tsugaru.gyomu.atena.models import 宛名
from tsugaru.gyomu.juki.domain.arrival import 予定日の来た人, 到来させる
from tsugaru.gyomu.juki.domain.assemble import 歴を読む
from tsugaru.gyomu.juki.domain.state import 住民票, 状態
from tsugaru.gyomu.juki.domain.timeline import その日の行, 取り消せる組
from tsugaru.gyomu.juki.models import 住民, 住民履歴, 異動通知
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.uncertain_date import 不詳日

pytestmark = pytest.mark.db
始まり = datetime(2026, 4, 10, 1, 0, tzinfo=UTC)
選ぶ = st.integers(0, 99)


class 異動の機械(RuleBasedStateMachine):
    """一つの団体で、届出と決裁を続ける。"""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.now = 始まり
        self.known: list[tuple[datetime, dict[str, 住民票]]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.stack.close()

    @property
    def clock(self) -> FixedClock:
        """今の時計。"""
        return FixedClock(self.now)

    @property
    def today(self) -> date:
        """今日。"""
        return self.clock.today()

    def people(self) -> list[住民]:
        """今の住民。"""
        return list(住民.objects.filter(住民状態="1").order_by("宛名番号"))

    def one(self, index: int) -> 住民:
        """住民の一人。"""
        people = self.people()
        return people[index % len(people)]

    def mates(self, person: 住民) -> list[住民]:
        """同じ世帯のほかの人。"""
        return [p for p in self.people() if p.世帯番号 == person.世帯番号 and p.宛名番号 != person.宛名番号]

    def do(self, 種類: str, *args: object, **他: object) -> None:
        """届け出て決裁する。断られたら、何も残っていないことを確かめる。"""
        before = (住民履歴.objects.count(), 異動通知.objects.count())
        try:
            with transaction.atomic():
                済ませる(種類, *args, clock=self.clock, 日=self.today, **他)  # type: ignore[arg-type]
        except 業務エラー as error:
            assert error.remedy
            assert (住民履歴.objects.count(), 異動通知.objects.count()) == before
        self.tick()

    def tick(self) -> None:
        """処理の終わりに、知っている今日の姿を写しておき、一日進める。"""
        rows = 住民.objects.all()
        self.known.append((self.now, {r.宛名番号: 状態(r) for r in rows}))
        self.now += timedelta(days=1)

    @initialize()
    def 初めの家族(self) -> None:
        転入した家族(clock=self.clock, 日=self.today)
        self.tick()

    @rule(氏=st.sampled_from(["工藤", "三上", "葛西"]), 連れ=st.booleans())
    def 転入(self, 氏: str, 連れ: bool) -> None:
        family = [人(氏=氏), *([妻(), 子()] if 連れ else [])]
        self.do("in", family, 世帯の別="新", 住所=市内, 転入前住所=市外)

    @precondition(lambda self: self.people())
    @rule(who=選ぶ)
    def 出生(self, who: int) -> None:
        baby = 人(名="葵", 生年月日=不詳日(self.today), 性別="2", 続柄=("20",))
        self.do("birth", [baby], 入る世帯=self.one(who).世帯番号)

    @precondition(lambda self: self.people())
    @rule(who=選ぶ, 届ける=st.booleans())
    def 死亡(self, who: int, 届ける: bool) -> None:
        person = self.one(who)
        rest = self.mates(person)
        self.do("death", [person.宛名番号], 新世帯主=rest[0].宛名番号 if 届ける and rest else "")

    @precondition(lambda self: self.people())
    @rule(who=選ぶ, 全員=st.booleans(), 何日後=st.integers(0, 3))
    def 転出(self, who: int, 全員: bool, 何日後: int) -> None:
        person = self.one(who)
        leaving = [person, *(self.mates(person) if 全員 else [])]
        before = 住民履歴.objects.count()
        try:
            with transaction.atomic():
                済ませる(
                    "out",
                    [p.宛名番号 for p in leaving],
                    clock=self.clock,
                    日=self.today + timedelta(days=何日後),
                    転出先=市外,
                )
        except 業務エラー:
            assert 住民履歴.objects.count() == before
        self.tick()

    @precondition(lambda self: 予定日の来た人(self.today))
    @rule()
    def 予定日の到来(self) -> None:
        due = [p.宛名番号 for p in 予定日の来た人(self.today)]
        到来させる(due, 入力=窓口, clock=self.clock)
        assert 予定日の来た人(self.today) == []
        self.tick()

    @precondition(lambda self: self.people())
    @rule(who=選ぶ)
    def 世帯での転居(self, who: int) -> None:
        person = self.one(who)
        household = [person.宛名番号, *(p.宛名番号 for p in self.mates(person))]
        self.do("move", household, 世帯の別="同", 住所=市内の別)

    @precondition(lambda self: self.people())
    @rule(who=選ぶ, 届ける=st.booleans())
    def 世帯分離(self, who: int, 届ける: bool) -> None:
        person = self.one(who)
        rest = self.mates(person)
        new = rest[0].宛名番号 if 届ける and rest else ""
        self.do("split", [値つき(person.宛名番号, 続柄=("02",))], 新世帯主=new)

    @precondition(lambda self: self.people())
    @rule(who=選ぶ, other=選ぶ)
    def 構成変更(self, who: int, other: int) -> None:
        target = self.one(other).世帯番号
        self.do("regroup", [値つき(self.one(who).宛名番号, 続柄=("99",))], 入る世帯=target)

    @precondition(lambda self: self.people())
    @rule(who=選ぶ)
    def 世帯主変更(self, who: int) -> None:
        person = self.one(who)
        household = [person.宛名番号, *(p.宛名番号 for p in self.mates(person))]
        self.do("head", household, 新世帯主=person.宛名番号)

    @precondition(lambda self: self.people())
    @rule(who=選ぶ, 氏=st.sampled_from(["成田", "対馬"]))
    def 氏名変更(self, who: int, 氏: str) -> None:
        self.do("rename", [値つき(self.one(who).宛名番号, 氏=氏, 名="某")], 届出の別="通知")

    @precondition(lambda self: 住民.objects.exists())
    @rule(who=選ぶ)
    def 取消し(self, who: int) -> None:
        numbers = list(住民.objects.order_by("宛名番号").values_list("宛名番号", flat=True))
        number = numbers[who % len(numbers)]
        rows = 歴を読む([number])[number]
        group = 取り消せる組(rows)[:1]
        if not group:
            return
        earlier = [r for r in rows if r.履歴番号 < group[0][0].履歴番号]
        count = len(rows)
        self.do("cancel", [number], 届出の別="職権", 留意事項="誤り")
        after = 歴を読む([number])[number]
        if len(after) > count and earlier:
            [*_, restored] = [r for r in after[count:] if r.出所.取消対象履歴 is not None]
            assert restored.状態 == earlier[-1].状態
            # その後に足されるのは、世帯のほかの人に合わせて職権で直す行だけである
            assert set(after[-1].状態.違い(restored.状態)) <= {
                "世帯主氏名",
                "続柄1",
                "続柄2",
                "続柄3",
                "続柄4",
            }

    @invariant()
    def 世帯は正しい(self) -> None:
        heads: dict[str, list[str]] = {}
        for person in self.people():
            assert person.世帯番号
            if person.続柄1 == "02":
                heads.setdefault(person.世帯番号, []).append(person.氏名)
        assert all(len(names) == 1 for names in heads.values())
        for person in self.people():
            assert person.世帯主氏名 == "".join(heads.get(person.世帯番号, [])), person.氏名

    @invariant()
    def 歴に抜けがなく見出しと知らせが揃う(self) -> None:
        latest: dict[str, int] = {}
        for number, sequence in 住民履歴.objects.order_by("pk").values_list("宛名番号", "履歴番号"):
            assert sequence == latest.get(number, 0) + 1
            latest[number] = sequence
        current = {r.宛名番号: r for r in 住民.objects.all()}
        assert {number: r.履歴番号 for number, r in current.items()} == latest
        assert 異動通知.objects.count() == sum(latest.values())
        for row in 宛名.objects.filter(宛名番号__in=list(latest)):
            assert row.住民状態 == current[row.宛名番号].住民状態

    @invariant()
    def 知っていた姿は変わらない(self) -> None:
        for moment, people in self.known[-3:]:
            for number, rows in 歴を読む(people).items():
                found = その日の行(rows, FixedClock(moment).today(), 知った時=moment)
                assert found is not None and found.状態 == people[number]


@pytest.fixture
def 窓口の団体(desk: Desk) -> Iterator[Desk]:
    """職員が席に着いた団体。"""
    yield desk


def test_異動のどんな順でも台帳は正しい(窓口の団体: Desk) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        異動の機械,
        settings=settings(
            max_examples=5,
            stateful_step_count=10,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
