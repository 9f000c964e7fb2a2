"""給与支払報告書（種類315）。地方税法第317条の6第1項・第3項、平成25年総務省告示第429号・総税市第49号。

98項目は平成25年の通知、平成28年分からの番号と親族の項目・令和2年分からの4項目は給与計算製品の並びから知ったもので、
並びと長さを様式の文書で確かめていない（項目表の 未確認）。一行が一人で、頭書き・末尾・何番目かの記録は無い。いくつの
ファイルに分かれ何人分かは、総括表（第17号様式別表）の報告人員を受け取りの台帳に登録して数える。
受け取りの台帳の 期間 は年分の二桁である（令和7年分は 07）。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from tsugaru.gyomu.kojin.layouts import items, reading
from tsugaru.gyomu.kojin.layouts.era_dates import 日付にする
from tsugaru.gyomu.kojin.layouts.reading import 数, 読取
from tsugaru.platform.inbound.layout import Layout
from tsugaru.platform.inbound.shapes import Found, Row

表の名 = "wage_report"
内訳 = (
    ("源泉徴収税額", "支払金額"),
    ("未払金額", "支払金額"),
    ("給与所得控除後の給与等の金額", "支払金額"),
    ("社会保険料等の金額の内書", "社会保険料等の金額"),
    ("控除対象扶養親族の数－老人－上の内訳", "控除対象扶養親族の数－老人－主"),
    ("障害者の数－上の内訳", "障害者の数－特別障害者（本人を除く）"),
    ("給与等の金額", "支払金額"),
)


class 訂正表示(Enum):
    """報告の種別。"""

    新規 = "0"
    追加 = "1"
    訂正 = "2"
    取消 = "3"


@dataclass(frozen=True, slots=True)
class 扶養の数:
    """控除対象扶養親族などの人数（人）。None は書かれていないこと。従 は従たる給与から控除するもの。"""

    特定: int | None
    特定_従: int | None
    老人: int | None
    うち同居老親等: int | None
    老人_従: int | None
    その他: int | None
    その他_従: int | None
    年齢16歳未満: int | None
    特別障害者: int | None
    うち同居特別障害: int | None
    その他の障害者: int | None


@dataclass(frozen=True, slots=True)
class 給与支払報告:
    """一人分の報告。額は円、None は書かれていないこと。原本 はファイルの文字のまま。"""

    行: int
    訂正表示: 訂正表示
    年分: str
    指定番号: str
    支払者: str
    支払者の所在地: str
    受給者番号: str
    氏名: str
    カナ氏名: str
    住所: str
    生年月日: date
    個人番号: str
    支払金額: int | None
    給与所得控除後: int | None
    所得控除の合計: int | None
    源泉徴収税額: int | None
    配偶者の有無等: str
    配偶者の合計所得: int | None
    配偶者特別控除額: int | None
    扶養: 扶養の数
    社会保険料: int | None
    うち小規模共済等: int | None
    旧一般生命保険料: int | None
    新一般生命保険料: int | None
    介護医療保険料: int | None
    旧個人年金保険料: int | None
    新個人年金保険料: int | None
    地震保険料控除額: int | None
    旧長期損害保険料: int | None
    住宅控除の額: int | None
    住宅控除可能額: int | None
    前職の給与の額: int | None
    乙欄: bool
    退職の区分: str
    普通徴収: bool
    原本: reading.値たち


def layout(*, 年: int, 団体コード: str) -> Layout:
    """その年分（西暦）の様式。団体コードは6桁。"""
    表 = items.項目表(表の名, 年)
    form = items.様式("給与支払報告書315", 表, 年=年, 団体コード=団体コード, 額="支払金額")
    return reading.様式に付ける(form, 行=lambda row: _行の検査(row, 年), 全体=_全体の検査)


def read(content: bytes, *, 年: int, 団体コード: str) -> 読取[給与支払報告]:
    """一つのファイルを読む。"""
    return reading.read(
        content,
        layout(年=年, 団体コード=団体コード),
        団体コード=団体コード,
        期間=items.年分(年),
        記録にする=記録にする,
    )


def 記録にする(row: Row) -> 給与支払報告:
    """検査の済んだ行を記録にする。"""
    v = row.values
    return 給与支払報告(
        row.number, 訂正表示(v["訂正表示"]), v["年分"], v["指定番号"], v["提出義務者の氏名又は名称"],
        v["提出義務者の住所又は所在地"], v["受給者番号"], v["支払を受ける者－氏名"], v["カナ氏名"],
        v["支払を受ける者－住所又は居所"], _生年月日(row), v.get("支払を受ける者の個人番号", ""),
        数(v, "支払金額"), 数(v, "給与所得控除後の給与等の金額"), 数(v, "所得控除の額の合計額"), 数(v, "源泉徴収税額"),
        v["控除対象配偶者の有無等"], 数(v, "配偶者の合計所得"), 数(v, "配偶者特別控除の額"), _扶養(v),
        数(v, "社会保険料等の金額"), 数(v, "社会保険料等の金額の内書"), 数(v, "旧生命保険料の金額"),
        数(v, "新生命保険料の金額"), 数(v, "介護医療保険料の金額"), 数(v, "旧個人年金保険料の金額"),
        数(v, "新個人年金保険料の金額"), 数(v, "地震保険料の控除額"), 数(v, "旧長期損害保険料の金額"),
        数(v, "住宅借入金等特別控除の額"), 数(v, "住宅借入金等特別控除可能額"), 数(v, "給与等の金額"),
        v["乙欄適用"] == "1", v["中途就・退職－中途就職・退職の区分"], v["普通徴収"] == "1", v,
    )  # fmt: skip


def _扶養(v: reading.値たち) -> 扶養の数:
    親族 = "控除対象扶養親族の数－"
    return 扶養の数(
        数(v, f"{親族}特定－主"), 数(v, f"{親族}特定－従"), 数(v, f"{親族}老人－主"), 数(v, f"{親族}老人－上の内訳"),
        数(v, f"{親族}老人－従"), 数(v, f"{親族}その他－主"), 数(v, f"{親族}その他－従"), 数(v, "16歳未満扶養親族の数"),
        数(v, "障害者の数－特別障害者（本人を除く）"), 数(v, "障害者の数－上の内訳"), 数(v, "障害者の数－その他"),
    )  # fmt: skip


def _生年月日(row: Row) -> date:
    v, 名 = row.values, "受給者の生年月日－"
    return 日付にする(v[f"{名}元号"], v[f"{名}年"], v[f"{名}月"], v[f"{名}日"])


def _行の検査(row: Row, 年: int) -> Iterator[Found]:
    v = row.values
    yield from reading.試す(row, "受給者の生年月日－年", lambda: _生年月日(row))
    yield from reading.超える(row, 内訳)
    if v["中途就・退職－中途就職・退職の区分"] not in ("", "0"):
        yield from _中途(row, 年)
    yield from reading.訂正の知らせ(row)


def _中途(row: Row, 年: int) -> Iterator[Found]:
    """中途の就職・退職の日は、その年分の年の中にある。"""
    v, 名 = row.values, "中途就・退職－"
    if v[f"{名}年"] not in (items.年分(年), "31" if 年 == items.令和の前年 + 1 else ""):
        yield reading.誤り(
            row,
            f"{名}年",
            "KJ-1103",
            "中途就職・退職の年が、年分の年ではありません。",
            "差出人に確かめてください。",
        )


def _全体の検査(rows: Sequence[Row]) -> Iterator[Found]:
    return reading.重なり(rows, _同じ報告)


def _同じ報告(v: reading.値たち) -> tuple[str, ...]:
    """支払者と受給者番号。受給者番号が無ければ、氏名と生年月日。"""
    who = (
        (v["受給者番号"],)
        if v["受給者番号"]
        else (v["カナ氏名"], *(v[f"受給者の生年月日－{x}"] for x in "年月日"))
    )
    return (v["提出義務者の氏名又は名称"], v["指定番号"], *who)
