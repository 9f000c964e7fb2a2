"""JUnit の報告をまとめ、pytest と同じ形の 1 行にする。使い方: python build/summary.py 報告.xml …"""

import sys
from pathlib import Path
from xml.etree import ElementTree

COUNTED = ("failures", "errors", "skipped")


def totals(reports: list[str]) -> dict[str, float]:
    """報告の数字の和。passed・failures・errors・skipped は件数、time は秒。"""
    found: dict[str, float] = dict.fromkeys(("passed", *COUNTED, "time"), 0)
    for report in reports:
        # 自分の pytest が書いたものだけを読むので、外からの XML への備えは要らない。
        for suite in ElementTree.fromstring(Path(report).read_text(encoding="utf-8")).iter("testsuite"):  # noqa: S314
            numbers = {name: int(suite.get(name, "0")) for name in COUNTED}
            for name, number in numbers.items():
                found[name] += number
            found["passed"] += int(suite.get("tests", "0")) - sum(numbers.values())
            found["time"] += float(suite.get("time", "0"))
    return found


def line(found: dict[str, float]) -> str:
    """`==== 12 passed, 1 failed, 2 skipped in 3.4s ====`。0 の項は passed のほかは書かない。"""
    words = {"failures": "failed", "passed": "passed", "skipped": "skipped", "errors": "errors"}
    parts = [f"{found[name]:.0f} {word}" for name, word in words.items() if found[name] or name == "passed"]
    return f" {', '.join(parts)} in {found['time']:.1f}s ".center(80, "=")


if __name__ == "__main__":
    sys.stdout.write(line(totals(sys.argv[1:])) + "\n")
