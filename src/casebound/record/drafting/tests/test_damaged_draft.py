"""A damaged draft harms no other: it can be read as far as it goes, and be deleted."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from casebound.foundation.base.ids import DraftId
from casebound.ledger.keyring.actions import forget_keys
from casebound.ledger.keyring.models import BookKey
from casebound.ledger.sealing.reads import entry_at
from casebound.record.attachments.models import Upload
from casebound.record.book.relations import CORRECTION
from casebound.record.drafting import actions
from casebound.record.drafting.models import Draft
from casebound.record.drafting.reads import about_earlier
from tests.made_up import MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P84")]

FIRST, SECOND = "Jay painted a lighthouse.", "Then Jay and Sam had soup together."


def harmed(draft: DraftId, change: Callable[[bytes], bytes]) -> None:
    row = Draft.objects.get(pk=draft)
    Draft.objects.filter(pk=draft).update(body=change(bytes(row.body)))


def flipped(at: float) -> Callable[[bytes], bytes]:
    def change(body: bytes) -> bytes:
        changed = bytearray(body)
        changed[int(len(body) * at)] ^= 1
        return bytes(changed)

    return change


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (flipped(0.999), {FIRST, SECOND}),
        (lambda body: body[: len(body) // 4], {FIRST}),
        (flipped(0.001), set()),
        (lambda _: b"", set()),
        (lambda _: b"short", set()),
    ],
    ids=["a bit of its tag", "cut short", "a bit of its beginning", "empty", "overwritten"],
)
def test_a_damaged_draft_is_read_as_far_as_it_goes_and_deleted(
    change: Callable[[bytes], bytes], left: set[str], made_up: MadeUp
) -> None:
    draft = made_up.draft(made_up.jay)
    made_up.save(draft, made_up.content(FIRST, SECOND))
    other = made_up.draft(made_up.jay, "Another draft.", form="note")
    harmed(draft, change)
    browser = made_up.browser_of(made_up.sam)

    shift = browser.get(reverse("desk:shift"))
    assert shift.status_code == 200
    assert reverse("drafting:write", args=[draft]) in shift.text
    assert browser.get(reverse("drafting:write", args=[other])).status_code == 200
    for address in ("write", "sign", "discard"):
        page = browser.get(reverse(f"drafting:{address}", args=[draft]))
        assert page.status_code == 200
        assert "this draft is damaged" in page.text
        assert all(words in page.text for words in left)
        assert (FIRST in page.text) == (FIRST in left)
        assert ("Nothing of it can be read any more." in page.text) == (not left)

    browser.post(reverse("drafting:save", args=[draft]), {"where": "The kitchen"})
    assert Draft.objects.filter(pk=draft).exists()
    assert (
        made_up.browser_of(made_up.kit).get(reverse("drafting:write", args=[draft])).status_code
        == 404
    )
    browser.post(reverse("drafting:discard", args=[draft]), {"sure": "1"})
    assert not Draft.objects.filter(pk=draft).exists()
    assert Draft.objects.filter(pk=other).exists()


def test_a_draft_whose_book_has_lost_its_key_can_be_deleted(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, FIRST)
    BookKey.objects.filter(book_id=made_up.jay.book).delete()
    forget_keys()
    browser = made_up.browser_of(made_up.sam)
    page = browser.get(reverse("drafting:write", args=[draft]))
    assert "Nothing of it can be read any more." in page.text
    browser.post(reverse("drafting:discard", args=[draft]), {"sure": "1"})
    assert not Draft.objects.filter(pk=draft).exists()


def test_what_a_damaged_draft_quotes_is_not_shown(made_up: MadeUp) -> None:
    sealed = made_up.write(made_up.jay, "Jay told a secret to Sam.")
    number = sealed.numbers[made_up.jay.book]
    entry = entry_at(made_up.jay.book, number)
    assert entry is not None
    draft = actions.begin_draft(
        book=made_up.book(made_up.jay),
        form=CORRECTION.key,
        by=made_up.sam.id,
        at=made_up.now,
        about=about_earlier(entry, book=made_up.jay.book, relation=CORRECTION),
    )
    whole = made_up.browser_of(made_up.sam).get(reverse("drafting:write", args=[draft])).text
    assert "secret" in whole
    harmed(draft, flipped(0.999))
    page = made_up.browser_of(made_up.sam).get(reverse("drafting:write", args=[draft])).text
    assert "this draft is damaged" in page
    assert "secret" not in page


def test_a_damaged_file_of_a_draft_is_said_and_the_words_are_shown(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, FIRST)
    made_up.attach(draft, b"A letter.", name="letter.txt")
    Upload.objects.filter(draft_id=draft).update(body=b"x" * 60)
    browser = made_up.browser_of(made_up.sam)
    page = browser.get(reverse("drafting:write", args=[draft]))
    assert page.status_code == 200
    assert "this draft is damaged" in page.text
    assert FIRST in page.text
    browser.post(reverse("drafting:discard", args=[draft]), {"sure": "1"})
    assert not Upload.objects.filter(draft_id=draft).exists()


def test_a_manager_sees_the_desk_and_cannot_hand_a_damaged_draft_on(made_up: MadeUp) -> None:
    draft = made_up.draft(made_up.jay, FIRST)
    harmed(draft, flipped(0.999))
    browser = made_up.browser_of(made_up.dana)
    assert browser.get(reverse("desk:desk")).status_code == 200
    handing = reverse("drafting:hand_over", args=[draft])
    assert browser.get(handing).status_code in {200, 404}
    assert browser.post(handing, {"to": made_up.kit.id}).status_code < 500
