"""Learning from the till's own sales and from imported ones: counted once, proposed, asked when approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.country import norway
from pos.domain.errors import BadInput, Refused, StoreError
from pos.domain.menu.paths import Origin, Pairing
from pos.domain.order.questions import Reason
from pos.insights.pairing.own_parts import OwnPart
from pos.insights.parts_of_day import PartOfDay
from pos.office.history.reading import Options
from pos.office.learning.evaluating import as_json, evaluate, read_past
from pos.office.learning.learning import Learned, count_orders, learn, let_unapproved, say
from pos.office.learning.week import Week, last_week
from pos.register.verbs import checkout, ringing
from pos.store import Store
from pos.store.learning.learned import ProposalsPut, ProposalState
from pos.wording import wording
from tests.builders import MENU, NOW, PAIRINGS
from tests.insights.histories import real
from tests.office.history.taking import import_history
from tests.office_acts import gate, put_menu
from tests.rig import a_cashier, shop_file
from tests.store.acting import eighty_six, restore

HEAD = "order,time,item,quantity,price\n"
TRIGGER, OFFERED = "cheeseburger", "cola-m"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return shop_file(tmp_path)


def habits(folder: Path, together: int = 60, apart: int = 40, name: str = "habits.csv") -> Path:
    """A history in which cheeseburgers call for a cola, and others for neither."""
    orders = (
        [(TRIGGER, OFFERED)] * together + [(TRIGGER,)] * apart + [("naan", "dal makhani")] * 100 + [("kebab",)] * 200
    )
    lines = [
        f"{name}{number},2025-03-{1 + number % 28:02}T12:00:00,{item},1,10\n"
        for number, items in enumerate(orders)
        for item in items
    ]
    path = folder / name
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def imported(store: Store, path: Path) -> None:
    import_history(store, path, wording("nb"), NOW, Options())


def of(found: list[Learned], trigger: str = TRIGGER) -> Learned:
    return next(one for one in found if one.proposal.trigger == trigger)


def kins(*skus: str) -> list[str]:
    return [MENU.items[sku].kin for sku in skus]


def learned_pairings(store: Store) -> list[Pairing]:
    return [pairing for pairing in store.menu.pairings() if pairing.origin is Origin.LEARNED]


def test_nothing_to_learn_from_is_told(store: Store) -> None:
    with pytest.raises(BadInput) as caught:
        learn(gate(store))
    assert caught.value.message_id == "learn-nothing-yet"


def test_what_goes_together_is_proposed_with_its_counts(store: Store, tmp_path: Path) -> None:
    imported(store, habits(tmp_path))
    trigger, offered = kins(TRIGGER, OFFERED)
    one = of(learn(gate(store)), trigger).proposal
    assert (one.offered, one.orders, one.triggers, one.offereds, one.together) == (offered, 400, 100, 60, 60)


def test_a_pair_of_the_morning_is_proposed_with_its_part_of_the_day(store: Store, tmp_path: Path) -> None:
    path = habits(tmp_path, 20, 120)
    mornings = [f"m{n},2025-04-{1 + n % 28:02}T08:00,{item},1,1\n" for n in range(60) for item in (TRIGGER, OFFERED)]
    path.write_text(path.read_text(encoding="utf-8") + "".join(mornings), encoding="utf-8")
    imported(store, path)
    part = of(learn(gate(store)), *kins(TRIGGER)).part
    assert part == OwnPart(PartOfDay.MORNING, 60, 60, 140, 20)


def test_only_new_orders_are_counted(store: Store, tmp_path: Path) -> None:
    imported(store, habits(tmp_path))
    assert count_orders(store) == 400
    assert count_orders(store) == 0
    imported(store, habits(tmp_path, 1, 1, "more.csv"))
    assert count_orders(store) == 302
    assert store.counts.counted().orders == 702


def test_a_new_order_changes_the_counts_of_a_proposal(store: Store, tmp_path: Path) -> None:
    imported(store, habits(tmp_path))
    before = learn(gate(store))
    few = tmp_path / "few.csv"
    few.write_text(HEAD + "".join(f"few,2025-04-01T12:00:00,{item},1,1\n" for item in (TRIGGER, OFFERED)), "utf-8")
    imported(store, few)
    after = learn(gate(store))
    assert [one.id for one in after] == [one.id for one in before]
    trigger, _ = kins(TRIGGER, OFFERED)
    assert of(after, trigger).proposal.together == of(before, trigger).proposal.together + 1


def test_a_learning_that_was_cut_off_is_done_anew(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_: object) -> None:
        raise StoreError("disk-full")

    imported(store, habits(tmp_path))
    with monkeypatch.context() as patch:
        patch.setattr(ProposalsPut, "write", cut_off)
        with pytest.raises(StoreError):
            learn(gate(store))
    assert of(learn(gate(store))).state is ProposalState.PROPOSED


def test_counts_kept_are_those_of_a_full_recount(store: Store, tmp_path: Path) -> None:
    for number in range(3):
        imported(store, habits(tmp_path, 5 + number, 3, f"{number}.csv"))
        count_orders(store)
    kept = store.counts.counted()
    store.file.conn.execute("UPDATE learned_state SET basis = ''")
    assert count_orders(store) == kept.orders
    assert store.counts.counted() == kept


def test_an_order_that_grows_after_it_was_counted_is_counted_again(store: Store, tmp_path: Path) -> None:
    path = habits(tmp_path)
    imported(store, path)
    count_orders(store)
    late = tmp_path / "late.csv"
    late.write_text(HEAD + "habits.csv99,2025-03-16T12:00:00,cola-l,1,1\n", encoding="utf-8")
    imported(store, late)
    assert count_orders(store) == 400
    trigger, offered = kins(TRIGGER, OFFERED)
    names = {number: name for number, (name, _) in store.counts.counted().kins.items()}
    pairs = {frozenset((names[a], names[b])): n for (a, b), n in store.counts.counted().pairs.items()}
    assert pairs[frozenset((trigger, offered))] == 61


def test_the_tills_own_sales_are_counted(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    for _ in range(3):
        cashier.press("b")
        cashier.register.do(ringing.ring, "cookie")
        cashier.press("enter", "2", "n", "n", "d", "enter")
    store = cashier.register.store
    assert count_orders(store) == 3
    assert count_orders(store) == 0
    counted = store.counts.counted()
    assert {orders for _, orders in counted.kins.values()} == {3}
    assert {*counted.pairs.values()} == {3}


def test_a_meal_counts_as_what_it_is_built_around_whoever_wrote_the_order_down(store: Store, tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path / "till")
    cashier.press("b", "enter", "2", "j", "n", "d", "enter")
    own = cashier.register.store
    path = tmp_path / "past.csv"
    path.write_text(HEAD + "1,2025-03-01T12:00,cheeseburger-meal-l,1,1\n", encoding="utf-8")
    imported(store, path)
    assert (count_orders(own), count_orders(store)) == (1, 1)
    sold, read = own.counts.counted(), store.counts.counted()
    got = [kin for kin, orders in sold.kins.values() if orders]
    assert got == [kin for kin, orders in read.kins.values() if orders] == list(kins("cheeseburger"))
    assert not sold.pairs  # fries and a drink come with a meal: nobody put them together


def test_what_the_till_itself_has_sold_teaches_nothing(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b", "enter", "2", "j", "1", "d", "enter")
    store = cashier.register.store
    count_orders(store)
    assert store.counts.counted().kins.keys() == {1}
    assert not store.counts.counted().pairs


def test_what_the_menu_asks_already_stands_behind_what_is_new(store: Store, tmp_path: Path) -> None:
    lines = [
        f"{n},2025-03-{1 + n % 28:02}T12:00,{item},1,1\n"
        for n in range(60)
        for item in (("fries-m", "cola-m") if n < 40 else ("fries-m", "muffin", "salad"))
    ]
    others = [f"{n},2025-03-{1 + n % 28:02}T12:00,naan,1,1\n" for n in range(60, 300)]
    path = tmp_path / "past.csv"
    path.write_text(HEAD + "".join(lines + others), encoding="utf-8")
    imported(store, path)
    found = [one for one in learn(gate(store)) if one.can_be_asked]
    assert {one.proposal.offered for one in found if one.is_written and one.proposal.trigger == "fries"} == {"cola"}
    assert [one.is_written for one in found] == sorted(one.is_written for one in found)
    assert not found[0].is_written


def test_nothing_learned_is_asked_before_it_is_approved(store: Store, tmp_path: Path) -> None:
    imported(store, habits(tmp_path))
    written = store.menu.pairings()
    one = of(learn(gate(store)), *kins(TRIGGER))
    assert learned_pairings(store) == []
    assert say(gate(store), one.id, ProposalState.APPROVED).state is ProposalState.APPROVED
    asked = learned_pairings(store)
    assert {MENU.items[pairing.sku or ""].kin for pairing in asked} == set(kins(TRIGGER))
    assert {pairing.offered for pairing in asked} <= {
        item.sku for item in MENU.items.values() if item.kin == kins(OFFERED)[0]
    }
    assert all("{more}" in text for pairing in asked for text in (pairing.words.say.nb, pairing.words.say.en))
    item = MENU.items[asked[0].sku or ""]
    assert asked[0] in store.menu.pairings_for([item])[item.sku]
    say(gate(store), one.id, ProposalState.OFF)
    assert sorted(store.menu.pairings(), key=lambda one: one.id) == sorted(written, key=lambda one: one.id)


def test_what_was_said_of_a_proposal_stands_when_more_is_learned(store: Store, tmp_path: Path) -> None:
    imported(store, habits(tmp_path))
    one = of(learn(gate(store)), *kins(TRIGGER))
    say(gate(store), one.id, ProposalState.OFF)
    imported(store, habits(tmp_path, 70, 10, "more.csv"))
    again = of(learn(gate(store)), *kins(TRIGGER))
    assert (again.state, again.proposal.together) == (ProposalState.OFF, 130)


def test_the_manager_may_let_it_be_asked_unapproved(store: Store, tmp_path: Path) -> None:
    imported(store, habits(tmp_path))
    one = of(learn(gate(store)), *kins(TRIGGER))
    let_unapproved(gate(store), True)
    assert learned_pairings(store)
    say(gate(store), one.id, ProposalState.OFF)
    assert not any(pairing.id.startswith(one.id) for pairing in learned_pairings(store))
    let_unapproved(gate(store), False)
    assert learned_pairings(store) == []


def test_an_unknown_proposal_and_one_of_another_shop_are_refused(store: Store, tmp_path: Path) -> None:
    imported(store, habits(tmp_path))
    found = learn(gate(store))
    other = next(one for one in found if not one.can_be_asked)
    assert {other.trigger.en, other.offered.en} == {"naan", "dal makhani"}
    for key, why in ((other.id, "learn-not-sold"), ("l-none", "learn-unknown")):
        with pytest.raises(Refused) as caught:
            say(gate(store), key, ProposalState.APPROVED)
        assert caught.value.message_id == why


def test_approved_pairings_outlive_a_new_menu(store: Store, tmp_path: Path) -> None:
    imported(store, habits(tmp_path))
    say(gate(store), of(learn(gate(store)), *kins(TRIGGER)).id, ProposalState.APPROVED)
    before = {(pairing.id, pairing.sku, pairing.offered) for pairing in learned_pairings(store)}
    put_menu(store, MENU, store.menu.pairings(), NOW)
    assert {(pairing.id, pairing.sku, pairing.offered) for pairing in learned_pairings(store)} == before


def test_last_weeks_orders_show_what_would_have_been_asked_instead(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    cashier.register.do(ringing.ring, "cola-m")
    cashier.press("enter", "2", "n", "n", "a")
    store = cashier.register.store
    lines = [f"{n},2025-03-{1 + n % 28:02}T12:00,{item},1,1\n" for n in range(60) for item in ("cola-m", "cookie")]
    others = [f"{n},2025-03-{1 + n % 28:02}T12:00,naan,1,1\n" for n in range(60, 300)]
    path = tmp_path / "past.csv"
    path.write_text(HEAD + "".join(lines + others), encoding="utf-8")
    imported(store, path)
    found = learn(gate(store))

    def week(days: int) -> Week:
        return last_week(store, found, NOW + timedelta(days=days), norway().taxes)

    (one,) = week(1).differences
    assert (one.asked, one.would, one.why) == ("coffee-s", "cookie", of(found, "cola").id)
    assert week(9).orders == 0
    eighty_six(store, "cookie", NOW - timedelta(hours=1))
    assert week(1) == Week(1, ())  # what was sold out then would not have been asked
    eighty_six(store, "cookie", NOW + timedelta(hours=1))
    assert len(week(1).differences) == 1  # it was sold out only later
    cashier.register.do(ringing.ring, "cola-m")
    cashier.register.do(checkout.not_for_customer, Reason.CHILD)
    cashier.press("enter", "enter", "2", "a")
    assert (week(1).orders, len(week(1).differences)) == (2, 1)  # a child alone would not have been asked either
    restore(store, "cookie")
    say(gate(store), one.why, ProposalState.APPROVED)
    cashier.press("enter")
    cashier.register.do(ringing.ring, "cola-m")
    cashier.press("enter", "2", "n", "right", "n", "a")
    assert (week(1).orders, len(week(1).differences)) == (3, 1)  # the customer led from the cookie to coffee
    say(gate(store), one.why, ProposalState.OFF)
    found = learn(gate(store))
    assert week(1) == Week(3, ())
    put_menu(store, MENU, [replace(PAIRINGS[-1], id="now-another", offered="bag", priority=9)], NOW)
    assert week(1) == Week(3, ())  # that is the manager's doing


def test_a_history_is_evaluated_in_percent_with_intervals(tmp_path: Path) -> None:
    past = read_past(habits(tmp_path), Options())
    found = as_json(evaluate(past, "habits.csv"), past)
    assert {"ours", "peers"} <= found.keys()
    ours, peers = found["ours"], found["peers"]
    assert isinstance(ours, dict)
    assert isinstance(peers, dict)
    assert list(peers) == ["popularity", "confidence"]
    assert ours["hit1"] == 100
    assert {"hit1", "hit3", "mrr"} <= ours.keys()


TWO_DAYS = "1,2025-03-01T12:00,A,1,1\n1,2025-03-01T12:00,B,1,1\n2,2025-03-02T12:00,A,1,1\n"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("", "history-empty"),
        ("1,2025-03-01T12:00,A,1,1\n", "history-one-day"),
        ("1,2025-03-01T12:00,A,1,1\n1,2025-03-01T12:00,B,1,1\n", "history-one-day"),
        ("1,2025-03-01T12:00,A,1,1\n2,2025-03-02T12:00,A,1,1\n", "history-one-item"),
        ("1,2025-03-01T12:00,A,1,1\n2,2025-03-02T12:00,B,1,1\n", "history-only-single"),
        ("1,NaN,A,1,1\n2,NaN,B,1,1\n", "evaluate-none-taken"),
        ("1,2025-03-01T12:00,A,NaN,1\n", "evaluate-none-taken"),
        (TWO_DAYS, "history-too-short"),
    ],
    ids=["no rows", "one row", "one order", "one item", "single items", "no times", "no quantities", "none to guess"],
)
def test_what_cannot_be_evaluated_is_told_in_plain_words(tmp_path: Path, lines: str, why: str) -> None:
    path = tmp_path / "short.csv"
    path.write_text(HEAD + lines, encoding="utf-8")
    with pytest.raises(BadInput) as caught:
        evaluate(read_past(path, Options()), path.name)
    assert caught.value.message_id == why
    assert "(" not in wording("nb").error(caught.value)


def test_rows_of_another_clock_are_left_out_of_an_evaluation_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "zones.csv"
    path.write_text(
        HEAD + "1,2025-03-01T12:00:00+01:00,A,1,1\n2,2025-03-01T12:00:00Z,A,1,1\n3,2025-03-01T12:00:00+05:30,A,1,1\n"
    )
    past = read_past(path, Options())
    assert (past.rows, len(past.baskets), dict(past.left_out)) == (3, 2, {"history-other-zone": 1})


def test_a_real_history_is_read_whole() -> None:
    assert len(read_past(real("delhi_pizza.csv"), Options()).baskets) == 14_417
