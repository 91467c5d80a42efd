"""The order, and the pure changes that can be made to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum

from pos.domain.menu.allergens import AllergenCard, together
from pos.domain.menu.items import MenuItem, ModifierGroup, ServingMode, Sku, Slot, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.menu.next_visit import NextVisit
from pos.domain.money import ZERO, Money, total
from pos.domain.order.discounts import ManualDiscount
from pos.domain.order.exchange import EXCHANGE, Exchange
from pos.domain.order.questions import NotApplicable, OfferKind, Question, Reason
from pos.domain.order.sent import FirstTicket, Sent
from pos.domain.order.tips import Tip
from pos.domain.text import LocalText
from pos.domain.value import replace, value

LARGEST_QUANTITY = 999
LONGEST_NOTE = 60
EATEN: frozenset[VatClass | None] = frozenset({VatClass.FOOD, VatClass.ALCOHOL})
"""What is eaten or drunk, here or elsewhere."""


@value
class Confirmed:
    """What a customer has confirmed of a line: the noted allergens that it contains, and those that are unknown, for
    this quantity of exactly these parts. A line that is changed afterwards is no longer confirmed."""

    contains: tuple[str, ...]
    unknown: tuple[str, ...]
    sku: Sku
    quantity: int
    modifiers: tuple[str, ...]
    fillings: tuple[tuple[str, Sku], ...]


@value
class LineItem:
    """One line of an order. `fillings` are pairs of a slot's id and its filling; `chosen` names the slots that the
    customer spoke about; `offered` is the kind of offer that brought or raised the line; `takes_next_visit` says that
    one of its units uses the order's next-visit offer. `allergens` are noted on the line alone; `confirmed` is what the
    customer accepted at checkout."""

    id: int
    sku: Sku
    quantity: int = 1
    modifiers: tuple[str, ...] = ()
    fillings: tuple[tuple[str, Sku], ...] = ()
    chosen: tuple[str, ...] = ()
    note: str = ""
    size_said: bool = False
    offered: OfferKind | None = None
    takes_next_visit: bool = False
    allergens: frozenset[str] = frozenset()
    confirmed: Confirmed | None = None

    def filling(self, slot: str) -> Sku | None:
        """The filling of a slot, or None while it is open."""
        return next((sku for name, sku in self.fillings if name == slot), None)

    def filled(self, slot: str, sku: Sku) -> LineItem:
        """The line with a slot filled as the customer said, also if with the same filling."""
        names = [name for name, _ in self.fillings]
        fillings = [(name, sku if name == slot else there) for name, there in self.fillings]
        if slot not in names:
            fillings.append((slot, sku))
        chosen = self.chosen if slot in self.chosen else (*self.chosen, slot)
        return replace(self, fillings=tuple(fillings), chosen=chosen)

    def confirmation(self, contains: Iterable[str], unknown: Iterable[str]) -> Confirmed:
        """The confirmation to store when the customer accepts the line as it is."""
        return Confirmed(tuple(contains), tuple(unknown), self.sku, self.quantity, self.modifiers, self.fillings)

    @property
    def stands_confirmed(self) -> Confirmed | None:
        """The confirmation, if the line has not changed since: no more units, and nothing else in it."""
        given = self.confirmed
        if given is None or self.quantity > given.quantity:
            return None
        same = (given.sku, given.modifiers, given.fillings) == (self.sku, self.modifiers, self.fillings)
        return given if same else None

    def is_like(self, other: LineItem) -> bool:
        """Whether two lines differ only in id and quantity."""
        return replace(self, id=0, quantity=0) == replace(other, id=0, quantity=0)


class Purpose(StrEnum):
    """What an order is rung for. All except a sale are free, and written off."""

    SALE = "sale"
    STAFF = "staff"
    """A meal for somebody who works here."""
    REMAKE = "remake"
    """Made once more, because the first one was wrong."""
    WASTE = "waste"
    """Thrown away."""

    @property
    def is_made(self) -> bool:
        """Whether it is made for somebody: then it has a call number and a kitchen slip."""
        return self is not Purpose.WASTE


WRITE_OFF_PURPOSES = (Purpose.STAFF, Purpose.REMAKE, Purpose.WASTE)


class TenderKind(StrEnum):
    """A means of payment."""

    CASH = "cash"
    CARD = "card"
    MOBILE = "mobile"


TENDER_KINDS: dict[str, TenderKind] = {kind.value: kind for kind in TenderKind}
"""The till's own means of payment by their names; every other kind is a channel's."""


class TenderState(StrEnum):
    """The state of a tender. A card's intent is stored before the terminal is asked."""

    INTENT = "intent"
    UNKNOWN = "unknown"
    APPROVED = "approved"
    DECLINED = "declined"
    GIVEN_BACK = "given_back"


