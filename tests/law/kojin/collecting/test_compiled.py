"""異動の規則を訳したものも、一人ずつの計算と一円も違わない。"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.law.kojin.collecting.change import 図と定め
from tests.law.kojin.collecting.test_balance import 額の名
from tsugaru.law.engine.compiled import まとめて計算する, 事例にする, 名簿
from tsugaru.law.engine.evaluate import 計算する

人数 = 800
求める = (*額の名, "賦課決定ができる", "減免の対象となる税額", "残る納期の数", "年金本徴収の過納額")
真偽の列 = (
    "給与特別徴収を受ける",
    "年金特別徴収を受ける",
    "前年度から年金特別徴収である",
    "給与の支払を受けなくなった",
    "死亡により退職した",
    "他の給与支払者が引き継ぐ",
    "一括徴収を申し出た",
    "給与特別徴収へ切り替える",
    "年金特別徴収をやめる",
    "所得税の更正等による",
    "税額を減らす賦課決定である",
    "偽りその他不正の行為がある",
    "給与以外を普通徴収とする",
)
上流 = ("市町村民税の所得割額", "道府県民税の所得割額", "調整後の給与所得の金額", "合計所得金額")


def 町民(乱数: np.random.Generator) -> 名簿:
    列: dict[str, Any] = {名: (乱数.random(人数) < 0.4).astype(np.int64) for 名 in 真偽の列}
    列 |= {名: 乱数.integers(0, 300_000, 人数) for 名 in (*上流, "五月末までに支払われる給与等")}
    列["年税額"] = 乱数.integers(0, 400_000, 人数)
    列["年金特別徴収の対象税額"] = 列["年税額"] // 300 * 100
    列["均等割等の額"] = np.full(人数, 5_000)
    列["前年度の年金特別徴収年税額"] = 乱数.integers(0, 2_000, 人数) * 100
    列["過ぎた納期の確定額"] = 乱数.integers(0, 300_000, 人数)
    列["異動のあった月"] = 乱数.integers(0, 13, 人数)
    列["法定納期限から過ぎた年数"] = 乱数.integers(0, 9, 人数)
    列["所得税の更正等から過ぎた年数"] = 乱数.integers(0, 4, 人数)
    return 名簿(人数, 列, {}, np.zeros(0, np.int64))


@pytest.mark.parametrize("年度", [2016, 2026])
def test_まとめて計算しても一人ずつ計算しても同じ(年度: int, pytestconfig: pytest.Config) -> None:
    図, 定め = 図と定め(年度)
    人たち = 町民(np.random.default_rng(20260401))
    まとめ = まとめて計算する(図, 人たち, 定め, 求める, Path(pytestconfig.cache.mkdir("law")), 並行=1)
    for 番 in range(人数):
        件 = 計算する(図, 事例にする(図, 人たち, 番), 定め)
        assert {名: int(まとめ[名][番]) for 名 in 求める} == {名: int(件.値(名)) for 名 in 求める}
