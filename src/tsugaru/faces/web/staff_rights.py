"""権限表の見せ方と読み直し。表は municipalities/<団体コード>/roles.csv にあり、画面は今の表との違いを見せてから替える。"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from django.apps import apps

from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.authz import api as authz
from tsugaru.platform.screens.shapes import Column, Row
from tsugaru.platform.tenancy import home
from tsugaru.platform.tenancy.directory import Municipality

OTHERS = {"shell": "共通（設定）", "audit": "監査"}
OPERATIONS = ["検索", "照会", "異動入力", "決裁", "発行", "出力", "一括", "設定"]
CLASSES = ["基本", "住所", "続柄", "本籍", "連絡先", "在留", "住民票コード", "個人番号", "税額", "支援措置"]
CHANGES = [Column(name) for name in ("違い", "所属", "業務", "操作", "項目区分")]


@dataclass(frozen=True, slots=True)
class Sheet:
    """ファイルの権限表と、今の表との違い。mark は見た表と替える表が同じことを確かめる印。"""

    rows: frozenset[authz.Row]
    added: list[authz.Row]
    removed: list[authz.Row]
    mark: str

    def changes(self) -> list[Row]:
        """増えた行と減った行。"""
        signed = [("増える", r) for r in self.added] + [("減る", r) for r in self.removed]
        return [Row([sign, s, name_of(g), o, f], alert=sign == "減る") for sign, (s, g, o, f) in signed]


def name_of(gyomu: str) -> str:
    """業務の呼び名。"""
    if gyomu in OTHERS:
        return OTHERS[gyomu]
    return (
        str(apps.get_app_config(gyomu).verbose_name) if apps.is_installed(f"tsugaru.gyomu.{gyomu}") else gyomu
    )


def table(rights: Iterable[authz.Row]) -> tuple[list[Column], list[Row]]:
    """所属×業務を行、操作を列にし、升に項目区分を並べる。"""
    found = sorted(rights)
    used = {operation for _, _, operation, _ in found}
    operations = [o for o in OPERATIONS if o in used] + sorted(used - set(OPERATIONS))
    columns = [Column("所属"), Column("業務"), *(Column(o) for o in operations)]
    rows = []
    for (section, gyomu), group in groupby(found, key=lambda r: r[:2]):
        cells: dict[str, list[str]] = {}
        for _, _, operation, field_class in sorted(group, key=lambda r: _order(r[3])):
            cells.setdefault(operation, []).append(field_class)
        rows.append(
            Row([section, name_of(gyomu), *("、".join(cells.get(o, [])) or None for o in operations)])
        )
    return columns, rows


def _order(field_class: str) -> tuple[int, str]:
    return (CLASSES.index(field_class) if field_class in CLASSES else len(CLASSES), field_class)


def sheet(municipality: Municipality) -> Sheet:
    """ファイルを読み、確かめ、今の表と比べる。"""
    stored = home.read_secret(municipality.alias) or {}
    folder = Path(str(stored.get("folder") or home.municipalities_folder() / municipality.code))
    rows = authz.read(folder / "roles.csv")
    _check(rows, municipality)
    now = authz.all_rights()
    mark = hashlib.sha256(repr((sorted(rows), sorted(now))).encode()).hexdigest()
    return Sheet(rows, sorted(rows - now), sorted(now - rows), mark)


def _check(rows: frozenset[authz.Row], municipality: Municipality) -> None:
    unknown = {section for section, *_ in rows} - set(municipality.facts.get("所属", []))
    if unknown:
        raise 業務エラー(
            "AZ-0003",
            f"権限表の所属「{'、'.join(sorted(unknown))}」は{municipality.name}にありません。",
            "roles.csv か municipality.yaml の所属を直してください。",
        )
    if not any(row[1:3] == ("shell", "設定") for row in rows):
        raise 業務エラー(
            "AZ-0004",
            "この権限表では、権限を変えられる所属が一つも無くなります。",
            "業務 shell の「設定」をもつ所属を一つ以上残してください。",
        )
