"""At the end of a run: its ten slowest tests, and the median set-up and call of each kind."""

from collections import defaultdict
from collections.abc import Generator
from statistics import median

import pytest

from tests.stores import touches_a_store

SLOWEST = 10
KIND = "casebound_kind"  # on a report
KINDS = ("rules", "store", "browser")
FROM = 20  # tests: of fewer, a median says nothing


def kind_of(item: pytest.Item) -> str:
    """Return what a test needs: nothing but Python, the stores, or a browser."""
    if item.get_closest_marker("browser"):
        return "browser"
    return "store" if touches_a_store(item) else "rules"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write the kind of a test on its report, which a worker sends to the run."""
    report = yield
    setattr(report, KIND, kind_of(item))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print both, from the reports of all workers."""
    seconds: dict[str, dict[str, float]] = defaultdict(dict)
    kinds: dict[str, str] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[report.nodeid][str(report.when)] = report.duration
                kinds[report.nodeid] = getattr(report, KIND, "rules")
    if len(seconds) < FROM:
        return
    terminalreporter.section("the ten slowest")
    slowest = sorted(seconds, key=lambda test: -sum(seconds[test].values()))[:SLOWEST]
    for test in slowest:
        terminalreporter.write_line(f"{sum(seconds[test].values()):7.2f} s  {test}")
    for kind in KINDS:
        times = [seconds[test] for test in seconds if kinds[test] == kind]
        if times:
            terminalreporter.write_line(median_line(kind, times))


def median_line(kind: str, times: list[dict[str, float]]) -> str:
    """Return the line on one kind: how many, the medians, and all of their seconds."""
    set_up, call = (
        1000 * median(phases.get(phase, 0.0) for phases in times) for phase in ("setup", "call")
    )
    whole = sum(sum(phases.values()) for phases in times)
    return (
        f"{kind:<8} {len(times):>5} tests, median set-up {set_up:.0f} ms,"
        f" call {call:.0f} ms, {whole:.0f} s in all"
    )
