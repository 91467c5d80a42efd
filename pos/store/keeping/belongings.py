"""Which files belong to a shop's database: those that SQLite keeps beside it, and the keys that are not in it."""

from __future__ import annotations

from pathlib import Path

PARTS = ("", "-journal", "-wal", "-shm")
"""How the names of the files end that make up one database, behind its own name."""

KEYS = ".signing"
"""How the name of the folder ends in which the keys of a database are: `shop.db.signing`."""

UNFINISHED = ".new"


def keys_of(path: Path) -> tuple[Path, ...]:
    """The files with the keys of a database, by name. A backup has them apart from the copy."""
    folder = _key_folder(path)
    if not folder.is_dir():
        return ()
    return tuple(sorted(entry for entry in folder.iterdir() if entry.is_file() and entry.suffix != UNFINISHED))


def key_beside(key: Path, path: Path) -> Path:
    """Where a key would stand if it were of another database."""
    return _key_folder(path) / key.name


def parts_of(path: Path) -> tuple[Path, ...]:
    """The files that make up a database, those of them that are there."""
    return tuple(part for ending in PARTS if (part := path.with_name(path.name + ending)).exists())


def _key_folder(path: Path) -> Path:
    return path.with_name(path.name + KEYS)
