"""Draw docs/asvs.md from what OWASP's standard asks: `.venv/bin/python tools/asvs.py`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.house.asvs import PAGE, page

if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
