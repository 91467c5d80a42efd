"""The gate: what one act costs the file, what looking does to it, and what an act does that another till overtook."""

from __future__ import annotations

import sqlite3
from collections import Counter as Counted
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from threading import Barrier, Lock

import pytest

from pos.counter import Counter
from pos.domain import moment as domain_moment
from pos.domain.errors import Refused, StoreError
from pos.domain.menu.items import MenuItem
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.domain.order.discards import DiscardReason
from pos.domain.order.order import Order
from pos.domain.order.questions import Outcome, Reason
from pos.domain.pricing.price import Priced, price
from pos.domain.pricing.taxes import TaxRules
from pos.domain.prompts import QuestionPrompt
from pos.plain import speech
from pos.practice.customer.register import practice_setup
from pos.register import NewPrices, OrderTaken, Register, Scene, Setup, TooSoon, Verb, choosing, shelf
from pos.register.source import BREATHER
from pos.register.verbs import answering, aside, checkout, next_visit, papers, paying, ringing, stock, undoing
from pos.store import open_store
from pos.store.journal.act_log import ActLog
from pos.ui.frame import look, look_at_shelf
from tests.builders import CROSS_SELL, MENU, NOW, PAIRINGS, kr
from tests.cli.typed import plain
from tests.office_acts import put_menu, set_shop
from tests.register.every_act import (
    CASES,
    UNKNOWN_CODE,
    WITH_CHANNELS,
    CountedClock,
    Till,
    copied,
    every_verb,
    held,
    part_paid,
    ready,
)
from tests.register.shops import asked, ring
from tests.register.visits import a_code, giving_folder
from tests.rig import Cashier, Clock, a_register
from tests.store.acting import keep
from tests.templates import begin_file

SHIFTS = ("enter_float", "z_report")
SETS_WHAT_ALL_SEE = (
    "eighty_six",
    "restore",
    "set_rush",
    "begin_marks_again",
    "set_the_scene",
    "sign_in",
    "sign_out",
    "change_price",
    *SHIFTS,
)
"""Verbs after which the till has to look at what they have made."""

OWN_READS = {"begin_marks_again": 2, "set_the_scene": 1}
"""Verbs that read every mark to change it; and for the first one the clock has been set back, so that none holds."""


@pytest.fixture
def shop() -> Path:
    """The folder of a shop that gives codes and has channels."""
    folder = giving_folder()
    load(folder, WITH_CHANNELS)
    return folder


@contextmanager
def traced(register: Register) -> Iterator[list[str]]:
    """What SQLite is told meanwhile."""
    said: list[str] = []
    conn = register.store.file.conn
    conn.set_trace_callback(said.append)
    try:
        yield said
    finally:
        conn.set_trace_callback(None)


def commits(said: list[str]) -> int:
    return said.count("COMMIT")


def reads_of_stock(said: list[str]) -> int:
    return sum("FROM eighty_six ORDER BY" in statement for statement in said)


def writes(said: list[str]) -> list[str]:
    words = ("INSERT", "UPDATE", "DELETE", "REPLACE", "BEGIN IMMEDIATE", "COMMIT")
    return [statement for statement in said if statement.lstrip().startswith(words)]


def verbs_since(register: Register, seq: int) -> list[str]:
    """The verbs of the acts behind a row: one for each act."""
    rows = register.store.file.conn.execute("SELECT id, verb FROM journal WHERE seq > ? ORDER BY seq", (seq,))
    return list(dict(rows.fetchall()).values())


# one commit, one look


def test_there_is_a_case_for_every_verb_there_is() -> None:
    assert CASES.keys() == every_verb().keys()


@pytest.mark.parametrize("name", CASES)
def test_an_act_is_one_commit_and_one_look_at_the_clock_and_at_most_one_at_what_is_sold_out(name: str) -> None:
    till, act = ready(name)
    before, looked = till.register.store.journal.last_seq(), till.clock.looks
    with traced(till.register) as said:
        act()
    assert commits(said) == 1
    assert verbs_since(till.register, before) == [name]
    assert till.clock.looks - looked == 1
    assert reads_of_stock(said) <= 1 + OWN_READS.get(name, 0)


