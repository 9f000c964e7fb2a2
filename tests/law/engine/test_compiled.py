"""全員分の計算は、一人ずつの計算と同じ答えを出す。"""

from pathlib import Path

import numpy as np
import pytest

from tests.law.engine.sample.system import 会費の見本, 見本
from tsugaru.law.engine import compiled
from tsugaru.law.engine.compiled import まとめて計算する, 不明の値, 事例にする, 名簿
from tsugaru.law.engine.evaluate import 計算する
from tsugaru.law.engine.words import 支給月, 時点

変更 = {"条例の定め": {"上限額": 1500}}
求める = ("早見の額", "料金", "負担の合計", "最も高い所得", "子の数")
時点たち = [支給月(2025, 10), 支給月(2026, 4)]


@pytest.fixture
def 世帯たち() -> 名簿:
    乱数 = np.random.default_rng(20260401)
    人数, 員数 = 50, 120
    所得 = 乱数.choice([0, 999_999, 1_000_000, 1_000_001, 5_000_000], 員数)
    年齢 = 乱数.choice([0, 17, 18, 不明の値], 員数, p=[0.3, 0.3, 0.3, 0.1])
    番 = np.sort(乱数.integers(0, 人数, 員数))
    return 名簿(
        人数, {"免除される": (乱数.random(人数) < 0.2).astype(np.int64)}, {"所得": 所得, "年齢": 年齢}, 番
    )


@pytest.fixture(scope="module")
def 置き場(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("law")


@pytest.mark.parametrize("いつ", 時点たち, ids=str)
def test_まとめて計算しても一人ずつ計算しても同じ(いつ: 時点, 世帯たち: 名簿, 置き場: Path) -> None:
    図, 定め = 見本.図(いつ), 見本.定め(いつ, 変更=変更)
    まとめ = まとめて計算する(図, 世帯たち, 定め, 求める, 置き場, 並行=2, 一区切り=7)
    for 番 in range(世帯たち.人数):
        件 = 計算する(図, 事例にする(図, 世帯たち, 番), 定め)
        一人 = [不明の値 if 件.値(名) is None else 件.値(名) for 名 in 求める]
        assert [int(まとめ[名][番]) for 名 in 求める] == 一人
    assert 不明の値 in まとめ["子の数"]


def test_訳は定めの値が変わっても作り直さない(世帯たち: 名簿, 置き場: Path) -> None:
    図 = 見本.図(支給月(2025, 10))
    for 割引 in ("1/2", "1/3"):
        まとめて計算する(
            図, 世帯たち, 見本.定め(図.いつ, 変更={"料金の定め": {"割引": 割引}}), 求める, 置き場
        )
        段を足す = {"料金の定め": {"段": [[1, 2], [3, 4], ["上限なし", 5]]}}
        まとめて計算する(図, 世帯たち, 見本.定め(図.いつ, 変更=段を足す), 求める, 置き場)
    前 = {場所.name for 場所 in 置き場.glob("law_*.o")}
    まとめて計算する(図, 世帯たち, 見本.定め(図.いつ), 求める, 置き場)
    assert {場所.name for 場所 in 置き場.glob("law_*.o")} == 前


def test_llvmliteがなくても同じ答え(世帯たち: 名簿, 置き場: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    図, 定め = 見本.図(支給月(2025, 10)), 見本.定め(支給月(2025, 10))
    訳した = まとめて計算する(図, 世帯たち, 定め, 求める, 置き場)
    monkeypatch.setattr(compiled, "find_spec", lambda 名: None)
    素の = まとめて計算する(図, 世帯たち, 定め, 求める, 置き場)
    assert {名: 列.tolist() for 名, 列 in 訳した.items()} == {名: 列.tolist() for 名, 列 in 素の.items()}


def test_規則の結果の列を与えればその値を使う(置き場: Path) -> None:
    図, 定め = 見本.図(支給月(2025, 10)), 見本.定め(支給月(2025, 10))
    名 = 名簿(2, {"額の合計": np.array([1000, 2000]), "子の数": np.array([0, 1])}, {}, np.array([], np.int64))
    assert まとめて計算する(図, 名, 定め, ("割引後の額",), 置き場)["割引後の額"].tolist() == [1000, 1800]


def test_入れ先を渡せばその列に書く(世帯たち: 名簿, 置き場: Path) -> None:
    図 = 見本.図(支給月(2025, 10))
    前 = まとめて計算する(図, 世帯たち, 見本.定め(図.いつ), 求める, 置き場)
    額 = 前["料金"].copy()
    安い = 見本.定め(図.いつ, 変更={"料金の定め": {"割引": "1/1"}})
    後 = まとめて計算する(図, 世帯たち, 安い, 求める, 置き場, 入れ先=前)
    assert 後["料金"] is 前["料金"]
    assert (後["料金"] < 額).any()


def test_求める名の列を与えればそのまま返す(置き場: Path) -> None:
    図, 定め = 見本.図(支給月(2025, 10)), 見本.定め(支給月(2025, 10))
    名 = 名簿(2, {"額の合計": np.array([1000, 2000])}, {"年齢": np.array([3])}, np.array([1]))
    まとめ = まとめて計算する(図, 名, 定め, ("額の合計", "料金"), 置き場)
    assert [まとめ["額の合計"].tolist(), まとめ["料金"].tolist()] == [[1000, 2000], [1010, 1820]]


def test_員のない制度もまとめて計算する(置き場: Path) -> None:
    図, 定め = 会費の見本.図(支給月(2025, 10)), 会費の見本.定め(支給月(2025, 10))
    名 = 名簿(3, {"口数": np.array([1, 不明の値, 4])}, {}, np.array([], np.int64))
    assert まとめて計算する(図, 名, 定め, ("会費",), 置き場)["会費"].tolist() == [500, 不明の値, 2000]


def test_要る列がなければ名を言う(置き場: Path) -> None:
    図, 定め = 見本.図(支給月(2025, 10)), 見本.定め(支給月(2025, 10))
    名 = 名簿(1, {}, {"所得": np.array([1])}, np.array([0]))
    with pytest.raises(ValueError, match="年齢 の列が要ります"):
        まとめて計算する(図, 名, 定め, ("子の数",), 置き場)
