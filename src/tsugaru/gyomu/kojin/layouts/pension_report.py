"""公的年金等支払報告書（種類331、49項目）。地方税法第317条の6第4項・第6項、平成25年総務省告示第429号・総税市第49号。

元号の番号・訂正表示・団体コードの書き方は給与支払報告書と同じである。控除対象配偶者と寡婦の値の意味は、様式の文書で
確かめていないので、値のまま渡す。受け取りの台帳の 期間 は年分の二桁である（令和7年分は 07）。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tsugaru.gyomu.kojin.layouts import items, reading
from tsugaru.gyomu.kojin.layouts.era_dates import 日付にする
from tsugaru.gyomu.kojin.layouts.reading import 数, 読取
from tsugaru.gyomu.kojin.layouts.wage_report import 訂正表示
from tsugaru.platform.inbound.layout import Layout
from tsugaru.platform.inbound.shapes import Found, Row

表の名 = "pension_report"
号 = ("第1号", "第2号", "第3号")
内訳 = (
    *((f"法203条の3{n}適用分－源泉徴収税額", f"法203条の3{n}適用分－支払金額") for n in 号),
    *((f"法203条の3{n}適用分－未払金額", f"法203条の3{n}適用分－支払金額") for n in 号),
    ("障害者の数－同居特別障害者", "障害者の数－特別障害者"),
)


@dataclass(frozen=True, slots=True)
class 年金支払報告:
    """一人分の報告。額は円、None は書かれていないこと。支払金額 は三つの号の合計（全て空なら None）。"""

    行: int
    訂正表示: 訂正表示
    年分: str
    支払者: str
    指定番号: str
    受給者番号: str
    氏名: str
    カナ氏名: str
    住所: str
    生年月日: date
    支払金額: int | None
    源泉徴収税額: int | None
    社会保険料: int | None
    控除対象配偶者: str
    特定扶養親族の数: int | None
    老人扶養親族の数: int | None
    その他扶養の数: int | None
    年齢16歳未満の数: int | None
    原本: reading.値たち


def layout(*, 年: int, 団体コード: str) -> Layout:
    """その年分（西暦）の様式。団体コードは6桁。"""
    form = items.様式("公的年金等支払報告書331", items.項目表(表の名, 年), 年=年, 団体コード=団体コード)
    return reading.様式に付ける(form, 行=_行の検査, 全体=_全体の検査)


def read(content: bytes, *, 年: int, 団体コード: str) -> 読取[年金支払報告]:
    """一つのファイルを読む。"""
    return reading.read(
        content,
        layout(年=年, 団体コード=団体コード),
        団体コード=団体コード,
        期間=items.年分(年),
        記録にする=記録にする,
    )


def 記録にする(row: Row) -> 年金支払報告:
    """検査の済んだ行を記録にする。"""
    v = row.values
    return 年金支払報告(
        row.number, 訂正表示(v["訂正表示"]), v["年分"], v["提出義務者の氏名又は名称"], v["指定番号"], v["受給者番号"],
        v["支払を受ける者－氏名"], v["カナ氏名"], v["支払を受ける者－住所又は居所"], _生年月日(row),
        _合計(v, "支払金額"), _合計(v, "源泉徴収税額"), 数(v, "社会保険料の金額"), v["控除対象配偶者"],
        数(v, "控除対象扶養親族の数－特定"), 数(v, "控除対象扶養親族の数－老人"), 数(v, "控除対象扶養親族の数－その他"),
        数(v, "16歳未満扶養親族の数"), v,
    )  # fmt: skip


def _合計(v: reading.値たち, 名: str) -> int | None:
    額 = [n for n in (数(v, f"法203条の3{one}適用分－{名}") for one in 号) if n is not None]
    return sum(額) if 額 else None


def _生年月日(row: Row) -> date:
    v = row.values
    return 日付にする(*(v[f"生年月日－{x}"] for x in ("元号", "年", "月", "日")))


def _行の検査(row: Row) -> Iterator[Found]:
    yield from reading.試す(row, "生年月日－年", lambda: _生年月日(row))
    yield from reading.超える(row, 内訳)
    yield from reading.訂正の知らせ(row)


def _全体の検査(rows: Sequence[Row]) -> Iterator[Found]:
    return reading.重なり(rows, _同じ報告)


def _同じ報告(v: reading.値たち) -> tuple[str, ...]:
    """支払者・受給者番号・受給者。一人が同じ支払者から二種類の年金を受ければ、受給者番号が違う。"""
    birth = (v[f"生年月日－{x}"] for x in "年月日")
    return (v["提出義務者の氏名又は名称"], v["指定番号"], v["受給者番号"], v["カナ氏名"], *birth)
