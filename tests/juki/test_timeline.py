"""時の流れを、日ごとの表だけを持つ素朴な模型と比べる。"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tsugaru.gyomu.juki.domain.codes import 異動事由
from tsugaru.gyomu.juki.domain.state import 住民票, 出所, 記録
from tsugaru.gyomu.juki.domain.timeline import その日の行, 取り消す, 取り消せる組, 行, 載せ直す

始まり = date(2026, 1, 1)
日数 = 8
初め = 住民票(宛名番号="1", 住民種別="1", 氏名="A", 生年月日=date(2000, 1, 1), 性別="1", 世帯番号="S")
表 = dict[int, 住民票 | None]


def _日(index: int) -> date:
    return 始まり + timedelta(days=index)


def _時刻(index: int) -> datetime:
    return datetime(2026, 2, 1, tzinfo=UTC) + timedelta(minutes=index)


def _出所(index: int, 番号: int) -> 出所:
    return 出所(異動事由="303", 異動日=_日(index), 有効日=_日(index), 届出番号=番号)


class 歴と模型:
    """歴（行の列）と、日ごとの姿の表を、同じ操作で進める。"""

    def __init__(self) -> None:
        self.rows: list[行] = []
        self.tables: list[表] = [dict.fromkeys(range(日数))]
        self.alive: list[int] = []
        self.書く([記録(_出所(2, 1), 初め)])
        self.tables.append({d: 初め if d >= 2 else None for d in range(日数)})
        self.alive.append(1)

    def 書く(self, records: list[記録]) -> None:
        for record in records:
            self.rows.append(行(len(self.rows) + 1, _時刻(len(self.tables)), record.出所, record.状態))

    def 変える(self, day: int, 項目: str, 値: str) -> None:
        found = その日の行(self.rows, _日(day))
        if found is None:
            return
        number = len(self.tables)
        self.書く(載せ直す(self.rows, 記録(_出所(day, number), found.状態.変えて(**{項目: 値}))))
        table, old = dict(self.tables[-1]), self.tables[-1]
        for index in range(day, 日数):
            state, before = old[index], old[index - 1]
            if index > day and getattr(state, 項目) != getattr(before, 項目):
                break
            table[index] = state.変えて(**{項目: 値}) if state else None
        self.tables.append(table)
        self.alive.append(number)

    def 取り消す(self, 新しい方: bool) -> None:
        groups = 取り消せる組(self.rows)
        group = groups[0 if 新しい方 else -1]
        target = group[0].出所.届出番号 or 0
        number = len(self.tables)
        before = self._元(target)
        self.書く(取り消す(self.rows, group, 出所=_出所(7, number)))
        self.tables.append(before)

    def _元(self, target: int) -> 表:
        """その届出が書かれる前の表。初めての記載の取消しでは、その日から消除された姿になる。"""
        before = dict(self.tables[target - 1])
        if target == 1:
            gone = 初め.変えて(住民状態="9", 消除事由="209", 消除日=_日(7))
            return {d: gone if d >= 2 else None for d in range(日数)}
        return before


操作 = st.lists(
    st.one_of(
        st.tuples(
            st.just("変"), st.integers(2, 日数 - 1), st.sampled_from(["氏名", "旧氏"]), st.sampled_from("ABC")
        ),
        st.tuples(st.just("消"), st.booleans(), st.none(), st.none()),
    ),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(操作)
def test_ある日の姿とある時に知っていた姿は模型と同じになる(steps: list[tuple[object, ...]]) -> None:
    world = 歴と模型()
    for name, first, second, third in steps:
        if name == "変":
            world.変える(int(str(first)), str(second), str(third))
        elif 取り消せる組(world.rows):
            world.取り消す(bool(first))
    for known, table in enumerate(world.tables):
        for day in range(日数):
            found = その日の行(world.rows, _日(day), 知った時=_時刻(known))
            assert (found.状態 if found else None) == table[day], (known, day)
    assert [r.履歴番号 for r in world.rows] == list(range(1, len(world.rows) + 1))


def test_同じ日の二つの異動は後のものだけが取り消される() -> None:
    world = 歴と模型()
    world.変える(4, "氏名", "B")
    world.変える(4, "旧氏", "C")
    world.取り消す(新しい方=True)
    found = その日の行(world.rows, _日(4))
    assert found is not None
    assert (found.状態.氏名, found.状態.旧氏, found.出所.異動事由) == (
        "B", "", 異動事由.異動の取消し_修正.value,
    )  # fmt: skip


def test_記載の前の日には姿が無い() -> None:
    assert その日の行(歴と模型().rows, _日(1)) is None
