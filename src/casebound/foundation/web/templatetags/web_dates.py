"""Moments on a page, where a sentence with the weekday would be too long."""

from datetime import date, datetime

from django import template

from casebound.foundation.base.times import LONDON, clock, date_in_words

register = template.Library()


@register.filter
def moment(at: datetime | None) -> str:
    """Write an instant: `23 November 2026, 22:40`, with BST or GMT in the hour that comes twice."""
    if not at:
        return ""
    return f"{date_in_words(at.astimezone(LONDON).date())}, {clock(at)}"


@register.filter
def day_words(day: date | None) -> str:
    """Write a day: `23 November 2026`."""
    return date_in_words(day) if day else ""
