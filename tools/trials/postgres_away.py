"""PostgreSQL away and back: what people are told, how long they wait, and what goes on by itself.

    .venv/bin/python -m tools.trials.postgres_away --whole

Each case harms a real server under a real `casebound serve`, asks as visitors without scripts do,
mends it, and asks again. A case returns what it counted and raises `TrialFailedError` if something
is not as it must be. CI runs the same cases, with fewer visitors (`tests/test_postgres_away.py`).
"""

import argparse
import re
import secrets
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg

from tools.trials.house import STORES, Answer, House, TrialFailedError, Visitor, token_of

WORKER: Final = "Tomasz Wilczak"
TYPED: Final = "Porridge with honey, twice"
AWAY: Final = "casebound cannot reach its database at the moment."
BUSY: Final = "casebound is too busy at the moment."
READ_ONLY: Final = "casebound can only read at the moment."
NO_ROOM: Final = "there is no room left on the disk of casebound."
TOO_LONG: Final = "This took too long, so casebound stopped it."
AGAIN: Final = "The books are being worked out again."
OK, UNAVAILABLE, COULD_NOT = 200, 503, 2
LONGEST: Final = 30.0  # seconds that any request may take
BACK_WITHIN: Final = 60.0


@dataclass(slots=True)
class Counted:
    """What a case counted.

    Attributes:
        asked: requests while the database was harmed.
        words: how many of them were answered in the words that the case expects.
        typed: how many forms came back with what was typed.
        longest: the longest that one of them waited, in seconds.
        after: requests that were refused after the database was back, before one was answered.
        again: how many were told then that the books are being worked out again.
        back: seconds from the end of the harm to the first page as usual.
    """

    asked: int = 0
    words: int = 0
    typed: int = 0
    longest: float = 0.0
    after: int = 0
    again: int = 0
    back: float = 0.0

    def line(self) -> str:
        """Return the counts as a line of a table."""
        return (
            f"{self.words}/{self.asked} in words, {self.typed} forms kept,"
            f" longest {self.longest:.1f} s, {self.after} refused after,"
            f" {self.again} told “again”, back in {self.back:.1f} s"
        )


Case = Callable[[House, int], Counted]


def ended(house: House, visitors: int) -> Counted:
    """Every connection is ended while nobody uses it: nobody notices."""
    counted = Counted()
    people = _people(house, visitors)
    house.end_connections()
    return _after(people, counted, refused_at_most=0)


def crashed(house: House, visitors: int) -> Counted:
    """The server is killed (`kill -9`), is away for a while, and recovers."""
    counted = Counted()
    people = _people(house, visitors)
    house.cluster.crash()
    try:
        _while_harmed(people, counted, AWAY)
        _commands(house)
    finally:
        house.cluster.restart()
    return _after(people, counted)


def restarted(house: House, visitors: int) -> Counted:
    """The server is stopped at once, as `pg_ctl restart -m immediate` does, and is back."""
    people = _people(house, visitors)
    house.cluster.stop_at_once()
    house.cluster.restart()
    return _after(people, Counted(), refused_at_most=0)


def frozen(house: House, visitors: int) -> Counted:
    """The server takes connections and answers nothing."""
    counted = Counted()
    people = _people(house, visitors)
    house.cluster.freeze()
    try:
        _while_harmed(people, counted, AWAY)
    finally:
        house.cluster.thaw()
    return _after(people, counted)


def crowded(house: House, visitors: int) -> Counted:
    """Others have every connection that the server has to give."""
    counted = Counted()
    people = _people(house, visitors)
    with _every_connection(house):
        _while_harmed(people, counted, BUSY)
    return _after(people, counted)


