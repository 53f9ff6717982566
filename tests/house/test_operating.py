"""What the page on operating says of PostgreSQL, done as it says."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.house.source import ROOT
from tests.postgres import Cluster

PAGE = ROOT / "docs" / "operating.md"
SQL = re.compile(r"```sql\n(.*?)```", re.DOTALL)
STORES = ("casebound", "casebound_keyring", "casebound_derived")
OWNER, SERVER = "casebound_owner", "casebound_app"
WORD = "made-up"


class House:
    """An installation on PostgreSQL with an owner and a role to run as."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        """Follow the page."""
        self.cluster, self.folder = cluster, folder
        makes_roles, grants, empties, bars = SQL.findall(PAGE.read_text(encoding="utf-8"))
        self.run(cluster.url("postgres"), makes_roles)
        for store in STORES:
            self.run(self.url(OWNER, store), grants)
        self.run(self.url(OWNER, "casebound_derived"), empties)
        made = self.casebound(OWNER, "init", "--origin", "a.example/1", "--provider", "Hazel Care")
        assert made.returncode == 0, made.stderr
        self.run(self.url(OWNER, "casebound"), bars)

    def run(self, url: str, words: str) -> None:
        """Run statements, one by one, as psql does."""
        lines = [line for line in words.splitlines() if not line.startswith("--")]
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in "\n".join(lines).replace("…", WORD).split(";"):
                if statement.strip():
                    connection.execute(statement.encode())

    def url(self, role: str, database: str) -> str:
        """Return the address of a database for a role."""
        parts = urlsplit(self.cluster.url(database))
        place = f"{role}:{WORD}@{parts.netloc.rpartition('@')[2]}"
        return urlunsplit(parts._replace(netloc=place))

    def casebound(self, role: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the command with the database of a role."""
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("CASEBOUND_", "DJANGO_"))
        }
        environment |= {
            "PYTHONPATH": str(ROOT / "src"),
            "CASEBOUND_KEY_FILE": str(self.folder / "keys"),
            "CASEBOUND_DATA": str(self.folder / "data"),
            "CASEBOUND_DATABASE_URL": self.url(role, "casebound"),
        }
        return subprocess.run(
            [sys.executable, "-m", "casebound", *words],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Return the installation, in a cluster of its own, because roles belong to a cluster."""
    with Cluster() as cluster:
        yield House(cluster, tmp_path_factory.mktemp("house"))


@pytest.mark.postgres
@pytest.mark.parametrize(
    "words",
    [
        ("administrator", "--username", "alex.moreau", "--name", "Alex Moreau"),  # it seals
        ("work",),
        ("rebuild",),
        ("verify",),
    ],
    ids=lambda words: words[0],
)
def test_the_server_s_role_can_do_all_the_work(house: House, words: tuple[str, ...]) -> None:
    done = house.casebound(SERVER, *words)

    assert done.returncode == 0, done.stderr


@pytest.mark.postgres
@pytest.mark.policy("P58", "P64")
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM sealed_entry",
        "UPDATE log_leaf SET data = data",
        "DELETE FROM read_trail",
        "TRUNCATE sealed_entry",
        "DROP TABLE entry_key",
        "ALTER TABLE sealed_entry DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
    ],
)
def test_the_server_s_role_is_barred_even_from_trying(house: House, statement: str) -> None:
    with (
        psycopg.connect(house.url(SERVER, "casebound")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


@pytest.mark.postgres
def test_the_owner_brings_the_stores_up_to_date(house: House) -> None:
    done = house.casebound(OWNER, "rebuild")

    assert done.returncode == 0, done.stderr
