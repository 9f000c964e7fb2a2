"""据えた業務。"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import Http404

from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.inbound.layout import Layout
from tsugaru.platform.inbound.models import Delivery, Fault, File
from tsugaru.platform.screens.mounting import Mounted

CODED = re.compile(r"[A-Z]{2}-[0-9]{4} ")


def _nothing(delivery: Delivery) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundPages(Mounted):
    """一つの業務の受け取りの頁。make は登録・受領・誤りの片付け、decide は反映の権限。

    layout は届け物から様式、post は反映（届け物, 職員番号, 時計）。period_check は（種類, 期間）の書き方が違うときの訳
    （「元号と年ではありません」。合えば None）。shown は、誤りの行のうち職員に見せてよい列の名（番号や住所を含めない）。
    """

    kinds: Sequence[str]
    layout: Callable[[Delivery], Layout]
    post: Callable[[Delivery, str, Clock], object]
    title: str = "受け取り"
    period_hint: str = ""
    period_check: Callable[[str, str], str | None] | None = None
    shown: Callable[[Delivery], Sequence[str]] = _nothing

    def delivery(self, number: int) -> Delivery:
        """この業務の届け物。よその業務の物は無いと言う。"""
        found = Delivery.objects.filter(pk=number, kind__in=self.kinds).first()
        if found is None:
            raise Http404
        return found

    def file(self, number: int) -> File:
        """この業務のファイル（中身は読まない）。"""
        files = File.objects.select_related("delivery").defer("content")
        found = files.filter(pk=number, delivery__kind__in=self.kinds).first()
        if found is None:
            raise Http404
        return found

    def fault(self, number: int) -> Fault:
        """この業務の誤り。"""
        faults = Fault.objects.select_related("file__delivery", "resolution").defer("file__content")
        found = faults.filter(pk=number, file__delivery__kind__in=self.kinds).first()
        if found is None:
            raise Http404
        return found


def about(delivery: int) -> str:
    """その届け物についての仕事を引く名。"""
    return f"delivery/{delivery}"


def said(error: Exception) -> str:
    """断った訳の文。番号のないデータベースの誤りは断りではないので、そのまま投げ直す。"""
    text = str(error).splitlines()[0] if str(error) else ""
    if not isinstance(error, 業務エラー) and not CODED.match(text):
        raise error
    return text
