"""Whether a session began at a service of single sign-on."""

from django.http import HttpRequest


def has_begun_elsewhere(request: HttpRequest) -> bool:
    """Say whether a session began by single sign-on. No query."""
    records = request.session.get("account_authentication_methods") or []
    return any(record.get("method") == "socialaccount" for record in records)
