"""Killed before and after every single statement of a sale, so that nothing depends on a lucky moment."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.counter import Counter, State, Tone
from pos.counter.printing import print_owed
from pos.domain.order.order import Purpose
from pos.domain.prompts import TerminalPrompt
from tests.builders import MENU, NOW, PAIRINGS
from tests.durability.child import Paper, a_counter, acknowledge, press
from tests.durability.faults import counted, dying
from tests.durability.killing import (
    Shop,
    acknowledged_in,
    assert_each_receipt_is_on_paper,
    assert_nothing_is_lost,
    assert_sound,
)
from tests.forks import fork
from tests.keys import lend_keys
from tests.office_acts import put_menu

CASH = "b enter 2 j 1 d"
CARD = "b f9 c enter 2 n n 5 0 k + v u +"
HANGS = "b enter 2 n n k u f9 c enter 2 n n a enter f10 +"
CARD_BACK = "b enter 2 n n 5 0 k + backspace g 2 0 a v u"
LAID = "b enter 2 n n s backspace s d b , a 1 f10"
BACK_AND_FORTH = "b enter 2 n n escape backspace enter f9 c f10 f9 f10 enter n a"

WRITTEN_OFF = """
    SELECT w.series, w.number, w.worth_minor, till.write_off_number,
        (SELECT COUNT(*) FROM write_off_paper AS paper WHERE paper.write_off_id = w.id)
    FROM write_off AS w JOIN write_off_line AS line ON line.write_off_id = w.id JOIN till ON till.id = w.till_id
    JOIN orders ON orders.order_key = w.order_key AND orders.state = 'abandoned'
