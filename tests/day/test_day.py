"""One day of a shop, from the float to the next morning, on the real screen and in plain mode.

Every figure of its X and Z agrees to the øre with figures computed independently from the journal.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xmlschema

from pos.cli import main
from pos.counter import Counter, State
from pos.devices import Devices, FakePrinter, ManualTerminal
from pos.domain.menu.items import ArticleGroup
from pos.domain.money import ZERO
from pos.domain.prompts import (
    ModifierPrompt,
    PaymentPrompt,
    QuestionPrompt,
    ServingPrompt,
    SlotPrompt,
    StopPrompt,
)
from pos.domain.sale.sale import Sale, deposits_of
from pos.domain.shift.shift import DrawerReason
from pos.office.verifying import verify_all
from pos.practice.customer.register import practice_setup
from pos.practice.file import Period, open_practice
from pos.practice.sitting.trainees import trainee_called
from pos.register import Register, ShopGate
from pos.resources import shipped
from tests.builders import kr, no_draws
from tests.day.hands import AtTheCounter, Hands, LineByLine, Machine, OnTheScreen
from tests.office.accounts.conftest import SCHEMA, AuditFile
from tests.register.reckoning import Reckoned, reckoned
from tests.rig import Clock
from tests.staff import PINS, staffed
from tests.templates import SHIPPED, begin_file

MORNING = datetime.fromisoformat("2026-11-23T10:00:00+01:00")


class Day:
    """A cashier's actions on one day; each order is paid in another way."""

    def __init__(self, hands: Hands, machine: Machine) -> None:
        self.hands, self.machine = hands, machine
        self.sales: list[Sale] = []
        self.yes = False

    @property
    def counter(self):  # type: ignore[no-untyped-def]
        return self.hands.counter

    @property
    def said(self) -> str | None:
        return None if self.counter.message is None else self.counter.message.message_id

    def pass_(self, **span: int) -> None:
        self.machine.clock.pass_(int(timedelta(**span).total_seconds() * 1000))

    async def sign_in(self, name: str) -> None:
        """Sign in, or switch persons with F2."""
        if self.counter.state is not State.SIGN_IN:
            await self.hands.press("f2")
        await self.pin(name)
        assert self.counter.view.cashier == name

    async def pin(self, name: str) -> None:
        if isinstance(self.hands, LineByLine):
            await self.hands.type(PINS[name])
        else:
            await self.hands.press(*PINS[name])

    async def approved(self, name: str = "Ola") -> None:
        """Approve with the PIN of somebody who holds the right."""
        assert self.counter.state is State.APPROVE, (self.counter.state, self.said)
        await self.pin(name)
        assert self.counter.state is not State.APPROVE, self.said

    async def tile(self, sku: str) -> str:
        """The letter of a tile, after turning to its category."""
        for _ in range(16):
            found = next((letter for letter, item in self.counter.tiles().items() if item.sku == sku), None)
            if found is not None:
                return found
            await self.hands.press("right")
        raise AssertionError(sku)

    async def ring(self, *skus: str) -> None:
        for sku in skus:
            await self.hands.press(await self.tile(sku))

    async def to_payment(self) -> None:
        """Answer the till's prompts until payment, with a yes in every third order."""
        await self.hands.press("enter")
        await self.to_payment_from_here()

    async def to_payment_from_here(self) -> None:
        """The same after a power cut, which kept the open prompt."""
        for _ in range(20):
            match self.counter.prompt:
                case PaymentPrompt():
                    return
                case ServingPrompt():
                    await self.hands.press("2")
                case SlotPrompt() | ModifierPrompt():
                    await self.hands.press("1")
                case StopPrompt():
                    await self.hands.press("=")
                case QuestionPrompt(choices=choices):
                    await self.hands.press("n" if not self.yes else "1" if choices is not None else "j")
        raise AssertionError(self.counter.prompt)

    async def paid(self, *keys: str) -> Sale:
        """Pay, and leave the paid screen."""
        await self.hands.press(*keys)
        sale = self.counter.paid
        assert isinstance(sale, Sale), (self.counter.state, self.said)
        self.sales.append(sale)
        self.pass_(seconds=1)
        return sale

    async def order(self, *skus: str, pay: tuple[str, ...] = ("a",)) -> Sale:
        await self.ring(*skus)
        await self.to_payment()
        return await self.paid(*pay)

    def report(self, kind: str) -> dict[str, Any]:
        """The last X or Z, from the journal."""
        rows = self.counter.register.store.file.conn.execute(
            "SELECT b.facts FROM journal AS j JOIN order_body AS b ON b.seq = j.seq WHERE j.verb = ? ORDER BY j.seq",
            (f"{kind}_report",),
        ).fetchall()
        told = {tag: one for fact in json.loads(rows[-1][0]) for tag, one in fact.items()}
        found: dict[str, Any] = told["report"]["report"]
        return found

    async def x(self) -> dict[str, Any]:
        """Read an X at the counter, and close its paper."""
        await self.hands.press(",", "z", "x")
        await self.approved()
        await self.hands.press("escape")
        return self.report("x")


