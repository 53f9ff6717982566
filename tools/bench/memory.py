"""Memory of processes, as Linux counts it."""

from pathlib import Path

_RESET_PEAK = "5"  # proc(5), clear_refs
MB = 1024.0  # of the kilobytes that `status` speaks of


def now(process: int | str = "self") -> float:
    """Return what a process holds in memory now, in MB."""
    return _field(process, "VmRSS")


def peak() -> float:
    """Return the most this process has held since `begin_peak`, in MB."""
    return _field("self", "VmHWM")


def begin_peak() -> None:
    """Let the peak begin again from what this process holds now."""
    Path("/proc/self/clear_refs").write_text(_RESET_PEAK)


def children(process: int) -> list[int]:
    """Return the processes that `process` has started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = status.read_text().splitlines()
        except OSError:  # it has ended meanwhile
            continue
        if f"PPid:\t{process}" in lines:
            found.append(int(status.parent.name))
    return found


def _field(process: int | str, name: str) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / MB
    raise LookupError(name)
