"""A demo served by a real process of its own, which a test may end and start again."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

READY_WITHIN = 300.0  # seconds; ninety days on a slow machine


class Demo:
    """The demo in a folder. Its key file is in that folder too, not among a person's own."""

    def __init__(self, folder: Path, *, days: int) -> None:
        """Choose a port; nothing runs yet."""
        self.folder, self.days = folder, days
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        """Start it."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.stop()

    def start(self) -> None:
        """Make the demo if it is not there, serve it, and wait until it answers."""
        known = {name: value for name, value in os.environ.items() if "CASEBOUND" not in name}
        known |= {
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
        }
        known.pop("DJANGO_SETTINGS_MODULE", None)
        options = ["--data", str(self.folder / "data"), "--port", str(self.port)]
        self._server = subprocess.Popen(
            [sys.executable, "-m", "casebound", "demo", *options, "--days", str(self.days)],
            env=known,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        until = time.monotonic() + READY_WITHIN
        while not self._answers():
            if self._server.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the demo does not answer")
            time.sleep(0.1)

    def stop(self) -> None:
        """End the server, and wait until it has."""
        if self._server is not None:
            self._server.terminate()
            self._server.wait(30)
            self._server = None

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/demo/", timeout=5) as answer:  # noqa: S310 (our own)
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False
