"""法令の部屋の速さ: 個人住民税の全部の規則を、合成の納税義務者で測る。

`python -m tests.bench.law --japan 125000000` で一億二千五百万人。人は、給与が七割・年金が三割の一団を作り、
団ごとに額をずらして繰り返す（作る時間を計算の時間に混ぜない）。親族は一人あたり 0.9 人を一人ずつ並べる。
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from tsugaru.law.engine.compiled import まとめて計算する, 名簿
from tsugaru.law.engine.explain import 跡をたどる, 辞書にする
from tsugaru.law.engine.words import 課税年度
from tsugaru.law.kojin.public import 個人住民税

AIMS = {
    "cold_start_seconds": 15, "cached_start_seconds": 2, "two_cores.people_per_second": 3_000_000,
    "explain_ms": 20, "japan.seconds_for_125_million": 60,
}  # fmt: skip
YEAR = 課税年度(2026)
BLOCK = 200_000


def measure(people: int, japan: int) -> dict[str, Any]:
    """冷えた開始・暖かい開始・一つと二つの芯・説明・全国。"""
    with tempfile.TemporaryDirectory() as folder:
        starts = [start(Path(folder)) for _ in range(2)]
        return {
            "aims": AIMS,
            "rules": len(個人住民税.図(YEAR).順),
            "cold_start_seconds": starts[0],
            "cached_start_seconds": starts[1],
            "one_core": apart("--cores", "1", "--japan", str(people), "--cache", folder),
            "two_cores": apart("--cores", "2", "--japan", str(people), "--cache", folder),
            "explain_ms": explain(50),
            "japan": apart("--cores", "2", "--japan", str(japan), "--cache", folder),
        }


def start(folder: Path) -> float:
    """Python を起こしてから、初めの一人の税額が出るまで。"""
    started = time.perf_counter()
    apart("--cores", "1", "--japan", "1", "--cache", str(folder))
    return round(time.perf_counter() - started, 2)


def apart(*arguments: str) -> Any:
    """別の工程で測る（記憶の最大もその工程のもの）。"""
    command = [sys.executable, "-m", "tests.bench.law", *arguments]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def compute(count: int, cores: int, cache: Path) -> dict[str, Any]:
    """count 人を一団ずつ計算した、秒・毎秒・税額の合計・記憶の最大。"""
    図, 定め = 個人住民税.図(YEAR), 個人住民税.定め(YEAR)
    求める = tuple(名 for 名 in 個人住民税.結果 if 名 in 図.名の表())
    size = min(count, BLOCK)
    block = people(size)
    found = まとめて計算する(図, block, 定め, 求める, cache, 並行=cores)
    total, done, started, cpu = 0, 0, time.perf_counter(), time.process_time()
    while done < count:
        shift(block, done // size)
        まとめて計算する(図, block, 定め, 求める, cache, 並行=cores, 入れ先=found)
        total += int(found["年税額"].sum())
        done += size
    seconds, used = time.perf_counter() - started, time.process_time() - cpu
    return {
        "people": done, "cores": cores, "seconds": round(seconds, 2),
        "people_per_second": round(done / seconds), "people_per_cpu_second": round(done / used),
        "seconds_for_125_million": round(125e6 * seconds / done, 1), "columns": len(block.列) + len(block.員の列),
        "results": len(求める), "yen": total,
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def people(count: int) -> 名簿:
    """一団の納税義務者。額は対数正規、年齢は一様、親族は 0〜3 人。"""
    draw = np.random.default_rng(2026)
    age = draw.integers(18, 95, count)
    older = age >= 65
    wages = np.where(draw.random(count) < np.where(older, 0.25, 0.85), draw.lognormal(15.0, 0.55, count), 0)
    pension = np.where(older, draw.lognormal(14.2, 0.4, count), 0)
    some = {
        "営業等の収入金額": (0.06, 15.2), "不動産の収入金額": (0.05, 14.0), "その他の雑収入金額": (0.04, 12.5),
        "剰余金の配当等の所得": (0.03, 12.0), "一時所得の収入金額": (0.02, 13.0), "上場株式等の配当所得": (0.03, 12.0),
        "上場株式等の譲渡所得": (0.03, 13.0), "土地長期一般の収入金額": (0.003, 16.0), "医療費の金額": (0.12, 12.2),
        "新一般生命保険料": (0.5, 10.8), "介護医療保険料": (0.4, 10.4), "旧個人年金保険料": (0.2, 11.0),
        "地震保険料の金額": (0.3, 10.0), "小規模企業共済等掛金": (0.1, 12.3), "特例控除対象寄附金": (0.15, 10.8),
        "住宅借入金等控除可能額": (0.08, 12.0), "退職手当等の収入金額": (0.02, 15.5),
    }  # fmt: skip
    found = {
        名: np.where(draw.random(count) < 率, draw.lognormal(額, 0.6, count), 0)
        for 名, (率, 額) in some.items()
    }
    found |= {"給与等の収入金額": wages, "公的年金等の収入金額": pension}
    found |= {
        "社会保険料の金額": (wages + pension) * 0.14,
        "営業等の必要経費": found["営業等の収入金額"] * 0.6,
    }
    found |= {"勤続年数": draw.integers(1, 40, count), "住宅の居住開始年": draw.integers(2014, 2026, count)}
    found |= {"不動産の必要経費": found["不動産の収入金額"] * 0.5, "年齢": age}
    found |= {"障害者である": draw.random(count) < 0.03, "給与特別徴収を受ける": (wages > 0) & ~older}
    found |= {"指定都市に住所を有する": draw.random(count) < 0.2, "ひとり親である": draw.random(count) < 0.02}
    columns = {名: np.ascontiguousarray(値, np.int64) for 名, 値 in found.items()}
    return 名簿(count, columns, *members(draw, count))


def members(draw: np.random.Generator, count: int) -> tuple[dict[str, Any], Any]:
    """親族の列と、誰の親族か。"""
    number = draw.choice(4, count, p=[0.45, 0.3, 0.15, 0.1])
    owner = np.repeat(np.arange(count), number)
    first = np.r_[True, owner[1:] != owner[:-1]] if len(owner) else np.zeros(0, bool)
    spouse = first & (draw.random(len(owner)) < 0.7)
    ages = np.where(spouse, draw.integers(25, 90, len(owner)), draw.integers(0, 30, len(owner)))
    wages = np.where(draw.random(len(owner)) < 0.3, draw.lognormal(13.8, 0.5, len(owner)), 0)
    columns = {
        "配偶者である": spouse, "親族の年齢": ages, "親族の給与等の収入金額": wages,
        "同居している": np.ones(len(owner)), "親族が障害者である": draw.random(len(owner)) < 0.02,
    }  # fmt: skip
    return {名: np.ascontiguousarray(値, np.int64) for 名, 値 in columns.items()}, owner


def shift(block: 名簿, turn: int) -> None:
    """次の団では、収入のある人の給与と年金が少し違う。"""
    for 名 in ("給与等の収入金額", "公的年金等の収入金額"):
        列 = block.列[名]
        np.add(列, 1 + turn % 7, out=列, where=列 > 0)


def explain(times: int) -> float:
    """一人を計算し、年税額の木を作る一回のミリ秒（中央の値）。"""
    図, 定め = 個人住民税.図(YEAR), 個人住民税.定め(YEAR)
    from tsugaru.law.engine.evaluate import 計算する

    事例 = {
        "年齢": 45, "給与等の収入金額": 6_120_000, "社会保険料の金額": 880_000, "特例控除対象寄附金": 60_000,
        "親族": [{"配偶者である": True, "親族の年齢": 44, "親族の給与等の収入金額": 1_200_000},
                 {"親族の年齢": 17}, {"親族の年齢": 12}],
    }  # fmt: skip
    samples = []
    for _ in range(times):
        started = time.perf_counter()
        辞書にする(跡をたどる(計算する(図, 事例, 定め), "年税額"))
        samples.append((time.perf_counter() - started) * 1000)
    return round(sorted(samples)[times // 2], 2)


def main() -> None:
    """一つだけ測る（--cores）か、全部を測って標準出力に JSON を書く。"""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cores", type=int)
    parser.add_argument("--people", type=int, default=2_000_000, help="一つと二つの芯で測る人数")
    parser.add_argument("--japan", type=int, default=10_000_000, help="全国として計算する人数")
    parser.add_argument("--cache", type=Path, default=Path("bench") / "law")
    asked = parser.parse_args()
    if asked.cores:
        found = compute(asked.japan, asked.cores, asked.cache)
    else:
        found = measure(asked.people, asked.japan)
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
