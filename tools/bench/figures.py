"""What was found, beside what is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table.

    Attributes:
        subject: which measure it belongs to, as the command names it.
        store: sqlite or postgres.
        words: what was measured.
        found: in words, with its unit.
        target: in words, empty where nothing is asked for.
        met: whether it is met; None where nothing is asked for.
    """

    subject: str
    store: str
    words: str
    found: str
    target: str = ""
    met: bool | None = None


def at_least(found: float, wanted: float) -> tuple[str, bool]:
    """Return a target that a greater figure meets, and whether it is met."""
    return f"at least {wanted:g}", found >= wanted


def at_most(found: float, wanted: float) -> tuple[str, bool]:
    """Return a target that a smaller figure meets, and whether it is met."""
    return f"at most {wanted:g}", found <= wanted


def table(figures: Iterable[Figure]) -> str:
    """Write figures as a Markdown table."""
    head = "| measure | store | what | found | target | |\n|---|---|---|--:|--:|---|"
    verdict = {True: "met", False: "**short**", None: ""}
    return "\n".join(
        [
            head,
            *(
                f"| {figure.subject} | {figure.store} | {figure.words} | {figure.found} "
                f"| {figure.target} | {verdict[figure.met]} |"
                for figure in figures
            ),
        ]
    )
