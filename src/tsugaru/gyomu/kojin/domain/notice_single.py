"""一通を職員の席で作る: 支援措置の担当、宛先を直した人、書体や枠のために一括では作れなかった人、作り直し。

作り直しても前の一通は残り、回の最も大きいものが今の一通になる。支援措置により伏せる人の通知は、担当の権限と5分以内の本人確認が
あるときだけ門が開く（TD-0004・TD-0005）。
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from tsugaru.gyomu.kojin.domain import notifying, recipients
from tsugaru.gyomu.kojin.domain.notice_drafting import 一つの下書き, 下書き
from tsugaru.gyomu.kojin.domain.notice_making import 控え, 様式
from tsugaru.gyomu.kojin.domain.notice_materials import 材料を集める
from tsugaru.gyomu.kojin.domain.notice_office import 差出し, 差出しを読む
from tsugaru.gyomu.kojin.domain.notifying import 一通, 通知の計画
from tsugaru.gyomu.kojin.models import 課税通知
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.documents import bulk, store
from tsugaru.platform.documents.bulk import Claim
from tsugaru.platform.documents.form import Form
from tsugaru.platform.documents.render import Rendered
from tsugaru.platform.identity.models import Seat
from tsugaru.platform.tenancy.directory import Municipality

業務 = "kojin"
確認用 = "確認用（送付しないこと）"


@dataclass(frozen=True, slots=True, kw_only=True)
class 頼み:
    """一通の作り方。理由 は作り直すときに要る。"""

    日: date
    文書番号: str = ""
    理由: str = ""
    途切れを承知: bool = False


def 封筒の通知か(one: 一通) -> bool:
    """本人の住所を刷る通知か（勤め先に渡る紙では、伏せる人の住所は刷らない）。"""
    return one.様式 in (notifying.決定, notifying.変更)


def 伏せを外す(one: 一通) -> bool:
    """作るのに、担当の権限と本人確認が要るか。"""
    return 封筒の通知か(one) and bool(disclosure.sheltered([one.相手]))


def 一通を作る(
    計画: 通知の計画, one: 一通, 頼: 頼み, *, 団体: Municipality, seat: Seat, clock: Clock
) -> 課税通知:
    """作って残す。二通目からは理由が要る（KJ-4109）。枠に入りきらなければ KJ-4110。"""
    with transaction.atomic():
        回 = 作った回(計画, one) + 1
        if 回 > 1 and not 頼.理由:
            raise 業務エラー(
                "KJ-4109",
                f"この通知はもう作っています（{回 - 1}回）。",
                "作り直す理由（住所を直した、など）を入れてください。",
                項目="理由",
            )
        下 = _下書き(計画, one, 頼, 回, 団体=団体, seat=seat)
        made = _残す(下, 頼, seat=seat, clock=clock)
        row = 控え(下, made, 計画=計画, 束=0, 職員=seat.staff.number, clock=clock, 理由=頼.理由)
        row.save(force_insert=True)
    return row


def 確認用を作る(
    計画: 通知の計画, one: 一通, 日: date, *, 団体: Municipality, seat: Seat, clock: Clock
) -> UUID:
    """刷り上がりを見るための一通。通知の控えには載らず、作った席だけが開ける。"""
    材 = 材料を集める(
        [one], 年度=計画.課税年度, 日=日, 門=recipients.席の門(seat, 伏せを外す=伏せを外す(one)), 都道府県=団体.prefecture
    )  # fmt: skip
    下 = 一つの下書き(one, 材, 計画=計画, 差=_差(計画, 日, 確認用, 団体, seat))
    document, _ = store.make(
        様式[one.様式], 下.データ, request_id=uuid4(), gyomu=業務, subjects=下.載る人, issued_on=日, issue_number=確認用,
        seat=seat, clock=clock,
    )  # fmt: skip
    return document.request_id


def 作った回(計画: 通知の計画, one: 一通) -> int:
    """何通作ったか。"""
    rows = 課税通知.objects.filter(実行=計画.実行, 様式=one.様式, 相手=one.相手, 賦課の番=one.番)
    return max(rows.values_list("回", flat=True), default=0)


def _下書き(計画: 通知の計画, one: 一通, 頼: 頼み, 回: int, *, 団体: Municipality, seat: Seat) -> 下書き:
    門 = recipients.席の門(seat, 伏せを外す=伏せを外す(one))
    材 = 材料を集める([one], 年度=計画.課税年度, 日=頼.日, 門=門, 都道府県=団体.prefecture)
    差 = _差(計画, 頼.日, 頼.文書番号, 団体, seat)
    return 一つの下書き(one, 材, 計画=計画, 差=差, 回=回)


def _差(計画: 通知の計画, 日: date, 文書番号: str, 団体: Municipality, seat: Seat) -> 差出し:
    return 差出しを読む(団体, 課税年度=計画.課税年度, 日=日, 文書番号=文書番号, 所属=seat.staff.section)


def _残す(下: 下書き, 頼: 頼み, *, seat: Seat, clock: Clock) -> Rendered:
    _, made = store.make(
        _様式(下), 下.データ, request_id=下.請求番号, gyomu=業務, subjects=下.載る人, issued_on=頼.日, issue_number=下.番号,
        seat=seat, clock=clock,
    )  # fmt: skip
    if made.warnings and not 頼.途切れを承知:
        raise 業務エラー(
            "KJ-4110",
            "枠に入りきらない項目があります（" + "、".join(str(one) for one in made.warnings) + "）。",
            "刷れる部分を確かめ、よければ「途切れを承知で作る」に印を付けてください。",
            項目="途切れを承知",
        )
    return made


def _様式(下: 下書き) -> Form:
    return 様式[下.通知.様式]


def 渡す(row: 課税通知, *, seat: Seat, clock: Clock) -> bytes:
    """一通の PDF。載っている人がいま伏せる人なら（伏せて刷ったものを除き）、担当の権限と本人確認が要る。"""
    見える人 = sorted(set(row.載る人) - set(row.伏せた人))
    if disclosure.sheltered(見える人):
        disclosure.reveal_addresses(seat, gyomu=業務, subjects=見える人, kinds=["住所"], unmask=True)
    claim = Claim(request_id=row.文書, sha256=row.要約, subjects=tuple(row.載る人))
    [found] = bulk.hand([claim], gyomu=業務, seat=seat, clock=clock)
    return found.pdf
