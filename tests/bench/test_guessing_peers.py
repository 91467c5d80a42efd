"""The peers of the guess learn which items sell together."""

from __future__ import annotations

import pytest

from tests.bench.guessing_peers import PEERS
from tests.insights.histories import with_a_habit


@pytest.mark.parametrize("name", PEERS)
def test_every_way_of_guessing_but_popularity_finds_what_goes_with_an_item(name: str) -> None:
    scores = PEERS[name](with_a_habit(), 12, False).scores((3,), 18)
    assert (max(range(9, 12), key=lambda item: scores[item]) == 9) == (name != "popularity")
