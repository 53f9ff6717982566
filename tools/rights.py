"""Draw docs/rights.md from the table of rights: `.venv/bin/python tools/rights.py`."""

from pathlib import Path

from casebound.people.rights.page import page

if __name__ == "__main__":
    (Path(__file__).parents[1] / "docs" / "rights.md").write_text(page(), encoding="utf-8")
