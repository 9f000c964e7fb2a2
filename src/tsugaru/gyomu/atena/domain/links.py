"""名寄せの判断。つなぐ・別人とする・解く。番号は付け替えず、判断の行を足すだけで、いつでも解ける。

四情報と番号の全てが一致する「同一」だけは一人で決められ、そのほかは案を出した人と別の人が確かめて決まる
（データベースの制約も同じことを守る）。機械が自分で結ぶことはない。
根拠: 共通機能標準仕様書 0310008・0310009（名寄せ情報管理・名寄せ履歴）。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from tsugaru.gyomu.atena.domain import checks
from tsugaru.gyomu.atena.domain.compare import 度合, 比較
from tsugaru.gyomu.atena.models import 名寄せ, 宛名, 宛名区分
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.audit import api as audit
from tsugaru.platform.tenancy.locks import lock
from tsugaru.platform.tenancy.prepared import Prepared

判断の種類 = ("同一", "別人", "解除")
案の名 = {種類: f"{種類}案" for 種類 in 判断の種類}
却下 = "却下"


@dataclass(frozen=True, slots=True, kw_only=True)
class 組:
    """名寄せ元を名寄せ先につなぐ（先が代表として見える）。"""

    元: str
    先: str


def 判断する(対: 組, 判断: str, *, 比べた: 比較, 理由: str, 判断者: str, clock: Clock) -> 名寄せ:
    """決める（全て一致する同一）か、二人目を待つ案を出す。"""
    if 判断 not in 判断の種類:
        raise 業務エラー(
            "AT-0301", f"判断「{判断[:6]}」は選べません。", "一覧から選んでください。", 項目="判断"
        )
    checks.理由(理由)
    with transaction.atomic():
        lock("subject", [対.元, 対.先])
        _できるか(対, 判断)
        if 待っている案(対):
            raise 業務エラー(
                "AT-0302",
                "この二人についての案が、もう一人の確認を待っています。",
                "確認待ちの一覧で先にその案を決めてください。",
            )
        alone = 判断 == "同一" and 比べた.全て一致
        row = 名寄せ(判断=判断 if alone else 案の名[判断], 理由=理由, 判断者=判断者)
        return _書く(row, 対, 比べた, clock)


def 確認する(案番号: int, *, 認める: bool, 確認者: str, clock: Clock) -> 名寄せ:
    """二人目の判断。案を出した人は確認できない。確認までに事情が変わっていれば断る。"""
    with transaction.atomic():
        draft = 名寄せ.objects.filter(pk=案番号, 判断__in=案の名.values()).first()
        if draft is None or 名寄せ.objects.filter(案番号=案番号).exists():
            raise 業務エラー(
                "AT-0303", f"案 {案番号} は確認を待っていません。", "確認待ちの一覧を開き直してください。"
            )
        if draft.判断者 == 確認者:
            raise 業務エラー(
                "AT-0304",
                "案を出した本人は確認できません。",
                "ほかの職員が確認してください。",
                根拠="四情報と番号の全てが一致しない名寄せは二人で決める。",
            )
        対, 判断 = 組(元=draft.名寄せ元, 先=draft.名寄せ先), draft.判断.removesuffix("案")
        lock("subject", [対.元, 対.先])
        if 認める:
            _できるか(対, 判断)
        row = 名寄せ(
            判断=判断 if 認める else 却下,
            案番号=案番号,
            理由=draft.理由,
            判断者=draft.判断者,
            確認者=確認者,
        )
        return _書く(row, 対, _案の比較(draft), clock)


def 効いている先(宛名番号: Iterable[str]) -> dict[str, str]:
    """名寄せ元 → 名寄せ先（今つながっているものだけ、一段）。"""
    rows = (
        名寄せ.objects.filter(名寄せ元__in=set(宛名番号), 判断__in=("同一", "解除"))
        .order_by("名寄せ元", "-pk")
        .distinct("名寄せ元")
    )
    return {row.名寄せ元: row.名寄せ先 for row in rows if row.判断 == "同一"}


def 代表番号(宛名番号: Iterable[str]) -> dict[str, str]:
    """宛名番号 → その人を代表する宛名番号（つながりを先へたどった果て。つながりがなければ自分）。"""
    found = {number: number for number in 宛名番号}
    frontier = 効いている先(found.values())
    while frontier:
        found = {start: frontier.get(now, now) for start, now in found.items()}
        frontier = 効いている先(found.values())
    return found


_つながり = Prepared(
    lambda number: 名寄せ.objects.filter(
        Q(名寄せ元=number) | Q(名寄せ先=number), 判断__in=("同一", "解除")
    ).values_list("pk")[:1],
    number=str,
)


def 同じ人の番号(宛名番号: str) -> list[str]:
    """代表を同じくする全ての宛名番号（代表が先頭）。"""
    if not _つながり.rows(number=宛名番号):  # ほとんどの人は、一度もつながれたことがない
        return [宛名番号]
    [top] = set(代表番号([宛名番号]).values())
    found, frontier = [top], [top]
    while frontier:
        rows = 名寄せ.objects.filter(名寄せ先__in=frontier, 判断="同一").values_list("名寄せ元", flat=True)
        linked = 効いている先(rows)
        frontier = sorted(n for n, to in linked.items() if to in frontier and n not in found)
        found += frontier
    return found


def 判断の歴(宛名番号: str) -> list[名寄せ]:
    """その番号についての判断（新しい順）。"""
    both = 名寄せ.objects.filter(名寄せ元=宛名番号) | 名寄せ.objects.filter(名寄せ先=宛名番号)
    return list(both.order_by("-pk"))


def 別人とした番号(宛名番号: str) -> frozenset[str]:
    """別人と決めた相手（後でつなぎ直したものは除く）。"""
    latest: dict[str, str] = {}
    for row in 判断の歴(宛名番号):
        if row.判断 in 判断の種類:
            latest.setdefault(row.名寄せ先 if row.名寄せ元 == 宛名番号 else row.名寄せ元, row.判断)
    return frozenset(number for number, what in latest.items() if what == "別人")


def 確認待ち() -> list[名寄せ]:
    """二人目を待つ案（古い順）。"""
    answered = 名寄せ.objects.exclude(案番号=None).values("案番号")
    return list(名寄せ.objects.filter(判断__in=案の名.values()).exclude(pk__in=answered).order_by("pk"))


def 待っている案(対: 組) -> bool:
    """その二人について確認を待つ案があるか。"""
    pair = {対.元, 対.先}
    return any({row.名寄せ元, row.名寄せ先} == pair for row in 確認待ち())


def 向き(甲: 宛名, 乙: 宛名) -> 組:
    """どちらを先（代表）にするか: 住民 > 除票者 > 住登外、同じなら小さい番号。"""
    order: dict[str, int] = {宛名区分.住民: 0, 宛名区分.除票者: 1}
    first, second = sorted((甲, 乙), key=lambda one: (order.get(one.区分, 2), one.宛名番号))
    return 組(元=second.宛名番号, 先=first.宛名番号)


def _できるか(対: 組, 判断: str) -> None:
    people = 宛名.objects.in_bulk([対.元, 対.先])
    if len(people) < 2:
        raise 業務エラー(
            "AT-0305", f"宛名番号 {対.元} と {対.先} の二人がそろいません。", "番号を確かめてください。"
        )
    linked = 効いている先([対.元]).get(対.元)
    if 判断 == "解除":
        if linked != 対.先:
            raise 業務エラー(
                "AT-0306",
                f"{対.元} は {対.先} につながっていません。",
                "宛名の頁でつながりを確かめてください。",
            )
        return
    if 代表番号([対.元])[対.元] == 代表番号([対.先])[対.先]:
        raise 業務エラー(
            "AT-0307", f"{対.元} と {対.先} は既につながっています。", "解くときは解除を選んでください。"
        )
    if 判断 == "同一":
        _つなげるか(people[対.元], people[対.先], linked)


def _つなげるか(元: 宛名, 先: 宛名, linked: str | None) -> None:
    if linked:
        raise 業務エラー(
            "AT-0308",
            f"{元.宛名番号} は既に {linked} につながっています。",
            "先にそのつながりを解除するか、代表の番号とつないでください。",
        )
    if (元.区分 == 宛名区分.法人) != (先.区分 == 宛名区分.法人):
        raise 業務エラー(
            "AT-0309", "個人と法人は同じ人にできません。", "関係人（代表者など）として登録してください。"
        )
    if 元.区分 == 宛名区分.住民:
        raise 業務エラー(
            "AT-0310",
            f"{元.宛名番号} は住民なので、名寄せ元にできません。",
            "住民の側を名寄せ先にしてください。二人とも住民なら、住民記録で二重の記載を調べてください。",
            根拠="住民基本台帳法第8条。",
        )


def _書く(row: 名寄せ, 対: 組, 比べた: 比較, clock: Clock) -> 名寄せ:
    row.名寄せ元, row.名寄せ先, row.判断日時 = 対.元, 対.先, clock.now()
    for name in ("氏名", "生年月日", "性別", "住所"):
        setattr(row, f"{name}一致", getattr(比べた, name) is 度合.一致)
    row.番号一致 = 比べた.番号
    row.save(force_insert=True)
    audit.record(
        act=f"名寄せ（{row.判断}）",
        subjects=[対.元, 対.先],
        gyomu="atena",
        detail={"番号": row.pk, "判断者": row.判断者, "確認者": row.確認者},
    )
    return row


def _案の比較(draft: 名寄せ) -> 比較:
    """案を出したときの比較をそのまま確認の行に写す。"""
    kinds = {
        name: 度合.一致 if getattr(draft, f"{name}一致") else 度合.不一致
        for name in ("氏名", "生年月日", "性別", "住所")
    }
    return 比較(**kinds, 番号=draft.番号一致)
