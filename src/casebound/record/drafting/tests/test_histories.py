"""A model of saving: random histories of windows, lines and people, and no character is lost.

A `Window` stands for a writing page and does what `autosave.js` does. `Histories` draws what
happens to two windows of one draft, on a tablet that two workers share: keys in two boxes, an
emptied box, a time that is set and cleared, saves whose request or answer is lost, requests that
arrive late or twice, sessions that end, a colleague who signs in and opens the draft, a window that
loads again, a draft that moves to another child's book or is thrown away, signing twice. After each
step it compares what the server holds with what it must hold (P12). `FAULTS` are mistakes, planted
to see that the model finds them.

More histories: `CASEBOUND_HISTORIES=10000 ./run test -k test_histories`.
"""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import ClassVar

import pytest
from django.db import connection
from django.http import HttpResponse
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from casebound.foundation.base.ids import DraftId, WorkerId, new_id
from casebound.ledger.sealing.reads import entry_of
from casebound.record.book.entries import Entry
from casebound.record.drafting import forms, http
from casebound.record.drafting.drafts import OpenDraft
from casebound.record.drafting.models import Draft
from casebound.record.drafting.reads import open_draft
from casebound.record.drafting.signed_already import entry_id_of
from casebound.record.drafting.tests.pages import form_of, url
from tests.installation import HISTORIES
from tests.made_up import PASSWORD, Child, MadeUp

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P12")]

SHARDS = 4  # so that the processors share the histories
FOUND_WITHIN = 1_500  # histories: a planted fault shows itself in so many
STEPS = 14
TEXT, HEALTH, END = "statements-1-text", "answers-health", "happened_to"
EVENING = "2026-11-02T18:30"  # when it ended, where a window says so
FIRST = {TEXT: "Toast.", HEALTH: "", END: ""}
OK, FOUND, NOT_FOUND, STALE = 200, 302, 404, 409
PART = {"HX-Request": "true"}
WINDOWS = st.integers(0, 1)
TAKEN = st.sampled_from(("saved", "here", "both"))
ANSWERED = ("answers-health", "happened_to")  # what else two versions differ in
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
WORDS = st.sampled_from((TEXT, TEXT, HEALTH))
KEYS = st.sampled_from(("a", "b", "ß", "’", ""))
LINES = st.sampled_from(("there", "there", "there", "request lost", "answer lost", "no pause"))


@dataclass(slots=True)
class Sent:
    """A request as it was sent: its fields, and what its window knew of the draft then."""

    fields: dict[str, str]
    knew: int
    said: dict[str, str]

    @property
    def number(self) -> int:
        """Return which save of its page it is."""
        return int(self.fields["save_number"])


@dataclass(slots=True)
class Window:
    """A writing page: its boxes, its hidden fields, and what the person before it was told."""

    fields: dict[str, str]
    said: dict[str, str]
    confirmed: dict[str, str]  # what the server said it has
    knows: int = 0  # how many changes of the draft this window has seen
    sends: int = 0
    is_stale: bool = False
    sent: list[Sent] = field(default_factory=list)

    def read(self, answer: HttpResponse) -> None:
        """Take the version from an answer."""
        version = re.search(r'name="version" value="(\d+)"', answer.content.decode())
        if version:
            self.fields["version"] = version[1]

    def send(self) -> Sent:
        """Return what the window sends now."""
        self.sends += 1
        day, _, time = self.said[END].partition("T")
        typed = {**self.said, f"{END}_date": day, f"{END}_time": time}
        fields = self.fields | typed | {"save_number": str(self.sends)}
        sent = Sent(fields, self.knows, dict(self.said))
        self.sent.append(sent)
        return sent