@value
class Tender:
    """A payment. `amount` is the part of the order that it covers, `handed` what the customer gave, `rounding` what
    cash rounding added to (or took from) what was due. `kind` is a `TenderKind`, also when read from JSON, or the id of
    the channel that took the money; `name` is that channel's name at the time."""

    id: int
    kind: str
    amount: Money
    handed: Money
    state: TenderState
    at: datetime
    rounding: Money = ZERO
    change: Money = ZERO
    name: LocalText | None = None

    def __post_init__(self) -> None:
        if self.name is None and self.kind in TENDER_KINDS:
            object.__setattr__(self, "kind", TENDER_KINDS[self.kind])

    @property
    def called(self) -> LocalText | str:
        """The name of the means of payment: the channel's, or the kind, which the catalogues name."""
        return self.kind if self.name is None else self.name

    @property
    def taken(self) -> Money:
        """What stays of what was handed over: what it covers, as cash rounding has it, and the tip."""
        return self.handed - self.change

    @property
    def tip(self) -> Money:
        """What of it is a tip, and pays for nothing."""
        return self.taken - self.amount - self.rounding

    @property
    def counts(self) -> bool:
        """Whether it is approved."""
        return self.state is TenderState.APPROVED

    @property
    def is_open(self) -> bool:
        """Whether the terminal's answer is still missing."""
        return self.state in (TenderState.INTENT, TenderState.UNKNOWN)


@value
class SaidPrice:
    """The price that was fixed when an order was held: by which menu, on which business day, for which channel."""

    menu_version: int
    day: date
    channel: str | None = None


@value
class Order:
    """A whole order: everything that must survive a crash.

    `checking_out` is set by Enter and cleared by going back; `answer_count` is how many of a line the next choice is
    for, 0 for all; `exempt` is the cashier's reason why neither question applies, `settled` are the reasons fixed at
    the first tender. `held_total` is the total when it was held, `said` the menu of that price; `menu_version` is the
    menu that it was last priced by (0: unknown), fixed from the first tender on, at `frozen_at`. `next_visit` is the
    offer that the customer brought. `purpose` is what it is rung for. `call_number` is 0 until the first tender;
    `ordinal` is its place among the till's orders, 0 until its first act. `channel` is how it came in, None at the
    counter. `sent` is what was sent to the kitchen before payment, `remakes` the ticket that is made again. `discount`
    is given by hand. `exchange` are the goods that are returned for it.
    """

    id: str
    call_number: int
    opened_at: datetime
    lines: tuple[LineItem, ...] = ()
    next_line: int = 1
    serving_mode: ServingMode | None = None
    allergens: frozenset[str] = frozenset()
    note: str = ""
    language: str | None = None
    codes: tuple[str, ...] = ()
    checking_out: bool = False
    questions: tuple[Question, ...] = ()
    exempt: Reason | None = None
    settled: tuple[NotApplicable, ...] = ()
    tenders: tuple[Tender, ...] = ()
    held_total: Money | None = None
    next_visit: NextVisit | None = None
    answer_count: int = 0
    ordinal: int = 0
    menu_version: int = 0
    said: SaidPrice | None = None
    frozen_at: datetime | None = None
    purpose: Purpose = Purpose.SALE
    channel: str | None = None
    sent: Sent | None = None
    remakes: FirstTicket | None = None
    discount: ManualDiscount | None = None
    exchange: Exchange | None = None
    tip: Tip | None = None

    def line(self, line_id: int) -> LineItem | None:
        """The line with an id, or None."""
        return next((line for line in self.lines if line.id == line_id), None)

    def question(self, kind: OfferKind) -> Question | None:
        """The question of a kind, asked or open."""
        return next((question for question in self.questions if question.kind is kind), None)

    def with_question(self, question: Question) -> Order:
        """The order with the question of its kind added or replaced."""
        rest = tuple(entry for entry in self.questions if entry.kind is not question.kind)
        return replace(self, questions=tuple(sorted((*rest, question), key=lambda entry: entry.kind.number)))

    def without_question(self, kind: OfferKind) -> Order:
        """The order without its question of a kind."""
        return replace(self, questions=tuple(entry for entry in self.questions if entry.kind is not kind))

    def is_untouched(self) -> bool:
        """Whether nothing was rung, noted or set."""
        bare = replace(self, menu_version=0, said=None)
        return bare == Order(self.id, self.call_number, self.opened_at, ordinal=self.ordinal)

    @property
    def is_sale(self) -> bool:
        """Whether it is to be paid, unlike a staff meal, a remake or waste."""
        return self.purpose is Purpose.SALE

    @property
    def units(self) -> int:
        """The sum of its lines' quantities."""
        return sum(line.quantity for line in self.lines)

    @property
    def paid(self) -> Money:
        """What the approved tenders cover."""
        return total(tender.amount for tender in self.tenders if tender.counts)

    @property
    def credit(self) -> Money:
        """The credit for returned goods, until it is a tender."""
        taken = any(tender.kind == EXCHANGE and (tender.counts or tender.is_open) for tender in self.tenders)
        return ZERO if self.exchange is None or taken else self.exchange.credit

    @property
    def tip_said(self) -> Money:
        """What is noted as a tip for the next payment, as far as it is known."""
        return ZERO if self.tip is None else self.tip.said

    @property
    def change_due(self) -> Money:
        """The change in cash."""
        return total(tender.change for tender in self.tenders if tender.counts)

    @property
    def open_tender(self) -> Tender | None:
        """The card or mobile payment that waits for its answer."""
        return next((tender for tender in self.tenders if tender.is_open), None)

    @property
    def is_frozen(self) -> bool:
        """Whether a payment was made, or may have been: lines and answers are fixed."""
        return any(tender.counts or tender.is_open for tender in self.tenders)


