"""見本の年: 前の年度は確定し、今の年度は税務課の春のように残り、どの一歩を二度踏んでも同じになる。"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from django.db.models import Sum
from rich.console import Console
from rich.progress import Progress

from tsugaru.faces.cli import boot
from tsugaru.faces.cli.municipality import bring_up
from tsugaru.faces.demo import fill
from tsugaru.faces.demo.load import taxes
from tsugaru.gyomu.kojin import api as kojin
from tsugaru.kernel.clock import SystemClock
from tsugaru.platform.inbound import api as inbound
from tsugaru.platform.inbound.models import Delivery, File, FileState
from tsugaru.platform.jobs import api as jobs
from tsugaru.platform.jobs.api import Job
from tsugaru.platform.ledger import api as ledger
from tsugaru.platform.runs.api import Run, State
from tsugaru.platform.tenancy import bind, directory, home, provision
from tsugaru.platform.tenancy.directory import Municipality

# 一つの実在の町のデータを使うので、並べて走らせない
pytestmark = [pytest.mark.db, pytest.mark.faults]
WAGES = "給与支払報告書"


@pytest.fixture(scope="module")
def town(towns: object) -> Iterator[Municipality]:
    """見本の人口が最も少ない町を、満たし、見本の年を終わりまで用意する。途中の一歩は、わざと二度踏む。"""
    folders = sorted(home.municipalities_folder().glob("[0-9]*"))
    sizes = {f: yaml.safe_load((f / "municipality.yaml").read_text("utf-8"))["見本"]["人口"] for f in folders}
    folder = min(folders, key=lambda f: int(sizes[f]))
    facts, server, clock = directory.read(folder), boot.server(), SystemClock()
    provision.remove(server, facts)
    bring_up(folder, demo=True)
    with bind(facts.code), Progress(console=Console(quiet=True)) as progress:
        fill._fill(server, facts, scale=1.0, seed=7, progress=progress, task=progress.add_task("", total=1))
        taxes.order(scale=1.0, seed=7)
        taxes.order(scale=1.0, seed=7)
        while jobs.work_once(clock=clock):
            _step_again(clock)
        yield facts
    provision.remove(server, facts)


def _step_again(clock: SystemClock) -> None:
    """進みを残す前に殺されたときと同じ: 済んだ一歩を、もう一度踏む。"""
    job = jobs.latest(taxes.ABOUT)
    assert job is not None
    if job.state == jobs.State.RUNNING:
        Job.objects.filter(pk=job.pk).update(done=job.done - 1)
        jobs.work_once(clock=clock)


def test_用意は一つだけで終わりまで進む(town: Municipality) -> None:
    assert [j.state for j in Job.objects.filter(about=taxes.ABOUT)] == [jobs.State.DONE]


def test_前の年度は確定し_台帳と課税台帳が合う(town: Municipality) -> None:
    from django.apps import apps

    run = Run.objects.get(period=str(taxes.BEFORE), state=State.CONFIRMED)
    assert run.maker != run.confirmed_by
    roll = apps.get_model("kojin", "賦課").objects.filter(課税年度=taxes.BEFORE)
    assert roll.count() == run.people > 900
    booked = sum(b.amount for b in ledger.balances(kind="調定", tax_year=taxes.BEFORE))
    assert -booked == roll.aggregate(Sum("年税額"))["年税額__sum"]
    assert kojin.決まっていない数(taxes.BEFORE) == 0


def test_今の年度には_届かない部分と断ったファイルと片付かない誤りと名寄せが残る(town: Municipality) -> None:
    way = kojin.届け方を引く(WAGES)
    waiting = Delivery.objects.filter(opened_by__startswith="demo", posting=None)
    missing = [m for d in waiting for m in inbound.standing(d).missing]
    assert any("2つのうち2番目が届いていません" in m for m in missing)
    assert any("まだ一つも届いていません" in m for m in missing)
    assert any("片付いていない誤り" in m for m in missing)
    assert set(waiting.values_list("period", flat=True)) <= {way.期間(taxes.NOW), str(taxes.NOW - 1)}
    refused = File.objects.get(state=FileState.REFUSED)
    assert [f.code for f in refused.faults.all()] == ["IB-0106"]
    assert 0 < kojin.決まっていない数(taxes.NOW) <= taxes.UNDECIDED


def test_人が決めた名寄せは正解と同じ人になる(town: Municipality) -> None:
    """決めた資料の宛名番号の人は、資料と同じ生年月日である。"""
    from django.apps import apps

    judged = apps.get_model("kojin", "名寄せ").objects.filter(自動=False).select_related("資料")
    born = dict(apps.get_model("juki", "住民").objects.values_list("宛名番号", "生年月日"))
    assert judged.count() > 0
    assert [(j.資料.pk, born[j.宛名番号]) for j in judged] == [(j.資料.pk, j.資料.生年月日) for j in judged]


def test_後から届くファイルを入れると揃う(town: Municipality) -> None:
    """職員がするのと同じ: 差出人の名のファイルを選び、その届け物に入れ、誤りの行を除いて反映する。"""
    way, clock = kojin.届け方を引く(WAGES), SystemClock()
    files = sorted((home.home() / "demo" / town.code / "files").iterdir())
    assert len(files) == 2
    for path in files:
        sender, part = path.stem.rsplit("-", 1)
        delivery = Delivery.objects.get(sender=sender, period=way.期間(taxes.NOW))
        file = inbound.receive(
            delivery.pk, way.様式(taxes.NOW), name=path.name, content=path.read_bytes(), part=int(part),
            parts=delivery.parts or 1, staff="demo31", clock=clock,
        )  # fmt: skip
        assert file.state == FileState.ACCEPTED
        while (fault := file.faults.filter(blocking=True, resolution=None).first()) is not None:
            inbound.exclude(fault.pk, reason="試験", staff="demo31", clock=clock)
        other = delivery.files.exclude(pk=file.pk).filter(state=FileState.ACCEPTED)
        for fault in [f for o in other for f in o.faults.filter(blocking=True, resolution=None)]:
            inbound.exclude(fault.pk, reason="試験", staff="demo31", clock=clock)
        assert inbound.standing(delivery).state is inbound.State.RESOLVED
        kojin.反映する(delivery.pk, 職員="demo31", clock=clock)
        assert inbound.standing(delivery).state is inbound.State.POSTED
