"""A temporary folder for a shop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.register.shops import a_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    yield from a_folder()
