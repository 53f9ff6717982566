"""The moments at which clocks and calendars play tricks, in London."""

HARD = {
    "midnight": "2026-11-17T23:59:59+00:00",  # comes during the test
    "spring": "2026-03-29T02:00:30+01:00",  # half a minute ago it was 00:59
    "autumn": "2026-10-25T01:30:00+00:00",  # an hour ago it was 01:30 too
    "leap-day": "2028-02-29T23:30:00+00:00",
    "new-year": "2026-12-31T23:59:59+00:00",  # comes during the test
}
