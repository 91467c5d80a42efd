"""`python -m tests.bench` runs every benchmark; `python -m tests.bench PART ...` runs the named ones."""

from __future__ import annotations

import importlib
import platform
import sqlite3
import sys
import tempfile
from pathlib import Path

PARTS = (
    "beside",
    "screen",
    "size",
    "choosing",
    "finishing",
    "growth",
    "guessing",
    "importing",
    "learning",
    "practice",
    "report",
    "verifying",
)


def main() -> None:
    """Run the benchmarks, each in a temporary folder of its own, and print their rows."""
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    for part in sys.argv[1:] or PARTS:
        module = importlib.import_module(f"tests.bench.{part}")
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
            for row in module.report(Path(folder)):
                print(row, flush=True)


if __name__ == "__main__":
    main()