def read_only(house: House, visitors: int) -> Counted:
    """The server takes no changes. Not even a look at a book, which would be on no trail."""
    counted = Counted()
    people = _people(house, visitors)
    house.sql("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
    time.sleep(0.5)  # until each process of the server has heard of it
    try:
        _while_harmed(people, counted, READ_ONLY, forms_alone=True)
    finally:
        house.sql(
            "SET default_transaction_read_only = off",
            "ALTER SYSTEM RESET default_transaction_read_only",
            "SELECT pg_reload_conf()",
        )
    return _after(people, counted)


def one_away(house: House, visitors: int) -> Counted:
    """One of the three databases alone takes no connections, each in turn.

    Without the keyring people still read what a process has opened before.
    """
    counted = Counted()
    people = _people(house, visitors)
    entry = _entry_on(people[0].get("/"))
    for store in STORES:
        house.sql(f"ALTER DATABASE {store} ALLOW_CONNECTIONS false")
        house.end_connections()
        try:
            if store == "casebound_keyring":
                refused = [answer for answer in _all_ask(people, entry) if answer.status != OK]
                _tell(refused, counted, AWAY)
            else:
                _while_harmed(people, counted, AWAY)
        finally:
            house.sql(f"ALTER DATABASE {store} ALLOW_CONNECTIONS true")
        _after(people, counted)
    return counted


def full(house: House, visitors: int) -> Counted:
    """The disk of the ledger's database is full. What needs no room goes on, and what does is told.

    Where this user may not mount a small disk it is not tried, and nothing is counted.
    """
    counted = Counted()
    people = _people(house, visitors)
    with _small_disk(house) as disk:
        if disk is None:
            return counted
        _all_ask(people)
        filler = disk / "filler"
        with suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(64 * 1024)):
                pass
        try:
            for answer in _all_ask(people):
                _expect(answer.status == OK or _says(answer, NO_ROOM), _told(answer))
            sent = _all_send(people, more=secrets.token_hex(100_000))
            _tell(sent, counted, NO_ROOM)
            counted.typed = sum(TYPED in answer.body for answer in sent)
            _expect(counted.typed == len(sent), "what was typed is gone")
        finally:
            filler.unlink()
        return _after(people, counted)


CASES: Final[dict[str, Case]] = {
    "every connection ended": ended,
    "restarted at once": restarted,
    "killed": crashed,
    "frozen": frozen,
    "no connection left": crowded,
    "read only": read_only,
    "one database away": one_away,
    "disk full": full,
}


def _people(house: House, visitors: int) -> list[Visitor]:
    """Let people sign in and look round, so that the server has connections of all kinds."""
    first = Visitor(house.port)
    first.step_in(WORKER)
    people = [Visitor(house.port, dict(first.cookies)) for _ in range(visitors)]
    for answer in _all_ask(people):
        _expect(answer.status == OK, f"the Shift page answered {answer.status}")
    return people


def _while_harmed(
    people: list[Visitor], counted: Counted, words: str, *, forms_alone: bool = False
) -> None:
    """Look at a book and send a form, all at once; count who was told why, and who waited."""
    if not forms_alone:
        _tell(_all_ask(people), counted, words)
    sent = _all_send(people)
    _tell(sent, counted, words)
    counted.typed += sum(TYPED in answer.body for answer in sent)
    for answer in sent:
        _expect(TYPED in answer.body, f"what was typed is gone: {_told(answer)}")
        _expect(bool(token_of(answer.body)), "the form cannot be sent again")


def _tell(answers: list[Answer], counted: Counted, words: str) -> None:
    """Count answers, each of which must say these words, and soon."""
    counted.asked += len(answers)
    counted.words += sum(_says(answer, words) for answer in answers)
    counted.longest = max([counted.longest, *(answer.seconds for answer in answers)])
    for answer in answers:
        _expect(_says(answer, words), f"not “{words}” but {_told(answer)}")
        _expect(answer.seconds < LONGEST, f"a request took {answer.seconds:.0f} s")


def _after(
    people: list[Visitor], counted: Counted, *, refused_at_most: int | None = None
) -> Counted:
    """Ask until all is as usual again, and expect no run of errors."""
    began = time.monotonic()
    while True:
        answers = _all_ask(people)
        refused = [answer for answer in answers if answer.status != OK]
        # On a busy machine others wait too long for the one that works a short log out again.
        again = [answer for answer in refused if _says(answer, AGAIN) or _says(answer, TOO_LONG)]
        for answer in refused:
            _expect(answer in again or _says(answer, AWAY), _told(answer))
        counted.again += len(again)
        counted.after += len(refused) - len(again)
        counted.back = time.monotonic() - began
        if not refused:
            break
        _expect(counted.back < BACK_WITHIN, "it did not come back")
        time.sleep(0.2)
    if refused_at_most is not None:
        _expect(counted.after <= refused_at_most, f"{counted.after} errors after it was back")
    return counted


