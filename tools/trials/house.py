"""A demo served by real processes on a PostgreSQL server of its own, and a visitor of it."""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Final, Self
from urllib.parse import urlencode

import psycopg

from tests.postgres import NONE, Cluster

STORES: Final = ("casebound", "casebound_keyring", "casebound_derived")
READY_WITHIN: Final = 120.0
ROOT: Final = Path(__file__).parents[2]


class TrialFailedError(Exception):
    """Something was not as a trial expects it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered, and after how many seconds."""

    status: int
    headers: Mapping[str, str]
    body: str
    seconds: float


class House:
    """An installation of made-up people on PostgreSQL, with its server."""

    def __init__(self, *, days: int = 1, settings: Mapping[str, str] = NONE) -> None:
        """Choose a cluster, a folder and a port; nothing runs yet."""
        self.cluster = Cluster(settings=settings)
        self.days = days
        self._folder = tempfile.TemporaryDirectory(prefix="casebound-trial-")
        self.folder = Path(self._folder.name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._server: subprocess.Popen[bytes] | None = None
        self.url = self.cluster.url(STORES[0])
        self.environment: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Start the database, make the demo, and serve it."""
        self.cluster.start()
        try:
            self.make()
            self.serve()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """End everything."""
        self.leave()
        self.cluster.stop()
        self._folder.cleanup()

    def make(self) -> None:
        """Make the demo, which makes its own databases."""
        made = self.casebound("demo", "--days", str(self.days), "--no-serve")
        if made.returncode:
            raise TrialFailedError(f"the demo was not made:\n{made.stderr}")

    def serve(self, **more: str) -> None:
        """Serve, and wait until it answers."""
        command = [sys.executable, "-m", "casebound", "serve", "--port", str(self.port)]
        with (self.folder / "said").open("ab") as said:
            self._server = subprocess.Popen(
                [*command, "--data", str(self.folder / "data")],
                env=self._environment() | more,
                stdout=said,
                stderr=said,
            )
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until and self._server.poll() is None:
            try:
                Visitor(self.port).get("/line/")
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise TrialFailedError(f"the server did not start:\n{self.said()}")

    def leave(self) -> None:
        """Stop serving."""
        server, self._server = self._server, None
        if server is not None:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()
                raise

    def said(self) -> str:
        """Return what the server has written to its terminal."""
        return (self.folder / "said").read_text(errors="replace")

    def casebound(self, *words: str, within: float = 300) -> subprocess.CompletedProcess[str]:
        """Run a command on this installation."""
        return subprocess.run(
            [sys.executable, "-m", "casebound", *words, "--data", str(self.folder / "data")],
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=within,
        )

    def sql(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the owner of the cluster, each by itself."""
        with psycopg.connect(self.cluster.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def end_connections(self) -> int:
        """End every connection of casebound, as a network that cuts idle ones does."""
        ask = (
            # It waits up to 5 s for each to be gone.
            "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
            " WHERE datname LIKE 'casebound%'"
        )
        with psycopg.connect(self.cluster.url("postgres"), autocommit=True) as connection:
            row = connection.execute(ask.encode()).fetchone()
        return int(row[0]) if row else 0

    def _environment(self) -> dict[str, str]:
        known = {name: value for name, value in os.environ.items() if "CASEBOUND" not in name}
        known.pop("DJANGO_SETTINGS_MODULE", None)
        return (
            known
            | {
                "PYTHONPATH": str(ROOT / "src"),
                "XDG_CONFIG_HOME": str(self.folder / "config"),
                "CASEBOUND_DATABASE_URL": self.url,
            }
            | self.environment
        )


@dataclass
class Visitor:
    """Somebody with a browser without scripts. Each request is a connection of its own."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, *, within: float = 60) -> Answer:
        """Look at a page."""
        return self._ask("GET", path, None, {}, within)

    def post(
        self, path: str, form: Mapping[str, str], *, within: float = 60, **headers: str
    ) -> Answer:
        """Send a form of a page of this server."""
        own = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._ask("POST", path, urlencode(form), own | named, within)

    def step_in(self, name: str) -> None:
        """Sign in through the demo's door."""
        page = self.get("/demo/").body
        before = page[: page.index(name)]
        address = re.findall(r'action="(/demo/[0-9a-f]{32}/)"', before)[-1]
        answer = self.post(address, {"csrfmiddlewaretoken": token_of(page)})
        if answer.status not in {302, 303}:
            raise TrialFailedError(f"{name} could not step in: {answer.status}")

    def _ask(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str], within: float
    ) -> Answer:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=within)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            connection.request(
                method, path, body, {"Accept": "text/html", "Cookie": cookie, **headers}
            )
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                for morsel in SimpleCookie(value).values():
                    self.cookies[morsel.key] = morsel.value
        return Answer(answer.status, dict(answer.getheaders()), text, time.monotonic() - began)


def token_of(page: str) -> str:
    """Return the hidden token of a page's first form."""
    match = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if match is None:
        raise TrialFailedError("the page has no form")
    return match.group(1)
