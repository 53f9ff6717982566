"""What the frame round every page shows: who is signed in, where, and the ways on."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from casebound.foundation.base.ids import HomeId, WorkerId
from casebound.people.access.http import rights_here
from casebound.people.access.reads import WorkerRights
from casebound.people.rights.shape import Permission


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the `frame` variable of every template. At most 1 query, once a request."""
    known = getattr(request, "casebound_frame", None)
    if known is None:
        known = _frame(request)
        request.casebound_frame = known  # type: ignore[attr-defined]
    return {"frame": known}


def _frame(request: HttpRequest) -> dict[str, Any]:
    made: dict[str, Any] = {"start": "/"}
    if settings.DEMO:
        made["demo"] = True
        made["door"] = reverse("demo:door")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return made
    rights = rights_here(request, WorkerId(user.pk))
    made["who"] = user.full_name
    made["role"] = rights.main_role
    made["nav"] = [
        {"label": label, "url": url, "icon": icon, "current": _is_current(request.path, url)}
        for label, url, icon in _ways(_held(rights))
    ]
    if rights.may(Permission.WRITE_ENTRY):
        made["nav"].append(_jot(request.path))
    made["account"] = _account(
        next(iter(rights.homes(Permission.MANAGE_HOME)), None),
        rights.may(Permission.READ_BOOK),
    )
    return made


def _held(rights: WorkerRights) -> frozenset[Permission]:
    return frozenset(permission for permission in Permission if rights.may(permission))


@cache  # addresses do not change while the server runs, and finding nine takes 0.2 ms
def _ways(held: frozenset[Permission]) -> tuple[tuple[str, str, str], ...]:
    ways = []
    if Permission.READ_BOOK in held:
        ways += [
            ("Shift", reverse("desk:shift"), "shift"),
            ("Search", reverse("search:search"), "search"),
        ]
    if Permission.ANSWER_FOR_BOOK in held:
        ways.append(("Desk", reverse("desk:desk"), "desk"))
    if Permission.VERIFY_LEDGER in held:
        ways.append(("Proof", reverse("proof:proof"), "proof"))
    if Permission.MANAGE_ACCOUNTS in held:
        ways.append(("People", reverse("access:people"), "people"))
    return tuple(ways)


def _jot(path: str) -> dict[str, Any]:
    """Return the way to a note, from anywhere (P02)."""
    url = _jot_url()
    return {"label": "Note", "url": url, "icon": "jot", "current": path == url, "key": "n"}


@cache
def _jot_url() -> str:
    return reverse("drafting:jot")


@cache
def _account(managed: HomeId | None, reads: bool) -> tuple[dict[str, str], ...]:  # noqa: FBT001
    ours = (
        [{"label": "Our home", "url": reverse("access:our_home", args=[managed])}]
        if managed
        else []
    )
    words = [{"label": "Words", "url": reverse("glossary:words")}] if reads else []
    return (
        *ours,
        *words,
        {"label": "Sign-in and security", "url": reverse("accounts:security")},
        {"label": "Sign out", "url": reverse("account_logout")},
    )


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
