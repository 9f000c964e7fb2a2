"""個人住民税の見本の額は、書いてある事実を法令の規則で計算した額で、どの合計も行の和である。

見本の人の事実はここにだけある。docs/gyomu/kojin-notices.md の「見本の人」と同じ。
"""

from collections.abc import Iterable, Mapping

import pytest

from tsugaru.gyomu.kojin.notices.income_certificate.notice import FORM as 所得証明書
from tsugaru.gyomu.kojin.notices.reasons.notice import FORM as 理由
from tsugaru.gyomu.kojin.notices.tax import 二つの税額, 年税額の内訳
from tsugaru.gyomu.kojin.notices.tax_certificate.notice import FORM as 課税証明書
from tsugaru.gyomu.kojin.notices.tax_change.notice import FORM as 変更通知書
from tsugaru.gyomu.kojin.notices.tax_decision.notice import FORM as 決定通知書
from tsugaru.gyomu.kojin.notices.withholding_employee.notice import FORM as 納税義務者用
from tsugaru.gyomu.kojin.notices.withholding_employer.notice import FORM as 義務者用
from tsugaru.law.engine.evaluate import 計算
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.public import 個人住民税

同居 = {"同居している": True}
給与の人 = {
    "年齢": 47,
    "給与等の収入金額": 5000000,
    "社会保険料の金額": 723600,
    "新一般生命保険料": 60000,
    "地震保険料の金額": 24000,
    "特例控除対象寄附金": 30000,
    "申告特例を受ける": True,
    "給与特別徴収を受ける": True,
    "親族": [
        {"配偶者である": True, "親族の年齢": 45, "親族の給与等の収入金額": 900000, **同居},
        {"親族の年齢": 20, **同居},
        {"親族の年齢": 14, **同居},
    ],
}
年金と営業の人 = {
    "年齢": 68,
    "公的年金等の収入金額": 2612400,
    "営業等の収入金額": 4836000,
    "営業等の必要経費": 2907200,
    "事業の青色申告特別控除額": 650000,
    "社会保険料の金額": 418300,
    "新一般生命保険料": 48000,
    "介護医療保険料": 36000,
    "地震保険料の金額": 18600,
    "医療費の金額": 236400,
    "医療費を補填する金額": 50000,
    "特例控除対象寄附金": 30000,
    "年金特別徴収を受ける": True,
    "前年度から年金特別徴収である": True,
    "前年度の年金特別徴収年税額": 59600,
    "親族": [
        {"配偶者である": True, "親族の年齢": 66, "親族の年金の収入金額": 842000, **同居},
        {"親族の年齢": 91, "直系尊属である": True, "親族の年金の収入金額": 780000, **同居},
    ],
}
営業の人の配偶者 = {"配偶者である": True, "親族の年齢": 49, "親族の給与等の収入金額": 960000, **同居}
営業の人 = {
    "年齢": 51,
    "営業等の収入金額": 9120000,
    "営業等の必要経費": 4655000,
    "事業の青色申告特別控除額": 650000,
    "社会保険料の金額": 612400,
    "新一般生命保険料": 80000,
    "地震保険料の金額": 20000,
    "親族": [営業の人の配偶者],
}
子のある営業の人 = {**営業の人, "親族": [営業の人の配偶者, {"親族の年齢": 20, **同居}]}


def 法の計算(事実: Mapping[str, object]) -> 計算:
    return 個人住民税.計算(課税年度(2026), 事実)


def 和(額: Iterable[int]) -> int:
    return sum(額)


def 二つ(件: 計算, 名: str) -> 二つの税額:
    市, 県 = (件.値(税 + 名) for 税 in ("市町村民税", "道府県民税"))
    assert isinstance(市, int)
    assert isinstance(県, int)
    return 二つの税額(市町村民税=市, 道府県民税=県)


def 税額を確かめる(税: 年税額の内訳, 件: 計算) -> None:
    assert 税.所得割額 == 二つ(件, "の所得割額")
    assert 税.均等割額 == 二つ(件, "の均等割額")
    assert 税.税額 == 二つ(件, "額")
    assert (税.森林環境税額, 税.年税額) == (件.値("森林環境税額"), 件.値("年税額"))
    for 一つ in ("市町村民税", "道府県民税"):
        部分 = [getattr(段, 一つ) for 段 in (税.所得割額, 税.均等割額, 税.減免額)]
        assert getattr(税.税額, 一つ) == 部分[0] + 部分[1] - 部分[2]
    assert 税.年税額 == 税.税額.市町村民税 + 税.税額.道府県民税 + (税.森林環境税額 or 0)


def test_税額決定納税通知書の税額と計算() -> None:
    件, d = 法の計算(年金と営業の人), 決定通知書.sample()
    税額を確かめる(d.税額, 件)
    assert [(一.収入金額, 一.所得金額) for 一 in d.所得] == [
        (4836000, 件.値("営業等の所得金額")),
        (2612400, 件.値("公的年金等の雑所得")),
    ]
    assert (d.合計所得金額, d.総所得金額等) == (件.値("合計所得金額"), 件.値("総所得金額等"))
    assert d.所得控除の合計額 == 件.値("所得控除の合計額") == 和(一.額 for 一 in d.所得控除)
    assert [一.額 for 一 in d.課税標準] == [件.値("課税総所得金額")]
    assert d.税額控除後の額 == 二つ(件, "の定額減税後の額")
    for 税 in ("市町村民税", "道府県民税"):
        算出 = 和(getattr(一.算出税額, 税) for 一 in d.課税標準)
        引く = 和(getattr(一.額, 税) for 一 in d.税額控除)
        assert 算出 - 引く == getattr(d.税額控除後の額, 税)


