"""申告の資料: 確定申告（国税連携）と住民税申告を、この仕組みが受け取る形にした CSV。

UTF-8、一行目は見出し、一人一年が一行。前半は誰のいつの申告か、後半は `tsugaru.law` の個人住民税の事実の名そのもので、
額は円、該当は 1（当たる）か 0（当たらない）、空は「書かれていない」。親族は数（人）で書く。
地方税法第317条の2（住民税申告）・第317条の3（確定申告書を住民税申告とみなす）。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tsugaru.gyomu.kojin.layouts import reading
from tsugaru.gyomu.kojin.layouts.reading import 読取
from tsugaru.law.kojin.public import 個人住民税
from tsugaru.platform.inbound.layout import Column, Layout, Role, Type
from tsugaru.platform.inbound.shapes import Found, Row

個人の事実 = {名: 一つ for 名, 一つ in 個人住民税.事実.items() if 一つ.属する == "個人"}
申告の種類 = ("確定申告", "住民税申告")
除く事実 = frozenset((
    "生活扶助を受けている", "市町村民税の減免額", "道府県民税の減免額", "森林環境税の免除額", "給与特別徴収を受ける",
    "年金特別徴収を受ける", "前年度から年金特別徴収である", "前年度の年金特別徴収年税額", "前年度二月の年金徴収額",
    "退職手当等の収入金額", "勤続年数", "障害により退職した", "特定役員退職手当等である", "受領済みの退職手当等の金額",
    "受領済みの市町村民税額", "受領済みの道府県民税額", "家屋敷等のみを有する", "指定都市に住所を有する",
    "異動のあった月", "給与の支払を受けなくなった", "死亡により退職した", "一括徴収を申し出た", "他の給与支払者が引き継ぐ",
    "五月末までに支払われる給与等", "給与特別徴収へ切り替える", "年金特別徴収をやめる", "所得税の更正等による",
    "法定納期限から過ぎた年数", "所得税の更正等から過ぎた年数", "税額を減らす賦課決定である", "偽りその他不正の行為がある",
))  # fmt: skip
"""申告には書かれず、ほかの台帳が決める事実（徴収の方法とその異動・減免・退職所得の特別徴収・扶助・更正）。"""
親族の数 = (
    "配偶者の数", "配偶者の合計所得金額", "七十歳以上の配偶者の数", "一般扶養親族の数", "特定扶養親族の数",
    "老人扶養親族の数", "同居老親等の数", "年齢16歳未満の扶養親族の数", "年齢23歳未満の扶養親族の数",
    "普通障害の扶養親族等の数", "特別障害の扶養親族等の数", "同居特別障害の扶養親族等の数",
    "国外の同一生計配偶者の数", "国外の扶養親族の数",
)  # fmt: skip
"""親族を数で書く列（老人扶養親族の数 は同居老親等を含まない）。"""


@dataclass(frozen=True, slots=True)
class 申告:
    """一人一年の申告。事実 は書かれた項目だけで、空の項目は無い（無いものは 0 ではない）。"""

    行: int
    所得の年: int
    種類: str
    受付番号: str
    訂正表示: str
    宛名番号: str
    氏名: str
    カナ氏名: str
    生年月日: date
    事実: dict[str, int | bool]


def layout(*, 団体コード: str) -> Layout:
    """申告の資料の様式。団体コードは6桁。"""
    facts = tuple(_事実の列(名) for 名 in 事実の名())
    form = Layout(code="申告の資料1", columns=(*_前半(団体コード), *facts), encoding="utf-8", titles=True)
    return reading.様式に付ける(form, 行=_行の検査, 全体=_全体の検査)


def 事実の名() -> tuple[str, ...]:
    """後半の列の名を、ファイルの順に。"""
    return (*(名 for 名 in 個人の事実 if 名 not in 除く事実), *親族の数)


def read(content: bytes, *, 年: int, 団体コード: str) -> 読取[申告]:
    """所得の年（西暦）のファイルを読む。見出しが様式と違えば KJ-1401 で断る。"""
    form = layout(団体コード=団体コード)
    return reading.read(content, form, 団体コード=団体コード, 期間=str(年), 記録にする=記録にする)


def 記録にする(row: Row) -> 申告:
    """検査の済んだ行を記録にする。"""
    v = row.values
    facts = {名: _値(名, v[名]) for 名 in 事実の名() if v[名]}
    return 申告(
        row.number, int(v["所得の年"]), v["申告の種類"], v["受付番号"], v["訂正表示"], v["宛名番号"], v["氏名"],
        v["カナ氏名"], _日付(v["生年月日"]), facts,
    )  # fmt: skip


def _値(名: str, text: str) -> int | bool:
    return text == "1" if _該当か(名) else int(text)


def _該当か(名: str) -> bool:
    return 名 in 個人の事実 and 個人の事実[名].型 is bool


def _日付(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def _前半(団体コード: str) -> tuple[Column, ...]:
    return (
        Column("団体コード", Type.DIGITS, 6, True, Role.MUNICIPALITY),
        Column("所得の年", Type.DIGITS, 4, True, Role.PERIOD),
        Column("申告の種類", Type.TEXT, 5, True, check=_種類の検査),
        Column("受付番号", Type.TEXT, 20, True),
        Column(
            "訂正表示", Type.DIGITS, 1, True, check=lambda v: None if v in "0123" else "0〜3 で書く項目です"
        ),
        Column("宛名番号", Type.DIGITS, 10),
        Column("氏名", Type.TEXT, 60, True),
        Column("カナ氏名", Type.TEXT, 120, True),
        Column("生年月日", Type.DATE, 8, True),
        Column("住所", Type.TEXT, 120, True),
    )


def _種類の検査(値: str) -> str | None:
    return None if 値 in 申告の種類 else f"{'か'.join(申告の種類)}で書く項目です"


def _事実の列(名: str) -> Column:
    if _該当か(名):
        return Column(名, Type.DIGITS, 1, check=lambda v: None if v in "01" else "1 か 0 で書く項目です")
    negative = 名 in 個人の事実 and 個人の事実[名].負可
    return Column(名, Type.INTEGER if negative else Type.DIGITS, 13)


def _行の検査(row: Row) -> Iterator[Found]:
    yield from reading.訂正の知らせ(row)
    yield from reading.超える(row, (("災害関連支出の金額", "雑損の差引損失額"),))


def _全体の検査(rows: Sequence[Row]) -> Iterator[Found]:
    return reading.重なり(rows, lambda v: (v["受付番号"],))
