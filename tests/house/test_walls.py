"""What each wall of a room holds, and what other rooms may use of it."""

import ast
import re
from collections.abc import Iterator

from tests.house.source import Source, nothing, rooms_sources, sources

# A room's own affair: nobody else imports these.
PRIVATE = {"models", "projections", "views", "forms", "urls", "apps", "migrations"}
WRITES = {"create", "save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
OF_A_QUERY = {"update", "delete"}
WRITERS = {"actions", "projections"}
WRITES_ELSEWHERE = {
    "people.accounts": "adapter.py, sessions.py: allauth and Django write accounts and sessions",
}
# What takes an actor and a moment in another way, and why.
FREE_ACTIONS = {
    "foundation.web": "below people: a form that comes back is its session's",
    "ledger.keyring": "below people: a key has no author",
    "ledger.projecting": "follows the log; what it does was signed before",
    "ledger.sealing": "below people: author and moment are in the entry",
    "record.attachments": "its files are of an open draft, which knows its author",
    "upkeep.running": "done by the person who runs the command",
}
NAMES_NOBODY = {
    "record.drafting.save_draft": "an open draft knows its author",
    "record.drafting.note_files": "an open draft knows its author",
    "record.drafting.read_again": "an open draft knows its author",
    "record.drafting.discard_draft": "an open draft knows its author",
    "record.drafting.discard_damaged": "a draft is deleted for its author alone",
    "record.drafting.note_looked_again": "an open draft knows its author",
    "record.drafting.note_read": "an open draft knows its author",
    "record.drafting.keep_what_was_read": "`signing` says who, and the draft when",
    "record.drafting.note_page": "a page is its session's",
    "record.drafting.note_page_used": "a page is its session's",
    "record.drafting.forget_pages": "an open draft knows its author",
    "record.drafting.sign_draft": "`signing` says who signs",
    "oversight.proof.check_now": "looks, and writes nothing into a book",
    "reading.search.tidy_index": "for the timer: no row changes its meaning",
    "people.access.note_reading": "the book that was seen knows who saw it",
    "people.access.note_readings": "the books that were seen know who saw them",
    "people.accounts.mark_rows_there": "once, before the log tells of accounts",
    "people.accounts.same_link": "the link says who gave it, and when",
    "people.accounts.set_own_password": "the person who holds the link",
    "people.accounts.set_password": "what both ways of setting a password share",
    "people.accounts.give_password": "says `by`; the database says when",
}
ASKS = ("is_", "has_", "can_", "check_")
# Django and allauth save these rows themselves, and their mark must go with each saving.
MARKED_AT_SAVING = {
    "people.accounts": "Account.save for a new password; a signal of allauth's factors, which have"
    " no other hook",
}


def test_rooms_use_only_the_open_walls_of_other_rooms() -> None:
    wrong = [
        f"{source.name}:{line} imports {name}"
        for source in rooms_sources()
        for name, line in source.imports()
        if name.startswith("casebound.") and _is_private(name, source.room)
    ]

    nothing(wrong)


def test_views_leave_tables_to_reads_and_actions() -> None:
    wrong = [
        f"{source.name}:{line} imports {name}"
        for source in rooms_sources()
        if source.wall == "views"
        for name, line in source.imports()
        if name.startswith("casebound.") and ".models" in name
    ]

    nothing(wrong)


def test_screens_reach_rows_through_a_book_that_access_gave_out() -> None:
    screens = {"views", "http", "forms", "templatetags"}
    wrong = [
        f"{source.name}:{node.lineno} asks a table; ask the room's reads, which take a SeenBook"
        for source in rooms_sources()
        if source.wall in screens
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]

    nothing(wrong)


def test_nothing_reads_the_trail_to_know_a_state() -> None:
    """Who looked is for "who looked at my record"; what was done is said by entries alone."""
    wrong = [
        f"{source.name}: asks the read trail"
        for source in rooms_sources()
        if source.wall != "models"
        and source.name
        not in {
            "src/casebound/people/access/trail.py",  # digests it, and knows no state
            "src/casebound/people/access/reading_much.py",  # asks who looks how often, and why
            "src/casebound/people/access/looks.py",  # tells who looked, to who may know
        }
        and re.search(
            r"\bReading\.objects\.(?!bulk_create)|FROM read_trail", source.path.read_text("utf-8")
        )
    ]

    nothing(wrong)


def test_accounts_are_written_through_the_room_that_seals_it() -> None:
    sealed = "open_account|give_link|close_account|reopen_account|rename_account"
    rows = "create_account|new_sign_in_link|close_account|reopen_account|rename_account"
    wrong = [
        f"{source.name}: writes an account that the log does not tell of; ask people.staff.actions"
        for source in rooms_sources()
        if source.room not in {"people.accounts", "people.staff"}
        and re.search(
            rf"accounts\.actions import [^)]*\b({rows})\b|\baccounts\.({rows}|{sealed})\(",
            source.path.read_text("utf-8"),
        )
    ]

    nothing(wrong)


def test_what_opens_books_goes_through_the_room_that_asks_a_second_person() -> None:
    alone = {
        "people.second_person": "asks",
        "people.staff": "seals what the second person agreed to",
        "people.homes": "the same",
        "upkeep.demo": "makes the made-up provider",
        "people/access/views/key_workers.py": "opens no book that is not open to them",
        "people/access/actions/for_a_time.py": "for a time, with a reason, in the book it opens",
        "upkeep/running/management/commands/administrator.py": "a role that opens no book",
    }
    wrong = [
        f"{source.name}: appoints or gives a link alone; ask people.second_person.actions"
        for source in rooms_sources()
        if source.room not in alone
        and not source.path.as_posix().endswith(tuple(alone))
        and re.search(r"\b(give_link|(homes|actions)\.appoint|appoint)\(", _code(source))
    ]

    nothing(wrong)


def _code(source: Source) -> str:
    return re.sub(r"\bdef appoint\(", "", source.path.read_text("utf-8"))


def test_the_24_hours_of_p43_stand_in_the_clocks_alone() -> None:
    wrong = [
        f"{source.name}: use LATE_AFTER of rulebook.catalogue.late, or the clock's limit"
        for source in rooms_sources()
        if re.search(r"hours=24\b|24 \* 60 \* 60\b(?!\))", source.path.read_text("utf-8"))
    ]

    nothing(wrong)


def test_only_actions_and_projections_write() -> None:
    wrong = [
        f"{source.name}:{line} calls {verb}"
        for source in rooms_sources()
        if source.wall not in WRITERS and source.room not in WRITES_ELSEWHERE
        for verb, line in _written(source)
    ]

    nothing(wrong)


def test_actions_take_words_and_not_places() -> None:
    wrong = [
        f"{source.name}:{function.lineno} {function.name}"
        for source, function in _actions()
        if source.room not in FREE_ACTIONS
        and not function.name.startswith(ASKS)
        and len(function.args.posonlyargs + function.args.args) > 0
        and f"{source.room}.{function.name}" not in NAMES_NOBODY
    ]

    nothing(wrong)


def test_actions_say_who_and_when() -> None:
    wrong = [
        f"{source.name}:{function.lineno} {function.name}"
        for source, function in _actions()
        if source.room not in FREE_ACTIONS
        and not function.name.startswith(ASKS)
        and f"{source.room}.{function.name}" not in NAMES_NOBODY
        for names in [{argument.arg for argument in function.args.kwonlyargs}]
        if not {"by", "at"} <= names and not {"once", "at"} <= names
    ]

    nothing(wrong)


def test_every_action_that_seals_takes_a_key_that_makes_its_retry_free() -> None:
    """As `auth` says how it was proved who signs, `key` says which page was sent."""
    wrong = [
        f"{source.name}:{function.lineno} {function.name} takes no `key` (ledger/sealing/once.py)"
        for source, function in _actions()
        if source.room.split(".")[0] != "ledger"
        for names in [{argument.arg for argument in function.args.kwonlyargs}]
        if "auth" in names and not names & {"key", "once"}
    ]

    nothing(wrong)


def test_rules_and_projections_never_look_at_the_clock() -> None:
    clocks = {"now", "today", "utcnow", "monotonic", "localdate", "localtime"}
    wrong = [
        f"{source.name}:{node.lineno}"
        for source in rooms_sources()
        if source.wall in {"rules", "projections", "entries", "duties"}
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in clocks
    ]

    nothing(wrong)


def test_there_is_no_admin_and_no_signal() -> None:
    roundabouts = ("django.contrib.admin", "django.dispatch", "django.db.models.signals")
    wrong = [
        f"{source.name}:{line} imports {name}"
        for source in sources()
        if not source.is_test and getattr(source, "room", "") not in MARKED_AT_SAVING
        for name, line in source.imports()
        if name.startswith(roundabouts)
    ]

    nothing(wrong)


def test_models_keep_no_verbs() -> None:
    wrong = [
        f"{source.name}:{node.lineno} {node.name}"
        for source in rooms_sources()
        if source.wall == "models" and source.room not in MARKED_AT_SAVING
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "clean"}
    ]

    nothing(wrong)


def _is_private(name: str, room: str) -> bool:
    parts = name.split(".")[1:]
    return ".".join(parts[:2]) != room and len(parts) > 2 and parts[2] in PRIVATE


def _actions() -> Iterator[tuple[Source, ast.FunctionDef]]:
    for source in rooms_sources():
        if source.wall == "actions":
            for node in source.tree.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield source, node


def _written(source: Source) -> Iterator[tuple[str, int]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = ast.unparse(node.func.value)
            is_query = ".objects" in of or ".filter(" in of
            if node.func.attr in (WRITES | OF_A_QUERY) and is_query:
                yield node.func.attr, node.lineno