def test_税額決定納税通知書の納め方() -> None:
    件, d = 法の計算(年金と営業の人), 決定通知書.sample()
    期 = [件.値(f"普通徴収第{番}期の税額") for 番 in (1, 2, 3, 4)]
    assert [一.税額 for 一 in d.普通徴収.納期] == 期
    assert d.普通徴収.税額 == 件.値("普通徴収の対象税額") == 和(一.税額 for 一 in d.普通徴収.納期)
    月 = ("年金仮徴収4月の税額", "年金仮徴収の税額", "年金仮徴収の税額", "年金本徴収10月の税額")
    本 = ("年金本徴収12月以後の税額",) * 2
    assert [一.税額 for 一 in d.年金徴収.月割] == [件.値(名) for 名 in (*月, *本)]
    assert d.年金徴収.税額 == 件.値("年金特別徴収の対象税額") == 和(一.税額 for 一 in d.年金徴収.月割)
    assert d.普通徴収.税額 + d.年金徴収.税額 == d.税額.年税額
    翌年 = 法の計算({**年金と営業の人, "前年度の年金特別徴収年税額": d.年金徴収.税額})
    assert [一.税額 for 一 in d.年金徴収.翌年度の仮徴収] == [翌年.値(名) for 名 in 月[:3]]


def test_納税義務者用の欄() -> None:
    件, d = 法の計算(給与の人), 納税義務者用.sample()
    税額を確かめる(d.税額.内訳, 件)
    assert d.総所得金額 == 件.値("総所得金額")
    assert d.所得控除の合計額 == 件.値("所得控除の合計額") == 和(一.額 for 一 in d.所得控除)
    assert 和(一.額 for 一 in d.課税標準) == 件.値("合計課税所得金額")
    assert d.税額.税額控除前所得割額 == 二つ(件, "の算出所得割額")
    for 税 in ("市町村民税", "道府県民税"):
        残り = getattr(d.税額.税額控除前所得割額, 税) - getattr(d.税額.税額控除額, 税)
        assert 残り // 100 * 100 == getattr(d.税額.内訳.所得割額, 税)
    assert len(d.月割額) == 12
    assert d.月割額[:2] == (件.値("給与特別徴収6月の税額"), 件.値("給与特別徴収7月の税額"))
    assert set(d.月割額[2:]) == {件.値("給与特別徴収8月以後の税額")}
    assert 和(d.月割額) == d.税額.特別徴収税額 == 件.値("給与特別徴収の対象税額")


def test_義務者用の月ごとの納入額は従業員の月割額の和() -> None:
    d = 義務者用.sample()
    assert all(和(人.月割額) == 人.特別徴収税額 for 人 in d.従業員)
    assert [一.納入額 for 一 in d.納入] == [和(人.月割額[月] for 人 in d.従業員) for 月 in range(12)]
    assert [一.人数 for 一 in d.納入] == [和(人.月割額[月] > 0 for 人 in d.従業員) for 月 in range(12)]
    assert (d.人数, d.特別徴収税額の合計) == (len(d.従業員), 和(人.特別徴収税額 for 人 in d.従業員))
    assert d.従業員[0].特別徴収税額 == 納税義務者用.sample().税額.特別徴収税額


def test_税額変更通知書の前と後() -> None:
    前, 後, d = 法の計算(営業の人), 法の計算(子のある営業の人), 変更通知書.sample()
    assert (d.年税額.変更前, d.年税額.変更後) == (前.値("年税額"), 後.値("年税額"))
    行 = {(段.名, 一.名): (一.変更前, 一.変更後) for 段 in d.段 for 一 in 段.行}
    for 鍵, 名 in (
        (("所得控除", "扶養"), "扶養控除額"),
        (("所得控除", "所得控除の合計"), "所得控除の合計額"),
        (("課税標準", "課税総所得金額"), "課税総所得金額"),
        (("市民税", "調整控除額"), "市町村民税の調整控除額"),
        (("市民税", "市民税の税額"), "市町村民税額"),
        (("県民税", "県民税の税額"), "道府県民税額"),
    ):
        assert 行[鍵] == (前.値(名), 後.値(名))
    assert 和(一.変更前 for 一 in d.期別) == d.年税額.変更前
    assert 和(一.変更後 for 一 in d.期別) == d.年税額.変更後
    assert d.還付充当額 == 和(一.納付済額 for 一 in d.期別) - d.年税額.変更後


def test_証明書の所得と税額() -> None:
    件, d = 法の計算(給与の人), 課税証明書.sample()
    税額を確かめる(d.課税.税額, 件)
    assert d.所得.合計所得金額 == 件.値("合計所得金額") == 和(一.所得金額 for 一 in d.所得.行)
    assert d.所得控除.合計額 == 件.値("所得控除の合計額") == 和(一.額 for 一 in d.所得控除.行)
    assert [一.額 for 一 in d.課税.課税標準] == [件.値("課税総所得金額")]
    assert 所得証明書.sample().所得 == d.所得


@pytest.mark.parametrize("章の番", range(5))
def test_理由の値は法の計算と同じ(章の番: int) -> None:
    件, d = 法の計算(給与の人), 理由.sample()
    for 行 in d.章[章の番].行:
        名 = 行.名.replace("市民税", "市町村民税").replace("県民税", "道府県民税")
        値 = 件.値(名) if 名 in 件.主 else 5000000
        assert 行.零 is (not 値)
        assert 行.値 == ("該当" if 値 is True else "非該当" if 値 is False else f"{値:,}{行.値[-1]}")
        assert 行.零 or (行.根拠 and 行.式)
    assert d.結論の額 == 件.値("年税額")
