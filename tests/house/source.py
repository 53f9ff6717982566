"""The project's own files, read as trees: what the tests of this folder look at."""

import ast
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "casebound"
NOT_OURS = {
    ".git", ".venv", "node_modules", "__pycache__", ".pytest_cache", ".ruff_cache", ".mypy_cache",
    ".hypothesis", ".import_linter_cache", ".cache", "made", "static-collected", "locks", "dist",
}  # fmt: skip
BUILT = PACKAGE / "foundation" / "web" / "static" / "app"


@dataclass(frozen=True)
class Source:
    """A Python file."""

    path: Path

    @property
    def name(self) -> str:
        """Its path from the root of the project."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def room(self) -> str:
        """Its room, `wing.room`, or less for what belongs to no room."""
        return ".".join(self.path.relative_to(PACKAGE).with_suffix("").parts[:2])

    @property
    def wall(self) -> str:
        """The wall it is part of: `actions`, `views`, `tests`, … ."""
        inside = self.path.relative_to(PACKAGE).with_suffix("").parts[2:]
        return inside[0] if inside else ""

    @property
    def is_test(self) -> bool:
        """Whether it is in a folder of tests."""
        return "tests" in self.path.relative_to(ROOT).parts

    @cached_property
    def tree(self) -> ast.Module:
        """The file, parsed."""
        return ast.parse(self.path.read_text(encoding="utf-8"), str(self.path))

    def imports(self) -> Iterator[tuple[str, int]]:
        """Yield every module of casebound the file imports, by its full name, and the line.

        `from a.b import c` counts as `a.b.c` where that is a module.
        """
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((name.name, node.lineno) for name in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for name in node.names:
                    full = f"{node.module}.{name.name}"
                    yield (full if _is_module(full) else node.module), node.lineno


@cache
def _is_module(name: str) -> bool:
    path = ROOT / "src" / Path(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


@cache
def sources() -> tuple[Source, ...]:
    """Return every Python file of the package."""
    return tuple(Source(path) for path in texts(".py", under=PACKAGE))


def rooms_sources() -> Iterator[Source]:
    """Yield the files of the rooms: neither tests, nor migrations, nor the wing `config`."""
    for source in sources():
        parts = source.path.relative_to(PACKAGE).parts
        in_a_room = len(parts) > 2 and parts[0] != "config"
        if in_a_room and not source.is_test and "migrations" not in parts:
            yield source


@cache
def texts(*endings: str, under: Path = ROOT) -> tuple[Path, ...]:
    """Return our own files with one of these endings."""
    found = []
    for folder, inner, files in os.walk(under):
        # Pruned on the way: there are a hundred times more files of others than of ours.
        inner[:] = [
            inside for inside in inner if inside not in NOT_OURS and Path(folder, inside) != BUILT
        ]
        found += [Path(folder, path) for path in files if Path(path).suffix in endings]
    return tuple(sorted(found))


def nothing(found: Iterable[str]) -> None:
    """Fail with a line for each thing found."""
    lines = sorted(set(found))
    assert not lines, "\n".join(["", *lines])
