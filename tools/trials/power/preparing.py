"""Setting up Django on the simulated disk. Import what needs Django only after that."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import apsw
import django
from django.conf import settings

from casebound.foundation.base.installation import STORES, Installation
from tools.trials.power.disk import Disk
from tools.trials.power.folder import ROOT, Folder
from tools.trials.power.vfs import SimulatedVFS


@dataclass(slots=True)
class Machine:
    """What reads and writes whichever disk is put in: SQLite, and Python itself."""

    folder: Folder = field(default_factory=Folder)
    _vfs: SimulatedVFS | None = None
    _starts: int = 0

    def start(self, disk: Disk) -> None:
        """Start with this disk: put it in, or give it power again."""
        before, self._starts = self._vfs, self._starts + 1
        self._vfs = SimulatedVFS(disk, self._starts)
        self.folder.disk = disk
        if before is not None:
            before.unregister()


def prepare(keys: Path) -> Machine:
    """Let Django open an installation on a simulated disk. `keys` is a real folder, and empty."""
    os.environ["XDG_CONFIG_HOME"] = str(keys)
    os.environ["CASEBOUND_DATA"] = str(keys / "data")
    os.environ["DJANGO_SETTINGS_MODULE"] = "casebound.config.settings"
    with repeatable(Random(0)):  # noqa: S311 (to be repeated, not to be secret)
        installation = Installation.create(keys / "data", origin="oak-house.example/trials/1")
    settings.INSTALLATION = replace(installation, data=Path(ROOT))
    for store in STORES:
        database = settings.DATABASES[store]
        database["ENGINE"] = "tools.trials.power.store"
        database["NAME"] = f"{ROOT}/{Path(database['NAME']).name}"
    django.setup()
    return Machine()


@contextmanager
def repeatable(random: Random) -> Iterator[None]:
    """Take every random byte from a generator that can be set back."""
    kept = secrets.token_bytes, secrets.token_hex
    secrets.token_bytes = lambda nbytes=None: random.randbytes(nbytes or 32)
    secrets.token_hex = lambda nbytes=None: random.randbytes(nbytes or 32).hex()
    apsw.randomness(0)  # SQLite asks for a seed again
    try:
        yield
    finally:
        secrets.token_bytes, secrets.token_hex = kept
