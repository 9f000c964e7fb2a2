"""`python -m tests.bench`: まっさらな置き場で始め、測り、JSON を書き、片付ける。

まだ無いもの: 書込みの混ざった負荷、一時間より長い負荷。
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.bench import inside, kojin, law, load, machine
from tests.faults.installation import Installation
from tests.support import places
from tsugaru.kernel.clock import JAPAN, SystemClock

AIMS = {
    "cold_seconds": 180, "warm_seconds": 10, "search.p95_ms": 100, "search_kanji.p95_ms": 100,
    "inquiry_paced.p95_ms": 300, "inquiry_100.per_second": 150, "certificate.p95_ms": 300,
    "municipality_add_seconds": 10, "kojin.seconds.database_to_difference": 20, "kojin.seconds.whatif": 5,
}  # fmt: skip
ACCOUNTS, TAX_ACCOUNTS = ("demo11", "demo12"), ("demo31", "demo32")
OTHERS = ("demo21", "demo22")
"""用意のあいだの頁を見る人（同じ符号で二度は入れない）。"""
COMMON = ("藤", "工", "子", "一", "工藤", "佐藤", "三上", "美子", "成田", "斎藤")
"""多くの人に当たる一字と二字。"""


def main() -> None:
    """測って書く。"""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="住民の数の縮尺")
    parser.add_argument("--seconds", type=float, default=20.0, help="負荷一つの秒")
    parser.add_argument("--out", type=Path, default=Path("bench"), help="書く所")
    asked = parser.parse_args()
    place = Installation(Path(tempfile.mkdtemp(prefix="tsugaru-bench-")))
    os.environ["TSUGARU_HOME"] = str(place.home)
    result: dict[str, Any] = {"machine": machine.facts(), "scale": asked.scale, "aims": AIMS}
    try:
        measure(place, asked.scale, asked.seconds, result)
    finally:
        place.remove()
        write(asked.out, result)


def write(folder: Path, result: dict[str, Any]) -> None:
    """bench/<日付-時刻>.json。途中で止まっても、そこまでを書く。"""
    folder.mkdir(exist_ok=True)
    path = folder / f"{SystemClock().now().astimezone(JAPAN):%Y-%m-%d-%H%M}.json"
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"{path}\n")


def measure(place: Installation, scale: float, seconds: float, result: dict[str, Any]) -> None:
    """冷えた開始 → 一年の用意 → 画面の負荷 → 中の速さ → 当初賦課 → 法令 → 暖かい開始 → 団体の追加。"""
    result["cold_seconds"] = round(place.serve("demo", "--scale", str(scale)), 1)
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tsugaru.site.settings"
    django.setup()
    from tsugaru.platform.tenancy import directory

    towns = sorted(directory.installed().values(), key=lambda m: -m.facts["見本"]["人口"])
    town = towns[0]
    result["residents"] = sum(max(200, round(m.facts["見本"]["人口"] * scale)) for m in towns)
    people = inside.residents(town.code, 400)
    found = asyncio.run(preparing(place, town, accounts(town.code, OTHERS), people, seconds))
    result["kojin"] = {"pages_while_preparing": found, "prepared": kojin.prepared([m.code for m in towns])}
    asyncio.run(screens(place, town, accounts(town.code), people, seconds, result))
    result["certificate"] = inside.certificates(town.code, [p[0] for p in people[:60]], ACCOUNTS[0])
    result["audit"] = inside.audit(towns[-1].code, 1000)
    result["generator"] = inside.generator(max(2000, round(172_000 * scale)))
    result["kojin"] |= kojin.measure(town.code, clerk=TAX_ACCOUNTS[0], chief=TAX_ACCOUNTS[1])
    place.stop()
    result["law"] = law.measure(2_000_000, 10_000_000)
    result["warm_seconds"] = round(place.serve("demo", "--scale", str(scale)), 1)
    result["municipality_add_seconds"] = round(timed(lambda: add(place)), 1)


def add(place: Installation) -> None:
    done = place.tsugaru("municipality", "add", str(places.write(place.home / "municipalities", 1)))
    assert done.returncode == 0, done.stdout + done.stderr


def timed(work: Callable[[], None]) -> float:
    """かかった秒。"""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


async def preparing(
    place: Installation, town: Any, staff: list[Any], people: list[Any], seconds: float
) -> dict[str, Any]:
    """働き手が一年を用意しているあいだの頁。"""
    cookies = [await entered(place, town.host, account) for account in staff]
    many = [load.Client(f"{town.host}.localhost", place.port, cookies[n % len(cookies)]) for n in range(20)]
    return await kojin.while_preparing(many, people, seconds)


async def screens(
    place: Installation,
    town: Any,
    staff: list[Any],
    people: list[Any],
    seconds: float,
    result: dict[str, Any],
) -> None:
    """検索と総合照会。監査は入ったまま。"""
    cookies = [await entered(place, town.host, account) for account in staff]
    many = [load.Client(f"{town.host}.localhost", place.port, cookies[n % len(cookies)]) for n in range(100)]
    search = await load.saturate(many[:1], queries(people), seconds)
    result["search"] = search.summary()
    common = (f"/search?q={quote(text)}" for text in itertools.cycle(COMMON))
    result["search_kanji"] = (await load.saturate(many[:1], common, seconds)).summary()
    pages = (f"/juki/p/{number}" for number, *_ in itertools.cycle(people))
    await load.saturate(many[:2], pages, 2)
    for count in (20, 100):
        used = machine.processor_seconds(place)
        found = (await load.saturate(many[:count], pages, seconds)).summary()
        used = machine.processor_seconds(place) - used
        result[f"inquiry_{count}"] = found | {"processor_ms": round(1000 * used / found["requests"], 1)}
    result["inquiry_paced"] = {
        "rate": 60,
        **(await load.paced(many, pages, rate=60, seconds=seconds)).summary(),
    }


def queries(people: list[Any]) -> Iterator[str]:
    """窓口の打ち方: カナの頭、漢字の氏、氏と生年、生年月日、宛名番号を順に。"""
    for number, name, kana, born in itertools.cycle(people):
        surname = name.split("　")[0]
        for text in (kana[:4], surname, f"{surname} {born.year}", f"{born:%Y-%m-%d}", number):
            yield f"/search?q={quote(text)}"


def accounts(code: str, numbers: tuple[str, ...] = ACCOUNTS) -> list[tuple[str, str, str]]:
    """見本の職員の（番号, パスワード, 今の符号）。"""
    from tsugaru.faces.web import demo_accounts
    from tsugaru.platform.tenancy import bind

    with bind(code):
        shown = {a["職員番号"]: a for a in demo_accounts.current(SystemClock())}
    return [(n, str(shown[n]["password"]), str(shown[n]["code"])) for n in numbers]


async def entered(place: Installation, host: str, account: tuple[str, str, str]) -> str:
    """ログインした札。"""
    client = load.Client(f"{host}.localhost", place.port)
    assert await client.enter(*account)
    return client.cookie


if __name__ == "__main__":
    main()
