"""People at a till: signing in, wrong PINs, and approving what a cashier may not do alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from pos.domain.errors import Refused
from pos.domain.people import NeedsRight, Person, Right, Role, is_badge
from pos.office.people import enter_person, give_key, let_go
from pos.register import Change, Scene, ShopGate, allowed, given
from pos.register.needs import an_open_order
from pos.register.verbs import people, ringing
from pos.store import KeyKind
from tests.rig import Clock, a_register
from tests.staff import BADGE, PINS, digest, staffed

WRONG = digest(KeyKind.PIN, "0000")


def pin(name: str) -> bytes:
    return digest(KeyKind.PIN, PINS[name])


class Shop:
    """A till in a shop with a cashier and a shift lead."""

    def __init__(self, folder: Path, till: str = "1", clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.register = a_register(folder, till=till, clock=self.clock)
        self.do = self.register.do

    def acts(self) -> list[tuple[str, str | None, str | None, str]]:
        """Verb, person, approver and reason of every act at the till."""
        return self.register.store.file.conn.execute(
            """
            SELECT j.verb, p.name, a.name, j.reason FROM journal AS j
            LEFT JOIN person AS p ON p.id = j.person LEFT JOIN person AS a ON a.id = j.approver
            WHERE j.till IS NOT NULL ORDER BY j.seq
            """
        ).fetchall()


@pytest.fixture
def shop(folder: Path) -> Shop:
    found = Shop(folder)
    staffed(found.register, found.clock)
    return found


@given(allowed(Right.REFUND, an_open_order))
def lower(scene: Scene, order: object, why: str) -> Change[None]:
    """A verb that needs a right, for these tests."""
    return Change(None, scene.moved(scene.order, result=None).moves, reason=why)


# signing in


def test_a_shop_that_has_added_nobody_needs_no_pin(folder: Path) -> None:
    till = a_register(folder)
    till.do(ringing.ring, "cheeseburger")
    till.do(lower, "refund-why")
    assert (till.view.cashier, till.view.person, till.view.has_people) == ("Kari", None, False)


def test_while_nobody_is_at_the_till_nothing_is_rung(shop: Shop) -> None:
    with pytest.raises(Refused, match="sign-in-first"):
        shop.do(ringing.ring, "cheeseburger")
    assert shop.register.view.cashier == ""


def test_whoever_signs_in_stands_in_the_journal_and_on_the_screen(shop: Shop) -> None:
    shop.do(people.sign_in, pin("Kari"))
    shop.do(ringing.ring, "cheeseburger")
    assert shop.register.view.person == Person(shop.register.store.people.id_for("Kari"), "Kari", Role.CASHIER)
    assert shop.acts() == [("sign_in", "Kari", None, ""), ("ring", "Kari", None, "")]


def test_a_change_of_person_keeps_the_order(shop: Shop) -> None:
    shop.do(people.sign_in, pin("Kari"))
    shop.do(ringing.ring, "cheeseburger")
    before = shop.register.view.order
    shop.do(people.sign_in, pin("Ola"))
    assert shop.register.view.order == before
    shop.do(people.sign_out)
    assert (shop.register.view.order, shop.register.view.person) == (before, None)


def test_who_was_at_the_till_is_there_after_a_crash(shop: Shop, folder: Path) -> None:
    shop.do(people.sign_in, pin("Kari"))
    assert Shop(folder).register.view.cashier == "Kari"


def test_a_badge_signs_in_and_a_pin_is_no_badge(shop: Shop) -> None:
    shop.do(people.sign_in, digest(KeyKind.BADGE, BADGE), KeyKind.BADGE)
    assert shop.register.view.cashier == "Ola"
    with pytest.raises(Refused, match="unknown-badge"):
        shop.do(people.sign_in, digest(KeyKind.BADGE, "KARISBADGE33"), KeyKind.BADGE)


def test_each_till_has_a_person_of_its_own(shop: Shop, folder: Path) -> None:
    other = Shop(folder, "2")
    shop.do(people.sign_in, pin("Kari"))
    other.do(people.sign_in, pin("Ola"))
    shop.do(ringing.ring, "cheeseburger")
    assert (shop.register.view.cashier, other.register.view.cashier) == ("Kari", "Ola")
    assert shop.register.store.people.on() == (("1", "Kari", Role.CASHIER), ("2", "Ola", Role.SHIFT_LEAD))


def test_somebody_who_has_left_signs_in_nowhere_and_is_signed_out(shop: Shop) -> None:
    shop.do(people.sign_in, pin("Kari"))
    store = shop.register.store
    ShopGate(store, shop.register.country, shop.clock).do(let_go, store.people.named("kari"))
    shop.register.catch_up()
    assert shop.register.view.person is None
    with pytest.raises(Refused, match="wrong-pin"):
        shop.do(people.sign_in, pin("Kari"))


# wrong ones


def test_after_five_wrong_pins_none_is_taken_for_ten_minutes_also_after_a_restart(shop: Shop, folder: Path) -> None:
    for _ in range(5):
        with pytest.raises(Refused, match="wrong-pin"):
            shop.do(people.sign_in, WRONG)
    again = Shop(folder, clock=shop.clock)
    for till in (shop, again):
        with pytest.raises(Refused, match="pins-locked"):
            till.do(people.sign_in, pin("Kari"))
    again.do(people.sign_in, digest(KeyKind.BADGE, BADGE), KeyKind.BADGE)
    assert again.register.view.cashier == "Ola"
    shop.clock.set(timedelta(minutes=10, seconds=1))
    again.do(people.sign_in, pin("Kari"))
    assert again.register.view.cashier == "Kari"


def test_a_new_pin_from_the_office_lifts_the_lock(shop: Shop) -> None:
    for _ in range(5):
        with pytest.raises(Refused, match="wrong-pin"):
            shop.do(people.sign_in, WRONG)
    store = shop.register.store
    shop.clock.pass_()
    gate = ShopGate(store, shop.register.country, shop.clock)
    gate.do(give_key, store.people.named("Kari"), KeyKind.PIN, digest(KeyKind.PIN, "1357"))
    shop.do(people.sign_in, digest(KeyKind.PIN, "1357"))
    assert shop.register.view.cashier == "Kari"


def test_a_wrong_pin_at_one_till_locks_no_other(shop: Shop, folder: Path) -> None:
    for _ in range(5):
        with pytest.raises(Refused, match="wrong-pin"):
            shop.do(people.sign_in, WRONG)
    other = Shop(folder, "2", shop.clock)
    other.do(people.sign_in, pin("Kari"))
    assert other.register.view.cashier == "Kari"


def test_what_was_refused_stands_in_the_journal_without_the_pin(shop: Shop) -> None:
    with pytest.raises(Refused, match="wrong-pin"):
        shop.do(people.sign_in, WRONG)
    rows = shop.register.store.file.conn.execute(
        "SELECT j.verb, b.facts FROM journal AS j JOIN order_body AS b ON b.seq = j.seq ORDER BY j.seq"
    ).fetchall()
    assert rows[-1][0] == "sign_in"
    assert '"why":"wrong-pin"' in rows[-1][1]
    written = str(rows)
    assert not any(code in written for code in (*PINS.values(), BADGE, WRONG.hex()))


def test_two_people_never_have_the_same_pin(shop: Shop) -> None:
    store = shop.register.store
    gate = ShopGate(store, shop.register.country, shop.clock)
    with pytest.raises(Refused, match="taken-pin"):
        gate.do(give_key, store.people.named("Kari"), KeyKind.PIN, pin("Ola"))
    new = gate.do(enter_person, "Per", Role.CASHIER).result
    gate.do(let_go, store.people.named("Ola"))
    gate.do(give_key, new, KeyKind.PIN, pin("Ola"))
    assert store.people.known_by(pin("Ola")) == new


# rights


def test_who_holds_no_right_needs_somebody_who_does(shop: Shop) -> None:
    shop.do(people.sign_in, pin("Kari"))
    shop.do(ringing.ring, "cheeseburger")
    with pytest.raises(NeedsRight) as needs:
        shop.do(lower, "refund-why")
    assert needs.value.right is Right.REFUND
    with pytest.raises(Refused, match="not-allowed"):
        shop.do(people.approve, pin("Kari"), Right.REFUND)
    approver = shop.do(people.approve, pin("Ola"), Right.REFUND).result
    shop.register.do_approved(approver, lower, "refund-why")
    assert shop.acts()[-2:] == [("approve", "Kari", None, ""), ("lower", "Kari", "Ola", "refund-why")]


def test_who_holds_a_right_gives_their_own_pin(shop: Shop) -> None:
    shop.do(people.sign_in, pin("Ola"))
    shop.do(ringing.ring, "cheeseburger")
    with pytest.raises(NeedsRight):
        shop.do(lower, "refund-why")
    shop.register.do_approved(shop.do(people.approve, pin("Ola"), Right.REFUND).result, lower, "refund-why")
    assert shop.acts()[-1] == ("lower", "Ola", "Ola", "refund-why")


def test_nobody_is_asked_for_a_pin_for_what_cannot_be_done(shop: Shop) -> None:
    shop.do(people.sign_in, pin("Kari"))
    register = shop.register

    @given(allowed(Right.REFUND, lambda scene: (_ for _ in ()).throw(Refused("line-gone"))))
    def impossible(scene: Scene, proved: object) -> Change[None]:
        return Change(None)

    with pytest.raises(Refused, match="line-gone"):
        register.do(impossible)


@pytest.mark.parametrize("right", Right)
def test_a_shift_lead_may_do_whatever_a_night_can_ask_for(right: Right) -> None:
    may = {role for role in Role if Person(1, "Kari", role).may(right)}
    assert may == {Role.SHIFT_LEAD, Role.MANAGER}


@pytest.mark.parametrize(
    ("code", "is_one"),
    [("OLASBADGE22", True), ("7038010000000", False), ("K1-17", False), ("short1", False), ("ØLASBADGE", False)],
)
def test_what_can_be_a_badge(code: str, is_one: bool) -> None:
    assert is_badge(code) is is_one
