"""Packing old orders while tills sell: killed at any statement, undone across packs, and refused by the file."""

import random
from pathlib import Path
from typing import Any

import pytest

from pos.store import open_store
from pos.store.file import packing
from pos.store.file.codec import to_json
from tests.durability.child import a_counter
from tests.durability.faults import failing, locked
from tests.durability.killing import Shop, acknowledged_in, assert_nothing_is_lost, assert_sound
from tests.durability.test_kill_at_each_step import finish, shops
from tests.durability.test_two_tills import rounds
from tests.rig import Cashier, a_cashier

THREE_SALES = "b enter 2 j 1 d c f9 b enter 2 n n a f10 enter n n a"
PACKED_TO = "SELECT COALESCE(MAX(last_seq), 0) FROM body_pack"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packs hold three rows, and only the last two rows stay unpacked: every sale packs some, of open orders too."""
    monkeypatch.setattr(packing, "PACK", 3)
    monkeypatch.setattr(packing, "PLAIN", 2)


FIRST_RING = 2
"""The number of the row that rings the first order; row 1 enters the till."""


def packed_to(db: Path) -> int:
    store = open_store(db)
    ((seq,),) = store.file.conn.execute(PACKED_TO).fetchall()
    store.close()
    return int(seq)


def assert_every_order_is_kept(db: Path, acknowledged: list[dict[str, Any]]) -> None:
    """The journal holds each acknowledged order as it was shown, and every order with a digest can be read."""
    store = open_store(db)
    for entry in acknowledged:
        if entry["written"]:
            assert to_json(store.orders.at(entry["seq"]).order) == entry["order"]
    for (seq,) in store.file.conn.execute("SELECT seq FROM journal WHERE digest IS NOT NULL").fetchall():
        store.orders.at(seq)
    store.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shop = Shop(tmp_path_factory.mktemp("template"))
    shop.fill()
    return shop.db


@pytest.mark.parametrize(
    ("after", "step"),
    [
        pytest.param(False, 61, id="before"),
        pytest.param(True, 67, id="after"),
        pytest.param(False, 1, marks=pytest.mark.soak, id="before-each"),
        pytest.param(True, 1, marks=pytest.mark.soak, id="after-each"),
    ],
)
def test_killed_at_any_statement_every_order_can_be_read_and_packing_goes_on(
    tmp_path: Path, template: Path, after: bool, step: int
) -> None:
    far = set()
    for shop in shops(template, tmp_path, THREE_SALES, after=after, step=step):
        acknowledged = acknowledged_in(shop.folder / "acknowledged")
        assert_nothing_is_lost(shop, acknowledged)
        assert_every_order_is_kept(shop.db, acknowledged)
        before = packed_to(shop.db)
        counter = a_counter(shop.db, shop.till, shop.paper, 2)
        finish(counter)
        while counter.register.store.orders.pack():
            pass
        assert_sound(counter.register.store.file.conn)
        counter.register.store.close()
        assert packed_to(shop.db) > before
        assert_every_order_is_kept(shop.db, acknowledged)
        far.add(before)
    assert len(far) >= 2


def packs(cashier: Cashier) -> int:
    ((count,),) = cashier.register.store.file.conn.execute("SELECT COUNT(*) FROM body_pack").fetchall()
    return int(count)


def test_a_packed_order_can_be_taken_back_to_its_beginning(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    for key in "bcbcbcb":
        cashier.press(key)
        cashier.register.tidy()
    packed = packs(cashier)
    assert packed
    again = a_cashier(tmp_path)
    for left in range(6, -1, -1):
        again.press("backspace")
        again.register.tidy()
        assert len(again.register.view.order.lines) == left
    again.press("backspace")
    assert again.said == "nothing-to-take-back"
    assert packs(again) > packed


def test_a_pack_that_could_not_be_written_is_written_later(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b", "enter", "2", "j", "1", "d")
    with locked(tmp_path / "shop.db"):
        cashier.register.tidy()
    with failing(cashier.register.store, stored=False):
        cashier.register.tidy()
    assert packs(cashier) == 0
    with failing(cashier.register.store, stored=True):
        cashier.register.tidy()
    assert packs(cashier) == 1
    cashier.press("b")
    assert cashier.said is None
    assert cashier.register.store.orders.at(FIRST_RING).verb == "ring"


@pytest.mark.soak
def test_two_tills_sell_and_pack_and_are_killed_forty_times(tmp_path: Path) -> None:
    """Each till packs rows of the other too, those of open orders included."""
    first, second = rounds(tmp_path, 40, random.Random(3))
    assert packed_to(first.db) > packing.PACK  # how many packs depends on the machine's speed
    for shop in (first, second):
        for number in range(1, shop.started + 1):
            output = shop.folder / f"acknowledged-{shop.till}-{number}"
            assert_every_order_is_kept(shop.db, acknowledged_in(output))
