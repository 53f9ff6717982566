"""A real server of an empty installation, in a folder of its own, for as long as a trial lasts."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 120.0  # seconds, on a busy machine
QUIET_WITHIN = 30.0


class Served:
    """`casebound init`, then `casebound serve`; its key file is in the same folder."""

    def __init__(self, folder: Path) -> None:
        """Choose a port; nothing runs yet."""
        self.folder, self.data = folder, folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.temporary = folder / "temporary"
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        """Make the installation and serve it."""
        self.temporary.mkdir(parents=True)
        begun = [
            "init", "--origin", "trial.casebound.example/1", "--provider", "Hazel Care",
        ]  # fmt: skip
        subprocess.run(self._command(*begun), **self._where(), check=True, capture_output=True)
        command = self._command("serve", "--port", str(self.port))
        self._server = subprocess.Popen(
            command, **self._where(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + READY_WITHIN
        while not self.answers():
            if self._server.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the server does not answer")
            time.sleep(0.1)
        return self

    def __exit__(self, *_: object) -> None:
        """End the server."""
        if self._server is not None:
            self._server.terminate()
            self._server.wait(QUIET_WITHIN)

    def answers(self) -> bool:
        """Say whether somebody answers at the port."""
        try:
            with self.connected() as there:
                there.sendall(
                    b"GET /line/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                )
                return there.recv(12).startswith(b"HTTP/1.1 2")
        except OSError:
            return False

    def connected(self) -> socket.socket:
        """Return a connection to it."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def _command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "casebound", *words, "--data", str(self.data)]

    def _where(self) -> dict[str, Any]:
        known = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CASEBOUND_", "DJANGO_"))
        }
        known |= {
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "CASEBOUND_TLS": "no",
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": str(ROOT / "src"),
        }
        return {"env": known, "cwd": self.folder}
