"""A shop and a cashier at its till."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.register.shops import a_folder
from tests.rig import Cashier, a_cashier


@pytest.fixture
def folder() -> Iterator[Path]:
    yield from a_folder()


@pytest.fixture
def cashier(folder: Path) -> Cashier:
    return a_cashier(folder)
