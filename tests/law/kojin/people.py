"""でたらめな納税義務者。事実の宣言から作るので、事実が増えれば試験も広がる。"""

from typing import Any

from hypothesis import strategies as st

from tsugaru.law.engine.facts import 事実
from tsugaru.law.kojin.facts import 個人の事実, 親族の事実

_単位ごと = {
    "円": st.one_of(st.integers(0, 3_000_000), st.integers(0, 60_000_000)),
    "歳": st.integers(0, 100),
    "年": st.integers(1, 2026),
    "月": st.integers(1, 12),
}


def _値(宣言: 事実) -> st.SearchStrategy[Any]:
    if 宣言.型 is bool:
        return st.booleans()
    値 = _単位ごと[宣言.単位]
    return 値.flatmap(lambda 額: st.sampled_from([額, -額])) if 宣言.負可 else 値


def _組(宣言たち: dict[str, 事実], 必ず: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    任意 = {名: _値(宣言) for 名, 宣言 in 宣言たち.items() if 名 not in 必ず}
    return st.fixed_dictionaries({名: _値(宣言たち[名]) for 名 in 必ず}, optional=任意)


親族 = _組(親族の事実, ["親族の年齢"])
_いつもある = ["年齢", "住宅の居住開始年", "住宅の居住開始月", "勤続年数"]


@st.composite
def 納税義務者(draw: st.DrawFn) -> dict[str, Any]:
    """十ほどの事実を持つ人と、四人までの親族。配偶者は一人まで。"""
    持つ = draw(
        st.lists(st.sampled_from(sorted(set(個人の事実) - set(_いつもある))), max_size=12, unique=True)
    )
    人 = {名: draw(_値(個人の事実[名])) for 名 in [*_いつもある, *持つ]}
    人["給与等の収入金額"] = draw(_単位ごと["円"])
    人["親族"] = draw(st.lists(親族, max_size=4))
    for 一人 in 人["親族"][1:]:
        一人.pop("配偶者である", None)
    return 人
