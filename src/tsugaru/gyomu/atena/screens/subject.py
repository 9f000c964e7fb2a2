"""手元の宛名。どの画面も同じ読み方で、見出し・住所・札を集める。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import NoReverseMatch, reverse

from tsugaru.gyomu.atena.domain.outsiders import 性別の名, 生年月日
from tsugaru.gyomu.atena.models import 住登外, 宛名, 宛名区分, 法人
from tsugaru.kernel.civil_time import 満年齢
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.authz import api as authz
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.identity import seats
from tsugaru.platform.screens.request import StaffRequest
from tsugaru.platform.screens.shapes import Flag, Kind, Subject, Withheld

GYOMU = "atena"
区分の色: dict[str, Kind] = {"1": "info", "2": "neutral", "3": "neutral", "4": "ended"}


@dataclass(frozen=True, slots=True)
class 手元:
    """一つの宛名と、この職員に見せてよい住所と、権限。行 は住登外・法人の最新の歴（住民なら None）。

    shielded は保護された人、sheltered は門が場所を伏せる人（保護された人と居所を同じくする人も）。
    """

    head: 宛名
    行: 住登外 | 法人 | None
    places: dict[int, disclosure.Revealed] | None
    shielded: bool
    sheltered: bool
    rights: frozenset[tuple[str, str, str]]

    def may(self, operation: str, field: str = "基本") -> bool:
        """宛名の業務でしてよいか。"""
        return (GYOMU, operation, field) in self.rights

    def place(self, number: int | None) -> str | Withheld:
        """住所番号を、見せてよい文字にする。"""
        if number is None:
            return ""
        found = self.places.get(number) if self.places is not None else None
        if found is None:
            return Withheld("権限がありません")
        return Withheld("支援措置") if found.masked else found.text()

    @property
    def 住所番号(self) -> int | None:
        """今の住所。"""
        if isinstance(self.行, 法人):
            return self.行.所在地番号
        return self.行.住所番号 if self.行 else None

    @property
    def 変えられる(self) -> bool:
        """住登外・法人で、廃止されていない。"""
        return self.行 is not None and not self.行.廃止


def 開く(request: StaffRequest, number: str, *, act: str = "宛名の照会", unmask: bool = False) -> 手元:
    """その宛名を開く。なければ 404。開いたことは必ず残る。unmask は支援措置の担当が本人確認の後に住所を開く。"""
    許す(request, "照会")
    rights = authz.rights_of(request.seat.staff.section)
    head = 宛名.objects.filter(pk=number).first()
    if head is None:
        raise Http404
    audit.record(act=act, subjects=[number], gyomu=GYOMU)
    places = (
        disclosure.reveal_addresses(
            request.seat, gyomu=GYOMU, subjects=[number], kinds=["住所", "送付先"], unmask=unmask
        )
        if (GYOMU, "照会", "住所") in rights
        else None
    )
    shielded, sheltered = disclosure.shielded([number]), disclosure.sheltered([number])
    return 手元(head, 最新の行(head), places, bool(shielded), bool(sheltered), rights)


def 最新の行(head: 宛名) -> 住登外 | 法人 | None:
    """住登外・法人の歴の最新。住民・除票者は None。"""
    if head.区分 == 宛名区分.法人:
        return 法人.objects.filter(宛名番号=head.pk).order_by("-履歴番号").first()
    if head.区分 == 宛名区分.住登外個人:
        return 住登外.objects.filter(宛名番号=head.pk).order_by("-履歴番号").first()
    return None


def 許す(request: StaffRequest, operation: str, field: str = "基本") -> None:
    """権限がなければ 403。"""
    authz.require(request.seat.staff.section, GYOMU, operation, field)


def 本人確認を求める(request: StaffRequest) -> None:
    """重い操作の前に、5分以内の本人確認がなければそこへ案内する。"""
    if not seats.is_fresh(request.seat, clock=request.clock):
        raise 業務エラー(
            "ID-0009", "この操作には、もう一度の本人確認が要ります。", "確認番号を入れてください。"
        )


def 外枠(request: StaffRequest, person: 手元, **context: Any) -> dict[str, Any]:
    """外枠に渡す文脈。"""
    return {"person": person, "subject": 帯(request, person), **context}


def 帯(request: StaffRequest, person: 手元) -> Subject:
    """本人の帯。"""
    head = person.head
    born = 生年月日(head)
    certain = born.確かな日 if born else None
    ended = person.行 is not None and person.行.廃止
    return Subject(
        宛名番号=head.宛名番号,
        氏名=head.氏名,
        フリガナ=head.フリガナ,
        生年月日表示=born.表示 if born else "―",
        年齢=満年齢(certain, request.clock.today()),
        性別="" if head.区分 == 宛名区分.法人 else 性別の名[head.性別],
        住民状態="廃止" if ended else 宛名区分(head.区分).label,
        status_kind="ended" if ended else 区分の色[head.区分],
        世帯番号=head.世帯番号,
        続柄=head.続柄表記,
        url=reverse("atena:person", args=[head.宛名番号]),
        alert=person.shielded,
        flags=_札(person),
    )


def _札(person: 手元) -> list[Flag]:
    found = []
    if person.shielded:
        found.append(Flag("支援措置", "danger", "住所・送付先は表示しません。担当係へ照会"))
    if person.head.検査外番号:
        found.append(Flag("検査外番号", "warning", "前のシステムの番号で、検査数字が合いません"))
    if isinstance(person.行, 住登外) and person.行.他業務参照不可:
        found.append(Flag("他業務参照不可", "warning", "住基ネットなどから得た内容です"))
    return found


def 開く先(head: 宛名) -> str:
    """住民・除票者は総合照会、そのほかは宛名の頁。"""
    if head.区分 in (宛名区分.住民, 宛名区分.除票者):
        try:
            return reverse("juki:person", args=[head.宛名番号])
        except NoReverseMatch:
            pass
    return reverse("atena:person", args=[head.宛名番号])
