"""A made-up provider in a folder, served by real processes, and a visitor of its pages."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Final, Self
from urllib.parse import urlencode

ROOT: Final = Path(__file__).parents[2]
READY_WITHIN: Final = 120.0
_HIDDEN: Final = re.compile(r'name="([^"]+)"[^>]*value="([^"]*)"')


class TrialFailedError(Exception):
    """Something was not as a trial expects it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: str

    def says(self, words: str) -> bool:
        """Say whether the page has these words."""
        return words in self.body


class Served:
    """A demo in a folder, and its server."""

    def __init__(self, folder: Path, *, data: Path | None = None) -> None:
        """Choose a port. The key file lies in `folder`, the stores in `data`."""
        self.folder, self.data = folder, data or folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.environment: dict[str, str] = {}
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Return itself; nothing runs yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the server if it runs."""
        self.stop()

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command on this installation."""
        return subprocess.run(
            [sys.executable, "-m", "casebound", *words, "--data", str(self.data)],
            env=self._known(),
            capture_output=True,
            text=True,
            check=False,
        )

    def make(self, *, days: int = 1) -> None:
        """Make the made-up provider.

        Raises:
            TrialFailedError: it could not be made.
        """
        made = self.command("demo", "--days", str(days), "--no-serve")
        if made.returncode:
            raise TrialFailedError(f"the demo was not made:\n{made.stderr}")

    def serve(self) -> None:
        """Serve, and wait until it answers.

        Raises:
            TrialFailedError: it did not start.
        """
        words = ["serve", "--port", str(self.port), "--data", str(self.data)]
        with (self.folder / "said").open("ab") as said:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "casebound", *words],
                env=self._known(),
                stdout=said,
                stderr=said,
                start_new_session=True,
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

    def stop(self) -> int:
        """Stop the server as an administrator does (SIGTERM); return its exit code."""
        server, self._server = self._server, None
        if server is None:
            return 0
        server.terminate()
        return server.wait(60)

    def kill(self) -> None:
        """End the server and its workers at once (SIGKILL)."""
        server, self._server = self._server, None
        if server is not None:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()

    def said(self) -> str:
        """Return what the server wrote to its terminal."""
        return (self.folder / "said").read_text(errors="replace")

    def _known(self) -> dict[str, str]:
        known = {name: value for name, value in os.environ.items() if "CASEBOUND" not in name}
        known.pop("DJANGO_SETTINGS_MODULE", None)
        own = {
            "PYTHONPATH": str(ROOT / "src"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "PYTHONWARNINGS": "ignore",
        }
        return known | own | self.environment


class Visitor:
    """Somebody with a browser that keeps cookies and follows nothing by itself."""

    def __init__(self, port: int) -> None:
        """Begin with no cookies."""
        self.port = port
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Get a page."""
        return self._ask("GET", path, None, {})

    def post(self, path: str, typed: Mapping[str, str], *, script: bool = False) -> Answer:
        """Send a form: by the page's script, or as a browser without scripts."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        headers |= {"Sec-Fetch-Site": "same-origin", "Origin": f"http://localhost:{self.port}"}
        if script:
            headers["HX-Request"] = "true"
        token = {"csrfmiddlewaretoken": self.cookies.get("casebound-form", "")}
        return self._ask("POST", path, urlencode({**typed, **token}), headers)

    def step_in(self, name: str) -> Answer:
        """Sign in as one of the made-up people, through the demo's own page.

        Raises:
            TrialFailedError: there is nobody of that name.
        """
        door = self.get("/demo/")
        for form in door.body.split("<form")[1:]:
            action = re.search(r'action="([^"]+)"', form)
            if action and name in form:
                return self.post(action[1], {})
        raise TrialFailedError(f"{name} is not at the door")

    def hidden(self, page: Answer) -> dict[str, str]:
        """Return the fields of a page that have a value."""
        return dict(_HIDDEN.findall(page.body))

    def _ask(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Answer:
        line = http.client.HTTPConnection("localhost", self.port, timeout=60)
        try:
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            line.request(method, path, body, {**headers, "Cookie": cookies})
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
            for cookie in answer.headers.get_all("Set-Cookie", []):
                for name, morsel in SimpleCookie(cookie).items():
                    self.cookies[name] = morsel.value
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status, headers, text)
        finally:
            line.close()
