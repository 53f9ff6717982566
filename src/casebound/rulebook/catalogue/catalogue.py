"""The one catalogue of recording forms for the whole provider (P19)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Self

from casebound.foundation.base.data_files import DataFileError
from casebound.foundation.base.messages import language_now
from casebound.rulebook.catalogue.loading import read_forms, read_fragments
from casebound.rulebook.catalogue.shape import ANY_FORM, BookKind, FieldType, Form, Group
from casebound.rulebook.catalogue.translating import translated

_GROUPS = tuple(Group)
FORMS = files(__package__) / "forms"


class NoSuchFormError(LookupError):
    """There is no form of this name and version, or none that new entries are written on."""


@dataclass(frozen=True, slots=True, eq=False)  # one is itself alone, so that lists can be kept
class Catalogue:
    """All versions of all forms, by name and version. It never changes once it is made."""

    forms: Mapping[tuple[str, int], Form]

    @classmethod
    def load(cls, folder: Traversable) -> Self:
        """Read every form file of `folder`.

        Raises:
            DataFileError: a file is not a form, or there is none.
        """
        shared = folder / "shared"
        forms = read_forms(folder, read_fragments(shared) if shared.is_dir() else {})
        if not forms:
            raise DataFileError("there are no forms in the folder")
        catalogue = cls({(form.name, form.version): form for form in forms})
        for form in forms:
            catalogue._check_follows(form)
        return catalogue

    def _check_follows(self, form: Form) -> None:
        """Refuse a follow-up of what is not there, or one for each of nobody."""
        for name in form.follows:
            if name == ANY_FORM:
                continue
            followed = [shape for shape in self.forms.values() if shape.name == name]
            if not followed:
                raise DataFileError(f"{form.name}.{form.version}.toml: there is no form {name}")
            newest = max(followed, key=lambda shape: shape.version)
            users = {field.name for field in newest.fields if field.type is FieldType.WORKERS}
            if form.once_each and form.once_each not in users:
                raise DataFileError(
                    f"{form.name}.{form.version}.toml: {name} has no workers {form.once_each}"
                )

    def form(self, name: str, version: int | None = None) -> Form:
        """Return a form: the version an entry is pinned to, or the newest in use.

        Raises:
            NoSuchFormError: there is none; or, without a version, all are retired.
        """
        if version is not None:
            try:
                return self.forms[name, version]
            except KeyError:
                raise NoSuchFormError(f"no form {name}, version {version}") from None
        try:
            return _in_use(self)[name]
        except KeyError:
            raise NoSuchFormError(f"no form {name} in use") from None

    def forms_for(self, book: BookKind, *, secure: bool = False) -> tuple[Form, ...]:
        """Return what a new entry of such a book can be written on, in the order of the list.

        `secure` says whether it is a secure children's home.
        """
        return _listed(self, book, secure)

    def following(self, name: str) -> tuple[Form, ...]:
        """Return what may always follow an entry on this form, in the order of the list (P49).

        What follows any form (`*`) is not among them: it is begun from what is due.
        """
        names = {f.name for f in self.forms.values() if name in f.follows and not f.retired}
        newest = [self.form(name) for name in names]
        listed = sorted(newest, key=lambda form: (form.order, form.name))
        return tuple(form for form in listed if name in form.follows)


@cache
def _in_use(of: Catalogue) -> dict[str, Form]:
    """Return the newest version of each form that is not retired, by name."""
    in_use = sorted(of.forms.values(), key=lambda form: form.version)
    return {form.name: form for form in in_use if not form.retired}


@cache
def _listed(of: Catalogue, book: BookKind, secure: bool) -> tuple[Form, ...]:  # noqa: FBT001 (kept)
    """See `Catalogue.forms_for`: the Shift page asks for every card."""
    return tuple(
        form
        for form in sorted(_in_use(of).values(), key=_place_in_list)
        if form.is_listed and form.book is book and form.is_offered(secure=secure)
    )


def _place_in_list(form: Form) -> tuple[int, int, str]:
    return _GROUPS.index(form.group), form.order, form.name


def shipped() -> Catalogue:
    """Return the catalogue that comes with the product, in the language of the reader."""
    return _shipped_in(language_now())


@cache
def _shipped_in(language: str) -> Catalogue:  # noqa: ARG001 (what `translated` asks for)
    """Return the catalogue with its words in a language, worked out once for each.

    Only words change: what an answer is sealed as stands in `name` and `value`.
    """
    source = _source()
    return Catalogue({key: translated(form) for key, form in source.forms.items()})


@cache
def _source() -> Catalogue:
    """Return the catalogue as its files have it, read once."""
    return Catalogue.load(FORMS)


@cache
def digests() -> Mapping[str, str]:
    """Return the digest of each version of each shipped form, as `daily_log.1`, in order."""
    digests = {f"{form.name}.{form.version}": form.digest for form in _source().forms.values()}
    return dict(sorted(digests.items()))


def form(name: str, version: int | None = None) -> Form:
    """Return a form of the shipped catalogue (see `Catalogue.form`)."""
    return shipped().form(name, version)


def forms_for(book: BookKind, *, secure: bool = False) -> tuple[Form, ...]:
    """Return the forms of the shipped catalogue in use for such a book."""
    return shipped().forms_for(book, secure=secure)


def following(name: str) -> tuple[Form, ...]:
    """Return the follow-ups of a form of the shipped catalogue (see `Catalogue.following`)."""
    return shipped().following(name)
