"""Faults planted in the product: each changes one line of a question about rights.

The line is changed in the running program, not in its file. Worlds must tell each of them.
"""

import inspect
import textwrap
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from tests.oracle.comparing import differences
from tests.oracle.living import Lived, Stage, happened
from tests.oracle.world import World


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of the product that is changed: a function's, or a constant's.

    Attributes:
        module: where it is.
        name: the function, or the constant, which is text.
        line: what stands there.
        instead: what somebody might write there by mistake.
        sealed: it does its harm when something is written, and not when it is read.
    """

    module: str
    name: str
    line: str
    instead: str
    sealed: bool = False


_REACH: Final = "casebound.people.homes.reach"
_RESTRICTED: Final = "casebound.people.restricted.reads"
FAULTS: Final = {
    "a grant reaches on when it has run out": Fault(
        _REACH, "_WITH", "AND from_at <= %s AND to_at > %s", "AND from_at <= %s AND from_at <= %s"
    ),
    "an appointment reaches on when it has ended": Fault(
        _REACH, "_source", "is_over = ended is not None and ended <= at", "is_over = False"
    ),
    "a worker reads the child who has moved on": Fault(
        _REACH, "_BOOKS", "OR p.to_at > %s THEN 0", "OR p.to_at <= %s THEN 0"
    ),
    "an allegation is read by those it is about": Fault(
        _RESTRICTED, "_HIDDEN", "k.worker_id = %s", "k.worker_id = %s AND 1 = 0"
    ),
    "a manager reads what is about the managers": Fault(
        _RESTRICTED, "hidden_from",
        "not_theirs |= above & ~Q(book_id__in=list(reader.answers_above))", "pass",
    ),
    "what is about another child alone stays": Fault(
        "casebound.record.book.entries", "is_about", "return", "return True or", sealed=True
    ),
    "a grant of one form opens the book": Fault(
        _REACH, "GrantReach.opens",
        'and self.form in {"", form}', "and True",
    ),
    "a role at one home reaches the other": Fault(
        _REACH, "_BOOKS", "r.home_id = b.home_id", "r.home_id <> ''"
    ),
}  # fmt: skip


@contextmanager
def planted(fault: Fault) -> Iterator[None]:
    """Change a line for a while."""
    module = import_module(fault.module)
    *owners, name = fault.name.split(".")
    owner: Any = module
    for part in owners:
        owner = getattr(owner, part)
    kept = getattr(owner, name)
    if isinstance(kept, str):
        changed = kept.replace(fault.line, fault.instead)
        assert changed != kept, f"{fault.name} has no such line"
        users = _users(module, name, kept, changed)
        for user, text in users.items():
            setattr(module, user, text[1])
        try:
            yield
        finally:
            for user, text in users.items():
                setattr(module, user, text[0])
        return
    code = kept.__code__
    kept.__code__ = _with_line(kept, fault)
    try:
        yield
    finally:
        kept.__code__ = code


def told_in(world: World, stage: Stage, names: Iterable[str]) -> Iterator[str]:
    """Yield which of these faults a world tells, by what people are shown in it."""
    faults = {name: FAULTS[name] for name in names}
    with happened(world, stage) as lived:
        for name, fault in faults.items():
            if not fault.sealed and _is_told(lived, fault):
                yield name
    for name, fault in faults.items():
        if fault.sealed:
            with planted(fault), happened(world, stage) as lived:
                told = any(differences(lived, pages=lambda: False))
            if told:
                yield name


def _is_told(lived: Lived, fault: Fault) -> bool:
    with planted(fault):
        return any(differences(lived, pages=lambda: False))


def _users(module: Any, name: str, kept: str, changed: str) -> dict[str, tuple[str, str]]:
    """Return the texts of a module that a text is part of, as they are and as they become."""
    texts = {user: text for user, text in vars(module).items() if isinstance(text, str)}
    return {
        user: (text, text.replace(kept, changed))
        for user, text in texts.items()
        if user == name or (kept in text and not user.startswith("__"))
    }


def _with_line(function: Any, fault: Fault) -> Any:
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(fault.line) >= 1, f"{fault.name} has no such line"
    names: dict[str, Any] = {}
    changed = source.replace(fault.line, fault.instead, 1)
    exec(compile(changed, fault.module, "exec"), dict(function.__globals__), names)  # noqa: S102 (our own)
    return names[function.__name__].__code__
