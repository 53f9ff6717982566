"""What a check vouches for, and what it does not, in words."""

from typing import Final

VOUCHED: Final = {
    True: (
        "every sealed entry, opened: its words, files, author, times, and its numbers",
        "the log, its order, its signed checkpoints, and that it is not shorter than it was",
        "every row of what is shown (books, search, registers and the rest), compared with them",
        "accounts and appointments, as the log tells of them",
        "the read trail of each finished day",
        "entries that are signed and wait for their place",
    ),
    False: (
        "the stored bytes of every sealed entry and file, without opening them",
        "the log, its order, its signed checkpoints, and that it is not shorter than it was",
        "a sample of the lines of the books, worked out again from the entries",
        "entries that are signed and wait for their place",
    ),
}
NOT_VOUCHED: Final = (
    "drafts, and files attached to them: nothing is sealed yet",
    "the looks of today",
    "security events, and who was told of them: they are kept for a time, and are not signed",
    "passwords, second factors, sessions and what counts wrong passwords",
    "that what was written is true, and that the clock of the server was right",
    "a log written again with every key: only a receipt or checkpoint kept elsewhere tells",
)
QUICK_ONLY: Final = "what is shown, beyond that sample; without --quick every row is compared"


def vouched_for(*, full: bool) -> tuple[str, ...]:
    """Return what a check that found nothing vouches for."""
    return VOUCHED[full]


def not_vouched_for(*, full: bool) -> tuple[str, ...]:
    """Return what no such check can vouch for."""
    return NOT_VOUCHED if full else (QUICK_ONLY, *NOT_VOUCHED)