PAYS: tuple[tuple[str, ...], ...] = (
    ("a",),
    ("k", "+"),
    ("v", "+"),
    ("f", "f"),
    ("5", "0", "k", "+", "a"),
    ("k", "-", "a"),
    ("k", "u", "+"),
)
"""Cash, card, mobile, notes, in part by card, declined first, unknown first."""

THINGS = (
    ("cheeseburger-meal-m",),
    ("cheeseburger", "cola-m"),
    ("fries-m",),
    ("shake", "cheeseburger"),
    ("cheeseburger-meal-m", "cheeseburger-meal-m"),
)


async def morning(day: Day) -> None:
    """Sign in, and enter a float of a thousand kroner."""
    staffed(day.counter.register, day.machine.clock)
    day.counter.keep_somebody_there()
    await day.sign_in("Kari")
    await day.hands.press(",", "z", "f")
    await day.hands.type("1000")
    await day.approved()
    assert day.said == "float-done"


async def lunch(day: Day) -> None:
    """Thirty orders, in every way of paying, with interruptions."""
    for number in range(30):
        day.yes = number % 3 == 0
        await day.order(*THINGS[number % len(THINGS)], pay=PAYS[number % len(PAYS)])
        day.pass_(minutes=6)
        if number in BETWEEN:
            await BETWEEN[number](day)
    day.yes = False


async def somebody_else_in_mid_order(day: Day) -> None:
    await day.ring("cheeseburger")
    before = day.counter.view.order
    await day.sign_in("Ola")
    assert day.counter.view.order == before
    await day.to_payment()
    sale = await day.paid("a")
    assert sale.cashier == "Ola"
    await day.sign_in("Kari")


async def a_receipt_is_refunded(day: Day) -> None:
    sale = await day.order("double-cheeseburger", pay=("a",))
    await day.hands.press(",", "g")
    await day.hands.type(f"{sale.series}-{sale.receipt_number}")
    lines = day.counter.panel.rows(day.counter)
    everything = next(place for place, row in enumerate(lines, start=1) if row.id == "all")
    await day.hands.press(str(everything), "enter", "1", "a")
    await day.approved()
    assert day.said == "refund-given"


async def a_bottle_of_two_goes_back(day: Day) -> None:
    """Sell two bottles with their deposits, and refund one with its own."""
    sale = await day.order("cola-bottle", "cola-bottle")
    assert (sale.total, deposits_of(sale.lines)) == (kr(2 * (39 + 2)), kr(4))
    await day.hands.press(",", "g")
    await day.hands.type(f"{sale.series}-{sale.receipt_number}")
    await day.hands.press("1", "enter", "1", "a")
    await day.approved()
    assert day.said == "refund-given"
    (back,) = day.counter.register.store.refunds.of_sale(sale.number)
    assert back.total == kr(39 + 2)