def _commands(house: House) -> None:
    """A check could not look; a job refuses in words. Neither says that something is wrong."""
    checked = house.casebound("verify")
    _expect(checked.returncode == COULD_NOT, f"verify ended with {checked.returncode}")
    _expect("COULD NOT BE LOOKED AT" in checked.stdout, checked.stdout + checked.stderr)
    worked = house.casebound("work")
    _expect(worked.returncode == COULD_NOT, f"work ended with {worked.returncode}")
    _expect(worked.stderr.startswith(AWAY), worked.stderr)


def _entry_on(shift: Answer) -> str:
    """Return the address of the first entry of the first book that the Shift page leads to."""
    books = re.findall(r'href="(/books/[0-9a-f]{32}/)"', shift.body)
    _expect(bool(books), "the Shift page leads to no book")
    return f"{books[0]}1/"


def _all_ask(people: list[Visitor], path: str = "/") -> list[Answer]:
    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(lambda visitor: visitor.get(path), people))


def _all_send(people: list[Visitor], more: str = "") -> list[Answer]:
    def send(visitor: Visitor) -> Answer:
        token = visitor.cookies["casebound-form"]
        return visitor.post("/search/", {"csrfmiddlewaretoken": token, "q": TYPED + more})

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(send, people))


@contextmanager
def _small_disk(house: House) -> Iterator[Path | None]:
    """Put the ledger's database on a disk of 64 MB in memory; None if that is not allowed."""
    owner = house.cluster.folder.stat()
    disk = house.cluster.folder / "small"
    disk.mkdir()
    options = f"size=64m,mode=700,uid={owner.st_uid},gid={owner.st_gid}"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        yield None
        return
    store = STORES[0]
    try:
        house.sql(f"CREATE TABLESPACE small LOCATION '{disk}'")
        _move(house, f"ALTER DATABASE {store} SET TABLESPACE small")
        try:
            yield disk
        finally:
            _move(house, f"ALTER DATABASE {store} SET TABLESPACE pg_default")
            house.sql("CHECKPOINT", "DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _move(house: House, statement: str) -> None:
    house.sql(f"ALTER DATABASE {STORES[0]} ALLOW_CONNECTIONS false")
    house.end_connections()
    house.sql(statement, f"ALTER DATABASE {STORES[0]} ALLOW_CONNECTIONS true")


@contextmanager
def _every_connection(house: House) -> Iterator[None]:
    """Hold all the connections that the server gives, as it ended those of casebound."""
    held: list[psycopg.Connection[object]] = []
    house.end_connections()
    try:
        with suppress(psycopg.OperationalError):
            while True:
                held.append(psycopg.connect(house.cluster.url("postgres")))
        yield
    finally:
        for connection in held:
            connection.close()


def _says(answer: Answer, words: str) -> bool:
    retry = {name.lower(): value for name, value in answer.headers.items()}.get("retry-after", "")
    return answer.status == UNAVAILABLE and words in answer.body and retry.isdigit()


def _told(answer: Answer) -> str:
    title = re.search(r"<h1[^>]*>(.*?)</h1>", answer.body, re.DOTALL)
    return f"{answer.status} {title.group(1) if title else answer.body[:200]}"


def _expect(is_so: bool, otherwise: str) -> None:  # noqa: FBT001 (an assertion)
    if not is_so:
        raise TrialFailedError(otherwise)


def main() -> None:
    """Run every case with 4 visitors, or with 24 on a demo of ten days."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--whole", action="store_true", help="24 visitors, and a longer log")
    options = parser.parse_args()
    with House(days=10 if options.whole else 1) as house:
        for name, case in CASES.items():
            print(f"{name:24} {case(house, 24 if options.whole else 4).line()}", flush=True)
        checked = house.casebound("verify")
        _expect(checked.returncode == 0, f"verify: {checked.stdout}{checked.stderr}")
        print(checked.stdout.strip())


if __name__ == "__main__":
    main()
