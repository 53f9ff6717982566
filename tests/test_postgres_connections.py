"""Connections to a real PostgreSQL server: TLS, poolers, stale connections, waits that end."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from django.db import OperationalError
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from casebound.foundation.stores.addresses import postgresql
from casebound.foundation.stores.postgres.base import bound_requests
from casebound.foundation.stores.postgres.poolers import PooledByTransactionError, refuse_poolers
from casebound.foundation.stores.refusals import (
    NoConnectionsLeftError,
    StoreAwayError,
    StoreBusyError,
    StoreSettingsError,
    refusal_for,
)
from tests.postgres import Cluster

pytestmark = pytest.mark.postgres
STORES: list[Any] = []  # of the test that runs
SLEEPS = "SELECT pg_sleep(20)"


@pytest.fixture(scope="module")
def server(django_db_blocker: DjangoDbBlocker) -> Iterator[Cluster]:
    """Return a server of this module's own. The stores of the run are not touched."""
    with Cluster() as cluster, django_db_blocker.unblock():
        cluster.create("books")
        yield cluster


def store_at(url: str, *, pool: int = 0, **bounds: Any) -> Any:
    """Return Django's wrapper of a store, as the settings make it."""
    settings = postgresql({"default": url}, pool=pool)["default"]
    if bounds:
        bound_requests([settings], **bounds)
    return opened(settings)


def opened(settings: dict[str, Any]) -> Any:
    """Return the wrapper of settings; it is closed after the test."""
    store: Any = ConnectionHandler({"default": settings})["default"]
    STORES.append(store)
    return store


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    while STORES:
        store = STORES.pop()
        store.close()
        store.close_pool()


def ask(store: Any, query: str = "SELECT 1") -> Any:
    """Ask as a request would: at its beginning a connection is looked at."""
    store.close_if_unusable_or_obsolete()
    with store.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchone()[0]


def said_about(store: Any, query: str = "SELECT 1") -> object:
    """Return the refusal of a query that must fail."""
    with pytest.raises(OperationalError) as failed:
        ask(store, query)
    return refusal_for(failed.value)


class Authority:
    """Somebody who signs certificates."""

    def __init__(self, folder: Path, name: str) -> None:
        """Make its key and its own certificate."""
        self.folder, self.name = folder, name
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.root = self.written(name, self.signed(self.key, name, is_authority=True))

    def signed(
        self, key: ec.EllipticCurvePrivateKey, name: str, *, is_authority: bool = False
    ) -> x509.Certificate:
        """Sign a certificate for a name and, if it is `localhost`, this machine's address."""
        subject, issuer = (
            x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])
            for words in (name, self.name)
        )
        names: list[x509.GeneralName] = [x509.DNSName(name)]
        if name == "localhost":
            names.append(x509.IPAddress(ip_address("127.0.0.1")))
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=2))
            .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .sign(self.key, hashes.SHA256())
        )

    def written(self, name: str, certificate: x509.Certificate) -> Path:
        """Write a certificate into the folder."""
        file = self.folder / f"{self.name}-{name}.crt"
        file.write_bytes(certificate.public_bytes(Encoding.PEM))
        return file

    def pair(self, name: str) -> tuple[Path, Path]:
        """Write a new key and its certificate; return both files, the certificate first."""
        key = ec.generate_private_key(ec.SECP256R1())
        file = self.folder / f"{self.name}-{name}.key"
        file.touch(mode=0o600)
        file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return self.written(name, self.signed(key, name)), file


def switch_tls(server: Cluster, files: tuple[Path, Path] | None, root: Path | None = None) -> None:
    """Let the server speak TLS with a certificate and a key, or not."""
    sets = ["ALTER SYSTEM SET ssl = off"]
    if files is not None:
        owner = server.folder.stat()
        copies = []
        for file in (*files, root or files[0]):
            copy = Path(shutil.copy(file, server.folder))
            os.chown(copy, owner.st_uid, owner.st_gid)
            copy.chmod(0o600)
            copies.append(copy)
        names = ("ssl_cert_file", "ssl_key_file", "ssl_ca_file")
        sets = [
            f"ALTER SYSTEM SET {name} = '{copy}'" for name, copy in zip(names, copies, strict=True)
        ]
        sets.append("ALTER SYSTEM SET ssl = on")
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        for statement in (*sets, "SELECT pg_reload_conf()"):
            connection.execute(statement.encode())
    time.sleep(0.3)


def test_tls_is_asked_for_and_checked_as_the_address_says(server: Cluster, tmp_path: Path) -> None:
    here, other = Authority(tmp_path, "here"), Authority(tmp_path, "other")
    url = server.url("books", over_tcp=True)
    encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"

    refused = said_about(store_at(f"{url}?sslmode=require"))
    assert isinstance(refused, StoreSettingsError)  # the server speaks no TLS

    switch_tls(server, here.pair("localhost"), here.root)
    assert ask(store_at(f"{url}?sslmode=disable"), encrypted) is False
    assert ask(store_at(f"{url}?sslmode=require"), encrypted) is True
    full = f"{url}?sslmode=verify-full&sslrootcert="
    assert ask(store_at(f"{full}{here.root}"), encrypted) is True
    refused = said_about(store_at(f"{full}{other.root}"))
    assert isinstance(refused, StoreSettingsError)  # signed by somebody else
    refused = said_about(store_at(f"{full}{tmp_path / 'none.crt'}"))
    assert isinstance(refused, StoreSettingsError)  # nobody to trust

    certificate, key = here.pair("casebound")
    client = f"{full}{here.root}&sslcert={certificate}&sslkey={key}"
    asks = "SELECT client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    assert ask(store_at(client), asks) == "/CN=casebound"

    switch_tls(server, here.pair("elsewhere.example"), here.root)
    refused = said_about(store_at(f"{full}{here.root}"))
    assert isinstance(refused, StoreSettingsError)  # the name of another server
    known = f"{url}?sslmode=verify-ca&sslrootcert={here.root}"
    assert ask(store_at(known), encrypted) is True
    switch_tls(server, None)


