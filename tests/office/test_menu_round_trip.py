"""Whatever is set at the counter, the menu that is exported can be loaded, and nothing is lost on the way."""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pos.country import norway
from pos.domain.menu.items import ServingMode, Sku
from pos.domain.menu.paths import Origin
from pos.domain.money import Money
from pos.office.menu_file import MenuBook, read_menu_text
from pos.office.menus import export_menu, load_menu_file, prices_undone, read_menu_file
from pos.register import Register, shelf
from pos.register.verbs import aside, prices, ringing, stock
from pos.resources import shipped
from pos.store import open_store
from tests.builders import EAT_IN, TAKE_AWAY, kr
from tests.memory import room
from tests.office_acts import gate, put_menu
from tests.rig import Clock, a_register
from tests.templates import EMPTY, begin_file

FUZZ = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MODES = [EAT_IN, TAKE_AWAY]
SMALL = Path(__file__).parent / "menu_file" / "small_menu.toml"
SHIPPED = shipped("menu.toml")

amounts = st.integers(1, 10_000_000) | st.integers(1, 30_000)
counter_prices = st.lists(st.tuples(st.integers(0, 200), st.sampled_from(MODES), amounts.map(Money)), max_size=6)


@settings(FUZZ, max_examples=10)
@given(st.sampled_from([SMALL, SHIPPED]), counter_prices, st.booleans())
def test_prices_of_the_counter_go_out_and_in_again(
    menu: Path, changed: list[tuple[int, ServingMode, Money]], has_learned: bool
) -> None:
    assert_round_trip(menu, changed, has_learned)


@pytest.mark.soak
@settings(FUZZ, max_examples=500)
@given(st.sampled_from([SMALL, SHIPPED]), counter_prices, st.booleans())
@example(SHIPPED, [(number, mode, kr(1)) for number in range(0, 60, 2) for mode in MODES], True)
def test_hundreds_of_prices_of_the_counter_go_out_and_in_again(
    menu: Path, changed: list[tuple[int, ServingMode, Money]], has_learned: bool
) -> None:
    assert_round_trip(menu, changed, has_learned)


def assert_round_trip(menu: Path, changed: Sequence[tuple[int, ServingMode, Money]], has_learned: bool) -> None:
    """Set prices, mark something sold out, set an order aside, learn a pairing; export, check, load, export."""
    with tempfile.TemporaryDirectory(prefix="round-trip-", dir=room()) as name:
        begin_file(Path(name) / "shop.db", EMPTY)
        with closing(open_store(Path(name) / "shop.db")) as store:
            assert load_menu_file(gate(store), menu) == []
        till = a_register(Path(name), clock=Clock())
        with closing(till.store):
            skus = [
                sku
                for sku, item in till.view.menu.items.items()
                if item.tile and not item.dayparts and item.age_limit is None
            ]
            till.do(ringing.ring, skus[0])
            till.do(aside.hold)
            till.do(stock.eighty_six, skus[-1], None)
            if has_learned:
                learn(till, skus)
            till.do(ringing.ring, skus[1])
            every = list(till.view.menu.items)
            for number, mode, price in changed:
                till.do(ringing.serve, mode)
                till.do(prices.change_price, every[number % len(every)], price)
            assert_exported_as_it_is(till, Path(name) / "exported.toml")


def learn(till: Register, skus: Sequence[Sku]) -> None:
    written = till.store.menu.pairings()
    learned = replace(written[0], id="learned-1", sku=skus[0], category=None, origin=Origin.LEARNED)
    put_menu(till.store, till.store.menu.load(retired=False), (*written, learned))


def assert_exported_as_it_is(till: Register, file: Path) -> None:
    till.catch_up()
    before, pairings, total = till.store.menu.load(), till.store.menu.pairings(), till.view.priced.total
    text = export_menu(till.store)
    book, problems = read_menu_text(text.encode(), norway())
    assert problems == []
    written = tuple(pairing for pairing in pairings if pairing.origin is Origin.WRITTEN)
    assert book == MenuBook(till.store.menu.load(retired=False), written)
    file.write_text(text, encoding="utf-8")
    read = read_menu_file(file, norway())
    assert not isinstance(read, list)
    assert prices_undone(till.store, read) == ()
    assert load_menu_file(gate(till.store), file) == []
    till.catch_up()
    assert (till.store.menu.load(), till.store.menu.pairings(), till.view.priced.total) == (before, pairings, total)
    assert len(shelf.held(till)) == 1
    assert export_menu(till.store) == text
