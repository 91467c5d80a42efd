"""What a file of past orders brought, taken back whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pos.domain.errors import PosError, Refused
from pos.office.history.source import source_of
from pos.store import Store
from pos.store.history import FileInside


def file_meant(store: Store, said: str) -> FileInside:
    """The file that is in, by its number in the list, its name, or the file itself.

    Raises `Refused`: `history-file-unknown`, `history-file-legacy` where its orders are not known as its own, and
    `history-file-which` where several have the name.
    """
    files = store.history.files()
    name = Path(said).name
    found = [file for file in files if file.name == name]
    if len(found) != 1:
        found = _of_bytes(store, Path(said), found or files) if found or Path(said).is_file() else []
    if not found and said.isdigit():
        found = [file for file in files if file.id == int(said)]
    if not found:
        raise Refused("history-file-unknown", path=name[:60])
    if len(found) > 1:
        numbers = ", ".join(str(file.id) for file in found)
        raise Refused("history-file-which", path=name[:60], count=len(found), ids=numbers)
    if not found[0].orders and found[0].lines and store.history.has_unowned():
        raise Refused("history-file-legacy", path=name[:60])
    return found[0]


def _of_bytes(store: Store, path: Path, files: Sequence[FileInside]) -> list[FileInside]:
    """Of files that share a name the one that is there under it."""
    try:
        known = store.history.known(source_of(path).known_by()) if path.is_file() else None
    except PosError:
        known = None
    same = [file for file in files if known is not None and file.id == known.id]
    return same or [file for file in files if file.name == path.name]


def forget(store: Store, file: FileInside) -> int:
    """Forget a file; gives how many orders it held. What another file holds as well stays, and so does every sale."""
    store.history.start_again(file.id)  # cut off, the file is one of which nothing was read
    count = store.history.forget(file.id)
    store.history.drop_file(file.id)
    store.history.drop_unused_items()
    return count
