"""下書きを組んで残す。組むあいだは表もトランザクションも持たない（長く組んでも、何も押さえない）。"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db import transaction

from tsugaru.gyomu.kojin.domain import notifying, recipients
from tsugaru.gyomu.kojin.domain.notice_drafting import 下書き, 下書きする, 鍵
from tsugaru.gyomu.kojin.domain.notice_materials import 材料を集める
from tsugaru.gyomu.kojin.domain.notice_office import 差出し
from tsugaru.gyomu.kojin.domain.notifying import 一通, 通知の計画
from tsugaru.gyomu.kojin.models import 課税通知
from tsugaru.gyomu.kojin.notices.tax_change.notice import FORM as 変更の様式
from tsugaru.gyomu.kojin.notices.tax_decision.notice import FORM as 決定の様式
from tsugaru.gyomu.kojin.notices.withholding_employee.notice import FORM as 納税者の様式
from tsugaru.gyomu.kojin.notices.withholding_employer.notice import FORM as 義務者の様式
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.documents import bulk
from tsugaru.platform.documents.bulk import Sheet
from tsugaru.platform.documents.form import Form
from tsugaru.platform.documents.render import Rendered, render

様式: dict[str, Form] = {
    notifying.決定: 決定の様式,
    notifying.変更: 変更の様式,
    notifying.義務者: 義務者の様式,
    notifying.納税者: 納税者の様式,
}
並行 = min(os.cpu_count() or 1, 4)
"""組むのに使う核。働き手は画面より低い優先で動くので、空いている核を全て使う。"""
溢れた = "DC-0201"


@dataclass(frozen=True, slots=True, kw_only=True)
class 注文:
    """一括で作る仕事。"""

    計画: 通知の計画
    差: 差出し
    日: date
    job: int
    職員: str


def 何通か作る(items: Sequence[一通], 注: 注文, *, clock: Clock) -> dict[鍵, str]:
    """まだ作っていないものを作って残す。返すのは、作れなかった通知の鍵 → 訳か誤りの番号。"""
    残り = まだの通知(注.計画, items)
    if not 残り:
        return {}
    材 = 材料を集める(
        残り, 年度=注.計画.課税年度, 日=注.日, 門=recipients.仕事の門(注.job), 都道府県=注.差.都道府県
    )
    下書きたち, 訳 = 下書きする(残り, 材, 計画=注.計画, 差=注.差)
    できた: list[tuple[下書き, Rendered]] = []
    for one, made in 組む(下書きたち, 日=注.日):
        if isinstance(made, 業務エラー):
            訳[one.通知.鍵] = made.code
        elif made.warnings:
            訳[one.通知.鍵] = 溢れた
        else:
            できた.append((one, made))
    with transaction.atomic():
        残す(できた, 注, clock=clock)
    return 訳


def まだの通知(計画: 通知の計画, items: Sequence[一通]) -> list[一通]:
    """一度も作っていないもの。"""
    made = 作った通知の鍵(計画, [one.相手 for one in items])
    return [one for one in items if one.鍵 not in made]


def 作った通知の鍵(計画: 通知の計画, 相手たち: Sequence[str] | None = None) -> set[鍵]:
    """その実行で作った通知の鍵。"""
    rows = 課税通知.objects.filter(実行=計画.実行, 課税年度=計画.課税年度, 回=1)
    if 相手たち is not None:
        rows = rows.filter(相手__in=相手たち)
    return set(rows.values_list("様式", "相手", "賦課の番"))


def 組む(下書きたち: Sequence[下書き], *, 日: date) -> list[tuple[下書き, Rendered | 業務エラー]]:
    """PDF にする。書体に無い字・長すぎる項目は、その一通だけの誤りになる。"""
    with ThreadPoolExecutor(並行) as pool:
        return list(zip(下書きたち, pool.map(partial(一通を組む, 日), 下書きたち), strict=True))


def 一通を組む(日: date, one: 下書き) -> Rendered | 業務エラー:
    """一通の PDF か、その誤り。"""
    try:
        return render(様式[one.通知.様式], one.データ, request_id=one.請求番号, issued_on=日)
    except 業務エラー as error:
        return error


def 残す(できた: Sequence[tuple[下書き, Rendered]], 注: 注文, *, clock: Clock) -> None:
    """文書の台帳と、通知の控えに残す（一つのトランザクションの中で呼ぶ）。"""
    sheets = [
        Sheet(
            form=様式[one.通知.様式], request_id=one.請求番号, subjects=one.載る人, issue_number=one.番号, rendered=made
        )
        for one, made in できた
    ]  # fmt: skip
    bulk.keep(sheets, gyomu="kojin", job=注.job, maker=注.職員, issued_on=注.日, clock=clock)
    課税通知.objects.bulk_create(
        控え(one, made, 計画=注.計画, 束=one.通知.束, 職員=注.職員, clock=clock) for one, made in できた
    )


def 控え(
    one: 下書き, made: Rendered, *, 計画: 通知の計画, 束: int, 職員: str, clock: Clock, 理由: str = ""
) -> 課税通知:
    """通知の控えの一行。"""
    通 = one.通知
    return 課税通知(
        課税年度=計画.課税年度, 様式=通.様式, 相手=通.相手, 賦課の番=通.番, 実行=計画.実行, 回=one.回, 通知番号=one.番号, 束=束,
        まとまり=通.まとまり, 税額=通.税額, 載る人=list(one.載る人), 伏せた人=list(one.伏せた人), 理由=理由, 文書=one.請求番号,
        要約=made.sha256, 作成日時=clock.now(), 作成者=職員,
    )  # fmt: skip
