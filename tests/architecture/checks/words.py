"""残してはならない語の検査。この検査自身が掛からないよう、語は分けるか [.] で書く。"""

import re

UNFINISHED = re.compile(
    r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"]) + r")\b"
    r"|pass\s+#\s*stub"
)
REGISTRY_HOSTS = r"pypi[.]org|pythonhosted[.]org|npmjs[.]|yarnpkg[.]com|proxy[.]golang[.]|anaconda[.]org"
MACHINE_PATHS = r"(?<![\w.~$}\-])/(?:work|root|home|Users|workspace)/"
BARE_SUPPRESSION = re.compile(r"#\s*(?:noqa(?!:\s*[A-Z]+[0-9]+)|type:\s*ignore(?!\[[a-z-]))")
WORKPLACE = re.compile(f"{REGISTRY_HOSTS}|{MACHINE_PATHS}")


def unfinished_faults(text: str) -> list[str]:
    """やり残しの印。できないことは書かずに、docstring の「まだ無いもの」に置く。"""
    return _found(UNFINISHED, text, "やり残しの印")


def workplace_faults(text: str) -> list[str]:
    """配布元の host 名と、ある機械だけのパス。"""
    return _found(WORKPLACE, text, "持ち込めない語")


def suppression_faults(text: str) -> list[str]:
    """何を黙らせるかを言わない抑止。"""
    return _found(BARE_SUPPRESSION, text, "番号のない抑止")


def _found(pattern: re.Pattern[str], text: str, label: str) -> list[str]:
    return [
        f"{number}: {label} {found.group()}"
        for number, line in enumerate(text.splitlines(), start=1)
        for found in pattern.finditer(line)
    ]
