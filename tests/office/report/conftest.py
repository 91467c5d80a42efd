"""A shop with sales behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.store import Store, open_store
from tests.register.shops import a_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    yield from a_folder()


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = open_store(folder / "shop.db")
    yield opened
    opened.close()