@pytest.mark.parametrize("name", CASES)
def test_when_another_till_wrote_before_an_act_what_is_sold_out_is_read_once(name: str) -> None:
    till, act = ready(name)
    other = open_store(till.register.store.path, practice=till.register.setup.is_practice)
    set_shop(other, "lights", "on")
    with traced(till.register) as said:
        act()
    assert 1 <= reads_of_stock(said) <= 1 + (name in SETS_WHAT_ALL_SEE) + OWN_READS.get(name, 0)
    other.close()


@pytest.mark.parametrize("name", ["ring", "no", "speak", "checkout", "hold"])
def test_what_is_sold_out_is_not_read_again_when_nothing_has_changed(name: str) -> None:
    till, act = ready(name)
    till.register.catch_up()
    with traced(till.register) as said:
        act()
        till.register.look()
        till.register.catch_up()
    assert reads_of_stock(said) == 0


def test_the_first_act_of_somebody_new_is_one_commit(folder: Path) -> None:
    till = Till(folder)
    with traced(till.register) as said:
        till.do(ringing.ring, "cheeseburger")
    assert commits(said) == 1


def test_a_refused_verb_commits_no_change(folder: Path) -> None:
    till = Till(folder)
    till.rung()
    before = till.register.store.journal.last_seq()
    with traced(till.register) as said, pytest.raises(Refused, match="no-question"):
        till.do(answering.yes)
    assert [statement for statement in writes(said) if "BEGIN" not in statement and statement != "COMMIT"] == []
    assert till.register.store.journal.last_seq() == before


def test_a_wrong_code_is_one_commit_that_keeps_the_try(folder: Path) -> None:
    till = Till(folder)
    till.rung()
    before = till.register.store.journal.last_seq()
    with traced(till.register) as said, pytest.raises(Refused, match="next-visit-unknown"):
        till.do(next_visit.redeem, UNKNOWN_CODE)
    assert commits(said) == 1
    assert verbs_since(till.register, before) == ["redeem"]


def test_a_copy_too_many_is_one_commit_that_keeps_that_it_was_asked_for(folder: Path) -> None:
    till = Till(folder)
    sale = copied(till)
    store, before = till.register.store, till.register.store.journal.last_seq()
    with traced(till.register) as said, pytest.raises(Refused, match="one-copy-only"):
        till.do(papers.reserve_copy)
    assert commits(said) == 1
    (row,) = [row for row in ActLog(store.file).of_order(sale.order_id) if row.seq > before]
    assert (row.verb, row.order) == ("reserve_copy", None)
    assert row.facts["copy_refused"] == {"order_id": sale.order_id}
    assert store.receipts.copies(sale.order_id) == 1


def test_time_that_has_passed_is_an_act_of_its_own_before_the_verb(folder: Path) -> None:
    till = Till(folder)
    till.asked()
    till.do(answering.no)
    offered = till.register.view.prompt
    assert isinstance(offered, QuestionPrompt)
    a_register(folder, till="2", clock=till.clock).do(stock.eighty_six, offered.question.offer.sku)
    before, looked = till.register.store.journal.last_seq(), till.clock.looks
    with traced(till.register) as said:
        till.do(ringing.speak, "en")
    assert verbs_since(till.register, before) == ["time_passes", "speak"]
    assert commits(said) == 2
    assert till.clock.looks - looked == 1
    assert reads_of_stock(said) == 1


def test_a_sale_is_one_commit_while_the_till_learns_from_answers(folder: Path) -> None:
    till = Till(folder)
    set_shop(till.register.store, choosing.LEARNING, "on")
    till.sold()
    till.at_payment()
    till.clock.pass_(1_000_000)
    with traced(till.register) as said:
        till.do(paying.pay_cash)
    assert commits(said) == 1


# from key to paint


def pairs_priced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """What is priced from now on: what of an order its price depends on, and the menu."""
    priced: list[tuple[object, ...]] = []

    def counted(order: Order, menu: Menu, taxes: TaxRules) -> Priced:
        part = (order.lines, order.serving_mode, order.codes, order.next_visit, order.purpose, order.channel)
        priced.append((*part, id(menu), id(taxes)))
        return price(order, menu, taxes)

    monkeypatch.setattr(domain_moment, "price", counted)
    return priced