async def a_wrong_order_is_exchanged(day: Day) -> None:
    """Exchange a burger for a dearer one: the customer pays the difference and is asked nothing."""
    wrong = await day.order("cheeseburger")
    await day.hands.press(",", "g")
    await day.hands.type(f"{wrong.series}-{wrong.receipt_number}")
    lines = day.counter.panel.rows(day.counter)
    everything = next(place for place, row in enumerate(lines, start=1) if row.id == "all")
    await day.hands.press(str(everything), "enter", "1", "b")
    await day.approved()
    assert day.said == "exchange-begun"
    await day.ring("bacon-burger")
    await day.hands.press("enter")
    assert isinstance(day.counter.prompt, PaymentPrompt), day.counter.prompt
    sale = await day.paid("a")
    assert (sale.total, sale.exchange) == (kr(99), wrong.number)
    assert sum(tender.handed.minor for tender in sale.tenders if tender.kind == "cash") == 2000


async def the_printer_jams(day: Day) -> None:
    receipts = day.counter.register.store.receipts
    await day.hands.until(lambda: receipts.owed(1) == ())
    day.machine.printer.problem = "paper"
    sale = await day.order("fries-m")
    await day.hands.until(lambda: receipts.owed(1) == (sale,))
    day.machine.printer.problem = ""
    await day.hands.press(",", "o")
    await day.hands.until(lambda: receipts.owed(1) == ())


async def cola_is_sold_out_for_two_hours(day: Day) -> None:
    await day.hands.press(",", "s")
    await day.hands.press(await day.tile("cola-m"), "2")
    day.pass_(minutes=1)
    await day.ring("cola-m")
    assert (day.said, day.counter.view.order.lines) == ("sold-out-item", ())
    day.pass_(minutes=125)
    await day.order("cola-m")


async def a_price_is_changed(day: Day) -> None:
    await day.hands.press(",", "e", await day.tile("fries-m"))
    await day.hands.type("39")
    await day.approved()
    assert day.said == "price-changed"
    assert (await day.order("fries-m")).total == kr(39)


async def nothing_is_paid_for(day: Day) -> None:
    """A staff meal, and a remake."""
    for purpose in ("1", "2"):
        await day.ring("cheeseburger")
        await day.hands.press(",", "m", purpose, "enter")
        while isinstance(day.counter.prompt, ServingPrompt):
            await day.hands.press("2")
        await day.hands.press("a")
        assert day.counter.state is State.PAID, day.said
        day.pass_(seconds=1)


async def the_drawer_is_opened_and_emptied(day: Day) -> None:
    await day.hands.press(",", "z", "s", "3")
    await day.approved()
    assert day.said == "drawer-opened"
    await day.hands.press(",", "z", "d")
    await day.hands.type("600")
    await day.hands.press("1")
    await day.approved()
    assert day.said == "drop-done"


async def somebody_practises(day: Day) -> None:
    """Practise with one customer, in a file of its own: one training receipt, no turnover."""
    register, clock = day.counter.register, day.machine.clock
    shop = ShopGate(register.store, register.country, clock)
    practice = open_practice(day.machine.path.with_name("practice.db"), shop)
    till = Register(
        practice.store,
        Devices(FakePrinter(), ManualTerminal()),
        register.country,
        clock,
        till="1",
        setup=practice_setup(),
        draws=lambda seed: no_draws,
    )
    period = Period.begin(shop, practice, "1", till.till.id, trainee_called(practice, "Per"))
    trainee = AtTheCounter(day.machine, Counter(till))
    practising = Day(trainee, day.machine)
    await practising.order("cheeseburger", pay=("9", "t", "a"))
    period.end()
    practice.store.close()
    register.catch_up()


async def the_power_goes(day: Day) -> None:
    """Cut the power during a question: afterwards it is there again, word for word."""
    await day.ring("cheeseburger")
    await day.hands.press("enter")
    while not isinstance(day.counter.prompt, QuestionPrompt):
        await day.hands.press("2")
    order, question = day.counter.view.order, day.counter.prompt
    await day.hands.power_cut()
    assert (day.counter.view.order, day.counter.prompt) == (order, question)
    assert day.counter.view.cashier == "Kari"
    day.pass_(seconds=1)
    await day.to_payment_from_here()
    await day.paid("a")


