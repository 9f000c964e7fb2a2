"""異動を入れ続ける職員。四人家族の転入を届け、別の職員として決裁し、確定した後にだけ番号を標準出力に書く。

`python -m tests.faults.writer 団体コード 初めの番号`。殺されるまで続ける。
"""

from __future__ import annotations

import os
import sys
from datetime import date, timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tsugaru.site.settings")

import django

django.setup()

from django.db import transaction  # noqa: E402 Django を起こした後でなければモデルを読めない

from tests.juki.office import 人, 届け出る, 市内, 市外, 決裁する  # noqa: E402
from tsugaru.kernel.clock import SystemClock  # noqa: E402
from tsugaru.kernel.uncertain_date import 不詳日  # noqa: E402
from tsugaru.platform.tenancy import bind  # noqa: E402

MEMBERS = (("父", "02", "1"), ("母", "12", "2"), ("姉", "20", "2"), ("弟", "20", "1"))


def surname(act: int) -> str:
    """その届出の家族の氏（届出ごとに違う、漢数字だけの綴り）。"""
    return "".join("〇一二三四五六七八九"[int(d)] for d in f"{act:05d}") + "家"


def family(act: int) -> list[dict[str, Any]]:
    """四人。生年月日も届出ごとに違える（同じ3情報の人がいると知らせが出る）。"""
    born = date(1970, 1, 1) + timedelta(days=act % 9000)
    return [
        人(氏=surname(act), 名=name, 名フリガナ="ナ", 生年月日=不詳日(born), 性別=sex, 続柄=(kin,))
        for name, kin, sex in MEMBERS
    ]


def work(code: str, first: int) -> None:
    """一件 = 一つのトランザクション。書いた番号は、確定した番号である。"""
    clock, act = SystemClock(), first
    with bind(code):
        while True:
            with transaction.atomic():
                row = 届け出る(
                    "in",
                    family(act),
                    clock=clock,
                    日=clock.today(),
                    世帯の別="新",
                    住所=市内,
                    転入前住所=市外,
                )
                決裁する(row, clock=clock)
            sys.stdout.write(f"{act}\n")
            sys.stdout.flush()
            act += 1


if __name__ == "__main__":
    work(sys.argv[1], int(sys.argv[2]))