def press_and_paint(cashier: Cashier, key: str) -> None:
    cashier.press(key)
    look(cashier.counter, look_at_shelf(cashier.counter))


@pytest.mark.parametrize("is_plain", [False, True])
def test_no_order_is_priced_twice_from_key_to_paint(
    folder: Path, monkeypatch: pytest.MonkeyPatch, is_plain: bool
) -> None:
    clock = Clock()
    cashier = Cashier(a_register(folder, clock=clock), clock, deliberate=is_plain)
    look(cashier.counter, look_at_shelf(cashier.counter))
    priced = pairs_priced(monkeypatch)
    for key in ("b", "enter", "2", "j", "n", "d", "b", "enter", "2", "j", "1", "d"):
        del priced[:]
        press_and_paint(cashier, key)
        if is_plain:
            speech.hear(cashier.counter)
        twice = {pair: times for pair, times in Counted(priced).items() if times > 1}
        assert not twice, key
    assert cashier.register.store.sales.count() == 2


def test_a_look_prices_nothing_that_was_priced_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cashier = again_at(folder)
    ring(cashier, "cheeseburger")
    look(cashier.counter, look_at_shelf(cashier.counter))
    priced = pairs_priced(monkeypatch)
    for _ in range(3):
        cashier.register.look()
        cashier.register.catch_up()
        look(cashier.counter, look_at_shelf(cashier.counter))
    assert priced == []


def again_at(folder: Path, till: str = "1") -> Cashier:
    clock = Clock()
    return Cashier(a_register(folder, till=till, clock=clock), clock)


def dearer(sku: str) -> Menu:
    """The menu with one thing for 95 kroner."""
    return replace(MENU, items={**MENU.items, sku: replace(MENU.items[sku], price=kr(95), price_take_away=None)})


def load(folder: Path, menu: Menu) -> None:
    """The office loads a menu."""
    office = open_store(folder / "shop.db")
    put_menu(office, menu, PAIRINGS, NOW)
    office.close()


# looking writes nothing


def looks_everywhere(counter: Counter) -> None:
    """All that is read of a till to be painted or said."""
    register = counter.register
    register.look()
    register.peek()
    assert register.view.prompt is not None
    look(counter, look_at_shelf(counter))
    speech.hear(counter)
    speech.opening(counter)
    shelf.held(register), shelf.sold_out(register), shelf.discarded(register)
    shelf.owed_papers(register), shelf.shift(register), shelf.shift_discards(register)


@pytest.mark.parametrize("meanwhile", ["nothing", "sold-out", "later", "menu"])
def test_looking_writes_nothing_even_when_the_question_would_change(folder: Path, meanwhile: str) -> None:
    clock = Clock(NOW.replace(hour=10, minute=29))
    cashier = Cashier(a_register(folder, clock=clock), clock)
    ring(cashier, "coffee-m")
    cashier.press("n")
    assert asked(cashier) == "egg-roll"
    other = a_register(folder, till="2", clock=clock)
    before = cashier.register.view.order
    match meanwhile:
        case "sold-out":
            other.do(stock.eighty_six, "egg-roll")
        case "later":
            clock.pass_(600_000)
        case "menu":
            load(folder, dearer("egg-roll"))
    rows = cashier.register.store.journal.last_seq()
    with traced(cashier.register) as said:
        looks_everywhere(cashier.counter)
    assert writes(said) == []
    assert cashier.register.view.order == before
    assert cashier.register.store.journal.last_seq() == rows
    if meanwhile != "nothing":
        assert cashier.register.catch_up()
        assert cashier.register.store.journal.last_seq() > rows


# an act that another till overtook


def overtaken(register: Register, meanwhile: Callable[[], object]) -> None:
    """Let something happen between the look of the register's next act and its turn to write."""
    file = register.store.file
    writing = file.writing

    @contextmanager
    def late() -> Iterator[sqlite3.Connection]:
        file.writing = writing  # type: ignore[method-assign]  # once
        meanwhile()
        with writing() as conn:
            yield conn

    file.writing = late  # type: ignore[method-assign]  # until it is called


