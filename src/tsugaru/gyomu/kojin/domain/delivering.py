"""届け物を反映する: 資料にして、結べるものを結ぶ。"""

from __future__ import annotations

from django.db import transaction

from tsugaru.gyomu.kojin.domain import intake, linking
from tsugaru.kernel.clock import Clock
from tsugaru.platform.tenancy import bound_code, directory


def 反映する(届け物番号: int, *, 職員: str, clock: Clock) -> tuple[int, int]:
    """返すのは（結んだ数, 人が決める数）。

    手がかり（番号と住所）は残さないので、載せることと結ぶことを一つのトランザクションにする。間で止まると二度と結べない。
    """
    with transaction.atomic():
        手 = intake.載せる(届け物番号, 職員=職員, clock=clock)
        都道府県 = directory.by_code(bound_code()).prefecture
        return linking.自動で結ぶ(届け物番号, 手, 都道府県=都道府県, 職員=職員, clock=clock)
