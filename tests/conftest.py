"""What every run of the tests begins with."""

from __future__ import annotations

import gc
import os
import sys

import pytest
from hypothesis import settings

from pos.cli import FEW_COLLECTIONS
from tests.memory import room
from tests.remembered import remember_keys_and_pins, remember_menus
from tests.templates import make_tables_quickly


def pytest_configure() -> None:
    """Keep bytecode, and files in memory; leave each run of NumPy one core, since the others run tests.

    Without bytecode each till that a test starts compiles the whole package. A kill does not see what is behind a file.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    settings.register_profile("till", deadline=None)  # a busy machine is no fault
    settings.load_profile("till")
    memory = room()
    if memory is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))
    remember_keys_and_pins()
    remember_menus()
    make_tables_quickly()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that kill processes: to split one off takes longer, the more memory there is to split."""
    items.sort(key=lambda item: "durability" not in item.path.parts)


def pytest_collection_finish() -> None:
    """Leave out of garbage collection what stays for the whole run, and collect as seldom as the till does."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*FEW_COLLECTIONS)
