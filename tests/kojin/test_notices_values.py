"""通知に刷る額は、台帳に残した結果そのもの。

2024年、一つの製品を使う堺市（約2,200人）・川崎市（9,927人）・さいたま市（4,343人）が、定額減税と年金特別徴収の欄を誤って刷った。
税額は正しく、通知だけが違っていた。
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.kojin.notices_office import 通知日
from tsugaru.gyomu.kojin.domain import computing, explaining, parameters
from tsugaru.gyomu.kojin.domain.columns import 人の列
from tsugaru.gyomu.kojin.domain.instalments import 期別にする
from tsugaru.gyomu.kojin.domain.notice_change import 変更通知書
from tsugaru.gyomu.kojin.domain.notice_decision import 決定通知書
from tsugaru.gyomu.kojin.domain.notice_office import 差出し, 差出しを読む
from tsugaru.gyomu.kojin.domain.notice_values import 刷る賦課, 控除後の額
from tsugaru.gyomu.kojin.domain.notice_withholding import 勤める人, 勤め先, 納税義務者用, 義務者用
from tsugaru.gyomu.kojin.domain.results import 結果の列
from tsugaru.gyomu.kojin.models import 賦課
from tsugaru.gyomu.kojin.notices.tax import 二つの税額
from tsugaru.kernel.clock import FixedClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.documents.parts import 窓あき宛名
from tsugaru.platform.runs import blobs
from tsugaru.platform.runs.api import Kind, Run
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
宛名 = 窓あき宛名(
    郵便番号="036-0001", 住所="試験県試験市大字上町１番地", 方書="", 氏名="工藤　太郎", 敬称="様"
)
先 = 勤め先(指定番号="70000060", 名称="株式会社見本商店")
給与の人 = {"年齢": 40, "給与等の収入金額": 5_000_000, "社会保険料の金額": 740_000, "給与特別徴収を受ける": 1}
年金の人 = {
    "年齢": 70, "公的年金等の収入金額": 2_600_000, "社会保険料の金額": 100_000, "年金特別徴収を受ける": 1,
    "前年度から年金特別徴収である": 1, "前年度の年金特別徴収年税額": 60_000,
}  # fmt: skip
子の多い人 = {
    "年齢": 40, "給与等の収入金額": 4_000_000, "社会保険料の金額": 1_400_000, "配偶者の数": 1,
    "年齢16歳未満の扶養親族の数": 4, "給与特別徴収を受ける": 1,
}  # fmt: skip
さまざまな人: dict[str, tuple[int, dict[str, int]]] = {
    "給与": (2026, 給与の人),
    "年金": (2026, 年金の人),
    "年金（初年度）": (2026, {**年金の人, "前年度から年金特別徴収である": 0, "前年度の年金特別徴収年税額": 0}),
    "年金と給与": (2026, {**年金の人, "給与等の収入金額": 1_200_000, "給与特別徴収を受ける": 1}),
    "定額減税（引ききれない）": (2024, 子の多い人),
    "定額減税（引ききれる）": (2024, 給与の人),
    "定額減税と年金": (2024, 年金の人),
    "定額減税（令和7年度の配偶者）": (2025, {**給与の人, "給与等の収入金額": 13_000_000, "配偶者の数": 1}),
    "営業と雑": (2026, {"年齢": 50, "営業等の収入金額": 6_000_000, "営業等の必要経費": 3_000_000,
                    "業務の雑収入金額": 300_000, "配当割額": 20_000}),
    "寄附と住宅": (2026, {**給与の人, "特例控除対象寄附金": 50_000, "住宅借入金等控除可能額": 200_000,
                     "住宅控除前の所得税額": 60_000, "住宅の居住開始年": 2020}),
    "株の分離課税": (2026, {**給与の人, "上場株式等の譲渡所得": 800_000, "株式等譲渡所得割額": 40_000}),
    "非課税": (2026, {"年齢": 40, "給与等の収入金額": 900_000}),
}  # fmt: skip


def 賦課する(年度: int, 事実: dict[str, int], clock: FixedClock) -> 刷る賦課:
    """一人を計算し、台帳の行にする。"""
    写し = parameters.写す(str(年度))
    件 = computing.一人を計算する({**dict.fromkeys(人の列, 0), **事実}, 写し)
    結果 = {名: 件.値(名) if 名 in 件.主 else 0 for 名 in 結果の列}
    whole = {名: None if 値 is None else int(値) for 名, 値 in 結果.items()}
    run = Run.objects.create(
        definition="試験", gyomu="kojin", kind=Kind.INITIAL, period=str(年度), maker="t0", made_at=clock.now(),
        parameters=blobs.keep_values(写し, clock=clock), law_version=parameters.規則の版(),
    )  # fmt: skip
    税 = {名: whole[名] or 0 for 名 in ("市町村民税額", "道府県民税額", "森林環境税額", "年税額")}
    row = 賦課.objects.create(
        課税年度=年度, 宛名番号="10", 番=1, 実行=run.pk, 決定日=date(年度, 6, 1), 事実={k: v for k, v in 事実.items() if v},
        結果={k: v for k, v in whole.items() if v}, 期別=期別にする(whole) if 税["年税額"] else {}, 指定番号=先.指定番号,
        年金支払者="90000001", 処理日時=clock.now(), **税,
    )  # fmt: skip
    return 刷る賦課(row, 写し)


@pytest.fixture
def 差(here: Municipality, request: pytest.FixtureRequest) -> 差出し:
    return 差を読む(here, 2026)


def 差を読む(here: Municipality, 年度: int) -> 差出し:
    return 差出しを読む(here, 課税年度=年度, 日=通知日, 文書番号="", 所属="税務課")


def 決定(賦: 刷る賦課, here: Municipality) -> Any:
    return 決定通知書(
        賦, 宛名=宛名, 番号="1", 差=差を読む(here, 賦.行.課税年度), 支払者={"90000001": "見本年金機構"}
    )


def 本人用(賦: 刷る賦課, here: Municipality) -> Any:
    人 = 勤める人(賦=賦, 氏名="工藤　太郎", 住所="", 受給者番号="15")
    return 納税義務者用(人, 先, 差=差を読む(here, 賦.行.課税年度), 変更=False)


@pytest.mark.parametrize("名", さまざまな人)
def test_刷る額は台帳の結果と一円も違わない(名: str, here: Municipality, clock: FixedClock) -> None:
    """堺・川崎・さいたま（2024年）: 全ての欄を、残した結果（残さない途中の額は、結果と合った計算）と突き合わせる。"""
    賦 = 賦課する(*さまざまな人[名], clock)
    row, 件 = 賦.行, explaining.説明する(賦.行)
    d = 決定(賦, here)
    assert (d.税額.年税額, d.税額.税額) == (
        row.年税額,
        二つの税額(市町村民税=row.市町村民税額, 道府県民税=row.道府県民税額),
    )
    assert d.所得控除の合計額 == sum(one.額 for one in d.所得控除) == 件.値("所得控除の合計額")
    assert d.合計所得金額 == row.結果.get("合計所得金額", 0) == sum(one.所得金額 for one in d.所得)
    assert d.控除不足額 == row.結果.get("還付または充当する額", 0)
    for 税 in ("市町村民税", "道府県民税"):
        算出 = sum(getattr(one.算出税額, 税) for one in d.課税標準)
        引く = sum(getattr(one.額, 税) for one in d.税額控除)
        assert 算出 == row.結果.get(f"{税}の算出所得割額", 0)
        assert (
            (算出 - 引く) // 100 * 100 == row.結果.get(f"{税}の所得割額", 0) == getattr(d.税額.所得割額, 税)
        )
    納める = sum(
        one.税額 for 分 in (d.普通徴収, d.年金徴収) if 分 for one in getattr(分, "納期", None) or 分.月割
    )
    assert 納める + (d.給与徴収の税額 or 0) == row.年税額


@pytest.mark.parametrize("名", [名 for 名 in さまざまな人 if "定額減税" in 名])
def test_定額減税の欄は_引いた額も引ききれなかった額も_台帳の結果である(
    名: str, here: Municipality, clock: FixedClock
) -> None:
    賦 = 賦課する(*さまざまな人[名], clock)
    引いた = 賦.行.結果["定額減税額"]
    外 = explaining.説明する(賦.行).値("定額減税の控除外額")
    [欄] = [one for one in 決定(賦, here).税額控除 if one.名.startswith("定額減税")]
    assert 欄.額.市町村民税 + 欄.額.道府県民税 == 引いた
    assert f"{引いた + 外:,}円" in 欄.説明
    assert (f"引ききれなかった額 {外:,}円" in 欄.説明) is (外 > 0)
    摘要 = 本人用(賦, here).摘要
    assert f"県民税 {欄.額.道府県民税:,}円" in 摘要
    assert ("引ききれなかった額" in 摘要) is (外 > 0)


def test_引ききれない定額減税の手計算(here: Municipality, clock: FixedClock) -> None:
    """給与所得 276万、控除 社保140万＋配偶者33万＋基礎43万、課税標準 60万。市36,000−調整3,000、県24,000−2,000。

    可能額は本人・配偶者・16歳未満4人の6万円。県の分は 60,000×22,000/55,000＝24,000 で、所得割の22,000まで。市は残り36,000で、
    所得割の33,000まで。引いた額は55,000、引ききれない額は5,000。
    """
    賦 = 賦課する(2024, 子の多い人, clock)
    [欄] = [one for one in 決定(賦, here).税額控除 if one.名.startswith("定額減税")]
    assert 欄.額 == 二つの税額(市町村民税=33_000, 道府県民税=22_000)
    assert 欄.説明 == "減税できる額 60,000円のうち、引ききれなかった額 5,000円"
    assert "定額減税のうち引ききれなかった額：5,000円" in 本人用(賦, here).摘要
    assert 賦.行.年税額 == 5_000


@pytest.mark.parametrize("名", [名 for 名 in さまざまな人 if "年金" in 名])
def test_年金特徴の欄は_台帳の月割と翌年度の仮徴収である(
    名: str, here: Municipality, clock: FixedClock
) -> None:
    賦 = 賦課する(*さまざまな人[名], clock)
    月々 = 賦.行.期別["年金"]
    欄 = 決定(賦, here).年金徴収
    assert [one.税額 for one in 欄.月割] == [
        月々[月] for 月 in ("4", "6", "8", "10", "12", "2") if 月 in 月々
    ]
    assert 欄.税額 == sum(月々.values())
    assert 欄.支払者 == "見本年金機構"
    assert {one.区分 for one in 欄.月割 if one.月.endswith(("年10月", "年12月", "年2月"))} == {"本徴収"}
    半分 = 賦.行.結果["年金特別徴収の対象税額"] // 2 // 100 * 100
    assert sum(one.税額 for one in 欄.翌年度の仮徴収) == 半分
    assert next(one.月 for one in 欄.翌年度の仮徴収) == f"令和{賦.行.課税年度 - 2018 + 1}年4月"


def test_年金の初年度は_半分を普通徴収で_半分を10月からの本徴収で知らせる(
    here: Municipality, clock: FixedClock
) -> None:
    d = 決定(賦課する(*さまざまな人["年金（初年度）"], clock), here)
    assert [one.区分 for one in d.年金徴収.月割] == ["本徴収"] * 3
    assert d.普通徴収.税額 + d.年金徴収.税額 == d.税額.年税額


def test_納期限は休日なら次の開庁日で_翌年の期は翌年(差: 差出し) -> None:
    """2026年: 6月30日は火、8月31日は月、10月31日は土（→11月2日）、2027年1月31日は日（→2月1日）。"""
    found = [差.納期限(期) for 期 in ("1", "2", "3", "4")]
    assert found == ["令和8年6月30日", "令和8年8月31日", "令和8年11月2日", "令和9年2月1日"]


def test_納入期限は翌月10日で_特例の会社は12月と6月(差: 差出し) -> None:
    """2026年10月10日は土、12日はスポーツの日（→13日）。2027年1月10日は日、11日は成人の日（→12日）。"""
    assert [差.納入期限(月, 特例=False) for 月 in (6, 9, 12, 5)] == [
        "令和8年7月10日", "令和8年10月13日", "令和9年1月12日", "令和9年6月10日"
    ]  # fmt: skip
    assert [差.納入期限(月, 特例=True) for 月 in (6, 11, 12, 5)] == [
        "令和8年12月10日", "令和8年12月10日", "令和9年6月10日", "令和9年6月10日"
    ]  # fmt: skip


def test_納期限の年の祝日が分からなければ_推し量らずに止まる(here: Municipality) -> None:
    with pytest.raises(業務エラー, match=r"KJ-4103 .*2031年"):
        差を読む(here, 2030).納期限("4")


def test_団体のデータが足りなければ_何をどこに書くかを言う(here: Municipality) -> None:
    from dataclasses import replace

    無い = replace(here, facts={k: v for k, v in here.facts.items() if k != "問合せ先"})
    with pytest.raises(業務エラー, match=r"KJ-4102 .*問合せ先.*municipality.yaml"):
        差を読む(無い, 2026)


def test_見本の値があれば_文書番号に見本と刷る(差: 差出し) -> None:
    assert 差.差出人.文書番号 == "見本"


def test_義務者用の月ごとの納入額は従業員の月割額の和で_所得も控除も載らない(
    差: 差出し, here: Municipality, clock: FixedClock
) -> None:
    賦 = 賦課する(2026, 給与の人, clock)
    d = 義務者用(
        先, [勤める人(賦=賦, 氏名="工藤　太郎", 住所="", 受給者番号="15")], 宛名=宛名, 差=差, 変更=False
    )
    assert [one.納入額 for one in d.納入] == [
        賦.行.期別["給与"][str(n)] for n in (6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5)
    ]
    assert d.特別徴収税額の合計 == sum(賦.行.期別["給与"].values()) == 賦.行.年税額


def test_税額控除後の額が所得割額と合わない行の通知は作らない(here: Municipality, clock: FixedClock) -> None:
    賦 = 賦課する(2026, 給与の人, clock)
    賦.行.結果["市町村民税の調整控除額"] += 200
    with pytest.raises(業務エラー, match="KJ-4101"):
        控除後の額(賦)


def test_台帳の結果と違う計算から_途中の額を刷らない(here: Municipality, clock: FixedClock) -> None:
    """残さない途中の額は計算し直すが、残した結果と一円でも違えば、その人の通知は作らない。"""
    賦 = 賦課する(*さまざまな人["株の分離課税"], clock)
    賦.行.結果["合計所得金額"] += 1
    with pytest.raises(業務エラー, match="KJ-3001"):
        決定(賦, here)


def test_変更の通知は_納めすぎと_これから納める額を台帳の納付から出す(
    差: 差出し, here: Municipality, clock: FixedClock
) -> None:
    """普通徴収 四期。第1期を納めた後に税額が下がり、納めた額が新しい税額を超える。"""
    元 = {"年齢": 50, "営業等の収入金額": 6_000_000, "営業等の必要経費": 3_000_000}
    前 = 賦課する(2026, 元, clock)
    後 = 刷る賦課(賦課(**{f.attname: getattr(前.行, f.attname) for f in 賦課._meta.fields}), 前.写し)
    後.行.番, 後.行.期別, 後.行.年税額 = 2, {"普徴": {"1": 10_000}}, 10_000
    第1期 = 前.行.期別["普徴"]["1"]
    d = 変更通知書(前, 後, 宛名=宛名, 番号="1", 差=差, 納付済={"1": 第1期}, 還付充当額=第1期 - 10_000)
    assert (d.これから納める額, d.還付充当額) == (0, 第1期 - 10_000)
    assert "お返しします" in d.案内
    assert next((one.期, one.変更後) for one in d.期別) == ("第1期", 10_000)
