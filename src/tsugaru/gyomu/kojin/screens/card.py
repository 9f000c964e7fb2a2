"""総合照会の札。"""

from __future__ import annotations

from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Card


def card(number: str, request: StaffRequest) -> Card | None:
    """課税台帳のある人だけ。"""
    return None
