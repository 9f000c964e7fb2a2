"""証明書の交付。

証明書は請求番号から作る。交付の行（様式・人と履歴番号・選択・日付・要約）だけを残し、PDF は置かない。渡すときに同じ行から
作り直し、要約（SHA-256）と PDF の中の請求番号の両方が合うときだけ渡す。だから順番や時刻で取り違えることがなく、後から住民票が
変わっても、渡した紙と同じものだけが出る。

まだ無いもの: 手数料の領収書、コンビニ交付、プリンタの待ち行列。
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from tsugaru.gyomu.juki.domain import holds
from tsugaru.gyomu.juki.domain.certificate_forms import 様式, 様式の一覧
from tsugaru.gyomu.juki.domain.certificates import 並べる, 台帳の値, 選択
from tsugaru.gyomu.juki.domain.decision import 警告
from tsugaru.gyomu.juki.models import 交付, 住民, 住民履歴
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.kernel.wareki import 和暦表示
from tsugaru.platform.audit import api as audit
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.documents.certifier import 認証者を選ぶ
from tsugaru.platform.documents.delivery import confirm
from tsugaru.platform.documents.parts import 発行事項
from tsugaru.platform.documents.render import Rendered, render
from tsugaru.platform.identity.models import Seat
from tsugaru.platform.tenancy.directory import Municipality
from tsugaru.platform.tenancy.locks import lock

GYOMU = "juki"


@dataclass(frozen=True, slots=True, kw_only=True)
class 請求:
    """一通の請求。人 は（宛名番号, 見ていた履歴番号）。開示 は支援措置の担当が本人確認の後に住所を開いて作るとき。"""

    様式: str
    人: tuple[tuple[str, int], ...]
    選: 選択
    請求者: str
    請求事由: str = ""
    公用: bool = False
    開示: bool = False


@dataclass(frozen=True, slots=True)
class 交付の結果:
    """できた請求番号と、作る途中で分かったこと。"""

    文書: UUID
    できた: Rendered
    警告: tuple[警告, ...]


def 手数料(municipality: Municipality, form: 様式, *, 公用: bool) -> int:
    """団体の手数料表の額（円）。公用は 0 円。"""
    return 0 if 公用 else int(municipality.facts["手数料"][form.手数料名]["額"])


def 交付する(
    req: 請求, *, seat: Seat, municipality: Municipality, clock: Clock, 途切れを承知: bool
) -> 交付の結果:
    """確かめ、作り、交付の行を残す。枠に入りきらない値があれば、承知するまで断る。"""
    form = 様式を引く(req.様式)
    with transaction.atomic():
        lock(GYOMU, ["発行番号"])
        rows = _今の人(form, req)
        alerts = holds.確かめる([r.宛名番号 for r in rows], "発行", clock=clock)
        document, day = uuid4(), clock.today()
        number = _発行番号(municipality, seat, day)
        made = _作る(
            form, rows, req.選, _発行(form, req, rows, municipality, number, day), document, seat, req.開示
        )
        if made.warnings and not 途切れを承知:
            raise 業務エラー(
                "JK-0702",
                " ".join(str(w) for w in made.warnings),
                "確かめた上で、「刷れた部分だけで交付する」に印を付けてください。",
            )
        fee = 手数料(municipality, form, 公用=req.公用)
        _残す(req, rows, document, number, day, made, seat, clock, fee)
    return 交付の結果(document, made, alerts)


def 渡す(文書: UUID, *, seat: Seat, municipality: Municipality) -> bytes:
    """請求番号の交付の行から作り直し、要約と請求番号が合うときだけ返す（DC-0301）。"""
    issued = list(交付.objects.filter(文書=文書))
    if not issued:
        raise 業務エラー("JK-0703", "その交付はありません。", "交付の履歴から開き直してください。")
    issued.sort(key=lambda row: row.選択["順"])
    kept = issued[0].選択
    form = 様式を引く(kept["符号"])
    rows = [住民履歴.objects.get(宛名番号=i.宛名番号, 履歴番号=i.選択["履歴番号"]) for i in issued]
    choice = 選択(**{**kept["記載"], "事項": tuple(kept["記載"]["事項"])})
    req = 請求(様式=form.符号, 人=(), 選=choice, 請求者="", 公用=issued[0].公用, 開示=kept["開示"])
    day = date.fromisoformat(kept["発行日"])
    part = _発行(form, req, rows, municipality, issued[0].発行番号, day, 全員=kept["全員"])
    made = _作る(form, rows, choice, part, 文書, seat, req.開示)
    audit.record(
        act="証明書の受渡し", subjects=[r.宛名番号 for r in rows], gyomu=GYOMU, detail={"文書": str(文書)}
    )
    return confirm(made.pdf, request_id=文書, sha256=kept["要約"])


def 様式を引く(符号: str) -> 様式:
    """符号から。"""
    if 符号 not in 様式の一覧:
        raise 業務エラー(
            "JK-0704", f"様式「{符号[:20]}」はありません。", "一覧から選び直してください。", 項目="様式"
        )
    return 様式の一覧[符号]


def _今の人(form: 様式, req: 請求) -> list[住民履歴]:
    """載せる人の今の行。画面を開いた後に変わっていれば断る。"""
    seen = dict(req.人)
    rows = {r.宛名番号: r for r in 住民.objects.filter(宛名番号__in=seen)}
    if not seen or len(rows) != len(seen) or (len(rows) > 1 and not form.複数):
        raise 業務エラー(
            "JK-0705",
            f"{form.名称}に載せる人が{len(rows)}人です。",
            "載せる人を選び直してください。",
            項目="人",
        )
    for number, row in rows.items():
        if row.履歴番号 != seen[number]:
            raise 業務エラー(
                "JK-0706",
                f"宛名番号{number}の住民票は、画面を開いた後に変わりました（履歴{seen[number]}→{row.履歴番号}）。",
                "開き直して、確かめてから交付してください。",
            )
        _出せる人か(form, row)
    if len({r.世帯番号 for r in rows.values()}) > 1:
        raise 業務エラー(
            "JK-0705", "違う世帯の人が混じっています。", "一つの世帯の人だけを選んでください。", 項目="人"
        )
    history = {
        h.宛名番号: h for h in 住民履歴.objects.filter(宛名番号__in=seen) if h.履歴番号 == seen[h.宛名番号]
    }
    return [history[r.宛名番号] for r in 並べる(rows.values())]


def _出せる人か(form: 様式, row: 住民) -> None:
    if form.除票 == (row.住民状態 == "1") and form.符号 != "move_out":
        what, instead = ("住民", "住民票の写し") if form.除票 else ("除票者", "除票の写し")
        raise 業務エラー("JK-0707", f"{row.氏名}は{what}です。", f"{instead}を選んでください。", 項目="様式")
    if form.符号 == "move_out" and row.転出予定日 is None:
        raise 業務エラー(
            "JK-0708", f"{row.氏名}には転出の届出がありません。", "転出の異動を先に決裁してください。",
            根拠="住民基本台帳法施行令第23条。",
        )  # fmt: skip


def _発行番号(municipality: Municipality, seat: Seat, day: date) -> str:
    """「20260502 ●●市 本庁 端末 011」。その日の通番で、錠の中で採るので重ならない（標準仕様書5.5）。"""
    head = f"{day:%Y%m%d} {municipality.name}"
    count = 交付.objects.filter(発行番号__startswith=head).values("文書").distinct().count()
    place = str(municipality.facts["交付場所"][0])
    return f"{head} {place} {seat.terminal[:12]} {count + 1:03d}"


def _発行(
    form: 様式,
    req: 請求,
    rows: Sequence[住民履歴],
    municipality: Municipality,
    number: str,
    day: date,
    *,
    全員: bool | None = None,
) -> 発行事項:
    whole = _全員か(rows) if 全員 is None else 全員
    return 発行事項(
        発行番号=number,
        発行年月日=day,
        発行日表示=和暦表示(day),
        認証文=form.全員の認証文 if whole and form.全員の認証文 else form.認証文,
        認証者=認証者を選ぶ(municipality, day),
        公用=req.公用,
    )


def _全員か(rows: Sequence[住民履歴]) -> bool:
    return 住民.objects.filter(世帯番号=rows[0].世帯番号, 住民状態="1").count() == len(rows)


def _作る(
    form: 様式, rows: Sequence[住民履歴], choice: 選択, part: 発行事項, document: UUID, seat: Seat, 開示: bool
) -> Rendered:
    values = _値(form, rows, choice, seat, 開示)
    return render(
        form.FORM, form.組立て(rows, choice, values, part), request_id=document, issued_on=part.発行年月日
    )


def _値(form: 様式, rows: Sequence[住民履歴], choice: 選択, seat: Seat, 開示: bool) -> 台帳の値:
    """住所と番号を門から、歴をその時点まで。門が伏せる人が一人でもいれば作らない。"""
    numbers = [r.宛名番号 for r in rows]
    hidden = disclosure.sheltered(numbers)
    if hidden and not 開示:
        raise 業務エラー(
            "JK-0701",
            "支援措置の対象者か、居所を同じくする人が載っています。",
            "交付せず、担当係へ引き継いでください。担当は本人確認の上「住所を開いて作る」を選びます。",
            根拠="住民基本台帳事務処理要領第5－10。",
        )
    places = disclosure.reveal_addresses(seat, gyomu=GYOMU, subjects=numbers, unmask=開示)
    kinds = {"個人番号": choice.個人番号 or form.番号が要る or "個人番号" in choice.事項,
             "住民票コード": choice.住民票コード or form.番号が要る or "住民票コード" in choice.事項}  # fmt: skip
    found = {
        (number, kind): disclosure.reveal_number(seat, gyomu=GYOMU, subject=number, kind=kind) or ""
        for number in numbers
        for kind, wanted in kinds.items()
        if wanted
    }
    return 台帳の値(住所={n: p.text() for n, p in places.items()}, 番号=found, 歴=_歴(rows))


def _歴(rows: Sequence[住民履歴]) -> dict[str, list[住民履歴]]:
    until = {r.宛名番号: r.履歴番号 for r in rows}
    found: dict[str, list[住民履歴]] = {}
    for row in 住民履歴.objects.filter(宛名番号__in=until).order_by("宛名番号", "履歴番号"):
        if row.履歴番号 <= until[row.宛名番号]:
            found.setdefault(row.宛名番号, []).append(row)
    return found


def _残す(
    req: 請求,
    rows: Sequence[住民履歴],
    document: UUID,
    number: str,
    day: date,
    made: Rendered,
    seat: Seat,
    clock: Clock,
    fee: int,
) -> None:
    common: dict[str, Any] = {
        "符号": req.様式,
        "記載": asdict(req.選),
        "発行日": day.isoformat(),
        "全員": _全員か(rows),
        "開示": req.開示,
        "要約": hashlib.sha256(made.pdf).hexdigest(),
        "頁": made.pages,
    }
    for order, row in enumerate(rows, start=1):
        交付.objects.create(
            文書=document,
            宛名番号=row.宛名番号,
            様式=様式を引く(req.様式).名称[:20],
            発行番号=number,
            交付日時=clock.now(),
            交付者=seat.staff.number,
            請求者=req.請求者,
            請求事由=req.請求事由,
            選択=common | {"順": order, "履歴番号": row.履歴番号},
            手数料=fee if order == 1 else 0,
            公用=req.公用,
        )
    detail = {"文書": str(document), "様式": req.様式, "発行番号": number}
    audit.record(act="証明書の交付", subjects=[r.宛名番号 for r in rows], gyomu=GYOMU, detail=detail)
