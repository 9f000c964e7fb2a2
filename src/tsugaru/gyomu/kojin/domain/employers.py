"""特別徴収義務者台帳: 登録・訂正・終了と、その年度の従業員・納入すべき額（地方税法第321条の4・第321条の5・第321条の5の2）。

一行が一つの時の全てで、直すことも終えることも次の履歴番号の行を足して行う。納入すべき額は今の賦課の行だけから数える。

まだ無いもの: 納入の記録と督促、納期の特例の承認の手続、指定番号の付番、所在地の変更届（宛名の送付先で受ける）。
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import QuerySet

from tsugaru.gyomu.atena import api as atena
from tsugaru.gyomu.kojin.domain import intake
from tsugaru.gyomu.kojin.domain.instalments import 給与の月
from tsugaru.gyomu.kojin.domain.midyear import 月の番
from tsugaru.gyomu.kojin.models import 特徴義務者, 課税資料
from tsugaru.kernel.check_digit import 法人番号が正しい
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.inbound import api as inbound
from tsugaru.platform.inbound.models import Delivery
from tsugaru.platform.tenancy.locks import lock

納入方法たち = ("毎月", "特例")
支払者の番号 = "支払者の個人番号又は法人番号"
番号の形 = re.compile(r"[0-9]{1,12}")
従業員の文 = """
SELECT DISTINCT ON (r."宛名番号") r."宛名番号", r."指定番号" = %(番号)s, r."期別"->>'給与', r."期別"->>('給与:' || %(番号)s)
  FROM "kojin_賦課" r
 WHERE r."課税年度" = %(年度)s AND r."宛名番号" IN (
       SELECT "宛名番号" FROM "kojin_賦課" WHERE "課税年度" = %(年度)s AND "指定番号" = %(番号)s
       UNION SELECT "宛名番号" FROM "kojin_特徴異動" WHERE "課税年度" = %(年度)s AND "新指定番号" = %(番号)s)
 ORDER BY r."宛名番号", r."番" DESC
"""
待つ異動の文 = """
SELECT s."宛名番号", s."事由", s."指定番号", s."新指定番号" FROM "kojin_特徴異動" s
 WHERE s."課税年度" = %(年度)s AND %(番号)s IN (s."指定番号", s."新指定番号") AND s."取消番" IS NULL
   AND NOT EXISTS (SELECT 1 FROM "kojin_特徴異動" c WHERE c."課税年度" = s."課税年度" AND c."宛名番号" = s."宛名番号"
                      AND c."取消番" = s."番")
   AND NOT EXISTS (SELECT 1 FROM (SELECT DISTINCT ON ("宛名番号") "徴収" FROM "kojin_賦課"
                     WHERE "課税年度" = s."課税年度" AND "宛名番号" = s."宛名番号" ORDER BY "宛名番号", "番" DESC) r
                    WHERE r."徴収"->'異動' @> to_jsonb(s."番"))
 ORDER BY s."宛名番号", s."番"
"""
登録のない文 = """
SELECT s."支払者番号", min(s."支払者"), count(*), min(s."id") FROM "kojin_課税資料" s
 WHERE s."課税年度" = %s AND s."種類" = '1' AND s."支払者番号" <> ''
   AND NOT EXISTS (SELECT 1 FROM "kojin_特徴義務者" e WHERE e."指定番号" = s."支払者番号")
 GROUP BY s."支払者番号" ORDER BY count(*) DESC, s."支払者番号"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class 義務者の事項:
    """一つの時の全て。終了日 は義務者でなくなった日。"""

    宛名番号: str
    名称: str
    法人番号: str = ""
    担当: str = ""
    納入方法: str = "毎月"
    終了日: date | None = None


@dataclass(frozen=True, slots=True)
class 従業員:
    """その年度の一人。在職 は今もこの義務者から徴収する人、月割 は月の番 → 円、待つ異動 は次の更正で反映する異動の事由。"""

    宛名番号: str
    在職: bool
    月割: Mapping[int, int]
    待つ異動: str = ""

    @property
    def 合計(self) -> int:
        """この義務者が徴収する額。"""
        return sum(self.月割.values())


