"""Tills and the office at once, each as fast as it can: all come to their turn, and the file stays whole."""

from pathlib import Path

import pytest

from pos.store import open_store
from tests.bench.tills import run
from tests.durability.killing import assert_sound


@pytest.mark.soak
def test_six_tills_and_the_office_are_refused_nothing_and_no_till_falls_far_behind(tmp_path: Path) -> None:
    found = run(tmp_path, 6, 30.0, None, office=True)
    keys = [len(one["keys"]) for one in found["till"]]  # type: ignore[arg-type]  # what a child has printed
    assert [one["refused"] for one in found["till"]] == [0] * 6
    assert min(keys) * 2 > max(keys), keys
    assert all(done for one in found["office"] for done in one["done"].values())  # type: ignore[attr-defined]
    store = open_store(tmp_path / "shop.db")
    assert_sound(store.file.conn)
    store.close()