async def tips_are_left(day: Day) -> None:
    """One is added on the card terminal, one is noted wrong, taken back and asked for, and one is the change."""
    added = await day.order("fries-m", pay=("k", "2", "0", "t", "+"))
    asked = await day.order("cheeseburger", pay=("9", "t", "t", "1", "9", "t", "v", "-", "k", "+"))
    change = await day.order("cheeseburger", pay=("t", "s"))
    assert [sale.tips for sale in (added, asked, change)] == [kr(20), kr(19), kr(100) - change.total]
    assert (change.change, [sale.total for sale in (asked, change)]) == (ZERO, [change.total] * 2)


async def an_x_twice(day: Day) -> None:
    first = await day.x()
    day.pass_(minutes=1)
    second = await day.x()
    for found in (first, second):
        del found["at"]
    assert first == second


BETWEEN: dict[int, Callable[[Day], Awaitable[None]]] = {
    2: somebody_else_in_mid_order,
    5: a_receipt_is_refunded,
    7: a_wrong_order_is_exchanged,
    8: the_printer_jams,
    11: cola_is_sold_out_for_two_hours,
    13: a_bottle_of_two_goes_back,
    14: a_price_is_changed,
    17: nothing_is_paid_for,
    20: the_drawer_is_opened_and_emptied,
    22: somebody_practises,
    24: the_power_goes,
    25: tips_are_left,
    27: an_x_twice,
}


