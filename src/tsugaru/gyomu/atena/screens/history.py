"""履歴。前の行と違う項目を並べ、住所は「変わった」ことだけを見せる（中身は今の住所と同じく門を通す）。"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tsugaru.gyomu.atena.domain.offices import 業務の名
from tsugaru.gyomu.atena.domain.outsiders import 性別の名
from tsugaru.gyomu.atena.models import 住登外, 宛名, 法人
from tsugaru.kernel.clock import JAPAN
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.screens.shapes import Change, Entry, Kind

共通の項目 = frozenset(
    ["id", "宛名番号", "履歴番号", "異動事由", "異動日", "処理日時", "入力者", "備考", "廃止", "生年月日不詳"]
)
事由の色: dict[str, Kind] = {"登録": "success", "変更": "info", "再開": "success", "転出後継続": "success"}


def 履歴(head: 宛名) -> list[Entry]:
    """新しい順。住登外だった頃と法人の歴。"""
    found: list[Entry] = []
    for model in (住登外, 法人):
        before: 住登外 | 法人 | None = None
        for row in model.objects.filter(宛名番号=head.宛名番号).order_by("履歴番号"):
            found.append(_行(row, before))
            before = row
    return found[::-1]


def _行(row: 住登外 | 法人, before: 住登外 | 法人 | None) -> Entry:
    return Entry(
        異動日=和暦表示(row.異動日),
        異動事由=row.異動事由,
        区分=str(row._meta.verbose_name),
        kind=事由の色.get(row.異動事由, "ended"),
        処理日時=時刻(row.処理日時),
        入力者=row.入力者,
        履歴番号=row.履歴番号,
        changes=_違い(row, before) if before else (),
    )


def _違い(row: 住登外 | 法人, before: 住登外 | 法人) -> list[Change]:
    names = [f.attname for f in row._meta.concrete_fields if f.attname not in 共通の項目]
    changed = [name for name in names if getattr(row, name) != getattr(before, name)]
    return [Change("住所" if _は住所(name) else name, _値(before, name), _値(row, name)) for name in changed]


def _は住所(name: str) -> bool:
    return name in ("住所番号", "所在地番号")


def _値(row: 住登外 | 法人, name: str) -> Any:
    value = getattr(row, name)
    if _は住所(name):
        return f"住所{value}" if value else ""
    if name == "業務":
        return 業務の名[value] if value else ""
    if name == "性別":
        return 性別の名[value]
    if name == "生年月日":
        return 和暦表示(value) if value and not getattr(row, "生年月日不詳", False) else ""
    return ("はい" if value else "いいえ") if isinstance(value, bool) else value


def 時刻(value: datetime) -> str:
    """令和8年4月20日 10:00。"""
    local = value.astimezone(JAPAN)
    return f"{和暦表示(local.date())} {local:%H:%M}"
