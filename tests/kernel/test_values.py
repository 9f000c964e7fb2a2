"""円・期間・検査数字・文字・時計・誤り。"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsugaru.kernel import check_digit as cd
from tsugaru.kernel import moji
from tsugaru.kernel.clock import FixedClock, SystemClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.glyphs import 文字情報基盤の字形へ
from tsugaru.kernel.lookalikes import 取り違えの対, 縮退, 縮退候補
from tsugaru.kernel.period import 期間, 期間集合
from tsugaru.kernel.yen import 円を読む, 分率, 切上げ, 切捨て, 四捨五入, 金額表示

額 = st.integers(-(10**12), 10**12)
単位 = st.sampled_from([1, 10, 100, 1000])
率 = st.builds(分率, st.integers(0, 200), st.integers(1, 1000))
日 = st.integers(0, 40).map(lambda n: date(2026, 1, 1) + timedelta(days=n))


@st.composite
def 期間たち(draw: st.DrawFn) -> 期間集合:
    pairs = draw(st.lists(st.tuples(日, st.none() | st.integers(1, 10)), max_size=5))
    return 期間集合(期間(s, None if n is None else s + timedelta(days=n)) for s, n in pairs)


@given(額, 単位)
def test_端数処理(値: int, 単: int) -> None:
    down, up, near = abs(切捨て(値, 単)), abs(切上げ(値, 単)), abs(四捨五入(値, 単))
    assert down <= abs(値) <= up and up - down in (0, 単) and near in (down, up)
    assert 切捨て(-値, 単) == -切捨て(値, 単)


@given(額, 率, 単位)
def test_率を掛けると分数の計算に合う(値: int, r: 分率, 単: int) -> None:
    exact = abs(Fraction(値) * r.分子 / r.分母)
    assert abs(r.掛けて切捨て(値, 単)) == exact // 単 * 単
    assert abs(r.掛けて切上げ(値, 単)) == -(-exact // 単) * 単
    assert abs(r.掛けて四捨五入(値, 単)) == (exact / 単 + Fraction(1, 2)) // 1 * 単


def test_円の例() -> None:
    assert (切捨て(-150, 100), 四捨五入(-150, 100), 切上げ(101, 100)) == (-100, -200, 200)
    assert str(分率.読む("6/100")) == "3/50"
    for bad in ("0.06", "1/0"):
        with pytest.raises(ValueError):
            分率.読む(bad)
    with pytest.raises(ValueError):
        切捨て(1, 0)


@given(額)
def test_金額は表示と往復する(値: int) -> None:
    assert 円を読む(金額表示(値)) == 値


def test_金額を読む() -> None:
    assert [円を読む(t) for t in ("１，２３４円", "△1,234", "-5", "▲5")] == [1234, -1234, -5, -5]
    for bad in ("1.5", "12,34", "", "1万", "9" * 16):
        with pytest.raises(業務エラー, match="YN-0001"):
            円を読む(bad)


@given(期間たち(), 期間たち(), 日)
def test_期間集合は日ごとの論理に合う(a: 期間集合, b: 期間集合, d: date) -> None:
    assert (d in (a | b)) == (d in a or d in b)
    assert (d in (a & b)) == (d in a and d in b)
    assert (d in (a - b)) == (d in a and d not in b)
    assert (a - b) | (a & b) == a and 期間集合(reversed(list(a))) == a and hash(a) == hash(期間集合(a))


def test_期間() -> None:
    january = 期間.両端(date(2026, 1, 1), date(2026, 1, 31))
    assert (january.終, january.最終日, january.日数) == (date(2026, 2, 1), date(2026, 1, 31), 31)
    on = 期間.両端(date(2026, 2, 1), None)
    assert (on.最終日, on.日数, january.交わり(on), len(期間集合([january, on]))) == (None, None, None, 1)
    assert 期間集合([january]) != january and "2026" in repr(期間集合([january]))
    with pytest.raises(ValueError):
        期間(date(2026, 1, 1), date(2026, 1, 1))


def test_検査数字の公の例() -> None:
    assert [cd.団体コードの検査数字(c) for c in ("02202", "02343", "02362", "02367")] == [1, 4, 1, 1]
    assert cd.個人番号の検査数字("98320567321") == 4 and cd.個人番号が正しい("983205673214")
    assert all(cd.住民票コードが正しい(c) for c in ("24727059608", "24846016224", "25208017643"))
    assert cd.法人番号が正しい("7000012050002") and not cd.法人番号が正しい("8000012050002")
    assert cd.保険者番号が正しい("33120015") and cd.団体コードが正しい("022021")
    assert cd.GS1の検査数字("490123456789") == 4
    assert cd.宛名番号が正しい("00000019") and not cd.宛名番号が正しい("1") and not cd.個人番号が正しい("x")


def test_宛名番号の余り1は飛ばし余り0は0() -> None:
    assert cd.宛名番号の検査数字("6") is None  # 6×2＝12、余り1
    assert cd.宛名番号の検査数字("14") == 0  # 4×2＋1×3＝11、余り0
    for call in (cd.宛名番号の検査数字, cd.GS1の検査数字, cd.個人番号の検査数字):
        with pytest.raises(ValueError):
            call("１")


@pytest.mark.parametrize(
    "字",
    ["\0", "\x85", "\u202e", "\u200b", "\u200d", "\ufeff", "\ud800", "\ufffe", "😀", "\t", "\n", "あ\ufe00"],
    ids=ascii,
)
def test_使えない文字は位置と符号を言って断る(字: str) -> None:
    with pytest.raises(業務エラー, match=r"MJ-0001 氏名の\d文字目.*U\+"):
        moji.検査する文字列("津" + 字, 項目="氏名", 最大文字数=10)


@pytest.mark.parametrize("text", ["\ufa10", "\ufa19", "葛\U000e0100城", "𠮷", "♪★", "がか\u3099"])
def test_受け取った文字は変わらない(text: str) -> None:
    assert moji.検査する文字列(text, 最大文字数=5) is text


def test_改行と長さ() -> None:
    assert moji.検査する文字列("a\nb", 最大文字数=3, 改行可=True) == "a\nb"
    with pytest.raises(業務エラー, match="4文字"):
        moji.検査する文字列("abcd", 最大文字数=3)


def test_検索の鍵() -> None:
    assert moji.検索かな("つがる　ﾀﾛｳ") == "ツガルタロウ"
    assert moji.検索かな緩("ゴトウ") == moji.検索かな緩("コトー") == "コト"
    assert moji.検索かな緩("ヂュン") == moji.検索かな緩("じゅん")
    assert moji.検索漢字("髙﨑 邊\U000e0100") == "高崎辺" and moji.検索漢字("塚\ufa10") == "塚塚"
    assert moji.字片("津軽") == ["津", "津軽", "軽"]


@given(
    st.text(alphabet=[chr(c) for c in (*range(0x3041, 0x3097), *range(0x30A1, 0x30FD), 0x3000)], max_size=12)
)
def test_検索の鍵は二度かけても同じ(text: str) -> None:
    assert moji.検索かな(moji.検索かな(text)) == moji.検索かな(text)
    assert moji.検索かな緩(moji.検索かな緩(text)) == moji.検索かな緩(text)


def test_縮退と字形() -> None:
    assert 縮退候補("津軽～") == []
    assert [縮退候補(a) for a, _ in 取り違えの対] == [[縮退(1, a, b)] for a, b in 取り違えの対]
    assert 縮退候補("A𠮷") == [縮退(2, "𠮷", None)]
    adobe = "辻\U000e0101葛\U000e0100"
    assert 文字情報基盤の字形へ(adobe, "Moji_Joho").文字列 == adobe
    assert 文字情報基盤の字形へ(adobe, "Adobe-Japan1").未対応 == ((3, "葛\U000e0100"),)
    assert len(文字情報基盤の字形へ(adobe, "不明").未対応) == 2


def test_時計と誤り() -> None:
    assert FixedClock(datetime(2026, 3, 31, 15, tzinfo=UTC)).today() == date(2026, 4, 1)
    moment = datetime(2026, 3, 31, 14, 59, tzinfo=UTC)
    assert (FixedClock(moment).now(), FixedClock(moment).today()) == (moment, date(2026, 3, 31))
    assert SystemClock().now().tzinfo is UTC and SystemClock().today().year >= 2026
    assert (
        str(業務エラー("JT-0001", "額が負です。", "直してください。", 根拠="第1条。"))
        == "JT-0001 額が負です。第1条。直してください。"
    )
