"""団体の壁: 結ばれていなければつながらず、よその団体には役割も接続も届かない。"""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo
from tests.support.staff import sit

from tsugaru.kernel.clock import FixedClock
from tsugaru.platform.identity.models import Staff
from tsugaru.platform.tenancy import CrossMunicipality, Unbound, bind, home
from tsugaru.platform.tenancy.directory import Municipality

pytestmark = pytest.mark.db
Towns = tuple[Municipality, Municipality]


def dsn(town: Municipality) -> str:
    stored = home.read_secret(town.alias)
    assert stored is not None
    return str(stored["dsn"])


def test_結ばれていないコードは問合せができない(towns: Towns) -> None:
    with pytest.raises(Unbound):
        Staff.objects.count()
    with pytest.raises(Unbound), transaction.atomic():
        pass


def test_結んだ団体のデータベースを使う(towns: Towns) -> None:
    for town in towns:
        with bind(town.code), connection.cursor() as cursor:
            cursor.execute("SELECT current_database(), current_user")
            assert cursor.fetchone() == (town.database, town.role("app"))


def test_別の団体への入れ子は誤り(towns: Towns) -> None:
    with bind(towns[0].code), pytest.raises(CrossMunicipality), bind(towns[1].code):
        pass


def test_ある団体の物を別の団体へ保存できない(towns: Towns, clock: FixedClock) -> None:
    with bind(towns[0].code), transaction.atomic():
        staff = sit("市民課", clock=clock).staff
        transaction.set_rollback(True)
    with bind(towns[1].code), pytest.raises(CrossMunicipality):
        staff.save()


def test_よその団体のデータベースにはつなげない(towns: Towns) -> None:
    mine = dsn(towns[0])
    for database in (towns[1].database, "tsugaru_council", "tsugaru_template"):
        with pytest.raises(psycopg.OperationalError, match=r"permission denied"):
            psycopg.connect(make_conninfo(mine, dbname=database))


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM vault.address",
        "SELECT * FROM vault.number",
        "SELECT * FROM vault.contact",
        "INSERT INTO vault.address (subject, kind) VALUES ('1', '住所')",
        "SELECT * FROM audit.entry",
        "SELECT * FROM audit.witness",
        "DELETE FROM audit.entry",
        "UPDATE audit.head SET seq = 0",
        "INSERT INTO audit.intake (content) VALUES ('x')",
        "TRUNCATE audit.entry",
        "UPDATE disclosure_shield SET provisional = false",
        "DELETE FROM disclosure_shield",
        "DELETE FROM disclosure_shieldrelease",
        'UPDATE "juki_住民履歴" SET "氏名" = \'x\'',
        'DELETE FROM "juki_住民履歴"',
        'UPDATE "juki_住民" SET "氏名" = \'x\'',
        'INSERT INTO "juki_住民" SELECT * FROM "juki_住民"',
        'DELETE FROM "juki_異動通知"',
        'DELETE FROM "juki_交付"',
        "CREATE TABLE x (a int)",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE disclosure_shield DISABLE TRIGGER ALL",
        "DROP TRIGGER append_only ON audit.entry",
        "SET session_replication_role = replica",
        "CREATE ROLE intruder",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_業務の役割は書き換えも覗き見もできない(towns: Towns, statement: str) -> None:
    with psycopg.connect(dsn(towns[0])) as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
        raw.execute(statement)


def test_役割はほかの役割になれない(towns: Towns) -> None:
    for kind in ("owner", "vault", "audit"):
        with psycopg.connect(dsn(towns[0])) as raw, pytest.raises(psycopg.errors.InsufficientPrivilege):
            raw.execute(f"SET ROLE {towns[0].role(kind)}")
