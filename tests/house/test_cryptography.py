"""Encryption, signatures and MACs are used in few modules, named here (ASVS 5.0, 11.1.3)."""

import ast
from typing import Final

from tests.house.source import PACKAGE, nothing, rooms_sources

LIBRARIES: Final = {"cryptography", "hmac", "argon2"}  # a digest alone (hashlib) is no secret
USED_IN: Final = (
    "foundation/base/installation.py",
    "foundation/proof/",
    "foundation/web/locking.py",
    "foundation/web/posted.py",
    "foundation/web/sent_once.py",
    "ledger/keyring/",
    "ledger/sealing/sequencing.py",  # the type of the log's key
    "people/accounts/adapter.py",  # what the library raises
    "record/attachments/actions.py",  # what the library raises
)


def test_no_other_module_uses_it() -> None:
    nothing(
        f"{name}: put it into one of the modules named here, or name it with the reason"
        for source in rooms_sources()
        if not source.is_test
        and not (name := source.path.relative_to(PACKAGE).as_posix()).startswith(USED_IN)
        and LIBRARIES & {module.partition(".")[0] for module in _imported(source.tree)}
    )


def _imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names
