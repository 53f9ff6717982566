"""Who may sign in, besides what the account's row says: rooms above this one know the log."""

from collections.abc import Callable

from casebound.foundation.base.ids import WorkerId

Asked = Callable[[WorkerId], bool]
_ASKED: list[Asked] = []


def ask_at_sign_in(asked: Asked) -> None:
    """Ask `asked` too whether a person may sign in."""
    if asked not in _ASKED:
        _ASKED.append(asked)


def may_sign_in(account: WorkerId) -> bool:
    """Say whether nobody who is asked keeps the person out."""
    return all(asked(account) for asked in _ASKED)
