"""Tills: a series each, and settings of their own."""

from __future__ import annotations

from pos.store import Store, Till
from tests.office_acts import enter_till
from tests.store.acting import set_setting
from tests.store.conftest import OpenAgain


def test_a_till_is_made_once_and_has_its_own_series(store: Store, open_again: OpenAgain) -> None:
    assert enter_till(store, "Till 1") == Till(1, "Till 1", "K1")
    assert enter_till(store, "Disk Ø") == Till(2, "Disk Ø", "K2")
    assert enter_till(open_again(), "Till 1") == Till(1, "Till 1", "K1")


def test_each_till_has_settings_of_its_own(store: Store, till: Till) -> None:
    other = enter_till(store, "Till 2")
    set_setting(store, till.id, "rush", "on")
    set_setting(store, till.id, "rush", "off")
    assert store.tills.setting(till.id, "rush") == "off"
    assert store.tills.setting(other.id, "rush") is None
    assert store.tills.setting(till.id, "language") is None
