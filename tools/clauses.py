"""Draw docs/clauses.md from the clauses of the policy: `.venv/bin/python tools/clauses.py`."""

from pathlib import Path

from casebound.upkeep.policy.page import page

if __name__ == "__main__":
    (Path(__file__).parents[1] / "docs" / "clauses.md").write_text(page(), encoding="utf-8")
