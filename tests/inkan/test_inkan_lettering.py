"""印鑑の文字と名の照らし合わせ（純粋な規則。データベースは要らない）。"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tsugaru.gyomu.inkan.domain.codes import 文字区分
from tsugaru.gyomu.inkan.domain.lettering import 文字が合う, 文字を照らす
from tsugaru.gyomu.juki.api import 住民票
from tsugaru.kernel.errors import 業務エラー


def _人(**変更: Any) -> 住民票:
    values: dict[str, Any] = {
        "宛名番号": "1",
        "住民種別": "1",
        "氏名": "髙橋　陽子",
        "氏": "髙橋",
        "名": "陽子",
        "生年月日": date(1980, 1, 1),
        "性別": "2",
        "世帯番号": "1",
    }
    return 住民票(**values | 変更)


@pytest.mark.parametrize(
    ("文字", "区分"),
    [
        ("髙橋陽子", 文字区分.氏名),
        ("高橋", 文字区分.氏),
        ("髙橋之印", 文字区分.氏),
        ("陽子", 文字区分.名),
        ("葛木", 文字区分.旧氏),
        ("葛󠄀木陽子", 文字区分.旧氏),
        ("髙陽", 文字区分.一部の組合せ),
        ("葛陽", 文字区分.一部の組合せ),
    ],
)
def test_日本人の名から成る文字(文字: str, 区分: 文字区分) -> None:
    assert 文字を照らす(文字, _人(旧氏="葛木")) is 区分


@pytest.mark.parametrize("文字", ["高橋行政書士", "陽高", "佐藤", "寿", "髙橋商店"])
def test_名にないものや職業などは登録できない(文字: str) -> None:
    with pytest.raises(業務エラー, match="IN-0111"):
        文字を照らす(文字, _人())


def test_印で終わる氏はそのまま読む() -> None:
    assert 文字を照らす("奥印", _人(氏名="奥印　一", 氏="奥印", 名="一")) is 文字区分.氏
    assert 文字を照らす("印", _人(氏名="印　一", 氏="印", 名="一")) is 文字区分.氏


def test_外国人は通称とローマ字とカタカナ表記で登録できる() -> None:
    人 = _人(
        住民種別="2",
        氏名="NGUYEN VAN AN",
        氏="",
        名="",
        氏名ローマ字="NGUYEN VAN AN",
        通称="山田　安",
    )
    assert 文字を照らす("山田安", 人) is 文字区分.通称
    assert 文字を照らす("Nguyen Van An", 人) is 文字区分.氏名
    assert 文字を照らす("NGUYEN", 人) is 文字区分.一部の組合せ
    assert 文字を照らす("グエン", 人, "グエン") is 文字区分.カタカナ表記
    assert not 文字が合う("グエン", 人)


def test_空の文字は登録できない() -> None:
    assert not 文字が合う("", _人())
    assert not 文字が合う("　", _人())
