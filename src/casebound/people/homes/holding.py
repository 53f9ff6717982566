"""The conditions on time under which an appointment or a placement counts."""

from datetime import datetime

from django.db.models import Q


def not_over(at: datetime) -> Q:
    """Select the rows that have not ended at `at`, begun or not."""
    return Q(to_at__isnull=True) | Q(to_at__gt=at)


def holds(at: datetime) -> Q:
    """Select the rows that have begun at `at` and not ended."""
    return Q(from_at__lte=at) & not_over(at)