@pytest.mark.parametrize("pool", [0, 2], ids=["own", "pool"])
def test_a_connection_that_was_ended_is_noticed_before_it_is_used(
    server: Cluster, pool: int
) -> None:
    store = store_at(server.url("books"), pool=pool)
    first = ask(store, "SELECT pg_backend_pid()")
    if pool:
        store.close()  # as at the end of a request: back to the pool

    with psycopg.connect(server.url("postgres"), autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [first])

    assert ask(store, "SELECT pg_backend_pid()") != first


def test_a_notice_on_an_idle_connection_does_not_end_it(server: Cluster) -> None:
    store = store_at(server.url("books"))
    first = ask(store, "SELECT pg_backend_pid()")

    with psycopg.connect(server.url("postgres"), autocommit=True) as other:
        # A setting that the server tells to each of its clients at once.
        other.execute("ALTER SYSTEM SET timezone = 'Europe/London'")
        other.execute("SELECT pg_reload_conf()")
        other.execute("ALTER SYSTEM RESET timezone")
    time.sleep(0.3)

    assert ask(store, "SELECT pg_backend_pid()") == first


def test_a_request_waits_only_so_long(server: Cluster) -> None:
    began = time.monotonic()

    busy = said_about(store_at(server.url("books"), statement=1), SLEEPS)
    assert isinstance(busy, StoreBusyError)
    late = said_about(store_at(server.url("books"), answer=1.0), SLEEPS)

    assert isinstance(late, StoreAwayError)
    assert time.monotonic() - began < 10


def test_a_frozen_server_hangs_nobody(server: Cluster) -> None:
    store = store_at(server.url("books"), answer=1.0)
    ask(store)
    began = time.monotonic()
    server.freeze()
    try:
        assert isinstance(said_about(store), StoreAwayError)
        new = store_at(f"{server.url('books')}&connect_timeout=2")
        assert isinstance(said_about(new), StoreAwayError)
    finally:
        server.thaw()

    assert time.monotonic() - began < 10
    assert ask(store) == 1


def test_a_pool_that_is_all_in_use_refuses_after_a_while(server: Cluster) -> None:
    settings = postgresql({"default": server.url("books")}, pool=1)["default"]
    settings["OPTIONS"]["pool"]["timeout"] = 1
    stores = [opened(settings) for _ in range(2)]
    ask(stores[0])

    assert isinstance(said_about(stores[1]), NoConnectionsLeftError)

    stores[0].close()
    assert ask(stores[1]) == 1


@contextmanager
def pooler(server: Cluster, folder: Path, mode: str) -> Iterator[str]:
    """Run PgBouncer in front of the server; yield the address of the database behind it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = server.url("books", over_tcp=True)
    password = address.split("@")[0].rpartition(":")[2]
    users, file = folder / "users.txt", folder / "pgbouncer.ini"
    users.write_text(f'"casebound" "{password}"\n')
    file.write_text(
        f"[databases]\n* = host={server.folder} port={server.port}\n[pgbouncer]\n"
        f"listen_addr=127.0.0.1\nlisten_port={port}\nunix_socket_dir=\nauth_type=plain\n"
        f"auth_file={users}\npool_mode={mode}\n"
    )
    owner = server.folder.stat()
    for path in (folder, users, file):
        os.chown(path, owner.st_uid, owner.st_gid)
    program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program is not None  # `tools/check.py` installs it
    running = subprocess.Popen(
        [program, "-q", str(file)], stderr=subprocess.DEVNULL, user=owner.st_uid, group=owner.st_gid
    )
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield address.replace(f":{server.port}/", f":{port}/")
    finally:
        running.terminate()
        running.wait()


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder that the server's user can reach."""
    made = Path(tempfile.mkdtemp(prefix="casebound-pooler-", dir="/tmp"))
    yield made
    shutil.rmtree(made)


@pytest.mark.parametrize("mode", ["transaction", "statement"])
def test_a_pooler_that_parts_a_connection_is_refused(
    server: Cluster, folder: Path, mode: str
) -> None:
    with (
        pooler(server, folder, mode) as url,
        pytest.raises(PooledByTransactionError, match="CASEBOUND_POOL"),
    ):
        refuse_poolers(store_at(url))


def test_a_pooler_that_keeps_a_connection_is_taken(server: Cluster, folder: Path) -> None:
    with pooler(server, folder, "session") as url:
        refuse_poolers(store_at(url))

    refuse_poolers(store_at(server.url("books")))  # none at all
