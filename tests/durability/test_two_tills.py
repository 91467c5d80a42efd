"""Two tills on one file, in two processes: each has its own numbers, and orders go from one to the other."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pos.register import shelf
from pos.store import open_store
from tests.durability.child import a_counter
from tests.durability.killing import ENVIRONMENT, ROOT, Shop, assert_each_receipt_is_on_paper, assert_nothing_is_lost
from tests.office_acts import enter_till


def two_shops(folder: Path) -> tuple[Shop, Shop]:
    first, second = Shop(folder, "1"), Shop(folder, "2")
    first.fill()
    for shop in (first, second):
        store = open_store(shop.db)
        enter_till(store, shop.till)
        store.close()
    return first, second


MOST_MORE = 12


def rounds(folder: Path, kills: int, chance: random.Random) -> tuple[Shop, Shop]:
    """Two tills sell at once, and both are killed after some keys, again and again; some times more if they
    have sold little by then."""
    shops = two_shops(folder)
    for done in range(kills + MOST_MORE):
        if done >= kills and all(len(shop.sales) >= 2 for shop in shops):
            break
        playing = [shop.start(chance.randrange(1_000_000)) for shop in shops]
        for entry in playing:
            entry.until(chance.randrange(25, 70), seconds=60)
        time.sleep(chance.random() * 0.05)
        acknowledged = [entry.kill() for entry in playing]
        for shop, shown in zip(shops, acknowledged, strict=True):
            assert_nothing_is_lost(shop, shown)
    for shop in shops:
        assert_each_receipt_is_on_paper(shop)
    return shops


def test_two_tills_sell_and_are_killed_and_lose_nothing(tmp_path: Path) -> None:
    first, second = rounds(tmp_path, 3, random.Random(1))
    assert {series for series, _ in first.sales} == {"K1"}
    assert {series for series, _ in second.sales} == {"K2"}
    assert len(first.sales) + len(second.sales) >= 4


@pytest.mark.soak
def test_two_tills_sell_and_are_killed_fifty_times(tmp_path: Path) -> None:
    first, second = rounds(tmp_path, 50, random.Random(2))
    print(f"{first.kills + second.kills} kills, {len(first.sales)} and {len(second.sales)} sales")


def test_an_order_held_at_one_till_is_paid_at_the_other(tmp_path: Path) -> None:
    first, second = two_shops(tmp_path)
    here = a_counter(first.db, "1", first.paper, 1)
    there = a_counter(second.db, "2", second.paper, 1)
    for key in ["b", "enter", "2", "n", "escape", "f9"]:
        here.press(key)
    answered = shelf.held(here.register)[0].order.questions
    there.press("f10")
    assert there.register.view.order.questions[0] == answered[0]
    for key in ["enter", "n", "a"]:
        there.press(key)
    assert there.paid is not None
    assert (there.paid.series, there.paid.receipt_number) == ("K2", 1)
    assert shelf.held(here.register) == ()
    here.press("f10")
    assert here.message is not None
    assert here.message.message_id == "nothing-held"


def pos(db: Path, till: str) -> subprocess.Popen[str]:
    """A till of the command line, which waits for its first line."""
    return subprocess.Popen(
        [sys.executable, "-m", "pos", "--plain", "--lang", "en", "--db", str(db), "--till", till],
        cwd=ROOT,
        env=ENVIRONMENT,
        text=True,
        encoding="utf-8",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_till_that_is_open_elsewhere_is_refused_and_free_again_after_a_crash(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.fill()
    first = pos(shop.db, "Kasse ø/1")
    assert first.stdout is not None
    assert first.stdout.readline()
    link = tmp_path / "other-name.db"
    link.symlink_to(shop.db)
    for db in (shop.db, link):
        out, err = (second := pos(db, "Kasse ø/1")).communicate("", timeout=20)
        assert (second.returncode, out, err.count("\n")) == (1, "", 1), err
        assert "Kasse ø/1" in err
    out, err = (other := pos(shop.db, "2")).communicate("", timeout=20)
    assert (other.returncode, err) == (0, "")
    first.kill()
    first.communicate()
    out, err = (again := pos(shop.db, "Kasse ø/1")).communicate("", timeout=20)
    assert (again.returncode, err) == (0, "")
