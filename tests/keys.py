"""Signing keys for tests: one for the whole process, because making one takes longer than most tests."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from pos.country.norway.signing import Keys, folder_of
from tests.memory import room

ONLY_OWNER = 0o600


def lend_keys(database: Path) -> None:
    """Put the key of this process beside a database file, for the shop's sales and for those of practice."""
    folder = folder_of(database)
    folder.mkdir(mode=0o700, exist_ok=True)
    for version in ("1", "T1"):
        path = folder / f"{version}.pem"
        path.touch(ONLY_OWNER)
        path.write_bytes(_key())


@cache
def _key() -> bytes:
    with tempfile.TemporaryDirectory(prefix="till-key-", dir=room()) as made:
        Keys(Path(made) / "shop.db", is_practice=False).key(None)
        return (Path(made) / "shop.db.signing" / "1.pem").read_bytes()