async def night(day: Day) -> None:
    """Past midnight: an order stays held, the count is twenty kroner short, and the Z is at half past three."""
    day.machine.clock.now = datetime.fromisoformat("2026-11-24T00:30:00+01:00")
    late = await day.order("cheeseburger")
    assert late.business_day.isoformat() == "2026-11-23"
    await day.ring("fries-m")
    await day.hands.press("f9")
    await day.sign_in("Ola")
    day.machine.clock.now = datetime.fromisoformat("2026-11-24T03:30:00+01:00")
    expected = reckoned(day.machine.path)[1].expected
    await day.hands.press(",", "z", "z", "h", "2")
    assert day.said == "z-discarded"
    await day.hands.press("c")
    await day.hands.type(str((expected - 2000) // 100))
    for kind in ("card", "mobile"):
        await day.hands.type(f"{reckoned(day.machine.path)[1].tenders[kind] / 100:.2f}".replace(".", ","))
    await day.approved()
    await day.hands.press("1")


async def closed(day: Day) -> None:
    await day.hands.press(",", "z", "z", "z")
    await day.approved()
    assert day.said == "z-done"
    await day.hands.press("escape")


def agrees(report: dict[str, Any], told: Reckoned) -> None:
    """Check every figure of a report against the journal."""
    figures = report["figures"]
    assert figures["sales"] == {"count": len(told.sales), "amount": {"minor": sum(told.sales)}}
    assert figures["returns"] == {"count": len(told.returns), "amount": {"minor": sum(told.returns)}}
    assert {row["id"]: row["sum"]["amount"]["minor"] for row in figures["tenders"]} == dict(told.tenders)
    taxes = {row["tax"][0]: (row["net"]["minor"], row["amount"]["minor"]) for row in figures["taxes"]}
    assert taxes == {tax: (told.gross[tax] - told.tax[tax], told.tax[tax]) for tax in told.gross}
    deposits = sum(row["sum"]["amount"]["minor"] for row in figures["groups"] if row["id"] == ArticleGroup.DEPOSIT)
    assert deposits == told.deposits
    assert figures["float"]["minor"] == told.float
    assert figures["expected_cash"]["minor"] == told.expected
    assert figures["rounding"]["minor"] == told.rounding
    assert figures["tips"] == {"count": len(told.tips), "amount": {"minor": sum(told.tips)}}
    paid = sum(row["sum"]["amount"]["minor"] for row in figures["tenders"])
    assert paid == sum(told.sales) - sum(told.returns) + told.rounding + sum(told.tips)
    by_reason = {row["id"]: row["sum"]["count"] for row in figures["drawer_without_sale"]}
    assert sum(count for reason, count in by_reason.items() if reason in tuple(DrawerReason)) == told.openings
    assert sum(row["sum"]["amount"]["minor"] for row in figures["write_offs"]) == sum(told.write_offs)
    assert sum(row["sum"]["amount"]["minor"] for row in figures["discards"]) == sum(told.discards)


async def a_day(hands: Hands, machine: Machine) -> None:
    day = Day(hands, machine)
    await morning(day)
    await lunch(day)
    agrees(await day.x(), reckoned(machine.path)[1])
    await night(day)
    await closed(day)
    z = day.report("z")
    agrees(z, reckoned(machine.path)[1])
    assert (z["number"], z["day"]) == (1, "2026-11-23")
    assert z["sales_ever"]["minor"] == sum(sale.total.minor for sale in day.sales)
    practised = next(sale for sale in day.sales if [line.sku for line in sale.lines] == ["cheeseburger"])
    assert z["figures"]["practice"] == {"count": 1, "amount": {"minor": practised.total.minor}}
    assert z["figures"]["tips"]["count"] == 3
    (count,) = z["figures"]["counts"]
    assert count["cash"]["minor"] - count["expected"]["minor"] == -2000, count
    handed_on(day, z)
    await next_morning(day)
    assert verify_all(day.counter.register.store, fiscal=day.counter.view.country.fiscal).finding is None


def handed_on(day: Day, z: dict[str, Any]) -> None:
    """Check the accountant's figures against the Z, and sell from a backup on another machine."""
    where = ["--db", str(day.machine.path)]
    folder = day.machine.path.parent
    net = z["figures"]["sales"]["amount"]["minor"] - z["figures"]["returns"]["amount"]["minor"]
    assert main(["export", "day", "2026-11-23", "--json", "--file", str(folder / "day.json"), *where]) == 0
    told = json.loads((folder / "day.json").read_text(encoding="utf-8"))
    assert sum(row["gross_minor"] for row in told["booked"]) == net
    assert main(["export", "saft", str(folder / "saft.xml"), "--from", "2026-11-23", "--to", "2026-11-24", *where]) == 0
    tips = z["figures"]["tips"]["amount"]["minor"]
    assert told["tips"] == {"account": "2990", "count": 3, "amount_minor": tips}
    assert sum(row["amount_minor"] for row in told["tenders"]) == net + told["rounding_minor"] + tips
    audit = AuditFile(folder / "saft.xml")
    sold = [one for one in audit.transactions() if audit.texts("trainingID", one) != ["true"]]
    assert sum(Decimal(audit.texts("transAmntIn", one)[0]) for one in sold) * 100 == net
    assert sum(Decimal(text) for one in sold for text in audit.texts("raiseAmnt", one)) * 100 == tips
    if SCHEMA.exists():
        xmlschema.validate(folder / "saft.xml", SCHEMA)
    assert main(["backup", str(folder / "copy.db"), *where]) == 0
    spare = folder / "spare"
    spare.mkdir()
    assert main(["restore", str(folder / "copy.db"), "--db", str(spare / "shop.db"), "--yes"]) == 0
    assert main(["doctor", "--all", *where]) in (0, 1)


async def next_morning(day: Day) -> None:
    """Nothing of yesterday is left, and the second shift waits for its float."""
    day.machine.clock.now = datetime.fromisoformat("2026-11-24T09:00:00+01:00")
    await day.hands.press(",", "z", "f")
    await day.hands.type("1000")
    await day.approved()
    sale = await day.order("cheeseburger")
    assert sale.receipt_number == len(day.sales)
    report = await day.x()
    assert report["figures"]["sales"]["count"] == 1
    agrees(report, reckoned(day.machine.path)[2])


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    begin_file(tmp_path / "shop.db", SHIPPED)
    menu = tmp_path / "menu.toml"
    menu.write_text(
        shipped("menu.toml").read_text(encoding="utf-8").replace("[shop]", "[shop]\ntips = 200", 1), encoding="utf-8"
    )
    assert main(["menu", "load", str(menu), "--db", str(tmp_path / "shop.db")]) == 0
    return Machine(tmp_path, Clock(MORNING))


async def test_a_day_in_plain_mode(machine: Machine) -> None:
    hands = LineByLine(machine)
    await a_day(hands, machine)
    await hands.leave()


async def test_a_day_on_the_screen(machine: Machine) -> None:
    hands = await OnTheScreen(machine).open()
    await a_day(hands, machine)
    await hands.leave()
