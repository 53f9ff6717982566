"""One server on a folder and on a port; and after a clean stop each store is one whole file."""

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from casebound.upkeep.running.one_at_a_time import AlreadyServedError, the_only_one
from casebound.upkeep.running.ports import AddressError, PortTakenError, check_address
from casebound.upkeep.running.tests.test_commands import DONE, REFUSED, Home, fresh, home

__all__ = ["fresh", "home"]  # the installation of the commands' tests
READY_WITHIN = 60.0


@pytest.fixture
def listener() -> Iterator[int]:
    """Let this process listen on a port, as a server with workers does."""
    with closing(socket.socket()) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def free_port() -> int:
    with closing(socket.socket()) as trial:
        trial.bind(("127.0.0.1", 0))
        port: int = trial.getsockname()[1]
        return port


def test_a_port_in_use_is_refused_with_the_process_that_has_it(listener: int) -> None:
    with pytest.raises(PortTakenError) as refused:
        check_address("127.0.0.1", listener)
    assert f"Process {os.getpid()}" in refused.value.detail
    assert f"port {listener}" in refused.value.detail


def test_a_free_port_is_taken() -> None:
    check_address("127.0.0.1", free_port())


@pytest.mark.parametrize(
    ("host", "port", "why"),
    [
        ("192.0.2.1", 8000, "not an address of this machine"),
        ("127.0.0.1", 70_000, "There is no port 70000"),
        ("no such host", 8000, "not an address to listen on"),
    ],
)
def test_an_address_that_cannot_be_had_is_refused_in_words(host: str, port: int, why: str) -> None:
    with pytest.raises(AddressError, match=why):
        check_address(host, port)


def test_a_lock_says_who_has_it_and_ends_with_its_process(tmp_path: Path) -> None:
    lock = tmp_path / "serving.lock"
    with the_only_one(lock, AlreadyServedError):
        with pytest.raises(AlreadyServedError) as refused, the_only_one(lock, AlreadyServedError):
            pass
        assert f"Process {os.getpid()}" in refused.value.detail
    holder = subprocess.Popen(  # noqa: S603 (this very Python)
        [
            sys.executable,
            "-c",
            "import fcntl, sys, time; file = open(sys.argv[1], 'r+');"  # noqa: ISC004
            "fcntl.flock(file, fcntl.LOCK_EX); print('ready', flush=True); time.sleep(60)",
            str(lock),
        ],
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(AlreadyServedError), the_only_one(lock, AlreadyServedError):
        pass
    holder.kill()
    holder.communicate()
    with the_only_one(lock, AlreadyServedError):
        pass


def test_a_second_work_leaves_it_to_the_first() -> None:
    said = StringIO()
    with (settings.INSTALLATION.data / "working.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        call_command("work", stdout=said)
    assert "still busy" in said.getvalue()


def test_a_second_server_is_refused_and_a_clean_stop_leaves_whole_files(home: Home) -> None:
    port = free_port()
    server = home.start("serve", "--port", str(port), "--workers", "1")
    try:
        wait_for(port)
        second = home.run("serve", "--port", str(free_port()))
        ask = urllib.request.Request(
            f"http://127.0.0.1:{port}/sign-in/",
            headers={"Cookie": "__Host-casebound=none-of-ours"},
        )
        urllib.request.urlopen(ask).read()  # noqa: S310 (its session is looked for)
        open_now = sorted(file.name for file in home.data.glob("*-wal"))
    finally:
        server.send_signal(signal.SIGTERM)
        code = server.wait(READY_WITHIN)
    assert second.returncode == REFUSED
    assert f"Process {server.pid}" in second.stderr
    assert "being served from this data folder already" in second.stderr
    assert open_now
    assert code == DONE
    assert list(home.data.glob("*-wal")) == list(home.data.glob("*-shm")) == []


def wait_for(port: int) -> None:
    """Wait until something listens on a port."""
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        with closing(socket.socket()) as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not start")