def test_what_is_sold_out_before_its_turn_is_not_rung(folder: Path) -> None:
    till, other = Till(folder), Till(folder, till="2")
    till.rung("bag")
    overtaken(till.register, lambda: other.do(stock.eighty_six, "cola-m"))
    with pytest.raises(Refused, match="sold-out-item"):
        till.do(ringing.ring, "cola-m")
    assert [line.sku for line in till.register.view.order.lines] == ["bag"]


def test_a_yes_to_what_is_sold_out_before_its_turn_answers_nothing(folder: Path) -> None:
    clock = CountedClock()
    till, other = Till(folder, clock=clock), Till(folder, till="2", clock=clock)
    till.asked()
    till.do(answering.no)
    prompt = till.register.view.prompt
    assert isinstance(prompt, QuestionPrompt)
    assert prompt.question.offer.sku == "shake-m"
    overtaken(till.register, lambda: other.do(stock.eighty_six, "shake-m"))
    with pytest.raises(Refused, match="sold-out-item"):
        till.do(answering.yes, to=answering.painted(till.register.view))
    assert [line.sku for line in till.register.view.order.lines] == ["cheeseburger"]
    (question,) = [entry for entry in till.register.view.order.questions if entry.kind is CROSS_SELL]
    assert question.is_open
    assert question.offer.sku == "nuggets-6"


def test_a_thing_is_rung_at_the_price_of_the_menu_that_was_loaded_before_its_turn(folder: Path) -> None:
    till = Till(folder)
    overtaken(till.register, lambda: load(folder, dearer("cheeseburger")))
    till.rung()
    assert till.register.view.priced.total == kr(95)


def test_an_order_that_was_recalled_elsewhere_before_its_turn_is_not_recalled_again(folder: Path) -> None:
    till, other = Till(folder), Till(folder, till="2")
    order_id = held(till)
    mine = till.register.view.order
    overtaken(till.register, lambda: other.do(aside.recall, order_id))
    with pytest.raises(Refused, match="order-already-recalled"):
        till.do(aside.recall, order_id)
    assert till.register.view.order == mine
    assert other.register.view.order.id == order_id


def test_an_act_is_of_the_business_day_of_the_menu_that_was_loaded_before_its_turn(folder: Path) -> None:
    till = Till(folder)
    till.rung()
    order_id = till.register.view.order.id
    till.do(aside.abandon, DiscardReason.CHANGED_MIND)
    load(folder, replace(MENU, day_ends=time(14)))
    till.register.catch_up()
    overtaken(till.register, lambda: load(folder, MENU))
    till.do(aside.recall, order_id)
    assert shelf.discarded(till.register) == ()
    recalled = "SELECT recalled_at FROM discards WHERE order_id = ?"
    assert till.register.store.file.conn.execute(recalled, (order_id,)).fetchall() != [(None,)]


def test_of_four_tills_that_recall_at_once_one_gets_the_order(folder: Path) -> None:
    till = Till(folder)
    till.rung()
    order_id = till.register.view.order.id
    till.do(aside.hold)
    together, one_by_one = Barrier(4, timeout=20), Lock()

    def take(name: str) -> str:
        with one_by_one:
            mine = Till(folder, till=name)
        mine.register.store.file._wait = 20
        together.wait()
        try:
            mine.do(aside.recall, order_id)
        except Refused as refused:
            return refused.message_id
        finally:
            mine.register.store.close()
        return "recalled"

    with ThreadPoolExecutor(4) as pool:
        told = sorted(pool.map(take, ("2", "3", "4", "5")))
    assert told == ["order-already-recalled"] * 3 + ["recalled"]
    assert shelf.held(till.register) == ()


def test_an_order_with_money_that_another_till_brought_to_itself_is_paid_there_alone(folder: Path) -> None:
    till, other = Till(folder), Till(folder, till="2")
    part_paid(till)
    order_id = till.register.view.order.id
    overtaken(till.register, lambda: other.do(aside.recall, order_id, elsewhere=True))
    with pytest.raises(Refused, match="order-not-open"):
        till.do(paying.pay_cash)
    assert till.register.view.order.is_untouched()
    (news,) = till.register.take_news()
    assert isinstance(news, OrderTaken)
    assert news.till == "2"
    assert other.do(paying.pay_cash) is not None
    assert till.register.store.sales.count() == 1


