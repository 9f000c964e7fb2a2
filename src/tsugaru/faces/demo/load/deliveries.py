"""資料の届け物を、職員がするように受け取り、片付け、載せて結ぶ。届いたままにしておくものもある。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from tsugaru.faces.demo.load.office import Office
from tsugaru.faces.demo.reports import Delivered, Delivery
from tsugaru.gyomu.kojin import api as kojin
from tsugaru.kernel.clock import Clock
from tsugaru.kernel.errors import 業務エラー
from tsugaru.platform.inbound import api as inbound
from tsugaru.platform.inbound import models

KINDS = {"給与": "給与支払報告書", "年金": "公的年金等支払報告書", "申告": "申告の資料"}
FOREIGN = "他団体の住民"
NOT_OURS = "ほかの団体の住民。差出人に知らせ、その団体へ回した"
DECIDED = {"前": "前の年も同じ人と決めている（見本）", "今": "差出人に電話で確かめた（見本）"}


def batches(made: Delivered, rows: int) -> Iterator[list[Delivery]]:
    """続く届け物を、行の数がおよそ rows になるまでまとめる。"""
    batch: list[Delivery] = []
    for one in made.deliveries:
        batch.append(one)
        if sum(each.rows for each in batch) >= rows:
            yield batch
            batch = []
    if batch:
        yield batch


def left_alone(made: Delivered) -> frozenset[str]:
    """誤りを片付けずに置いておく一つの届け物の名: ほかの団体の行がある、全て届いたもの（給与があれば給与、なければ小さいもの）。"""
    incomplete = {_delivery_of(name) for name in made.later}
    faulty = set(made.truth.filter(pl.col("誤り") == FOREIGN)["届け物"]) - incomplete
    whole = sorted((one.kind != "給与", one.rows, one.name) for one in made.deliveries if one.name in faulty)
    return frozenset(name for _, _, name in whole[:1])


def _delivery_of(file: str) -> str:
    """ファイルの名（給与-0002-1.csv）から、届け物の名。"""
    return file.rsplit("-", 1)[0]


def _part_of(file: str) -> int:
    return int(file.removesuffix(".csv").rsplit("-", 1)[1])


def bring(
    batch: Sequence[Delivery], year: int, desk: Office, clock: Clock, *, waiting: frozenset[str]
) -> None:
    """受け取り、揃っていて誤りが片付くものを反映する。``waiting`` の名のものは、届いたままにする。"""
    for one in batch:
        found = _received(one, year, desk, clock)
        if one.name in waiting:
            continue
        if inbound.standing(found).state is inbound.State.PARSED:
            _exclude(found, desk, clock)
        if inbound.standing(found).state is inbound.State.RESOLVED:
            kojin.反映する(found.pk, 職員=desk.clerk, clock=clock)


def _received(one: Delivery, year: int, desk: Office, clock: Clock) -> models.Delivery:
    """登録と受領。もう済んだものは飛ばす。"""
    way = kojin.届け方を引く(KINDS[one.kind])
    period = way.期間(year)
    found = models.Delivery.objects.filter(sender=one.sender, kind=way.名, period=period).first()
    if found is None:
        found = inbound.expect(
            sender=one.sender,
            kind=way.名,
            period=period,
            parts=one.parts,
            rows=one.rows,
            staff=desk.clerk,
            clock=clock,
        )
    arrived = set(found.files.values_list("part", flat=True))
    for name, content in one.files.items():
        part = _part_of(name)
        if part not in arrived:
            inbound.receive(
                found.pk, way.様式(year), name=name, content=content, part=part, parts=one.parts,
                staff=desk.clerk, clock=clock,
            )  # fmt: skip
    return found


def _exclude(found: models.Delivery, desk: Office, clock: Clock) -> None:
    """止める誤りのある行を除く。"""
    accepted = models.Fault.objects.filter(
        file__delivery=found, file__state=models.FileState.ACCEPTED, blocking=True
    )
    while (fault := accepted.filter(resolution=None).order_by("pk").first()) is not None:
        inbound.exclude(fault.pk, reason=NOT_OURS, staff=desk.clerk, clock=clock)


def settle(made: Delivered, year: int, desk: Office, clock: Clock, *, keep: int = 0) -> None:
    """自動で結べなかった資料を、作ったときの正解のとおりに決める。keep 枚だけは、職員のために残す（まんべんなく選ぶ）。"""
    waiting = list(kojin.決まっていない資料(year))
    if len(waiting) <= keep:
        return
    kept = {waiting[n * len(waiting) // keep][0] for n in range(keep)}
    owners = _owners(made, year)
    reason = DECIDED["今" if keep else "前"]
    for number, delivery, row in waiting:
        if number in kept:
            continue
        with _unless_decided():
            kojin.決める(number, owners[delivery, row], 理由=reason, 基の番=0, 職員=desk.clerk, clock=clock)


@contextmanager
def _unless_decided() -> Iterator[None]:
    """用意のあいだに職員が先に決めたものは、そのままにする。"""
    try:
        yield
    except 業務エラー as error:
        if error.code != "KJ-2202":
            raise


def _owners(made: Delivered, year: int) -> dict[tuple[int | None, int | None], str]:
    """（届け物の番号, 載った行の番）→ 宛名番号。除いたのは、ほかの団体の行だけである。"""
    numbers = {
        one.name: models.Delivery.objects.get(
            sender=one.sender, kind=KINDS[one.kind], period=kojin.届け方を引く(KINDS[one.kind]).期間(year)
        ).pk
        for one in made.deliveries
    }
    loaded = made.truth.filter(pl.col("誤り") != FOREIGN).sort("届け物", "ファイル", "行")
    rows = loaded.with_columns((pl.int_range(pl.len()).over("届け物") + 1).alias("番"))
    return {
        (numbers[name], place): owner
        for name, place, owner in rows.select("届け物", "番", "宛名番号").iter_rows()
    }


def hand_out(made: Delivered, folder: Path) -> None:
    """後から届くファイルを、職員が受け取りの画面で選べる所に、差出人と何番目かの名で置く。"""
    folder.mkdir(parents=True, exist_ok=True)
    senders = {one.name: one.sender for one in made.deliveries}
    for name, content in made.later.items():
        (folder / f"{senders[_delivery_of(name)]}-{_part_of(name)}.csv").write_bytes(content)
