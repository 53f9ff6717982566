"""What the frame round every page shows: who is signed in, where, and the ways on."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext

from casebound.foundation.base.ids import WorkerId
from casebound.foundation.web.addresses import address
from casebound.foundation.web.asked import asked
from casebound.foundation.web.navigation import Menu, NavItem
from casebound.ledger.projecting.rooms import declared_items
from casebound.people.access.http import rights_here
from casebound.people.access.reads import WorkerRights
from casebound.people.accounts.elsewhere import has_begun_elsewhere
from casebound.people.accounts.noticing import TOLD
from casebound.people.rights.shape import Permission
from casebound.record.missing.reads import missing_now
from casebound.upkeep.running.alarms import alarms

FOOT = gettext_noop(
    "Signed entries cannot be changed or deleted. To correct one, write another entry."
)

# Who can have the computer put right, or answers for what it keeps.
TOLD_OF_ALARMS = (Permission.MANAGE_ACCOUNTS, Permission.VERIFY_LEDGER, Permission.ANSWER_FOR_BOOK)


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the `frame` variable of every template. At most 2 queries, once a request.

    3 more while a child of the worker's home is missing.
    """
    shown = getattr(request, "casebound_frame", None)
    if shown is None:
        shown = _frame(request)
        request.casebound_frame = shown  # type: ignore[attr-defined]  # kept for the next template
    return {"frame": shown}


@cache
def nav() -> tuple[NavItem, ...]:
    """Return the ways that the rooms declare in their `nav.py`, in the order they are shown in."""
    declared = declared_items("nav", "NAV", key=lambda item: item.url_name)
    return tuple(sorted(declared.values(), key=lambda item: (item.order, item.label)))


def ways(rights: WorkerRights, menu: Menu) -> list[dict[str, str]]:
    """Return the ways of a menu that lead somewhere for this person."""
    return [
        {"label": gettext(item.label), "url": url, "icon": item.icon or "forward", "key": item.key}
        for item in nav()
        if item.menu is menu and (url := _url(item, rights))
    ]


def _frame(request: HttpRequest) -> dict[str, Any]:
    shown: dict[str, Any] = {"start": "/", "foot": gettext(FOOT), "asked": asked(request)}
    if settings.DEMO:
        shown["demo"] = True
        shown["door"] = address("demo:door")
    match = getattr(request, "resolver_match", None)
    if match is not None:
        shown["help"] = address("help:about", match.view_name)
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return shown
    rights = rights_here(request, WorkerId(user.pk))
    shown["worker"] = user.pk
    shown["who"] = user.full_name
    if has_begun_elsewhere(request):
        shown["code_signs"] = True
    shown["role"] = gettext(rights.main_role)
    shown["home"] = ""  # or the template looks for it in vain, which takes 20 µs
    shown["nav"] = [
        {**way, "current": _is_current(request.path, way["url"])} for way in ways(rights, Menu.MAIN)
    ]
    shown["account"] = ways(rights, Menu.ACCOUNT)
    if any(rights.may(permission) for permission in TOLD_OF_ALARMS):
        shown["alarms"] = alarms()
    shown["notices"] = [
        *_told(request),
        *_missing(rights),
    ]
    return shown


def _told(request: HttpRequest) -> list[dict[str, Any]]:
    """Return what somebody is told about how they sign in; the session knows, without a query."""
    count = request.session.get(TOLD, 0)
    if not count:
        return []
    words = ngettext(
        "{count} thing about signing in that you should know",
        "{count} things about signing in that you should know",
        count,
    )
    return [{"url": address("accounts:told"), "name": "", "words": words.format(count=count)}]


def _missing(rights: WorkerRights) -> list[dict[str, Any]]:
    return [
        {
            "url": address("missing:episode", child.book, child.number),
            "name": child.name,
            "words": child.words,
            "next": child.next,
            "overdue": child.overdue,
        }
        for child in missing_now(rights, at=timezone.now())
    ]


def _url(item: NavItem, rights: WorkerRights) -> str:
    """Return where it leads, or nothing if it is not for this person."""
    if item.permission is None:
        return address(item.url_name)
    if item.of_home:
        homes = rights.homes(item.permission)
        return address(item.url_name, homes[0]) if homes else ""
    return address(item.url_name) if rights.may(item.permission, form=item.form) else ""


def _is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