@pytest.mark.parametrize("verb", [aside.hold, aside.abandon], ids=lambda verb: str(verb.name))
def test_an_order_that_is_held_or_given_up_before_its_turn_is_not_paid(
    folder: Path, verb: Verb[Scene, ..., None]
) -> None:
    till = Till(folder)
    till.at_payment()
    twin = Till(folder)
    overtaken(till.register, lambda: twin.do(verb))
    with pytest.raises(Refused, match="order-not-open"):
        till.do(paying.pay_cash)
    assert till.register.store.sales.count() == 0
    assert till.sold().receipt_number == 1


def test_paying_twice_is_one_sale(folder: Path) -> None:
    till = Till(folder)
    till.at_payment()
    twin = Till(folder)
    overtaken(till.register, lambda: twin.do(paying.pay_cash))
    with pytest.raises(Refused, match="order-not-open"):
        till.do(paying.pay_cash)
    with pytest.raises(Refused, match="not-at-payment"):
        twin.do(paying.pay_cash)
    assert till.register.store.sales.count() == 1
    assert till.sold().receipt_number == 2


def test_a_till_goes_on_from_what_another_process_of_it_wrote_before_its_turn(folder: Path) -> None:
    till, twin = Till(folder), Till(folder)
    till.rung()
    twin.register.catch_up()
    overtaken(till.register, lambda: twin.do(ringing.ring, "cola-m"))
    till.do(ringing.ring, "bag")
    assert [line.sku for line in till.register.view.order.lines] == ["cheeseburger", "cola-m", "bag"]
    till.do(undoing.take_back)
    assert [line.sku for line in till.register.view.order.lines] == ["cheeseburger", "cola-m"]


def test_a_code_that_another_order_took_before_its_turn_is_refused(shop: Path) -> None:
    till, other = Till(shop), Till(shop, till="2")
    code = a_code(till.register)
    for one in (till, other):
        one.rung("fries-m")
    overtaken(till.register, lambda: other.do(next_visit.redeem, code))
    with pytest.raises(Refused, match="next-visit-in-use"):
        till.do(next_visit.redeem, code)
    assert till.register.view.order.next_visit is None


def test_the_one_copy_is_taken_before_it_is_printed(folder: Path) -> None:
    till, twin = Till(folder), Till(folder)
    sale = till.sold()
    twin.register.catch_up()
    overtaken(till.register, lambda: twin.do(papers.reserve_copy))
    with pytest.raises(Refused, match="one-copy-only"):
        till.do(papers.reserve_copy)
    assert till.register.store.receipts.copies(sale.order_id) == 1
    till.do(papers.release_copy, sale)
    till.do(papers.reserve_copy)


def test_two_tills_that_pay_at_once_have_numbers_of_their_own(folder: Path) -> None:
    till, other = Till(folder), Till(folder, till="2")
    till.at_payment()
    other.at_payment()
    overtaken(till.register, lambda: other.do(paying.pay_cash))
    till.do(paying.pay_cash)
    sales = [one.register.store.sales.last(one.register.till.id) for one in (till, other)]
    assert [(sale.series, sale.receipt_number, sale.call_number) for sale in sales if sale] == [
        ("K1", 1, 2),
        ("K2", 1, 1),
    ]


# what must survive