class Histories(RuleBasedStateMachine):
    """Two windows of a draft of Sam's, and what the server must hold of it."""

    made_up: ClassVar[MadeUp]
    other: ClassVar[Child]  # who lives in the same house

    def __init__(self) -> None:
        """Open both windows."""
        super().__init__()
        made_up = self.made_up
        self.draft = made_up.draft(made_up.jay, "Toast.")
        self.rest = form_of(made_up, self.draft)
        self.at_the_tablet: WorkerId | None = made_up.sam.id
        self.browser = made_up.browser_of(made_up.sam)
        self.changes = 0
        self.said = FIRST
        self.book = made_up.jay.book
        self.saved_by, self.saved_number = "", 0
        self.is_sealed = self.is_thrown_away = False
        self.windows = [self._opened(), self._opened()]

    @rule(number=WINDOWS, box=WORDS, key=KEYS, line=LINES)
    def type(self, number: int, box: str, key: str, line: str) -> None:
        """Type a character, or delete all of them, and pause long enough for a save, or not.

        The line may lose the request of that save, or its answer.
        """
        window = self.windows[number]
        window.said[box] = window.said[box] + key if key else ""
        if line != "no pause":
            self.save(number, line)

    @rule(number=WINDOWS, line=LINES)
    def set_or_clear_the_time(self, number: int, line: str) -> None:
        """Say when it ended, or empty that box, as when typing."""
        said = self.windows[number].said
        said[END] = "" if said[END] else EVENING
        if line != "no pause":
            self.save(number, line)

    @rule(number=WINDOWS, line=LINES)
    def save(self, number: int, line: str) -> None:
        """Save what is not saved yet, as the page tries again."""
        window = self.windows[number]
        if not window.is_stale and window.said != window.confirmed:
            self._send(window, line)

    @rule(number=WINDOWS, which=st.integers(0, 5))
    def let_a_request_arrive_late(self, number: int, which: int) -> None:
        """Bring a request to the server that was sent before the last one."""
        window = self.windows[number]
        if which < len(window.sent) - 1:
            self._arrive(window.sent[which])

    @rule(number=WINDOWS, take=TAKEN)
    def choose_between_both_versions(self, number: int, take: str) -> None:
        """Press Save in a window that is behind, and take one version or both on the next page."""
        window = self.windows[number]
        if not (window.is_stale and self._can_write()):
            return
        shown = self.browser.post(url("write", self.draft), window.send().fields, follow=True)
        assert shown.status_code == STALE
        fields = dict(HIDDEN.findall(unescape(shown.content.decode())))
        choices = {f"take-{part}": take for part in ("statements-1", *ANSWERED)}
        self.browser.post(url("write", self.draft), fields | choices | {"put": "1"})
        self.said = _taken(self.said, window.said, take)
        self.changes += 1
        self.saved_by, self.saved_number = fields["page"], 0
        self.windows[number] = self._opened()

    @rule(who=st.sampled_from(("sam", "sam", "kit", "nobody")))
    def pass_the_tablet_on(self, who: str) -> None:
        """Sign somebody in, or let the session end."""
        worker = {"sam": self.made_up.sam, "kit": self.made_up.kit}.get(who)
        self.at_the_tablet = worker.id if worker else None
        self.browser = self.made_up.browser_of(worker)

    @rule()
    def let_the_colleague_look(self) -> None:
        """Let a colleague open the draft's address: they see nothing, and change nothing."""
        answer = self.made_up.browser_of(self.made_up.kit).get(url("write", self.draft))
        assert answer.status_code == NOT_FOUND

    @rule(number=WINDOWS)
    def load_again(self, number: int) -> None:
        """Load a window again. With words that are not saved, a browser asks before it does."""
        window = self.windows[number]
        if window.said == window.confirmed and self._can_write():
            self.windows[number] = self._opened()

    @precondition(lambda self: self._can_write())
    @rule(taps=st.integers(1, 2))
    def move_to_the_other_child(self, taps: int) -> None:
        """Move the draft to the book of the other child in the house, or back."""
        books = {self.made_up.jay.book: self.other.book, self.other.book: self.made_up.jay.book}
        where = {"from": self.book, "to": books[self.book]}
        for _ in range(taps):
            self.browser.post(url("move", self.draft), where)
        self.book = books[self.book]
        self.changes += 1
        self.saved_by, self.saved_number = "", 0

    @precondition(lambda self: self._can_write())
    @rule(is_sure=st.sampled_from((False, False, True)))
    def throw_away(self, is_sure: bool) -> None:  # noqa: FBT001 (drawn by name)
        """Throw the draft away with two taps, or go on writing when the page asks."""
        for _ in range(2):
            self.browser.post(url("discard", self.draft), {"sure": "1"} if is_sure else {})
        self.is_thrown_away = is_sure

    @precondition(lambda self: self._can_write())
    @rule()
    def sign(self) -> None:
        """Sign in one window, with two taps."""
        window = self.windows[0]
        if window.is_stale or window.said != window.confirmed or window.said != self.said:
            return
        for _ in range(2):
            self.browser.post(url("sign", self.draft), {"password": PASSWORD})
        self.is_sealed = not Draft.objects.filter(id=self.draft).exists()

    @invariant()
    def nothing_is_lost(self) -> None:
        """Compare what the server holds with what it must hold."""
        entry = entry_of(entry_id_of(self.draft))
        assert (entry is not None) == self.is_sealed
        if entry is not None:
            assert entry.signed_by == self.made_up.sam.id
            assert list(entry.pages) == [self.book]
            sealed = Entry.read(entry)
            assert [statement.text for statement in sealed.content.statements] == [self.said[TEXT]]
            assert sealed.answers.get("health", "") == self.said[HEALTH]
            assert sealed.happened_to is None  # it was never set, or cleared
            return
        assert Draft.objects.filter(id=self.draft).exists() != self.is_thrown_away
        if self.is_thrown_away:
            return
        assert self._held() == self.said
        for window in self.windows:
            if window.knows == self.changes and not window.is_stale:
                assert window.confirmed == self.said, "a page says saved, and it is not"

    def _can_write(self) -> bool:
        is_over = self.is_sealed or self.is_thrown_away
        return self.at_the_tablet == self.made_up.sam.id and not is_over

    def _version(self) -> int:
        versions = Draft.objects.filter(id=self.draft).values_list("version", flat=True)
        return versions.first() or 0

    def _held(self) -> dict[str, str]:
        """Return what the server holds in the boxes of the model."""
        draft = self.made_up.opened(self.draft)
        assert draft.book == self.book
        content = draft.content
        text = "".join(statement.text for statement in content.statements)
        return {
            TEXT: text,
            HEALTH: str(content.answers.get("health", "")),
            END: content.happened_to,
        }

    def _opened(self) -> Window:
        """Return a window with what `test_the_page_names_itself` finds in the page."""
        version = Draft.objects.values_list("version", flat=True).get(id=self.draft)
        named = {
            "version": str(version),
            "page": new_id(),
            "writer": self.made_up.sam.id,
            "book": self.book,
        }
        return Window(self.rest | named, dict(self.said), dict(self.said), self.changes)

    def _send(self, window: Window, line: str) -> None:
        sent = window.send()
        if line in {"request lost", "no pause"}:
            self._no_answer(window, sent)
            return
        answer = self._arrive(sent)
        if line == "answer lost":
            self._no_answer(window, sent)
        else:
            self._read(window, sent, answer)

    def _arrive(self, sent: Sent) -> HttpResponse:
        """Let the server answer, and hold that what it did was right."""
        answer = self.browser.post(url("save", self.draft), sent.fields, headers=PART)
        assert isinstance(answer, HttpResponse)
        if answer.status_code != OK:
            return answer
        assert self._can_write(), "saved for a worker who is not signed in"
        page = sent.fields["page"]
        if page == self.saved_by and sent.number <= self.saved_number:
            return answer  # a later save of this page has arrived already
        assert page == self.saved_by or sent.knew == self.changes, "overwritten unseen"
        assert sent.fields["book"] == self.book, "saved into a book the page does not name"
        self.changes += 1
        self.said, self.saved_by, self.saved_number = sent.said, page, sent.number
        return answer

    def _no_answer(self, window: Window, sent: Sent) -> None:
        """Go on as the page does without an answer: the words are not confirmed."""

    def _read(self, window: Window, sent: Sent, answer: HttpResponse) -> None:
        """Go on as the page does with an answer."""
        if answer.status_code == OK:
            window.read(answer)
            window.confirmed, window.knows, window.is_stale = sent.said, self.changes, False
        elif answer.status_code == STALE:
            window.is_stale, window.knows = True, self.changes


