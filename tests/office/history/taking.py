"""Takes a history in without asking, as a test wants it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pos.office.history.importing import Import, Imported, Tell
from pos.office.history.reading import Options
from pos.store import Store
from pos.wording import Wording
from tests.office_acts import gate


def import_history(
    store: Store,
    path: Path,
    words: Wording,
    at: datetime,
    options: Options | None = None,
    tell: Tell = lambda done, size: None,
) -> Imported:
    """Read a file of past orders, and write what it holds."""
    with Import(gate(store, at), path, words, at, options or Options()) as one:
        one.read()
        return one.write(tell)
