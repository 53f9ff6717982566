"""Which questions of a form stand open on the page, and which are folded away until wanted."""

from casebound.rulebook.catalogue.shape import VIEW_MISSING, Field, Form


def open_fields(form: Form) -> frozenset[str]:
    """Return the names of the fields that stand open right below the statements.

    What a rule asks for, what a rule never allows, what the form calls the core of its record, and
    what follows on an open answer; everything else is there for those who want to say more.
    Whatever is in the fold has its follow-on questions there too, right under it.
    """
    open_fields: set[str] = set()
    for field in form.fields:
        if _stands_open(field, form) if not field.when else _follows_open(field, open_fields):
            open_fields.add(field.name)
    return frozenset(open_fields)


def _stands_open(field: Field, form: Form) -> bool:
    never = any(choice.prohibited for choice in field.choices)
    view = form.child_facing and field.name == VIEW_MISSING
    return bool(field.required_by or never or view or field.core)


def _follows_open(field: Field, open_fields: set[str]) -> bool:
    return all(condition.field in open_fields for condition in field.when)