@dataclass(frozen=True, slots=True)
class 登録のない支払者:
    """報告書にあって台帳にない指定番号。資料 はその報告書の一枚。"""

    指定番号: str
    名称: str
    枚数: int
    資料: int


def 探す(言葉: str = "") -> QuerySet[特徴義務者]:
    """今の行（指定番号の順）。言葉 は指定番号の頭・法人番号・名称の一部。"""
    latest = 特徴義務者.objects.order_by("指定番号", "-履歴番号").distinct("指定番号").values("pk")
    rows = 特徴義務者.objects.filter(pk__in=latest).order_by("指定番号")
    text = 言葉.strip()
    if not text:
        return rows
    if text.isascii() and text.isdigit():
        return rows.filter(法人番号=text) if len(text) == 13 else rows.filter(指定番号__startswith=text)
    return rows.filter(名称__contains=text)


def 歴(指定番号: str) -> list[特徴義務者]:
    """新しい行から。知らない番号は空。"""
    return list(特徴義務者.objects.filter(指定番号=指定番号).order_by("-履歴番号"))


def 名を読む(番号たち: Sequence[str]) -> dict[str, str]:
    """指定番号 → 今の名称。"""
    rows = 特徴義務者.objects.filter(指定番号__in=set(番号たち)).order_by("指定番号", "履歴番号")
    return dict(rows.values_list("指定番号", "名称"))


def 徴収できる(指定番号: str) -> bool:
    """登録があり、終わっていない義務者か。"""
    rows = 歴(指定番号)
    return bool(rows) and rows[0].終了日 is None


def 記録する(
    指定番号: str, 事項: 義務者の事項, *, 基の履歴番号: int, 理由: str = "", 職員: str, clock: Clock
) -> 特徴義務者:
    """登録（基の履歴番号 0）・訂正・終了。見ている間に変わっていれば KJ-5006。"""
    _確かめる(指定番号, 事項)
    with transaction.atomic():
        lock("kojin/employer", [指定番号])
        rows = 歴(指定番号)
        if (rows[0].履歴番号 if rows else 0) != 基の履歴番号:
            raise 業務エラー(
                "KJ-5006",
                f"指定番号 {指定番号} は、もう登録されているか、見ている間に変わりました。",
                "台帳でその番号を開き直し、今の内容を確かめてください。",
                項目="指定番号",
            )
        if rows and not 理由.strip():
            raise 業務エラー(
                "KJ-5007", "変える理由がありません。", "何によって変えるのかを書いてください。", 項目="理由"
            )
        row = 特徴義務者.objects.create(
            指定番号=指定番号, 履歴番号=基の履歴番号 + 1, 宛名番号=事項.宛名番号, 名称=事項.名称, 法人番号=事項.法人番号,
            担当=事項.担当, 納入方法=事項.納入方法, 終了日=事項.終了日, 処理日時=clock.now(), 入力者=職員, 理由=理由,
        )  # fmt: skip
        audit.record(
            act="特別徴収義務者の記録", subjects=[事項.宛名番号] if 事項.宛名番号 else [], gyomu="kojin",
            detail={"employer": 指定番号, "number": row.履歴番号},
        )  # fmt: skip
    return row


def _確かめる(指定番号: str, 事項: 義務者の事項) -> None:
    if not 番号の形.fullmatch(指定番号):
        raise 業務エラー(
            "KJ-5001",
            f"指定番号「{指定番号[:20]}」は数字12桁までではありません。",
            "番号を確かめてください。",
            項目="指定番号",
        )
    if not 事項.名称.strip():
        raise 業務エラー("KJ-5002", "名称がありません。", "義務者の氏名か名称を入れてください。", 項目="名称")
    if 事項.法人番号 and not 法人番号が正しい(事項.法人番号):
        raise 業務エラー(
            "KJ-5003",
            f"法人番号「{事項.法人番号[:20]}」は検査用数字が合いません。",
            "13桁を確かめてください。個人の事業主は空にします（個人番号は入れません）。",
            項目="法人番号",
        )
    if 事項.宛名番号 and 事項.宛名番号 not in atena.見出しを読む([事項.宛名番号]):
        raise 業務エラー(
            "KJ-5004",
            f"宛名番号 {事項.宛名番号[:20]} の宛名はありません。",
            "宛名を検索して番号を確かめるか、先に宛名管理で法人・個人を登録してください。通知の送り先になります。",
            項目="宛名番号",
        )
    if 事項.納入方法 not in 納入方法たち:
        raise 業務エラー(
            "KJ-5005",
            f"納入方法「{事項.納入方法[:10]}」は選べません。",
            "毎月か、納期の特例から選んでください。",
            項目="納入方法",
        )


