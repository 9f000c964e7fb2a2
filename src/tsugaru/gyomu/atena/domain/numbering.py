"""番号を採る。住民・住登外・法人で一つの番号空間（住記標準仕様書1.1.13、共通機能標準仕様書 031）。"""

from __future__ import annotations

import re

from django.db import transaction

from tsugaru.gyomu.atena.models import 宛名, 番号採番
from tsugaru.kernel import check_digit
from tsugaru.kernel.errors import 業務エラー

宛名番号の桁 = 10
世帯番号の桁 = 10
_既存番号の形 = re.compile(r"[0-9A-Za-z]{1,15}")


def 宛名番号を採る() -> str:
    """次の宛名番号。前のシステムから受け入れた番号とは重ならない。"""
    number = _採る("宛名番号", 宛名番号の桁)
    while 宛名.objects.filter(宛名番号=number).exists():
        number = _採る("宛名番号", 宛名番号の桁)
    return number


def 世帯番号を採る() -> str:
    """次の世帯番号。"""
    return _採る("世帯番号", 世帯番号の桁)


def _採る(種別: str, 桁: int) -> str:
    """通番＋検査数字。検査数字の定まらない通番は飛ばす。欠番はあってよいが、同じ番号は二度と出ない。"""
    with transaction.atomic():
        番号採番.objects.get_or_create(種別=種別, defaults={"最終": 0})
        row = 番号採番.objects.select_for_update().get(種別=種別)
        digit = None
        while digit is None:
            row.最終 += 1
            body = f"{row.最終:0{桁 - 1}d}"
            digit = check_digit.宛名番号の検査数字(body)
        row.save(update_fields=["最終"])
    return f"{body}{digit}"


def 既存の番号を確かめる(宛名番号: str) -> str:
    """前のシステムの番号をそのまま使う。検査数字が合わなくても付け替えないが、使われていれば断る。"""
    if not _既存番号の形.fullmatch(宛名番号):
        raise 業務エラー(
            "AT-0109",
            f"既存の宛名番号「{宛名番号[:20]}」は使えない形です。",
            "半角の英数字15文字までで入れてください。",
            項目="宛名番号",
            根拠="基本データリスト（住登外者宛名番号管理）項目1。",
        )
    if 宛名.objects.filter(宛名番号=宛名番号).exists():
        raise 業務エラー(
            "AT-0110",
            f"宛名番号 {宛名番号} は既に使われています。",
            "その番号の人を開いて確かめてください。同じ人なら登録は要りません。",
            項目="宛名番号",
        )
    return 宛名番号
