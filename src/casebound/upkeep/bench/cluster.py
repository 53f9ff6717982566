"""A throw-away PostgreSQL cluster that waits for the disk, as one that keeps records must.

The tests have one of their own, which a released package does not carry; this one is smaller: it
is made, measured and removed by one process, and its server stops when that process goes.
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from casebound.foundation.base.refusals import RefusedError

OLDEST = 15
READY_WITHIN = 60.0
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "150",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "timezone": "UTC",
}
_WATCH = "import os, signal, sys; sys.stdin.read(); os.kill(int(sys.argv[1]), signal.SIGQUIT)"


class NoPostgresError(RefusedError):
    """PostgreSQL cannot be run here."""

    what = "The measures on PostgreSQL cannot be made here."
    do = "On Debian: apt-get install postgresql. Or measure SQLite alone: --store sqlite."


class Cluster:
    """One cluster, running while it is entered."""

    def __init__(self) -> None:
        """Choose a folder that the server's user can reach as well."""
        own = Path(tempfile.gettempdir()).resolve()
        open_to_all = all(folder.stat().st_mode & 0o001 for folder in (own, *own.parents))
        short = len(str(own)) < 60  # noqa: PLR2004 (a socket's path has 107 characters at most)
        place = own if open_to_all and short else Path("/tmp")  # noqa: S108
        self.folder = place / f"casebound-bench-{secrets.token_hex(4)}"
        self._password = secrets.token_hex(16)
        self._server: subprocess.Popen[bytes] | None = None
        self._watch: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Make the cluster and run it.

        Raises:
            NoPostgresError: there is no usable PostgreSQL here.
        """
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the server and leave nothing behind."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)
            self._server.wait()
        if self._watch is not None:
            self._watch.kill()
            self._watch.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """Return the address of a database over the cluster's socket."""
        where = f"postgresql://casebound:{self._password}@localhost/{quote(database)}"
        return f"{where}?host={quote(str(self.folder), safe='')}"

    def create(self, *databases: str) -> None:
        """Make empty databases."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for name in databases:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def _start(self) -> None:
        programs, (uid, gid) = binaries(), _server_user()
        self.folder.mkdir(mode=0o711)
        os.chown(self.folder, uid, gid)
        password = self.folder / "password"
        password.write_text(self._password)
        os.chown(password, uid, gid)
        password.chmod(0o600)
        groups: list[str | int] | None = [] if os.geteuid() == 0 else None
        made = subprocess.run(  # noqa: S603 (PostgreSQL's own programs, our own words)
            [
                programs / "initdb", f"--pgdata={self.folder / 'data'}", "--username=casebound",
                f"--pwfile={password}", "--auth=scram-sha-256", "--data-checksums",
                "--encoding=UTF8", "--locale=C.UTF-8" if sys.platform == "linux" else "--no-locale",
                "--no-sync", "--no-instructions",
            ],
            user=uid, group=gid, extra_groups=groups, cwd=self.folder,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        password.unlink()
        if made.returncode:
            raise NoPostgresError(made.stderr.strip()[-300:])
        settings = SETTINGS | {"unix_socket_directories": str(self.folder)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("wb") as log:
            self._server = subprocess.Popen(  # noqa: S603 (as above)
                [str(programs / "postgres"), "-D", str(self.folder / "data"), *options],
                user=uid, group=gid, extra_groups=groups, cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        # Even if this process is killed, the pipe closes and the server stops.
        self._watch = subprocess.Popen(  # noqa: S603 (this interpreter, our own words)
            [sys.executable, "-c", _WATCH, str(self._server.pid)],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until and self._server and self._server.poll() is None:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise NoPostgresError((self.folder / "log").read_text(errors="replace")[-300:])


def binaries() -> Path:
    """Return the folder with `initdb` and `postgres`: Debian's newest, or the PATH's.

    Raises:
        NoPostgresError: there is none.
    """
    found = [
        folder
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if folder.parent.name.isdigit()
        and int(folder.parent.name) >= OLDEST
        and (folder / "initdb").exists()
    ]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    on_path = shutil.which("initdb")
    if on_path is None:
        raise NoPostgresError
    return Path(on_path).resolve().parent


def _server_user() -> tuple[int, int]:
    """Return who runs the server: oneself, but never root, whom PostgreSQL refuses."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise NoPostgresError("There is no user to run it as.")