def 登録のない(年度: int) -> list[登録のない支払者]:
    """給与支払報告書にあって台帳にない指定番号（人数の多い順）。この支払者からは、登録するまで特別徴収できない。"""
    with connection.cursor() as cursor:
        cursor.execute(登録のない文, [年度])
        return [登録のない支払者(*row) for row in cursor.fetchall()]


def 報告書から登録する(資料番号: int, *, 職員: str, clock: Clock) -> 特徴義務者:
    """報告書に書かれた名称と法人番号で登録する（宛名番号は、同じ名の宛名を確かめて後から入れる）。"""
    資料 = 課税資料.objects.filter(pk=資料番号, 種類="1").first()
    if 資料 is None or not 資料.支払者番号:
        raise 業務エラー(
            "KJ-5008",
            f"資料 {資料番号} は指定番号のある給与支払報告書ではありません。",
            "一覧から選び直してください。",
        )
    事項 = 義務者の事項(宛名番号="", 名称=資料.支払者, 法人番号=_書かれた法人番号(資料))
    return 記録する(
        資料.支払者番号, 事項, 基の履歴番号=0, 理由="給与支払報告書による", 職員=職員, clock=clock
    )


def _書かれた法人番号(資料: 課税資料) -> str:
    """元のファイルの行の、13桁の番号。個人の事業主の12桁の番号（個人番号）は読まない。"""
    delivery = Delivery.objects.filter(pk=資料.届け物).first() if 資料.届け物 else None
    if delivery is None:
        return ""
    rows = inbound.clean_rows(delivery.pk, intake.様式を引く(delivery))
    row = next((row for 番, row in enumerate(rows, 1) if 番 == 資料.行), None)
    text = row.values.get(支払者の番号, "") if row else ""
    return text if len(text) == 13 and 法人番号が正しい(text) else ""


def 従業員たち(指定番号: str, 年度: int) -> list[従業員]:
    """今の賦課か、まだ反映していない異動が、この義務者を指す人だけ（宛名番号の順）。"""
    値: dict[str, str | int] = {"番号": 指定番号, "年度": 年度}
    with connection.cursor() as cursor:
        cursor.execute(待つ異動の文, 値)
        待つ = {row[0]: row[1] for row in cursor.fetchall()}
        cursor.execute(従業員の文, 値)
        rows = cursor.fetchall()
    皆 = [
        従業員(subject, 在職, _月割(今 if 在職 else None, 前), 待つ.get(subject, ""))
        for subject, 在職, 今, 前 in rows
    ]
    return [one for one in 皆 if one.在職 or one.月割 or one.待つ異動]


def _月割(*組たち: str | None) -> dict[int, int]:
    found: dict[int, int] = {}
    for text in 組たち:
        for 月, 円 in json.loads(text or "{}").items():
            found[月の番[int(月)]] = found.get(月の番[int(月)], 0) + 円
    return dict(sorted(found.items()))


def 月ごとの納入額(皆: Sequence[従業員]) -> list[tuple[int, int, int]]:
    """（月, 徴収する人の数, 納入すべき額）を6月から。"""
    return [
        (月, sum(1 for one in 皆 if one.月割.get(番)), sum(one.月割.get(番, 0) for one in 皆))
        for 番, 月 in enumerate(給与の月, 1)
    ]
