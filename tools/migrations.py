"""Check that the migrations say all that the models say. Touches no one's data."""

import os
import sys
import tempfile
from pathlib import Path

from django.core.management import execute_from_command_line

from casebound.foundation.base.installation import Installation


def main() -> None:
    """Ask Django, with an installation of this moment's own."""
    with tempfile.TemporaryDirectory(prefix="casebound-migrations-") as folder:
        data = Path(folder) / "data"
        os.environ["CASEBOUND_KEY_FILE"] = str(Path(folder) / "keys" / "key")
        os.environ.pop("CASEBOUND_DATABASE_URL", None)
        Installation.create(data, origin="migrations.example/1")
        os.environ["CASEBOUND_DATA"] = str(data)
        os.environ["DJANGO_SETTINGS_MODULE"] = "casebound.config.settings"
        execute_from_command_line([sys.argv[0], "makemigrations", "--check", "--dry-run"])


if __name__ == "__main__":
    main()
