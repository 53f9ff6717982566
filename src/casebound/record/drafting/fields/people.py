"""Questions about people: anybody by name, colleagues and children of the home by id."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.http import QueryDict

from casebound.foundation.base.messages import gettext
from casebound.record.drafting.fields.control import Control, DraftSetting
from casebound.record.drafting.fields.single import in_words
from casebound.rulebook.catalogue.content import Answer, Person, Row


def people(text: str) -> list[dict[str, str]]:
    """Read people, one a line, each with a role after a comma: `Ruth Abara, teacher`."""
    read = []
    for line in text.splitlines():
        name, _, role = line.partition(",")
        if name.strip() or role.strip():
            read.append({"name": name.strip(), "role": role.strip()})
    return read


def people_lines(people: Iterable[Person]) -> str:
    """Write people back as they are typed."""
    return "\n".join(
        f"{person.name}, {person.role}" if person.role else person.name for person in people
    )


def posted_people(posted: QueryDict, name: str) -> object:
    """Read people by name."""
    return people(posted.get(name, ""))


def show_people(control: Control, value: Answer) -> Control:
    """Show people one a line."""
    lines = _named_lines(value) if isinstance(value, tuple) else in_words(value)
    return replace(control, value=lines)


def posted_picked(posted: QueryDict, name: str) -> object:
    """Read the people who were picked by id, then the people who were typed."""
    typed = people(posted.get(f"{name}-others", ""))
    return [*({"id": key} for key in posted.getlist(name) if key), *typed]


def show_workers(control: Control, value: Answer, setting: DraftSetting) -> Control:
    """Show the colleagues to pick from. The writer comes first: they were most likely there."""
    names = {key: colleague.name for key, colleague in setting.home.workers.items()}
    if own := names.pop(setting.writer, ""):
        names = {setting.writer: gettext("{name} (you)").format(name=own), **names}
    return _show_picked(control, value, names, gettext("Someone who no longer works here"))


def show_children(control: Control, value: Answer, setting: DraftSetting) -> Control:
    """Show the children to pick from."""
    return _show_picked(
        control, value, setting.home.children, gettext("Someone who no longer lives here")
    )


def _show_picked(control: Control, value: Answer, names: Mapping[str, str], gone: str) -> Control:
    rows = tables(value)
    picked = [str(row["id"]) for row in rows if row.get("id")]
    lost = [(key, gone) for key in picked if key not in names]
    return replace(
        control,
        options=[*names.items(), *lost],
        value=picked,
        more={"others": _named_lines(value), "filled": bool(rows)},
    )


def _named_lines(value: Answer) -> str:
    return people_lines(Person.from_json(row) for row in tables(value) if not row.get("id"))


def tables(value: Answer | None) -> list[Row]:
    """Return the rows, or the people, of an answer."""
    rows = value if isinstance(value, tuple) else ()
    return [row for row in rows if isinstance(row, Mapping)]
