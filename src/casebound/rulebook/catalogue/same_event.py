"""Which forms may tell of one event, and which answers they share: the table `same_event.toml`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from casebound.foundation.base.data_files import DataFileError, Strict, as_shape, read_toml
from casebound.foundation.proof.canonical import Json
from casebound.rulebook.catalogue import catalogue
from casebound.rulebook.catalogue.answers import typed_answers
from casebound.rulebook.catalogue.content import Answer
from casebound.rulebook.catalogue.shape import CHOSEN, Field, Form

TABLE = files(__package__) / "same_event.toml"


class CarriedFile(Strict):
    """An answer that the other form asks under another name."""

    of: str
    to: str


class EventFile(Strict):
    """What the table may say."""

    together: tuple[tuple[str, str], ...]
    same: tuple[str, ...]
    of_one_child: tuple[str, ...]
    carried: tuple[CarriedFile, ...]


@cache
def _table() -> EventFile:
    file = as_shape(EventFile, read_toml(TABLE), where="same_event.toml")
    for pair in file.together:
        for name in pair:
            if not any(form.name == name for form in catalogue.shipped().forms.values()):
                raise DataFileError(f"same_event.toml: there is no form {name}")
    return file


def told_with(form: str) -> tuple[Form, ...]:
    """Return the forms that may tell of the same event as an entry on `form`, in their order."""
    names = (other for pair in _table().together if form in pair for other in pair)
    return tuple(catalogue.form(name) for name in dict.fromkeys(names) if name != form)


def answers_known(
    form: Form, sealed: Mapping[str, Json], *, of_one_child: bool
) -> dict[str, Answer]:
    """Return what another entry of the event answers of a form, as its author would type it.

    `of_one_child` says whether both entries are about one child alone, and the same one.
    """
    table = _table()
    names = (*table.same, *(table.of_one_child if of_one_child else ()))
    known = {name: sealed[name] for name in names if name in sealed}
    known |= {each.to: sealed[each.of] for each in table.carried if each.of in sealed}
    fits = {
        field.name: known[field.name]
        for field in form.fields
        if field.name in known and _takes(field, known[field.name])
    }
    return typed_answers(form, fits)


def asked_there(name: str, sealed: Mapping[str, Json]) -> str:
    """Return as what the other entry answers the question `name`."""
    carried = {each.to: each.of for each in _table().carried if each.of in sealed}
    return carried.get(name, name)


def _takes(field: Field, value: Json) -> bool:
    """Say whether a question has the choice that was made."""
    return field.type not in CHOSEN or value in {choice.value for choice in field.choices}