def _taken(saved: dict[str, str], here: dict[str, str], take: str) -> dict[str, str]:
    """Return what the boxes say after a choice: of both, what only one version says stays."""
    if take != "both":
        return dict(saved if take == "saved" else here)
    told = [text for text in (saved[HEALTH], here[HEALTH]) if text]
    same = saved[HEALTH] == here[HEALTH]
    return {
        TEXT: here[TEXT] if saved[TEXT] == here[TEXT] else saved[TEXT] + here[TEXT],
        HEALTH: here[HEALTH] if same else "\n".join(told),
        END: here[END],
    }


class TakesNoAnswerForSaved(Histories):
    """Fault of the page: what was sent counts as saved."""

    def _no_answer(self, window: Window, sent: Sent) -> None:
        window.confirmed, window.knows = sent.said, self.changes


class OverwritesByItself(Histories):
    """Fault of the page: told that another window saved, it saves again by itself."""

    def _read(self, window: Window, sent: Sent, answer: HttpResponse) -> None:
        knew = window.knows
        super()._read(window, sent, answer)
        if window.is_stale:
            window.is_stale, window.knows = False, knew
            window.fields["version"] = str(self._version())
            self._arrive(window.send())


class DoesNotCountItsSaves(Histories):
    """Fault of the page: each of its saves has the same number."""

    def _send(self, window: Window, line: str) -> None:
        window.sends = 0
        super()._send(window, line)