def without_intent(order: Order) -> Order:
    """The order with an open terminal request marked as unknown."""
    tenders = (
        replace(tender, state=TenderState.UNKNOWN) if tender.state is TenderState.INTENT else tender
        for tender in order.tenders
    )
    return replace(order, tenders=tuple(tenders)) if order.open_tender is not None else order


def add_line(order: Order, line: LineItem) -> Order:
    """Add a line: merged with the last line if they are alike, else as a new one."""
    last = order.lines[-1] if order.lines else None
    if last is not None and last.is_like(line) and last.quantity + line.quantity <= LARGEST_QUANTITY:
        return put_line(order, replace(last, quantity=last.quantity + line.quantity))
    new = replace(line, id=order.next_line)
    return replace(order, lines=(*order.lines, new), next_line=order.next_line + 1)


def put_line(order: Order, line: LineItem) -> Order:
    """Replace the line with the same id."""
    return replace(order, lines=tuple(line if entry.id == line.id else entry for entry in order.lines))


def drop_line(order: Order, line_id: int) -> Order:
    """Take a line out."""
    return replace(order, lines=tuple(entry for entry in order.lines if entry.id != line_id))


def change_some(order: Order, line: LineItem, count: int, change: Callable[[LineItem], LineItem]) -> Order:
    """Change `count` of a line's units: all of them in place, fewer as a new line after it."""
    if count >= line.quantity:
        return put_line(order, change(line))
    rest = replace(line, quantity=line.quantity - count)
    changed = replace(change(replace(line, quantity=count)), id=order.next_line)
    lines = tuple(row for entry in order.lines for row in ((rest, changed) if entry.id == line.id else (entry,)))
    return replace(order, lines=lines, next_line=order.next_line + 1)


def new_line(menu: Menu, item: MenuItem, quantity: int = 1) -> LineItem:
    """A line as a tile rings it: every slot at its default, and single choices made."""
    fillings = [(slot.id, sku) for slot in menu.meal_slots(item) if (sku := slot.default or slot.only) is not None]
    return LineItem(0, item.sku, quantity, only_modifiers(menu, item), tuple(fillings))


def only_modifiers(menu: Menu, item: MenuItem) -> tuple[str, ...]:
    """The modifiers of groups without a choice, all of whose modifiers must be chosen."""
    return tuple(
        entry.id
        for group in menu.item_groups(item)
        if group.minimum >= len(group.modifiers)
        for entry in group.modifiers
    )


def open_slot(menu: Menu, line: LineItem) -> Slot | None:
    """The first slot of a line that nothing fills yet."""
    return next(open_slots(menu, line), None)


def open_slots(menu: Menu, line: LineItem) -> Iterator[Slot]:
    """The slots of a line that nothing fills yet."""
    return (slot for slot in menu.meal_slots(menu.items[line.sku]) if line.filling(slot.id) is None)


def chosen_in(menu: Menu, line: LineItem, group: str) -> tuple[str, ...]:
    """The modifiers on a line that belong to a group, repeated if they are there twice."""
    ids = [entry.id for entry in menu.groups[group].modifiers]
    return tuple(modifier for modifier in line.modifiers if modifier in ids)


def modifier_names(menu: Menu, line: LineItem) -> tuple[LocalText, ...]:
    """The names of a line's modifiers with their counts: `2 × Ekstra bacon`."""
    return _counted(menu, line.modifiers)


def left_out_names(menu: Menu, line: LineItem) -> tuple[LocalText, ...]:
    """Those of `modifier_names` that are parts left out."""
    return _counted(menu, [modifier for modifier in line.modifiers if menu.modifiers[modifier].leaves_out])


