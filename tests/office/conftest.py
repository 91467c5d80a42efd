"""Files that are new in a test are made at once."""

import pytest

from tests.templates import make_tables_quickly


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every new file have its tables at once."""
    make_tables_quickly(monkeypatch)