class TakesAnyVersion(Histories):
    """Fault of the server: it does not look at the version."""

    def _arrive(self, sent: Sent) -> HttpResponse:
        with pytest.MonkeyPatch.context() as patch:
            newest = Draft.objects.filter(id=self.draft).values_list("version", flat=True).first()
            patch.setattr(forms, "version_of", lambda _: newest)
            return super()._arrive(sent)


class SendsOtherThanTyped(Histories):
    """Faults of the server, that take something else for what was typed."""

    def _arrive(self, sent: Sent) -> HttpResponse:
        fields = sent.fields
        try:
            sent.fields = self._mistaken(fields)
            return super()._arrive(sent)
        finally:
            sent.fields = fields

    def _mistaken(self, fields: dict[str, str]) -> dict[str, str]:
        raise NotImplementedError  # each fault takes something else


class KeepsEmptiedWords(SendsOtherThanTyped):
    """Fault of the server: an emptied box counts as one that was not sent."""

    def _mistaken(self, fields: dict[str, str]) -> dict[str, str]:
        return fields | {TEXT: fields[TEXT] or "Toast."}


class KeepsAClearedTime(SendsOtherThanTyped):
    """Fault of the server: a time that was cleared comes back."""

    def _mistaken(self, fields: dict[str, str]) -> dict[str, str]:
        day, _, time = self.said[END].partition("T")
        kept = {f"{END}_date": day, f"{END}_time": time}
        return fields | kept if not fields[f"{END}_date"] else fields


class TakesOneBoxOnly(SendsOtherThanTyped):
    """Fault of the page: what stands in another box than the first is not sent."""

    def _mistaken(self, fields: dict[str, str]) -> dict[str, str]:
        return fields | {HEALTH: ""}


class SavesIntoTheOtherBook(SendsOtherThanTyped):
    """Fault of the server: it does not ask whose name stands on the page."""

    def _mistaken(self, fields: dict[str, str]) -> dict[str, str]:
        return fields | {"book": self.book, "version": str(self._version())}


class BringsBackWhatWasThrownAway(Histories):
    """Fault of the server: a late save begins a draft again that was thrown away."""

    def __init__(self) -> None:
        """Keep the draft as it was begun."""
        super().__init__()
        self.begun = Draft.objects.get(id=self.draft)

    def _arrive(self, sent: Sent) -> HttpResponse:
        if self.is_thrown_away and not Draft.objects.filter(id=self.draft).exists():
            self.begun.save(force_insert=True)
        return super()._arrive(sent)


class OpensAnybodysDraft(Histories):
    """Fault of the server: it opens a draft for a worker who did not begin it."""

    def _arrive(self, sent: Sent) -> HttpResponse:
        def opened(draft: DraftId, *, author: WorkerId) -> OpenDraft | None:  # noqa: ARG001
            return open_draft(draft, author=self.made_up.sam.id)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(http, "open_draft", opened)
            return super()._arrive(sent)


FAULTS = (
    TakesNoAnswerForSaved,
    OverwritesByItself,
    DoesNotCountItsSaves,
    TakesAnyVersion,
    KeepsEmptiedWords,
    KeepsAClearedTime,
    TakesOneBoxOnly,
    SavesIntoTheOtherBook,
    BringsBackWhatWasThrownAway,
    OpensAnybodysDraft,
)


def run(model: type[Histories], made_up: MadeUp, histories: int) -> None:
    """Draw histories until one fails. A failing one is printed as the calls that lead to it."""
    model.made_up = made_up
    model.other = made_up.admit("Bo Fernley", "Bo", made_up.oak)
    run_state_machine_as_test(
        model,
        settings=settings(
            max_examples=histories,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("shard", range(SHARDS))
def test_histories_lose_no_character(made_up: MadeUp, shard: int) -> None:  # noqa: ARG001
    histories = HISTORIES // SHARDS
    run(Histories, made_up, histories if connection.vendor == "sqlite" else histories // 10)


@pytest.mark.sqlite  # the fault is planted in the model, whatever it is kept in
@pytest.mark.parametrize("fault", FAULTS)
def test_the_model_finds_a_planted_fault(made_up: MadeUp, fault: type[Histories]) -> None:
    with pytest.raises(AssertionError):
        run(fault, made_up, FOUND_WITHIN)
