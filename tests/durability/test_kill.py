"""kill -9 at any moment, and start again: the same order, question or payment, and every sale once."""

import random
import time
from pathlib import Path

import pytest

from tests.durability.killing import Shop, assert_each_receipt_is_on_paper, assert_nothing_is_lost

SEED = 20261123


def a_shop(folder: Path, till: str = "1") -> Shop:
    shop = Shop(folder, till)
    shop.fill()
    return shop


def kill_at_random_moments(shop: Shop, kills: int, chance: random.Random, longest: float = 0.05) -> None:
    """Start, let it play some keys and a moment more, kill it, look; now and then it has not even begun.

    Keys are counted rather than seconds, so that a busy machine sells as much as an idle one.
    """
    for _ in range(kills):
        playing = shop.start(chance.randrange(1_000_000))
        if chance.random() < 0.9:
            playing.until(chance.randrange(1, 60))
        else:
            time.sleep(0.2)
        time.sleep(chance.random() * longest)
        assert_nothing_is_lost(shop, playing.kill())
    assert_each_receipt_is_on_paper(shop)


def test_twenty_kills_lose_nothing(tmp_path: Path) -> None:
    shop = a_shop(tmp_path)
    kill_at_random_moments(shop, 20, random.Random(SEED))
    assert len(shop.sales) >= 10, "too little was sold for this to mean anything"


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
def test_two_hundred_kills_lose_nothing(tmp_path: Path, seed: int) -> None:
    shop = a_shop(tmp_path)
    kill_at_random_moments(shop, 60, random.Random(seed), longest=0.3)
    print(f"{shop.kills} kills, {shop.journals} of them left a journal, {len(shop.sales)} sales")
    assert len(shop.sales) >= 10
