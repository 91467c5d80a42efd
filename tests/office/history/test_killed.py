"""An import that is killed again and again comes to what one that was left alone comes to."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.bench.importing import orders_in, past_file, run

LINES = 400_000


@pytest.mark.soak
def test_an_import_killed_at_any_moment_goes_on_until_all_is_in(tmp_path: Path) -> None:
    path, draw = tmp_path / "past.csv", random.Random(1)
    past_file(path, LINES)
    whole = run(tmp_path / "whole.db", path)
    listed = path.with_name("past.csv.not-taken.csv").read_bytes()
    for _ in range(12):
        run(tmp_path / "killed.db", path, kill_after=draw.uniform(0.05, whole.seconds / 4))
    assert run(tmp_path / "killed.db", path).said != "killed"
    assert orders_in(tmp_path / "killed.db") == orders_in(tmp_path / "whole.db")
    assert path.with_name("past.csv.not-taken.csv").read_bytes() == listed
