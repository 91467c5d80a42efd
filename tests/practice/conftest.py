"""A folder for a shop and its practice file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.practice.rigs import close_rigs
from tests.register.shops import a_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    yield from a_folder()
    close_rigs()
