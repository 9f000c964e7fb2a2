"""届け物の行を課税資料にする（受け取りの台帳の「反映」）。一つの届け物は一つのトランザクションで全て載るか、一つも載らない。"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection, transaction

from tsugaru.gyomu.kojin.domain import converting
from tsugaru.gyomu.kojin.layouts import declaration, items, pension_report, wage_report
from tsugaru.gyomu.kojin.models import 課税資料
from tsugaru.gyomu.kojin.models.source import 資料種類
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.inbound import api as inbound
from tsugaru.platform.inbound.layout import Layout
from tsugaru.platform.inbound.models import Delivery
from tsugaru.platform.inbound.shapes import Row
from tsugaru.platform.tenancy import bound_code

列 = (
    "課税年度", "種類", "届け物", "行", "訂正表示", "支払者番号", "支払者", "受給者番号", "氏名", "カナ", "生年月日",
    "申告番号", "事実", "添え", "取込日時", "入力者",
)  # fmt: skip
COPY = """
COPY "kojin_課税資料" ("課税年度", "種類", "届け物", "行", "訂正表示", "支払者番号", "支払者", "受給者番号",
  "氏名", "カナ", "生年月日", "申告番号", "事実", "添え", "取込日時", "入力者") FROM STDIN
"""


@dataclass(frozen=True, slots=True)
class 手がかり:
    """名寄せに使い、資料には残さない項目（元のファイルにはある）。"""

    行: int
    個人番号: str
    住所: str
    宛名番号: str


@dataclass(frozen=True, slots=True)
class 一枚:
    """載せる一枚。"""

    資料: 課税資料
    手がかり: 手がかり


@dataclass(frozen=True, slots=True)
class 届け方:
    """資料の種類ごとの様式と、行から一枚への道。期間 は課税年度から届け物の期間を作る。"""

    種類: 資料種類
    名: str
    期間: Callable[[int], str]
    様式: Callable[[int], Layout]
    一枚にする: Callable[[Row], 一枚]


def 届け方を引く(名: str) -> 届け方:
    """受け取りの台帳の種類の名から。知らない名は KJ-2101。"""
    for one in 届け方たち:
        if one.名 == 名:
            return one
    raise 業務エラー(
        "KJ-2101", f"「{名}」は個人住民税の資料の種類ではありません。", "種類を確かめてください。"
    )


def 課税年度(届け物: Delivery) -> int:
    """届け物の期間（年分か所得の年）から課税年度。"""
    if 届け方を引く(届け物.kind).種類 in (資料種類.確申, 資料種類.住申):
        return int(届け物.period) + 1
    return int(届け物.period) + 2018 + 1


def 様式を引く(届け物: Delivery) -> Layout:
    """その届け物の様式（年分で項目が違う）。"""
    return 届け方を引く(届け物.kind).様式(課税年度(届け物))


def 期間の誤り(種類: str, 期間: str) -> str | None:
    """期間の書き方が違うときの訳。"""
    四桁 = 届け方を引く(種類).種類 is 資料種類.確申
    if not 期間.isascii() or not 期間.isdigit() or len(期間) != (4 if 四桁 else 2):
        return "所得の年（西暦4桁）ではありません" if 四桁 else "年分の二桁（令和7年分は 07）ではありません"
    return None


def 載せる(届け物番号: int, *, 職員: str, clock: Clock) -> list[手がかり]:
    """届いた行を資料にし、反映済にする。返すのは、名寄せに使う手がかり（行の順）。"""
    with transaction.atomic():
        delivery = Delivery.objects.get(pk=届け物番号)
        方 = 届け方を引く(delivery.kind)
        年度 = 課税年度(delivery)
        rows = inbound.clean_rows(delivery.pk, 方.様式(年度))
        made = [
            _届いた(方.一枚にする(row), delivery, 年度, 番, 職員, clock) for 番, row in enumerate(rows, 1)
        ]
        資料を書く([one.資料 for one in made])
        inbound.mark_posted(delivery.pk, rows=len(made), staff=職員, clock=clock)
    return [one.手がかり for one in made]


def 資料を書く(made: list[課税資料]) -> None:
    """COPY で書く。"""
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(COPY) as stream:
        for one in made:
            stream.write_row([_値(one, 名) for 名 in 列])


def _値(one: 課税資料, 名: str) -> Any:
    value = getattr(one, 名)
    return json.dumps(value, ensure_ascii=False) if 名 in ("事実", "添え") else value


def _届いた(one: 一枚, delivery: Delivery, 年度: int, 番: int, 職員: str, clock: Clock) -> 一枚:
    one.資料.課税年度, one.資料.届け物, one.資料.行 = 年度, delivery.pk, 番
    one.資料.取込日時, one.資料.入力者 = clock.now(), 職員
    return replace(one, 手がかり=replace(one.手がかり, 行=番))


def _給報(row: Row) -> 一枚:
    r = wage_report.記録にする(row)
    資料 = _資料(資料種類.給報, r.訂正表示.value, r.氏名, r.カナ氏名, r.生年月日)
    資料.支払者番号, 資料.支払者, 資料.受給者番号 = r.指定番号, r.支払者, r.受給者番号
    資料.事実, 資料.添え = converting.給報の事実(r), converting.給報の添え(r)
    return 一枚(資料, 手がかり(0, r.個人番号, r.住所, ""))


def _年報(row: Row) -> 一枚:
    r = pension_report.記録にする(row)
    資料 = _資料(資料種類.年報, r.訂正表示.value, r.氏名, r.カナ氏名, r.生年月日)
    資料.支払者番号, 資料.支払者, 資料.受給者番号 = r.指定番号, r.支払者, r.受給者番号
    資料.事実, 資料.添え = converting.年報の事実(r), converting.年報の添え(r)
    return 一枚(資料, 手がかり(0, "", r.住所, ""))


def _申告(row: Row) -> 一枚:
    r = declaration.記録にする(row)
    種類 = 資料種類.確申 if r.種類 == "確定申告" else 資料種類.住申
    資料 = _資料(種類, r.訂正表示, r.氏名, r.カナ氏名, r.生年月日)
    資料.申告番号, 資料.事実 = r.受付番号, converting.申告の事実(r)
    return 一枚(資料, 手がかり(0, "", row.values["住所"], r.宛名番号))


def _資料(種類: 資料種類, 訂正: str, 氏名: str, カナ: str, 生年月日: date) -> 課税資料:
    return 課税資料(種類=種類.value, 訂正表示=訂正, 氏名=氏名, カナ=カナ, 生年月日=生年月日, 添え={})


def _年分(年度: int) -> str:
    return items.年分(年度 - 1)


def _所得の年(年度: int) -> str:
    return str(年度 - 1)


届け方たち = (
    届け方(
        資料種類.給報, "給与支払報告書", _年分,
        lambda 年度: wage_report.layout(年=年度 - 1, 団体コード=bound_code()), _給報,
    ),
    届け方(
        資料種類.年報, "公的年金等支払報告書", _年分,
        lambda 年度: pension_report.layout(年=年度 - 1, 団体コード=bound_code()), _年報,
    ),
    届け方(
        資料種類.確申, "申告の資料", _所得の年,
        lambda _年度: declaration.layout(団体コード=bound_code()), _申告,
    ),
)  # fmt: skip


def 要る届け物(年度: int) -> Iterator[tuple[str, list[str]]]:
    """（期間, 種類の名の列）。当初賦課は、この全てが反映済でなければ始まらない。"""
    yield _年分(年度), ["給与支払報告書", "公的年金等支払報告書"]
    yield _所得の年(年度), ["申告の資料"]
