"""What was measured, beside what is asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

STORES = ("sqlite", "postgres")
VERDICT = {True: "met", False: "**short**", None: ""}


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
    """Write all figures as a Markdown table."""
    head = "| measure | store | what | measured | target | |\n|---|---|---|--:|--:|---|"
    return "\n".join(
        [
            head,
            *(
                f"| {figure.subject} | {figure.store} | {figure.words} | {figure.found} "
                f"| {figure.target} | {VERDICT[figure.met]} |"
                for figure in figures
            ),
        ]
    )


def short_table(figures: Iterable[Figure]) -> str:
    """Write the figures that have a target, both stores in a row, as in `docs/performance.md`."""
    rows: dict[tuple[str, str], dict[str, Figure]] = {}
    for figure in figures:
        if figure.target:
            rows.setdefault((figure.subject, figure.words), {})[figure.store] = figure
    head = "| measure | what | SQLite | PostgreSQL | target |\n|---|---|--:|--:|--:|"
    return "\n".join([head, *(_row(*key, stores) for key, stores in rows.items())])


def _row(subject: str, words: str, stores: dict[str, Figure]) -> str:
    cells = [_cell(stores[store]) if store in stores else "" for store in STORES]
    return f"| {subject} | {words} | {' | '.join(cells)} | {_targets(list(stores.values()))} |"


def _cell(figure: Figure) -> str:
    return figure.found if figure.met else f"{figure.found} **short**"


def _targets(figures: Sequence[Figure]) -> str:
    """Return the target, or one for each store where they differ."""
    return "; ".join(dict.fromkeys(figure.target for figure in figures))
