"""この設置が知っている団体の一覧。表示のための事実は municipalities/<団体コード>/municipality.yaml にある。"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from tsugaru.platform.tenancy import home

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Municipality:
    """一つの団体。host は入口のホスト名の先頭の札（例: 札.localhost）。"""

    code: str
    name: str
    host: str
    prefecture: str
    facts: dict[str, Any]

    @property
    def alias(self) -> str:
        """Django の接続の名。"""
        return f"m{self.code}"

    @property
    def database(self) -> str:
        """データベースの名。"""
        return f"tsugaru_{self.code}"

    def role(self, kind: str) -> str:
        """この団体だけの役割の名（owner / app / vault / audit / auditor / report）。"""
        return f"t{self.code}_{kind}"


def read(folder: Path) -> Municipality:
    """団体のデータの置き場を読む。"""
    facts = yaml.safe_load((folder / "municipality.yaml").read_text("utf-8"))
    return Municipality(
        code=str(facts["団体コード"]),
        name=str(facts["名称"]),
        host=str(facts["host"]),
        prefecture=str(facts["都道府県"]),
        facts=facts,
    )


def installed() -> dict[str, Municipality]:
    """この設置に作られている団体（団体コード → 団体）。データベースの秘密があるものだけ。

    データの置き場を読めない団体は飛ばす（一つの団体の不調で、ほかの団体を止めない）。
    """
    found = {}
    for code in sorted(p.stem[1:] for p in home.secrets_folder().glob("m??????.json")):
        try:
            found[code] = _read_installed(code)
        except (OSError, KeyError, yaml.YAMLError):
            logger.warning("団体 %s のデータの置き場を読めません。", code)
    return found


def folder_of(code: str) -> Path:
    """団体のデータの置き場（parameters・texts など）。"""
    stored = home.read_secret(f"m{code}") or {}
    return Path(str(stored.get("folder") or home.municipalities_folder() / code))


@lru_cache(maxsize=64)
def _read_installed(code: str) -> Municipality:
    return read(folder_of(code))


@lru_cache(maxsize=256)
def _code_of(host: str) -> str:
    for code, municipality in installed().items():
        if municipality.host == host:
            return code
    raise LookupError(host)  # 例外は覚えられないので、後から加わった団体もすぐ見つかる


def by_host(host: str) -> Municipality | None:
    """ホスト名の先頭の札から団体を探す。知らない札なら None。"""
    try:
        return _read_installed(_code_of(host.split(":", maxsplit=1)[0].split(".", maxsplit=1)[0]))
    except LookupError:
        return None


def by_code(code: str) -> Municipality:
    """団体コードから。無ければ LookupError。"""
    if home.read_secret(f"m{code}") is None:
        raise LookupError(f"TE-0003 団体コード {code} はこの設置にありません。")
    return _read_installed(code)


def forget() -> None:
    """覚えを捨てる（団体を取り除いたとき）。"""
    _read_installed.cache_clear()
    _code_of.cache_clear()
