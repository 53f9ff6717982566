"""The files of an entry as HTML: each with what its author says of it."""

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext
from markupsafe import Markup

from casebound.foundation.base.markup import NOTHING, html, name, prose, together
from casebound.record.rendering.entry_view import FileView
from casebound.record.rendering.marks import LEFT_OUT_FILE, answer_marks, held_html, mark

# A picture as `_picture` writes it; in somebody's words there are no tags.
_SMALL: Final = re.compile(r'(<img class="app-files__picture" src="[^"]*/)thumb/(?=")')


def pages_html(body: Markup, files: Sequence[FileView]) -> Markup:
    """Put photographed pages of a note beside the typed reading of them (P04)."""
    pages = _those(files, are_pages=True)
    if not pages:
        return body
    return html(
        '<div class="app-files-beside"><div class="app-files-beside__typed">%s</div>'
        '<div class="app-files app-files--pages">%s</div></div>',
        body,
        pages,
    )


def files_html(files: Sequence[FileView]) -> Markup:
    """Return the files that are no pages of a note."""
    others = _those(files, are_pages=False)
    return html('<div class="app-files">%s</div>', others) if others else NOTHING


def _those(files: Sequence[FileView], *, are_pages: bool) -> Markup:
    return together(
        _file(place, file) for place, file in enumerate(files, 1) if file.is_page is are_pages
    )


def _file(place: int, file: FileView) -> Markup:
    if file.left_out:
        return html('<p class="app-files__one">%s</p>', mark("left-out", gettext(LEFT_OUT_FILE)))
    picture = _picture(file)
    hidden = html(' aria-hidden="true"') if picture else NOTHING
    words = NOTHING
    if file.alt:
        words = html('<span class="app-files__words"%s>%s</span>', hidden, prose(file.alt))
    note = html('<span class="app-files__note">%s</span> ', file.note) if file.note else NOTHING
    return html(
        '<figure class="app-files__one">%s%s<figcaption class="app-files__caption">'
        '<span class="app-files__kind">%s%s</span> %s %s%s(%s)%s</figcaption></figure>',
        picture,
        _player(place, file),
        gettext("{kind}, file {number}.").format(kind=file.kind, number=place),
        f" {file.scale}." if file.scale else "",
        words,
        note,
        _original(file),
        Markup("; ").join(part for part in (name(file.name), file.size) if part),
        answer_marks(file) + held_html(file.held),
    )


def _picture(file: FileView) -> Markup:
    """Return a picture as a small one that opens. Its description stands below it for everybody."""
    if not file.thumb:
        return NOTHING
    return html(
        '<a class="app-files__open" href="%s">'
        '<img class="app-files__picture" src="%s" alt="%s"></a>',
        file.shown,
        file.thumb,
        file.alt,
    )


def _player(place: int, file: FileView) -> Markup:
    """Return what plays sound in its place: nothing of it is fetched until somebody listens."""
    if not (file.plays and file.href):
        return NOTHING
    return html(
        '<audio class="app-files__sound" controls preload="none" src="%s" aria-label="%s"></audio>',
        file.href,
        gettext("Listen to file {number}").format(number=place),
    )


def at_reading_size(entry: Markup) -> Markup:
    """Return an entry with the large copies of its pictures: on paper nobody can open them."""
    return Markup(_SMALL.sub(r"\1shown/", str(entry)))  # noqa: S704 (it was HTML before)


def _original(file: FileView) -> Markup:
    if not file.href:
        return NOTHING
    words = gettext("Download the original")
    if file.thumb:
        words = gettext("Download the original (it may hold place, time and camera)")
    return html('<a class="app-files__original" href="%s" download>%s</a> ', file.href, words)