def _counted(menu: Menu, modifiers: Iterable[str]) -> tuple[LocalText, ...]:
    counts = Counter(modifiers)
    names = ((menu.modifiers[modifier].name, count) for modifier, count in counts.items())
    return tuple(
        name if count == 1 else LocalText(f"{count} × {name.nb}", f"{count} × {name.en}") for name, count in names
    )


def add_modifier(menu: Menu, line: LineItem, group: ModifierGroup, modifier: str) -> LineItem | None:
    """The line with one more of a modifier; None when the group, or the modifier's own maximum, has no room for it."""
    there = chosen_in(menu, line, group.id)
    most = menu.modifiers[modifier].maximum
    if len(there) >= group.maximum or there.count(modifier) >= most:
        return None
    return replace(line, modifiers=(*line.modifiers, modifier))


def open_groups(menu: Menu, line: LineItem) -> Iterator[ModifierGroup]:
    """The groups of a line from which something has yet to be chosen."""
    groups = menu.item_groups(menu.items[line.sku])
    return (group for group in groups if len(chosen_in(menu, line, group.id)) < group.minimum)


def order_name(menu: Menu, order: Order) -> LocalText:
    """The name of an order: its call number, else its note, else the time of its first act and its first line; with its
    channel in front."""
    if order.call_number:
        return LocalText(f"Nr. {order.call_number}", f"No. {order.call_number}")
    channel = menu.channels.get(order.channel) if order.channel is not None else None
    if channel is not None:
        inside = order_name(menu, replace(order, channel=None))
        return LocalText(f"{channel.name.nb} {inside.nb}", f"{channel.name.en} {inside.en}")
    if order.note:
        return LocalText(order.note, order.note)
    begun = f"{order.opened_at:%H:%M}"
    if not order.lines:
        return LocalText(begun, begun)
    first = menu.items.get(order.lines[0].sku)
    name = first.name if first is not None else LocalText(order.lines[0].sku, order.lines[0].sku)
    return LocalText(f"{begun} {name.nb}", f"{begun} {name.en}")


def has_food(menu: Menu, order: Order) -> bool:
    """Whether there is anything to eat or drink; otherwise the serving mode is not asked.

    The tax on food depends on where it is eaten; that on other goods and services does not.
    """
    classes: set[VatClass | None] = {menu.items[line.sku].vat for line in order.lines}
    classes |= {menu.modifiers[modifier].vat for line in order.lines for modifier in line.modifiers}
    return not classes.isdisjoint(EATEN)


def served(menu: Menu, order: Order) -> ServingMode | None:
    """The serving mode: as chosen; take-away for an order without food; None while an order with food has none."""
    if order.serving_mode is not None or has_food(menu, order):
        return order.serving_mode
    return ServingMode.TAKE_AWAY


def noted_on(order: Order, line: LineItem) -> frozenset[str]:
    """The allergens noted for a line: the order's and its own."""
    return order.allergens | line.allergens


def noted_anywhere(order: Order) -> frozenset[str]:
    """The allergens noted on the order or any of its lines: nothing with them is offered."""
    return order.allergens.union(*(line.allergens for line in order.lines))


def everything_in(menu: Menu, line: LineItem) -> Iterator[MenuItem]:
    """The line's item; for a meal also its main item and its fillings."""
    item = menu.items[line.sku]
    yield item
    if item.meal is not None:
        yield menu.items[item.meal.main]
        yield from (menu.items[sku] for _, sku in line.fillings)


def line_allergens(menu: Menu, line: LineItem) -> AllergenCard:
    """The allergens of a line with its fillings. Modifiers change the item, not its fillings: without cheese there is
    still milk in the shake."""
    item = menu.items[line.sku]
    main = () if item.meal is None else (menu.items[item.meal.main],)
    modifiers = [menu.modifiers[modifier] for modifier in line.modifiers]
    adds = frozenset(name for modifier in modifiers for name in modifier.adds)
    removes = frozenset(name for modifier in modifiers for name in modifier.removes)
    own = (part.allergens.changed(adds, removes) for part in (item, *main))
    return together((*own, *(menu.items[sku].allergens for _, sku in line.fillings)))


def goods_in(menu: Menu, order: Order) -> Counter[Sku]:
    """How many of each item the customer gets; the parts of meals are counted instead of the meals."""
    goods: Counter[Sku] = Counter()
    for line in order.lines:
        for item in everything_in(menu, line):
            if item.meal is None:
                goods[item.sku] += line.quantity
    return goods


def asked_for(menu: Menu, order: Order) -> set[Sku]:
    """The different items that the customer asked for unasked: without what question 2 sold, and a meal as its main
    item. The other parts of a meal come with it, and say nothing about what people combine."""
    items = (menu.items[line.sku] for line in order.lines if line.offered is not OfferKind.CROSS_SELL)
    return {item.sku if item.meal is None else item.meal.main for item in items}
