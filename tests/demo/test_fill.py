"""デモの町を満たす: 流し込んだ後も、本物の引き金と同じ決まりが成り立っている。"""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
import yaml
from rich.console import Console
from rich.progress import Progress

from tsugaru.faces.cli import boot
from tsugaru.faces.cli.municipality import bring_up
from tsugaru.faces.demo import fill
from tsugaru.platform.tenancy import bind, directory, home, provision
from tsugaru.platform.tenancy.directory import Municipality

# 一つの実在の町のデータを使うので、並べて走らせない
pytestmark = [pytest.mark.db, pytest.mark.faults]


@pytest.fixture(scope="module")
def town(towns: object) -> Iterator[Municipality]:
    """見本の人口が最も少ない町を、その五分の一で満たす。"""
    folders = sorted(home.municipalities_folder().glob("[0-9]*"))
    sizes = {f: yaml.safe_load((f / "municipality.yaml").read_text("utf-8"))["見本"]["人口"] for f in folders}
    folder = min(folders, key=lambda f: int(sizes[f]))
    facts = directory.read(folder)
    server = boot.server()
    provision.remove(server, facts)
    bring_up(folder, demo=True)
    with bind(facts.code), Progress(console=Console(quiet=True)) as progress:
        fill._fill(server, facts, scale=0.2, seed=7, progress=progress, task=progress.add_task("", total=1))
    yield facts
    provision.remove(server, facts)


def ask(town: Municipality, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(boot.server().dsn(town.database)) as connection:
        return connection.execute(query.encode()).fetchall()


@pytest.mark.parametrize(
    "fault",
    [
        # 歴の番号が抜けている人
        'SELECT "宛名番号" FROM "juki_住民履歴" GROUP BY 1 HAVING max("履歴番号") <> count(*)',
        # 今の住民票が最新の歴の写しでない人
        'SELECT c."宛名番号" FROM "juki_住民" c WHERE c."履歴番号" <> '
        '(SELECT max(h."履歴番号") FROM "juki_住民履歴" h WHERE h."宛名番号" = c."宛名番号")',
        # 世帯主が二人以上いる世帯
        """SELECT "世帯番号" FROM "juki_住民" WHERE "住民状態" = '1' GROUP BY 1
           HAVING count(*) FILTER (WHERE "続柄1" = '02') > 1""",
        # 見出しのない人、検索できない人
        'SELECT c."宛名番号" FROM "juki_住民" c LEFT JOIN "atena_宛名" a USING ("宛名番号") WHERE a."宛名番号" IS NULL',
        'SELECT a."宛名番号" FROM "atena_宛名" a LEFT JOIN "atena_検索名" n ON n."宛名_id" = a."宛名番号" '
        'WHERE n."宛名_id" IS NULL',
        # 住所のない住民、ほかの人の住所を指す住民
        """SELECT "宛名番号" FROM "juki_住民" WHERE "住民状態" = '1' AND "住所番号" IS NULL""",
        'SELECT h."宛名番号" FROM "juki_住民履歴" h JOIN vault.address a ON a.id = h."住所番号" '
        'WHERE a.subject <> h."宛名番号"',
        # 今の登録と歴が食い違う印鑑
        'SELECT "宛名番号" FROM "inkan_印鑑登録" EXCEPT SELECT "宛名番号" FROM "inkan_印鑑履歴"',
    ],
)
def test_流し込んだ台帳に誤りがない(town: Municipality, fault: str) -> None:
    assert ask(town, fault) == []


def test_人も番号も印もある(town: Municipality) -> None:
    [(residents,)] = ask(town, """SELECT count(*) FROM "juki_住民" WHERE "住民状態" = '1'""")
    assert residents == 270
    [(seals, numbers, events)] = ask(
        town,
        """SELECT (SELECT count(*) FROM "inkan_印鑑登録"), (SELECT count(*) FROM vault.number),
                  (SELECT count(*) FROM audit.entry WHERE act = '合成住民の投入')""",
    )
    assert (int(str(seals)) > 50, int(str(numbers)) > 500, events) == (True, True, 1)


def test_二度目は何もしない(town: Municipality) -> None:
    before = ask(town, 'SELECT count(*) FROM "juki_住民履歴"')
    with bind(town.code), Progress(console=Console(quiet=True)) as progress:
        fill._fill(
            boot.server(), town, scale=0.2, seed=8, progress=progress, task=progress.add_task("", total=1)
        )
    assert ask(town, 'SELECT count(*) FROM "juki_住民履歴"') == before
