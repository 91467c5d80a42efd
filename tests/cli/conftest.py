"""The environment of whoever runs the tests has no effect."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def neutral(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Set a neutral locale, and a file of the test's own."""
    for name in ("POS_LANG", "POS_DB", "POS_TILL", "POS_CASHIER", "POS_PRINTER", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("POS_DB", str(tmp_path / "shop.db"))
