"""Publishing a version of the policy, and saying that one has read it (P83)."""

from datetime import datetime
from typing import ClassVar

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.base.refusals import NotAllowedError, RefusedError
from casebound.foundation.proof.canonical import clean_text
from casebound.ledger.projecting.actions import seal_and_project
from casebound.ledger.projecting.kinds import Kind, Words
from casebound.ledger.sealing.actions import NewEntry
from casebound.ledger.sealing.once import Once
from casebound.people.access.reads import rights_of
from casebound.people.homes.reads import book_of
from casebound.rulebook.recording_policy.entries import PolicyAcknowledged, PolicyPublished
from casebound.rulebook.recording_policy.permissions import PolicyPermission
from casebound.rulebook.recording_policy.reads import policy_now
from casebound.rulebook.recording_policy.rules import LONGEST_CHANGED, LONGEST_TEXT


class NoPolicyTextError(RefusedError):
    """The text is missing, or too long."""

    field: ClassVar = "text"
    what = "This was not sealed."
    why = "A policy says something, in at most 40,000 characters."
    do = "Type it, or shorten it."


class NothingChangedError(RefusedError):
    """A later version does not say what changed, or nothing did."""

    field: ClassVar = "changed"
    what = "This was not sealed."
    why = "Everybody reads a new version. They need to know what is new in it."
    do = "Change the text, and say in a sentence what changed."


class NewerPolicyError(RefusedError):
    """Somebody published another version meanwhile."""

    what = "This was not sealed."
    why = "Another version was published meanwhile."
    do = "Open the page again and read that one first."


def publish_policy(
    *,
    text: str,
    changed: str,
    before: int,
    by: WorkerId,
    at: datetime,
    auth: str,
    key: str = "",
) -> int:
    """Publish a version, which everybody reads. Return its number.

    Args:
        text: the whole text.
        changed: what is new in it; not needed for the first.
        before: the version that held when the text was written; 0 before the first.
        by: who publishes.
        at: now.
        auth: how `by` proved who they are.
        key: made with the page, so that a page sent twice publishes once.

    Raises:
        NotAllowedError: `by` may not publish.
        NoPolicyTextError: the text is missing or too long.
        NothingChangedError: it does not say what changed, or the text is the same.
        NewerPolicyError: another version was published meanwhile.
    """
    if not rights_of(by, at=at).may(PolicyPermission.PUBLISH_POLICY):
        raise NotAllowedError
    whole, new = clean_text(text.replace("\r\n", "\n")).strip(), " ".join(changed.split())
    if not 0 < len(whole) <= LONGEST_TEXT:
        raise NoPolicyTextError
    fact = PolicyPublished(
        policy_number=before + 1, text=Words(whole), changed=Words(clean_text(new))
    )
    once = Once.of(key, by)
    if once.sealed(fact.parts()):
        return fact.policy_number
    holds = policy_now()
    if (holds.version if holds else 0) != before:
        raise NewerPolicyError
    if holds and (not new or whole == holds.text or len(new) > LONGEST_CHANGED):
        raise NothingChangedError
    _seal(fact, once=once, at=at, auth=auth)
    return fact.policy_number


def acknowledge_policy(
    *, version: int, by: WorkerId, at: datetime, auth: str, key: str = ""
) -> None:
    """Seal that a person has read the version that holds.

    Raises:
        NewerPolicyError: another version holds.
    """
    once, fact = Once.of(key, by), PolicyAcknowledged(policy_number=version)
    if once.sealed(fact.parts()):
        return
    holds = policy_now()
    if holds is None or holds.version != version:
        raise NewerPolicyError
    _seal(fact, once=once, at=at, auth=auth)


def _seal(fact: Kind, *, once: Once, at: datetime, auth: str) -> None:
    office = book_of(None)
    if office is None:
        raise NotAllowedError
    seal_and_project(
        NewEntry(
            books=(office,),
            parts=fact.parts(),
            entry_id=once.entry_id,
            signed_by=once.by,
            signed_at=at,
            auth=auth,
        )
    )
