"""Every table: who thought about each field, what text there is, and which store it is in."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import (
    BinaryField,
    CharField,
    Field,
    FileField,
    JSONField,
    Model,
    TextField,
)

from casebound.config.routers import store_of
from tests.house.schema import decisions_of, ours
from tests.house.source import nothing

TEXT = (CharField, TextField, BinaryField, JSONField, FileField)
AN_ID = 32
HANDLINGS = ("personal", "operational")
# Where there is text outside the derived store, and why it says nothing about a child.
ALLOWED = {
    # The ledger and its keys: ciphertext, hashes and wrapped keys.
    "sealing.SealedEntry.body": "ciphertext",
    "sealing.EntryKey.wrapped": "the entry's secret, wrapped under its book's key",
    "sealing.EntryBlob.locator": "a random name",
    "sealing.Pending.fields": "hashes and wrapped secrets",
    "sealing.Pending.set_aside": "one of eight fixed sentences",
    "sealing.Leaf.hash": "a hash",
    "sealing.Leaf.data": "hashes and a time",
    "sealing.Node.hash": "a hash",
    "sealing.Head.peaks": "hashes",
    "sealing.Head.last_at": "a time, as the log writes it",
    "sealing.SignedCheckpoint.note": "a signed note: origin, size and root",
    "sealing.Book.tag": "32 random bytes",
    "keyring.Epoch.check_value": "a known value, encrypted",
    "keyring.BookKey.wrapped": "a key, wrapped under the master key",
    # Drafts and the read trail.
    "drafting.Draft.form": "the name of a form",
    "drafting.DraftPage.session": "a digest of a random number",
    "drafting.DraftPage.device": "one of a list: hand, desk",
    "drafting.Draft.body": "ciphertext under the key of the draft's book",
    "attachments.Upload.locator": "a random name",
    "attachments.Upload.shown": "a random name",
    "attachments.Upload.thumb": "a random name",
    "attachments.Upload.body": "ciphertext under the key of the draft's book",
    "attachments.Upload.content_key": "a keyed digest, which tells nothing",
    "access.Reading.what": "one of a list: book, entry, search …",
    "access.Reading.under": "the id of an appointment or a grant",
    "access.Reading.device": "a digest of a random number",
    "access.Reading.network": "one of a list: own, outside",
    "access.Reading.why": "one of a list: why_inspection, why_review …",
    "web.SentForm.body": "an address, encrypted under a key that only the page knows",
    "web.PostedForm.session": "a digest of a random number",
    "web.PostedForm.body": "ciphertext; half of its key is in the browser's address alone",
    # People who sign in. They are staff; no child is among them.
    "accounts.Account.username": "a worker's sign-in name",
    "accounts.Account.full_name": "a worker's name, as entries are signed with it",
    "accounts.Account.email": "a worker's address",
    "accounts.Account.password": "a hash",
    "accounts.Account.mark": "an HMAC of the row",
    "accounts.Account.password_mark": "an HMAC of the hash",
    "accounts.Account.sign_on_as": "a worker's address or name at the single sign-on",
    "accounts.Account.sign_on_subject": "the single sign-on's own name for a worker",
    "accounts.Account.sign_on_mark": "an HMAC of the two",
    "socialaccount.SocialAccount.extra_data": "allauth's; never used here, always empty",
    "socialaccount.SocialAccount.provider": "allauth's; never used here, always empty",
    "socialaccount.SocialAccount.uid": "allauth's; never used here, always empty",
    "socialaccount.SocialApp.client_id": "allauth's; never used here, always empty",
    "socialaccount.SocialApp.key": "allauth's; never used here, always empty",
    "socialaccount.SocialApp.name": "allauth's; never used here, always empty",
    "socialaccount.SocialApp.provider": "allauth's; never used here, always empty",
    "socialaccount.SocialApp.provider_id": "allauth's; never used here, always empty",
    "socialaccount.SocialApp.secret": "allauth's; never used here, always empty",
    "socialaccount.SocialApp.settings": "allauth's; never used here, always empty",
    "socialaccount.SocialToken.token": "allauth's; never used here, always empty",
    "socialaccount.SocialToken.token_secret": "allauth's; never used here, always empty",
    "account.EmailAddress.email": "allauth's: a worker's address",
    "account.EmailConfirmation.key": "allauth's, random; never used here",
    "mfa.Authenticator.type": "one of a list: totp, webauthn, recovery_codes",
    "mfa.Authenticator.data": "secrets of a second factor",
    # Security events: ids, closed lists, and where a request came from.
    "events.SecurityEvent.kind": "one of a list: signed_in, wrong_password …",
    "events.SecurityEvent.browser": "one of a list: Chrome, Windows …",
    "events.SecurityEvent.address": "the network address of a request",
    "events.SecurityEvent.what": "one of a list: how somebody signed in, the name of a page",
    "events.KnownDevice.browser": "one of a list: Chrome, Windows …",
    # Django's own.
    "auth.Group.name": "never used here",
    "auth.Permission.codename": "names of our tables",
    "auth.Permission.name": "names of our tables",
    "contenttypes.ContentType.app_label": "names of our rooms",
    "contenttypes.ContentType.model": "names of our tables",
    "sessions.Session.session_key": "random",
    "sessions.Session.session_data": "who is signed in, since when and how (test_no_words_leak)",
}


def test_every_field_is_handled_exactly_once() -> None:
    nothing(
        f"{model._meta.label}.{name}: handled {times} times"
        for model in ours()
        for name, times in _handled(model)
        if times != 1
    )


def test_personal_data_has_a_schedule() -> None:
    nothing(
        model._meta.label
        for model in ours()
        if decisions_of(model).personal and not decisions_of(model).schedule
    )


@pytest.mark.policy("P12")
def test_words_are_kept_in_the_derived_store_alone() -> None:
    nothing(name for name in _texts_outside_derived() if name not in ALLOWED)


def test_the_list_of_allowed_texts_names_only_what_is_there() -> None:
    there = set(_texts_outside_derived())

    nothing(name for name in ALLOWED if name not in there)


def test_no_key_crosses_from_one_store_to_another() -> None:
    nothing(
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if isinstance(field, Field)
        and field.related_model is not None
        and store_of(field.related_model._meta.app_label) != store_of(model._meta.app_label)
    )


def test_a_room_s_constraints_and_indexes_are_named_after_its_tables() -> None:
    nothing(
        f"{model._meta.label}: {constraint.name}"
        for model in ours()
        for constraint in (*model._meta.constraints, *model._meta.indexes)
        if not (constraint.name or "").startswith(f"{model._meta.app_label}_")
    )


def test_no_table_orders_itself() -> None:
    nothing(model._meta.label for model in ours() if model._meta.ordering)


def test_rows_are_named_without_a_word_about_anybody() -> None:
    words = "quillfeather"
    told = []
    for model in ours():
        row = model()
        for field in model._meta.concrete_fields:
            if field.name in decisions_of(model).personal:
                setattr(row, field.attname, words)
        told.append((model._meta.label, str(row) + repr(row)))

    nothing(label for label, said in told if words in said)


def _handled(model: type[Model]) -> Iterator[tuple[str, int]]:
    said = Counter(name for kind in HANDLINGS for name in getattr(decisions_of(model), kind, ()))
    there = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}
    yield from ((name, said[name] if name in there else -1) for name in there | set(said))


def _texts_outside_derived() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if store_of(model._meta.app_label) == "derived":
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, TEXT) and not _is_id(field):
                yield f"{model._meta.label}.{field.name}"


def _is_id(field: "Field[object, object]") -> bool:
    named = field.name == "id" or field.name.endswith(("_id", "_by"))
    return isinstance(field, CharField) and named and field.max_length == AN_ID
