"""Write docs/schema.txt: every table, its columns, and what was decided. Touches no one's data."""

import os
import sys
import tempfile
from pathlib import Path

import django

from casebound.foundation.base.installation import Installation

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))


def main() -> None:
    """Ask the models, with an installation of this moment's own."""
    with tempfile.TemporaryDirectory(prefix="casebound-schema-") as folder:
        data = Path(folder) / "data"
        os.environ["CASEBOUND_KEY_FILE"] = str(Path(folder) / "keys" / "key")
        os.environ.pop("CASEBOUND_DATABASE_URL", None)
        Installation.create(data, origin="schema.example/1")
        os.environ["CASEBOUND_DATA"] = str(data)
        os.environ["DJANGO_SETTINGS_MODULE"] = "casebound.config.settings"
        django.setup()
        from tests.house import schema  # noqa: PLC0415 (needs the models)

        schema.FILE.write_text(schema.written(), encoding="utf-8")


if __name__ == "__main__":
    main()
