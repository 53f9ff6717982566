"""The Proof page, and a receipt to keep."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import reverse

from casebound.foundation.proof.keys import parse_vkey
from casebound.foundation.proof.receipts import check_receipt, parse_receipt
from casebound.ledger.sealing import reads
from casebound.ledger.sealing.checking.kept import LastCheck, alone, is_running, last_check
from casebound.ledger.sealing.tests.tampering import behind_its_back
from casebound.oversight.proof import actions
from tests.made_up import MadeUp
from tests.pages import as_shown

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P64")]


@pytest.fixture(autouse=True)
def never_checked() -> Iterator[None]:
    kept = settings.INSTALLATION.data / "checked.json"
    kept.unlink(missing_ok=True)
    yield
    kept.unlink(missing_ok=True)


def proof(made_up: MadeUp) -> str:
    return made_up.browser_of(made_up.dana).get(reverse("proof:proof")).text


def checked(made_up: MadeUp) -> str:
    browser = made_up.browser_of(made_up.dana)
    return as_shown(browser.post(reverse("proof:check"), follow=True))


def test_before_the_first_check_the_page_says_so_and_shows_the_log(made_up: MadeUp) -> None:
    page = proof(made_up)
    assert "Nobody has checked yet" in page
    assert f"{reads.size():,}" in page
    assert settings.INSTALLATION.origin in page


def test_check_now_says_that_all_is_well(made_up: MadeUp) -> None:
    made_up.write(made_up.jay)
    page = checked(made_up)
    assert "Checked just now: everything is as it was signed" in page
    assert "opened and checked" in page
    assert "Nothing was changed, moved or removed" in proof(made_up)


def test_check_now_says_what_is_wrong(made_up: MadeUp) -> None:
    book = made_up.jay.book
    number = made_up.write(made_up.jay).numbers[book]
    behind_its_back(("UPDATE book SET tag = %s WHERE id = %s", [bytes(32), book]))
    page = checked(made_up)
    assert "Checked just now: something is wrong" in page
    assert f"Book {book}: its secret tag is missing or changed, so none of its {number}" in page


def test_a_large_log_is_checked_beside_the_server(
    made_up: MadeUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(actions, "AT_ONCE", 0)
    monkeypatch.setattr("subprocess.Popen", lambda words, **_: started.append(list(words)))
    assert "Checked just now" not in checked(made_up)
    [words] = started
    assert words[1:4] == ["-m", "casebound", "verify"]
    with alone():
        assert "A check is running" in checked(made_up)
    assert len(started) == 1


def test_one_check_runs_at_a_time(made_up: MadeUp) -> None:
    with alone():
        assert is_running()
        assert "A check is running" in checked(made_up)
    assert not is_running()
    assert last_check() is None


def test_what_cannot_be_read_of_the_last_check_is_as_if_there_was_none() -> None:
    (settings.INSTALLATION.data / "checked.json").write_text("[]")
    assert last_check() is None


def test_the_last_check_is_kept(made_up: MadeUp) -> None:
    checked(made_up)
    last = last_check()
    assert isinstance(last, LastCheck)
    assert (last.ok, last.full, last.size, last.words) == (True, True, reads.size(), ())


def test_a_receipt_checks_with_the_trust_file_and_holds_no_name(made_up: MadeUp) -> None:
    number = made_up.write(made_up.jay, "We had tea.").numbers[made_up.jay.book]
    trust = made_up.browser_of(made_up.alex).get(reverse("proof:trust")).text
    given = made_up.browser_of(made_up.sam).get(
        reverse("proof:receipt", args=[made_up.jay.book, number])
    )
    assert given["Content-Disposition"].startswith('attachment; filename="line-')
    assert made_up.jay.book not in given["Content-Disposition"]
    log = parse_vkey(trust.split()[1])
    assert check_receipt(parse_receipt(given.content), log).checkpoint.size == reads.size()
    assert b"Quillfeather" not in given.content


def test_a_page_that_is_not_there_has_no_receipt(made_up: MadeUp) -> None:
    answer = made_up.browser_of(made_up.sam).get(
        reverse("proof:receipt", args=[made_up.jay.book, 99])
    )
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["proof:proof", "proof:trust"])
def test_a_worker_without_the_right_finds_no_such_page(name: str, made_up: MadeUp) -> None:
    assert made_up.browser_of(made_up.sam).get(reverse(name)).status_code == 404
    assert made_up.browser_of(made_up.alex).get(reverse(name)).status_code == 200