"""

NEXT_KEY = {
    State.RINGING: "enter",
    State.STOP: "=",
    State.SERVING: "2",
    State.CHOICE: "1",
    State.QUESTION: "n",
    State.PAYMENT: "a",
    State.GIVE_BACK: "g",
    State.TERMINAL: "+",
}


def dies_at(shop: Shop, keys: str, statement: int, *, after: bool) -> bool:
    """Play the keys in a process of its own that is killed at that statement. Returns whether it came that far."""

    def play() -> None:
        counter = a_counter(shop.db, shop.till, shop.paper, 1)
        acknowledge(counter, "")
        with counted(counter.register.store, dying(statement, after=after)):
            for key in keys.split():
                press(counter, key)

    return fork(play, shop.folder / "acknowledged").was_killed()


def shops(template: Path, folder: Path, keys: str, *, after: bool, step: int = 1) -> Iterator[Shop]:
    """A shop for each statement that its till was killed at, or for each so many."""
    for statement in range(1, 10_000, step):
        shop = Shop(folder / str(statement))
        shop.folder.mkdir()
        shutil.copy(template, shop.db)
        lend_keys(shop.db)
        if not dies_at(shop, keys, statement, after=after):
            return
        shop.killed()
        yield shop


def finish(counter: Counter) -> None:
    """Go on from wherever the order stands until it is paid."""
    if not counter.register.view.order.lines:
        counter.press("b")
    for _ in range(12):
        if counter.paid is not None:
            return
        counter.press(NEXT_KEY[counter.state])
        assert counter.message is None or counter.message.tone is not Tone.BAD, counter.message
    raise AssertionError(f"not paid: {counter.state}")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shop = Shop(tmp_path_factory.mktemp("template"))
    shop.fill()
    return shop.db


@pytest.mark.parametrize(
    ("keys", "after", "step"),
    [
        pytest.param(CASH, False, 17, id="cash-before"),
        pytest.param(CARD, True, 13, id="card-after"),
        pytest.param(BACK_AND_FORTH, False, 31, id="back-and-forth-before"),
        pytest.param(HANGS, True, 29, id="terminal-hangs-after"),
        pytest.param(LAID, False, 29, id="notes-laid-before"),
        *[
            pytest.param(keys, after, 1, marks=pytest.mark.soak, id=f"all-{name}-{'after' if after else 'before'}")
            for name, keys in (
                ("cash", CASH),
                ("card", CARD),
                ("hangs", HANGS),
                ("card-back", CARD_BACK),
                ("laid", LAID),
                ("back-and-forth", BACK_AND_FORTH),
            )
            for after in (False, True)
        ],
    ],
)
def test_killed_at_any_statement_the_till_goes_on_where_it_was(
    tmp_path: Path, template: Path, keys: str, after: bool, step: int
) -> None:
    kills = 0
    for shop in shops(template, tmp_path, keys, after=after, step=step):
        kills += 1
        assert_nothing_is_lost(shop, acknowledged_in(shop.folder / "acknowledged"))
        counter = a_counter(shop.db, shop.till, shop.paper, 2)
        finish(counter)
        store = counter.register.store
        assert_sound(store.file.conn)
        assert counter.paid is not None
        assert counter.paid.receipt_number == store.sales.count() == len(shop.sales) + 1
        shop.sales[counter.paid.series, counter.paid.receipt_number] = []
        store.close()
        assert_each_receipt_is_on_paper(shop)
    print(f"{kills} kills")
    assert kills >= 5


*BEFORE_THE_LAST, LAST = CASH.split()


@pytest.fixture(scope="module")
def paying(template: Path) -> Path:
    """A shop whose till waits for the key that pays."""
    shop = Shop(template.parent)
    counter = a_counter(shutil.copy(template, template.with_name("paying.db")), shop.till, shop.paper, 1)
    for key in BEFORE_THE_LAST:
        press(counter, key)
    counter.register.store.close()
    return template.with_name("paying.db")


SAMPLED = pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.soak)])
"""Every third statement, and with `-m soak` every one."""


@SAMPLED
def test_killed_between_sale_and_print_one_receipt_is_owed_and_printed_once(
    tmp_path: Path, paying: Path, step: int
) -> None:
    owing = 0
    for shop in shops(paying, tmp_path, LAST, after=True, step=step):
        register = a_counter(shop.db, shop.till, shop.paper, 2).register
        if register.store.sales.count() == 1 and not shop.paper.exists():
            owing += 1
            assert [sale.receipt_number for sale in register.store.receipts.owed(register.till.id)] == [1]
            assert print_owed(register) is None
            assert register.store.receipts.owed(register.till.id) == ()
            assert print_owed(register) is None
            assert len(shop.paper.read_text().split()) == 1
        register.store.close()
    assert owing >= 2


@SAMPLED
def test_a_receipt_that_may_be_on_paper_is_printed_again_as_a_copy(tmp_path: Path, paying: Path, step: int) -> None:
    unsure = 0
    for shop in shops(paying, tmp_path, LAST, after=False, step=step):
        register = a_counter(shop.db, shop.till, shop.paper, 2).register
        if register.store.receipts.owed(register.till.id) and shop.paper.exists():
            unsure += 1
            assert print_owed(register) is None
            assert shop.paper.read_text().split() == ["K1-1", "K1-1-copy"]
        register.store.close()
    assert unsure >= 1


@pytest.fixture(scope="module")
def ending(template: Path) -> Path:
    """A shop whose till waits for the key that ends a staff meal; the kitchen wants a slip."""
    shop = Shop(template.parent)
    counter = a_counter(shutil.copy(template, template.with_name("ending.db")), shop.till, shop.paper, 1)
    put_menu(counter.register.store, replace(MENU, kitchen_slip=True), PAIRINGS, NOW)
    for key in ["b", ",", "m", "1", "enter", "2"]:
        press(counter, key)
    assert counter.state is State.PAYMENT
    counter.register.store.close()
    return template.with_name("ending.db")


@SAMPLED
@pytest.mark.parametrize("after", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_killed_at_each_statement_a_staff_meal_is_ended_once_whole_or_not_at_all(
    tmp_path: Path, ending: Path, after: bool, step: int
) -> None:
    kills = ended = 0
    for shop in shops(ending, tmp_path, "a", after=after, step=step):
        kills += 1
        counter = a_counter(shop.db, shop.till, shop.paper, 2)
        conn = counter.register.store.file.conn
        assert_sound(conn)
        rows = conn.execute(WRITTEN_OFF).fetchall()
        assert rows in ([], [("U1", 1, 11900, 1, 2)])
        if rows:
            ended += 1
            assert counter.register.view.order.is_untouched()
            assert print_owed(counter.register) is None
        else:
            assert (counter.register.view.order.purpose, counter.state) == (Purpose.STAFF, State.PAYMENT)
            press(counter, "a")
        assert conn.execute(WRITTEN_OFF).fetchall() == [("U1", 1, 11900, 1, 2)]
        printed = shop.paper.read_text().split()
        assert {name.removesuffix("-copy").removesuffix("-again") for name in printed} == {"U1-1", "U1-1-kitchen"}
        assert max(printed.count("U1-1"), printed.count("U1-1-kitchen")) <= 1
        assert counter.register.store.sales.count() == 0
        counter.register.store.close()
    assert kills > 10
    assert ended >= 2


def test_killed_while_the_terminal_is_asked_the_payment_still_waits_for_its_answer(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.fill()
    keys = "b enter 2 n n k"
    playing = shop.start(1, keys).until(len(keys.split()) + 1)
    assert_nothing_is_lost(shop, playing.kill())
    counter = a_counter(shop.db, shop.till, shop.paper, 2)
    assert isinstance(counter.prompt, TerminalPrompt)
    counter.press("b")
    assert isinstance(counter.prompt, TerminalPrompt)
    counter.press("+")
    assert counter.paid is not None
    assert counter.register.store.sales.count() == 1


def test_the_paper_of_these_tests_is_a_printer(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.fill()
    counter = a_counter(shop.db, shop.till, shop.paper, 1)
    finish(counter)
    assert print_owed(counter.register) is None
    assert isinstance(counter.register.devices.printer, Paper)
    assert shop.paper.read_text() == "K1-1\n"
