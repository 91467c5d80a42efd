"""An open store on a file of its own, and more connections to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos.store import Store, Till, open_store
from tests.store.acting import enter_till
from tests.templates import EMPTY, begin_file

OpenAgain = Callable[[], Store]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "till.db"


@pytest.fixture
def open_again(path: Path) -> Iterator[OpenAgain]:
    opened: list[Store] = []

    def open_one() -> Store:
        opened.append(open_store(path, wait=0.05))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(path: Path, open_again: OpenAgain) -> Store:
    begin_file(path, EMPTY)
    return open_again()


@pytest.fixture
def till(store: Store) -> Till:
    return enter_till(store, "Till 1")
