"""様式の項目の読み書き。"""

import base64
from dataclasses import dataclass
from datetime import date

import pytest

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.documents.form import check_lengths, plain, read_data, texts, 字100, 短文
from tsugaru.platform.documents.parts import 画像, 認証者


@dataclass(frozen=True, kw_only=True)
class 子の欄:
    名: 短文
    値: 字100 | None


@dataclass(frozen=True, kw_only=True)
class 親の欄:
    日: date
    数: int
    画像: bytes
    可否: bool
    子: tuple[子の欄, ...]
    一人: 子の欄 | None


元 = {
    "日": "2026-05-02",
    "数": 3,
    "画像": base64.b64encode(b"\x00\xff").decode(),
    "可否": True,
    "子": [{"名": "あ", "値": None}, {"名": "い", "値": "う"}],
    "一人": None,
}


def test_見本から型のとおりに読む() -> None:
    data = read_data(親の欄, 元)
    assert data == 親の欄(
        日=date(2026, 5, 2),
        数=3,
        画像=b"\x00\xff",
        可否=True,
        子=(子の欄(名="あ", 値=None), 子の欄(名="い", 値="う")),
        一人=None,
    )


def test_版面に渡す形では画像は数の列になる() -> None:
    value = plain(read_data(親の欄, 元))
    assert value == {**元, "画像": [0, 255]}


def test_文字列は道筋とともに取り出す() -> None:
    assert list(texts(read_data(親の欄, 元))) == [("子[1].名", "あ"), ("子[2].名", "い"), ("子[2].値", "う")]


@pytest.mark.parametrize("different", ["余分", "日"])
def test_項目の過不足は受け取らない(different: str) -> None:
    changed = {**元, "余分": 1} if different == "余分" else {key: 元[key] for key in 元 if key != different}
    with pytest.raises(業務エラー, match=f"DC-0103 親の欄の項目が型と合わない（{different}）"):
        read_data(親の欄, changed)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("数", "3"),
        ("数", True),
        ("画像", "あ"),
        ("画像", "A"),
        ("日", 20260502),
        ("日", "5月2日"),
        ("可否", 1),
    ],
)
def test_値の型が違えば番号のある誤りになる(name: str, value: object) -> None:
    with pytest.raises(業務エラー, match="DC-0104 値の型が違う"):
        read_data(親の欄, {**元, name: value})


@pytest.mark.parametrize(("length", "passes"), [(99, True), (100, True), (101, False)])
def test_上限の字数まで受け取る(length: int, passes: bool) -> None:
    data = 子の欄(名="あ", 値="山" * length)
    if passes:
        check_lengths(data)
        return
    with pytest.raises(業務エラー, match="DC-0102 値が長すぎる"):
        check_lengths(data)


@pytest.mark.parametrize(("side", "passes"), [(2499, True), (2500, True), (2501, False)])
def test_公印は一辺25ミリまで(side: int, passes: bool) -> None:
    for seal in (画像(内容=b"", 幅=side, 高さ=100), 画像(内容=b"", 幅=100, 高さ=side)):
        if passes:
            assert 認証者(都道府県名="", 職名="", 氏名="", 公印=seal).公印 == seal
        else:
            with pytest.raises(業務エラー, match="DC-0106"):
                認証者(都道府県名="", 職名="", 氏名="", 公印=seal)


@pytest.mark.parametrize(("width", "height"), [(0, 1), (1, 0), (-1, 1)])
def test_画像の寸法は正である(width: int, height: int) -> None:
    with pytest.raises(業務エラー, match="DC-0105"):
        画像(内容=b"", 幅=width, 高さ=height)
