"""Which files belong to a database: those that SQLite keeps beside it, and the folder of its signing keys."""

from __future__ import annotations

from pathlib import Path

PARTS = ("", "-journal", "-wal", "-shm")
"""The endings of the files that make up one database, after its own name."""

KEYS = ".signing"
"""The ending of the folder with the keys of a database: `shop.db.signing`."""

UNFINISHED = ".new"


def keys_of(path: Path) -> tuple[Path, ...]:
    """The key files of a database, sorted by name. They are not part of a backup."""
    folder = _key_folder(path)
    if not folder.is_dir():
        return ()
    return tuple(sorted(entry for entry in folder.iterdir() if entry.is_file() and entry.suffix != UNFINISHED))


def key_beside(key: Path, path: Path) -> Path:
    """The path that a key file would have if it belonged to the database at `path`."""
    return _key_folder(path) / key.name


def parts_of(path: Path) -> tuple[Path, ...]:
    """The existing files among those that make up a database."""
    return tuple(part for ending in PARTS if (part := path.with_name(path.name + ending)).exists())


def _key_folder(path: Path) -> Path:
    return path.with_name(path.name + KEYS)
