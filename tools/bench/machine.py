"""The machine a table was made on, without which its figures say little."""

import os
import platform
import tempfile
import time
from pathlib import Path

import psycopg
import sqlcipher3

FLUSHES = 200


def described() -> str:
    """Return one paragraph: processors, memory, disk, versions, and how busy it is."""
    return (
        f"{os.cpu_count()} of {_processor()}, {_memory():.0f} GB of memory, "
        f"{flushes():,.0f} flushes to disk a second; {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlcipher3.sqlite_version}, "
        f"psycopg {psycopg.__version__}. Load before the run: {os.getloadavg()[0]:.1f}."
    )


def flushes() -> float:
    """Return how many small writes a second reach the disk here, one after the other."""
    with tempfile.NamedTemporaryFile() as file:
        began = time.monotonic()
        for _ in range(FLUSHES):
            file.write(bytes(4096))
            file.flush()
            os.fdatasync(file.fileno())
        return FLUSHES / (time.monotonic() - began)


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor()


def _memory() -> float:
    kilobytes = int(Path("/proc/meminfo").read_text().split(maxsplit=2)[1])
    return kilobytes / 1024 / 1024
