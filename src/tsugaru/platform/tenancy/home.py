"""この機械に置くもの（データベース本体・秘密・作業ファイル）の場所。"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[4]


def home() -> Path:
    """置き場。環境変数 TSUGARU_HOME、なければ作業木の var/。"""
    return Path(os.environ.get("TSUGARU_HOME") or REPOSITORY / "var")


def municipalities_folder() -> Path:
    """団体ごとのデータ（条例の値・文言・権限表）の置き場。"""
    return Path(os.environ.get("TSUGARU_MUNICIPALITIES") or REPOSITORY / "municipalities")


def secrets_folder() -> Path:
    """秘密の置き場。所有者だけが読める。"""
    folder = home() / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def read_secret(name: str) -> dict[str, Any] | None:
    """secrets/<name>.json を読む。無ければ None。"""
    path = secrets_folder() / f"{name}.json"
    if not path.exists():
        return None
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def write_secret(name: str, content: dict[str, Any]) -> None:
    """secrets/<name>.json を一度に置き換える（途中で切れても半分の秘密は残らない）。"""
    path = secrets_folder() / f"{name}.json"
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(content, stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.rename(path)


def installation_secret() -> str:
    """この設置だけの秘密（Django の SECRET_KEY）。初めて使うときに作る。"""
    stored = read_secret("installation")
    if stored is None:
        stored = {"secret_key": secrets.token_urlsafe(48)}
        write_secret("installation", stored)
    return str(stored["secret_key"])