def silent(register: Register, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The file answers nothing any more; each time that it is asked."""
    asked_for: list[str] = []

    def refuse() -> object:
        asked_for.append("changes")
        raise StoreError("database-unwritable")

    monkeypatch.setattr(register.store, "changes", refuse)
    return asked_for


def test_what_was_last_known_serves_while_the_file_is_silent(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    till = Till(folder)
    till.do(stock.eighty_six, "cola-m")
    till.rung()
    before = till.register.view
    silent(till.register, monkeypatch)
    for _ in range(3):
        till.clock.pass_()
        seen = till.register.look()
        assert "cola-m" in seen.moment.sold_out
        assert (seen.order, seen.priced, seen.prompt) == (before.order, before.priced, before.prompt)
    with pytest.raises(StoreError):
        till.do(ringing.ring, "bag")
    assert till.register.view.order == before.order
    monkeypatch.undo()
    till.do(ringing.ring, "bag")


@pytest.mark.parametrize("looked", ["look", "catch_up"])
def test_a_silent_file_is_asked_once_in_a_while_by_what_only_looks(
    folder: Path, monkeypatch: pytest.MonkeyPatch, looked: str
) -> None:
    till = Till(folder)
    till.rung()
    asked_for = silent(till.register, monkeypatch)
    for _ in range(5):
        getattr(till.register, looked)()
        till.clock.pass_(100)
    assert len(asked_for) == 1
    till.clock.pass_(BREATHER // timedelta(milliseconds=1))
    getattr(till.register, looked)()
    assert len(asked_for) == 2


def test_the_shops_file_takes_no_order_by_hand(folder: Path) -> None:
    till = Till(folder)
    till.rung()
    marked = replace(till.register.view.order, exempt=Reason.BY_HAND)
    with pytest.raises(Refused, match="no-such-choice"):
        till.do(checkout.not_for_customer, Reason.BY_HAND)
    till.register.setup = practice_setup(by_hand=True)
    with pytest.raises(StoreError):
        till.do(ringing.ring, "bag")
    with pytest.raises(StoreError):
        keep(till.register.store, till.register.till.id, "ring", marked, None, NOW)
    assert (
        till.register.store.file.conn.execute("SELECT 1 FROM order_body WHERE body LIKE '%by_hand%'").fetchall() == []
    )


def test_an_empty_order_takes_a_new_menu_on_without_a_word(folder: Path) -> None:
    till = Till(folder)
    load(folder, dearer("cheeseburger"))
    till.register.catch_up()
    assert till.register.take_news() == ()
    till.rung()
    assert till.register.view.priced.total == kr(95)


def test_an_order_with_lines_takes_a_new_menu_on_with_news_of_its_price(folder: Path) -> None:
    till = Till(folder)
    till.rung()
    before = till.register.store.journal.last_seq()
    load(folder, dearer("cheeseburger"))
    assert till.register.catch_up()
    (news,) = till.register.take_news()
    assert isinstance(news, NewPrices)
    assert (news.before, news.now, [change.now for change in news.changed]) == (kr(89), kr(95), [kr(95)])
    assert verbs_since(till.register, before) == ["publish", "time_passes"]
    assert till.register.take_news() == ()


def test_an_order_with_money_on_it_keeps_its_menu_until_it_is_paid(folder: Path) -> None:
    till = Till(folder)
    part_paid(till)
    load(folder, dearer("cheeseburger"))
    till.register.catch_up()
    assert (till.register.view.priced.total, till.register.take_news()) == (kr(89), ())
    till.do(paying.pay_cash)
    till.rung()
    assert till.register.view.priced.total == kr(95)


def test_what_goes_with_a_thing_is_read_when_it_is_rung_and_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    till = Till(folder)
    with traced(till.register) as said:
        till.register.look()
    assert not any("pairing" in statement for statement in said)
    store, read = till.register.store.menu, list[str]()
    sound = store.pairings_for

    def noted(items: Sequence[MenuItem]) -> dict[str, tuple[Pairing, ...]]:
        read.extend(item.sku for item in items)
        return sound(items)

    monkeypatch.setattr(store, "pairings_for", noted)
    till.rung()
    assert read == ["cheeseburger"]
    till.do(ringing.ring, "cheeseburger")
    till.do(checkout.checkout)
    till.do(answering.no)
    assert read == ["cheeseburger"]
    prompt = till.register.view.prompt
    assert isinstance(prompt, QuestionPrompt)
    assert prompt.question.offer.sku == "shake-m"


def test_an_answer_at_once_is_none_unless_the_till_has_no_patience(folder: Path) -> None:
    till = Till(folder)
    till.asked()
    with pytest.raises(TooSoon):
        till.register.do(answering.no)
    till.register.setup = Setup(patience=timedelta(0))
    till.register.do(answering.no)
    assert len([entry for entry in till.register.view.order.questions if not entry.is_open]) == 1


def test_a_line_of_plain_mode_answers_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_file(tmp_path / "shop.db")
    assert plain(monkeypatch, "b\n\n2\nn\nn\nd\n", "--db", str(tmp_path / "shop.db")) == 0
    store = open_store(tmp_path / "shop.db")
    assert [entry.row.outcome for entry in store.ledger.rows()] == [Outcome.DECLINED, Outcome.DECLINED]
    store.close()
