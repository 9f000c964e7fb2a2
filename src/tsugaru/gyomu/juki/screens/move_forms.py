"""一つの異動の画面にあるフォームの組: 届出の欄、届出に一つの欄、人ごとの欄。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from tsugaru.gyomu.juki.domain.cases import 対象者, 届出事項
from tsugaru.gyomu.juki.domain.kinds import 対象, 異動の種類
from tsugaru.gyomu.juki.models import 住民
from tsugaru.gyomu.juki.screens.move_fields import Around, KindForm
from tsugaru.gyomu.juki.screens.options import offer
from tsugaru.gyomu.juki.screens.subject import Person, role
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.uncertain_date import 不詳日
from tsugaru.platform.screens.fields import UncertainDateField, WarekiField
from tsugaru.platform.screens.forms import ScreenForm
from tsugaru.platform.screens.request import StaffRequest

MAX_PEOPLE = 12
CARRIED = (
    "住民種別", "氏", "氏フリガナ", "フリガナ確認", "筆頭者氏", "筆頭者名",
    "本籍.postcode", "本籍.area", "本籍.town", "本籍.lot",
)  # fmt: skip
"""人を足したとき、一人目から写しておく欄。"""
RETURNING = (
    "住民種別", "氏", "名", "氏フリガナ", "名フリガナ", "氏名ローマ字", "氏名漢字", "氏名フリガナ", "旧氏", "旧氏フリガナ",
    "通称", "通称フリガナ", "性別", "筆頭者氏", "筆頭者名", "国籍名", "国籍コード",
)  # fmt: skip
"""再転入の人について、前の住民票から入れておく欄。"""
CAPACITIES = ["本人", "世帯主", "世帯員", "法定代理人", "任意代理人", "使者", "職権"]


class HeaderForm(ScreenForm):
    """届出書の上の欄。"""

    method = forms.ChoiceField(label="届出の別")
    moved_on = UncertainDateField(label="異動日")
    filed_on = WarekiField(label="届出日")
    filer = forms.CharField(
        label="届出人", max_length=100, required=False, widget=forms.TextInput({"data-name": True})
    )
    capacity = forms.ChoiceField(label="届出人の資格", choices=[(c, c) for c in CAPACITIES])
    note = forms.CharField(label="備考", max_length=200, required=False)

    def __init__(self, kind: 異動の種類, *args: Any, **kwargs: Any) -> None:
        """届出の別は、その異動に許されるものだけ。"""
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["method"].widget.attrs["data-autofocus"] = True
        offer(self, "method", [(m, m) for m in kind.届出の別])
        if kind.先の日:
            self.fields["moved_on"].label = "異動日（予定）"

    def facts(self) -> 届出事項:
        """領域に渡す形。"""
        given = self.cleaned_data
        return 届出事項(
            異動日=given["moved_on"],
            届出日=given["filed_on"],
            届出の別=given["method"],
            届出人=given["filer"],
            届出人資格=given["capacity"],
            備考=given["note"],
        )


@dataclass(slots=True)
class Entry:
    """画面の中の一人。number が空なら新しい人。"""

    prefix: str
    number: str
    title: str
    form: KindForm
    chosen: bool = True
    again: str = ""


@dataclass(slots=True)
class Forms:
    """一つの異動の全てのフォーム。"""

    kind: 異動の種類
    header: HeaderForm
    common: KindForm
    people: list[Entry]

    @property
    def all(self) -> list[ScreenForm]:
        """選ばれた人の分まで。"""
        return [self.header, self.common, *(entry.form for entry in self.people if entry.chosen)]

    def is_valid(self) -> bool:
        """全てのフォームを検査する（一つ誤っても残りの誤りも見せる）。"""
        return not [form for form in self.all if not form.is_valid()]

    def errors(self) -> list[tuple[str, str, str]]:
        """（欄の id, 見出し, 文）の列。誤りのまとめに出す。"""
        found: list[tuple[str, str, str]] = []
        for form in self.all:
            found += [("", "", str(e)) for e in form.non_field_errors()]
            found += [(f.id_for_label or f.auto_id, str(f.label), str(e)) for f in form for e in f.errors]
        return found

    def refuse(self, error: 業務エラー) -> None:
        """領域の誤りを、その項目の欄に。無ければまとめに。"""
        names = {"異動日": "moved_on", "届出日": "filed_on", "届出の別": "method"}
        if error.項目 in names:
            self.header.add_error(names[error.項目], str(error))
            return
        forms_ = [self.common, *(entry.form for entry in self.people if entry.chosen)]
        if not any(form.refuse(error) for form in forms_):
            self.header.add_error(None, str(error))

    def targets(self, seen: Mapping[str, int]) -> list[対象者]:
        """異動する人たち。"""
        return [
            対象者(
                宛名番号=entry.number or entry.again, 基の履歴番号=_seen(entry, seen), 値=entry.form.values
            )
            for entry in self.people
            if entry.chosen
        ]


def _seen(entry: Entry, seen: Mapping[str, int]) -> int:
    if entry.again:
        row = 住民.objects.filter(pk=entry.again).first()
        return row.履歴番号 if row else 0
    return seen.get(entry.number, 0)


def build(request: StaffRequest, kind: 異動の種類, person: Person | None) -> Forms:
    """GET なら空の、POST なら打たれた物の入ったフォーム。"""
    data = request.POST if request.method == "POST" else None
    around = _around(request, person)
    header = HeaderForm(kind, data, prefix="h", initial=_header_initial(request, person))
    common = KindForm(kind.項目, around, data, prefix="c")
    if kind.対象 is 対象.新しい人:
        return Forms(kind, header, common, _new_people(kind, around, person, data))
    return Forms(kind, header, common, _members(kind, around, person, data))


def area_of(request: StaffRequest) -> str:
    """この団体の都道府県と市区町村。"""
    return f"{request.municipality.prefecture}{request.municipality.facts['住所表記']}"


def _around(request: StaffRequest, person: Person | None) -> Around:
    members = [(m.宛名番号, f"{m.氏名}（{role(m)}）") for m in person.members] if person else []
    return Around(area_of(request), request.municipality.code, members, person.row.世帯番号 if person else "")


def _header_initial(request: StaffRequest, person: Person | None) -> dict[str, Any]:
    today = request.clock.today()
    return {"filed_on": today, "moved_on": 不詳日(today), "filer": person.row.氏名 if person else ""}


def _new_people(
    kind: 異動の種類, around: Around, person: Person | None, data: QueryDict | None
) -> list[Entry]:
    count = _count(data)
    if data is not None and data.get("do") == "add" and count < MAX_PEOPLE:
        data = _with_one_more(data, count)
        count += 1
    if data is not None and data.get("do") == "drop":
        count = max(1, count - 1)
    entries = [_new_one(kind, around, index, _returning(kind, person), data) for index in range(count)]
    if data is not None and data.get("do") == "add":
        entries[-1].form.focus()
    return entries


def _new_one(
    kind: 異動の種類, around: Around, index: int, returning: 住民 | None, data: QueryDict | None
) -> Entry:
    prefix = f"n{index}"
    initial: dict[str, Any] = {"住民種別": "1"}
    if index == 0:
        initial |= {"続柄": ("20",) if kind.符号 == "birth" else ("02",)} | _known(returning)
    form = KindForm(kind.各人の項目, around, data, prefix=prefix, initial=initial)
    again = returning.宛名番号 if returning and index == 0 else ""
    if data is not None:
        again = data.get(f"{prefix}-again", "").strip()[:15]
    return Entry(prefix, "", f"{index + 1}人目", form, again=again)


def _returning(kind: 異動の種類, person: Person | None) -> 住民 | None:
    """手元の除票者の再転入か。前の宛名番号を使う（標準仕様書4.1.1.2）。"""
    gone = person is not None and person.row.住民状態 != "1" and kind.符号 != "birth"
    return person.row if person is not None and gone else None


def _known(row: 住民 | None) -> dict[str, Any]:
    """再転入の人の、分かっている項目。"""
    if row is None:
        return {}
    born = 不詳日(row.生年月日, row.生年月日不詳, row.生年月日表記)
    return {name: getattr(row, name) for name in RETURNING} | {"生年月日": born}


def _count(data: QueryDict | None) -> int:
    text = data.get("count", "1") if data is not None else "1"
    return min(max(int(text) if text.isascii() and text.isdigit() else 1, 1), MAX_PEOPLE)


def _with_one_more(data: QueryDict, count: int) -> QueryDict:
    """一人足す。氏・本籍などは一人目から写す。"""
    more = data.copy()
    for name in CARRIED:
        more[f"n{count}-{name}"] = data.get(f"n0-{name}", "")
    return more


def _members(kind: 異動の種類, around: Around, person: Person | None, data: QueryDict | None) -> list[Entry]:
    if person is None:
        return []
    rows = list(person.members)
    if kind.対象 is 対象.一人 or person.row.宛名番号 not in {m.宛名番号 for m in rows}:
        rows = [person.row]
    chosen = set(data.getlist("who")) if data is not None else {r.宛名番号 for r in rows}
    return [
        Entry(
            f"p{row.宛名番号}",
            row.宛名番号,
            f"{row.氏名}（{role(row) or '―'}）",
            KindForm(
                kind.各人の項目,
                _with_current(around, row),
                data,
                prefix=f"p{row.宛名番号}",
            ),
            chosen=row.宛名番号 in chosen,
        )
        for row in rows
    ]


def _with_current(around: Around, row: 住民) -> Around:
    return Around(around.area, around.code, around.members, around.household, {"住民種別": row.住民種別})
