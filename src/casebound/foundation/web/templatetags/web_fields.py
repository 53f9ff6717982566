"""What fields ask for: the options of a list."""

from collections.abc import Iterable, Sequence

from django import template
from django.utils.translation import gettext, gettext_noop
from markupsafe import Markup

from casebound.foundation.base.markup import NOTHING, html, together
from casebound.foundation.base.typed_times import ZONES, comes_twice, parts_of_day, without_zone
from casebound.foundation.web import labels

register = template.Library()


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str | None = None) -> Markup:
    """Return the options of a list, each as value and words, with one of them chosen."""
    return together(
        html(
            '<option value="%s"%s>%s</option>',
            value,
            _SELECTED if value == chosen else NOTHING,
            words,
        )
        for value, words in choices
    )


@register.simple_tag
def day_boxes(
    name: str, *, label: str, day: str | None, wrong: str, at: str = "", more: str = ""
) -> Markup:
    """Return the boxes for day, month and year, filled with a day.

    `at` is the id of the first, `name` if left out; `more` goes onto each. A builder, because as a
    template they took a twelfth of a book page's time.
    """
    parts = zip(_BOXES, parts_of_day(day or ""), strict=True)
    return together(
        html(
            '<div class="app-moment__part"><label class="app-moment__label" id="%s-label" for="%s">'
            '<span class="govuk-visually-hidden">%s: </span>%s</label>'
            '<input class="govuk-input app-input app-moment__%s%s" id="%s" name="%s_%s"%s '
            'aria-labelledby="%s-label" autocomplete="off" value="%s" %s></div>',
            box,
            box,
            label,
            gettext(words),
            width,
            _WRONG if wrong else NOTHING,
            box,
            name,
            part,
            typed_in,
            box,
            value,
            more,
        )
        for (suffix, words, width, part, typed_in), value in parts
        for box in [f"{at or name}{suffix}"]
    )


@register.simple_tag
def which_hour(name: str, *, day: str | None, time: str | None, at: str) -> Markup:
    """Return a list to choose BST or GMT, if the time is in the hour that comes twice."""
    if not day or not time or not comes_twice(day, time):
        return NOTHING
    chosen = without_zone(time)[1] or ZONES[0]
    box = f"{at}-zone"
    return html(
        '<div class="app-moment__part"><label class="app-moment__label" id="%s-label" for="%s">%s'
        '</label><select class="govuk-select app-input" id="%s" name="%s_zone" '
        'aria-labelledby="%s-label">%s</select></div>',
        box,
        box,
        gettext("The clocks went back. Which one?"),
        box,
        name,
        box,
        options(
            [(zone, gettext(words)) for zone, words in zip(ZONES, _TWICE, strict=True)], chosen
        ),
    )


_TWICE = (gettext_noop("the first (BST)"), gettext_noop("the second (GMT)"))
_SELECTED = html(" selected")
_WRONG = html(" app-input--wrong")
_DIGITS = html(' inputmode="numeric"')
_BOXES = (
    ("", gettext_noop("Day"), "day", "date", _DIGITS),
    ("-month", gettext_noop("Month"), "day", "month", NOTHING),
    ("-year", gettext_noop("Year"), "year", "year", _DIGITS),
)


@register.filter
def labelled(typed: Sequence[tuple[str, str]], path: str) -> list[tuple[str, str]]:
    """Return what was typed, under the labels of its form."""
    return labels.labelled(path, typed)
