"""Which test shows which clause: read from the tests themselves, without running them."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import casebound

MARK = "policy"
_PACKAGE = Path(casebound.__file__).resolve().parent
_LEFT_OUT = {".venv", "node_modules", "__pycache__", "vectors"}


def marked_tests(root: Path | None = None) -> Mapping[str, list[str]]:
    """Return for each clause the tests marked with it, as `file::test`, in order of the files.

    A mark on a class or a whole file counts for every test in it. Empty where there are no tests,
    as in an installed package.

    Args:
        root: the folder of the project, otherwise the one this package lies in.
    """
    root = root or _PACKAGE.parents[1]
    shown_by: dict[str, set[str]] = {}
    for file in _test_files(root):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for clause, test in _marked(tree.body, _module_marks(tree)):
            shown_by.setdefault(clause, set()).add(f"{file.relative_to(root).as_posix()}::{test}")
    return {clause: sorted(tests) for clause, tests in sorted(shown_by.items())}


def _test_files(root: Path) -> Iterator[Path]:
    for folder in ("src", "tests", "verify"):
        for file in sorted((root / folder).rglob("test_*.py")):
            if not _LEFT_OUT & set(file.relative_to(root).parts):
                yield file


def _marked(body: list[ast.stmt], outer: frozenset[str]) -> Iterator[tuple[str, str]]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        clauses = outer | frozenset(_clauses(node.decorator_list))
        if isinstance(node, ast.ClassDef):
            yield from (
                (clause, f"{node.name}::{test}") for clause, test in _marked(node.body, clauses)
            )
        elif node.name.startswith("test"):
            yield from ((clause, node.name) for clause in clauses)


def _module_marks(tree: ast.Module) -> frozenset[str]:
    """Return the clauses in `pytestmark`."""
    values = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and any(
            isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
        )
    ]
    return frozenset(_clauses(values))


def _clauses(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        for mark in ast.walk(node):
            if (
                isinstance(mark, ast.Call)
                and isinstance(mark.func, ast.Attribute)
                and mark.func.attr == MARK
            ):
                yield from (str(word.value) for word in mark.args if isinstance(word, ast.Constant))
