"""The crash log: what nobody foresaw, kept in a file beside the database."""

from __future__ import annotations

import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path


def keep(error: BaseException, database: Path) -> Path:
    """Write an error with its traceback behind those before it; returns the file.

    Where the database's folder cannot be written, the machine's folder for passing files takes it.
    """
    text = f"{datetime.now(UTC).isoformat()}\n{''.join(traceback.format_exception(error))}\n"
    for folder in (database.parent, Path(tempfile.gettempdir())):
        log = folder / "pos-crash.log"
        try:
            with log.open("a", encoding="utf-8") as file:
                file.write(text)
        except OSError:
            continue
        return log
    return Path("-")
