"""The crash log: unforeseen errors, written to a file beside the database."""

from __future__ import annotations

import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

NAME = "pos-crash.log"


def write_down(error: BaseException, folder: Path) -> Path | None:
    """Append an error to the log in the folder, else in the machine's folder for passing files; None if neither."""
    text = f"{datetime.now(UTC).isoformat()}\n{''.join(traceback.format_exception(error))}\n"
    for place in (folder, Path(tempfile.gettempdir())):
        try:
            with (place / NAME).open("a", encoding="utf-8") as file:
                file.write(text)
        except OSError:
            continue
        return place / NAME
    return None
