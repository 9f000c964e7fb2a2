"""保護された人の場所と電話が、どの所属の、どの画面・文書・記録にも一バイトも出ない。

見張りの鳥: 保護された人と、保護されていないその夫の住む所にだけある町名・方書・電話を入れ、URLconf の全ての GET を、
その二人とこれからその世帯に入る人の番号・届出・交付を指して歩く。
"""

from __future__ import annotations

import itertools
import json
import logging
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from urllib.parse import quote

import psycopg
import pypdfium2
import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, SlugConverter, UUIDConverter

from tests.juki.office import 人, 届け出る, 市外, 決裁する
from tests.web.conftest import Person, Terminal, Towns, register
from tsugaru.faces.cli import boot
from tsugaru.gyomu.atena.domain import mailing
from tsugaru.gyomu.atena.domain.history import 手続
from tsugaru.gyomu.atena.domain.mailing import 送付の定め
from tsugaru.gyomu.juki.domain import issuing, kinds
from tsugaru.gyomu.juki.domain.certificate_forms import 様式の一覧
from tsugaru.gyomu.juki.domain.certificates import 選択
from tsugaru.gyomu.juki.models import 住民
from tsugaru.kernel.clock import SystemClock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.disclosure import api as disclosure
from tsugaru.platform.disclosure.models import Shield
from tsugaru.platform.tenancy import bind, cluster
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
BIRDS = ("金糸雀", "カナリヤ荘", "カナリヤソウ", "０７７７番地", "0172990777", "0172-99-0777")
SECTIONS = ("市民課", "市民課（支援措置）", "税務課", "情報システム課", "監査委員事務局")
NAME = "見張　鳥子"
家 = disclosure.Address(
    municipality_code="990011", prefecture="試験県", city="試験市", town="大字金糸雀", lot="０７７７番地",
    building="カナリヤ荘５号", building_kana="カナリヤソウ", postcode="036-0777",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scene:
    """保護された人（subject）とその夫、世帯に入る届出の済んでいない人、その人たちの届出。"""

    town: Municipality
    subject: str
    husband: str
    newcomer: str
    cases: tuple[int, ...]
    household: str

    @property
    def people(self) -> tuple[str, str, str]:
        """場所の出てはならない人。"""
        return self.subject, self.husband, self.newcomer


@pytest.fixture(scope="module")
def scene(web_towns: Towns) -> Iterator[Scene]:
    """保護の前に場所を入れ、保護の後に転居と、世帯に入る転入を届け出る（新しい場所も鳥である）。"""
    clock = SystemClock()
    with bind(web_towns[0].code), transaction.atomic():
        husband = 人(氏="見張", 名="雄", 氏フリガナ="ミハリ", 名フリガナ="オス")
        wife = 人(
            氏="見張", 名="鳥子", 氏フリガナ="ミハリ", 名フリガナ="トリコ", 性別="2", 続柄=("12",),
            本籍=replace(家, town="金糸雀本籍"),
        )  # fmt: skip
        came = replace(家, municipality_code=市外.municipality_code, city=市外.city)
        family = [husband, wife]
        row = 届け出る("in", family, clock=clock, 日=clock.today(), 世帯の別="新", 住所=家, 転入前住所=came)
        mate, subject = (one.宛名番号 for one in 決裁する(row, clock=clock).行)
        for number in (subject, mate):
            _住む所を足す(number)
        Shield.objects.create(
            subject=subject, case="K1", provisional=False, starts_on=date(2026, 4, 1), ends_on=date(2099, 3, 31),
            opened_at=datetime(2026, 4, 1, tzinfo=UTC), opened_by="t1",
        )  # fmt: skip
        household = 住民.objects.get(宛名番号=subject).世帯番号
        moved = 届け出る(
            "move",
            [mate, subject],
            clock=clock,
            日=clock.today(),
            世帯の別="同",
            住所=replace(家, lot="０７７７番地の２"),
        )
        child = 人(氏="見張", 名="雛", 氏フリガナ="ミハリ", 名フリガナ="ヒナ", 続柄=("20",))
        joining = 届け出る(
            "in",
            [child],
            clock=clock,
            日=clock.today(),
            世帯の別="既",
            入る世帯=household,
            転入前住所=市外,
        )
        newcomer = joining.内容["各人"][0]["宛名番号"]
    yield Scene(web_towns[0], subject, mate, newcomer, (moved.pk, joining.pk, row.pk), household)


def _住む所を足す(number: str) -> None:
    """電話と、全ての業務の送付先。"""
    disclosure.put_contact(number, "電話", "0172-99-0777")
    how = 手続(異動日=date(2026, 4, 1), 入力者="t1", clock=SystemClock())
    mailing.定める(number, 送付の定め(業務="", 始期=date(2026, 4, 1)), 家, 手続=how)


def addresses(scene: Scene) -> list[str]:
    """全ての GET。引数はその人を指す値の全ての組。"""
    found = [path for pattern in get_resolver().url_patterns for path in _expand(pattern, "", scene)]
    asked = (NAME, "ミハリ", *scene.people, scene.household, "s600601")
    queries = [f"/search?q={quote(q)}" for q in asked]
    extra = [f"/access-log?subject={number}" for number in scene.people]
    opened = [f"{p}?open=1" for p in found if any(number in p for number in scene.people)]
    return [p for p in [*found, *opened, *queries, *extra] if p != reverse("logout")]


def _expand(pattern: URLPattern | URLResolver, space: str, scene: Scene) -> Iterator[str]:
    if isinstance(pattern, URLResolver):
        for inner in pattern.url_patterns:
            yield from _expand(inner, f"{space}{pattern.namespace}:", scene)
        return
    converters = pattern.pattern.converters
    for values in itertools.product(*(_values(c, scene) for c in converters.values())):
        yield reverse(f"{space}{pattern.name}", kwargs=dict(zip(converters, values, strict=True)))


def _values(converter: object, scene: Scene) -> tuple[object, ...]:
    if isinstance(converter, UUIDConverter):
        return (uuid.UUID(int=7),)
    if isinstance(converter, IntConverter):
        return scene.cases
    return tuple(sorted(kinds.一覧)) if isinstance(converter, SlugConverter) else scene.people


def birds_in(content: bytes) -> list[str]:
    """そのまま・URL の中・JSON の逃がしの形で探す。PDF は文字を取り出してからも探す。"""
    texts = [content.decode("utf-8", "replace")]
    if content[:5] == b"%PDF-":
        document = pypdfium2.PdfDocument(content)
        texts += [page.get_textpage().get_text_range() for page in document]
        document.close()
    forms = {form: bird for bird in BIRDS for form in (bird, quote(bird), json.dumps(bird)[1:-1])}
    return [bird for form, bird in forms.items() if any(form in text for text in texts)]


@pytest.fixture(scope="module")
def staff(web_towns: Towns) -> dict[str, tuple[Terminal, Person]]:
    """所属ごとの端末。"""
    found = {}
    for section in SECTIONS:
        person, terminal = register(section, web_towns[0]), Terminal(web_towns[0])
        assert terminal.enter(person).status_code == 302
        found[section] = (terminal, person)
    return found


def walk(scene: Scene, terminal: Terminal, visit: Callable[[str], object]) -> dict[str, list[str]]:
    """鳥の出た入口。"""
    found = {}
    for path in addresses(scene):
        response = visit(path)
        content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
        birds = birds_in(content + repr(response.headers).encode())  # type: ignore[attr-defined]
        if birds:
            found[path] = birds
    return found


@pytest.mark.parametrize("section", SECTIONS)
def test_どの所属のどの画面にも出ない(
    scene: Scene, staff: dict[str, tuple[Terminal, Person]], section: str, caplog: pytest.LogCaptureFixture
) -> None:
    terminal, _ = staff[section]
    caplog.set_level(logging.DEBUG)
    assert walk(scene, terminal, terminal.get) == {}
    assert birds_in(caplog.text.encode()) == []


@pytest.mark.parametrize("section", [s for s in SECTIONS if s != "市民課（支援措置）"])
def test_本人確認をした後でも担当でない所属には出ない(
    scene: Scene, staff: dict[str, tuple[Terminal, Person]], section: str
) -> None:
    terminal, person = staff[section]
    terminal.confirm(person)
    assert walk(scene, terminal, terminal.get) == {}


def test_空の送信の断りにも出ない(scene: Scene, staff: dict[str, tuple[Terminal, Person]]) -> None:
    terminal, _ = staff["市民課"]
    assert walk(scene, terminal, terminal.post) == {}


def test_場所や電話から探してもその人は出ない(
    scene: Scene, staff: dict[str, tuple[Terminal, Person]]
) -> None:
    for section in ("市民課", "市民課（支援措置）", "税務課"):
        for text in ("大字金糸雀", "カナリヤ荘", "0172990777"):
            response = staff[section][0].get("/search", {"q": text})
            page = response.content.decode() + response.headers.get("Location", "")
            assert not [number for number in scene.people if number in page]


def test_担当が本人確認をして求めたときだけ開く(
    scene: Scene, staff: dict[str, tuple[Terminal, Person]]
) -> None:
    """開くことも確かめる（鳥を見つける目が働いている証し）。"""
    terminal, person = staff["市民課（支援措置）"]
    terminal.confirm(person)
    for number in (scene.subject, scene.husband):
        for name in ("juki:person", "atena:person"):
            path = reverse(name, args=[number])
            assert birds_in(terminal.get(path).content) == []
            assert "金糸雀" in birds_in(terminal.get(f"{path}?open=1").content)


@pytest.mark.parametrize("who", ["subject", "husband"])
@pytest.mark.parametrize("form", sorted(様式の一覧))
def test_どの様式の証明も作られず断りにも出ない(
    scene: Scene, staff: dict[str, tuple[Terminal, Person]], form: str, who: str
) -> None:
    with bind(scene.town.code), transaction.atomic():
        row = 住民.objects.get(宛名番号=getattr(scene, who))
        asked = issuing.請求(
            様式=form, 人=((row.宛名番号, row.履歴番号),), 選=選択(本籍=True, 履歴=True), 請求者="相手方"
        )
        with pytest.raises(業務エラー) as refused:
            issuing.交付する(
                asked,
                seat=staff["市民課"][1].seat(),
                municipality=scene.town,
                clock=SystemClock(),
                途切れを承知=True,
            )
        transaction.set_rollback(True)
    assert birds_in(str(refused.value).encode()) == []


def test_監査の鎖にもサーバーの記録にも残らない(
    scene: Scene, staff: dict[str, tuple[Terminal, Person]]
) -> None:
    with psycopg.connect(boot.server().dsn(scene.town.database)) as connection:
        rows = connection.execute("SELECT content FROM audit.entry").fetchall()
    assert birds_in(b"".join(bytes(content) for (content,) in rows)) == []
    log = cluster.data_folder() / "server.log"
    assert birds_in(log.read_bytes() if log.exists() else b"") == []
