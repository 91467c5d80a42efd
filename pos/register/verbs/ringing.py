"""The verbs of ringing: add lines, change them, and add notes."""

from __future__ import annotations

from pos.domain.asking.upgrades import neighbour, raise_some
from pos.domain.errors import Refused
from pos.domain.menu.allergens import ALLERGENS
from pos.domain.menu.items import MenuItem, ServingMode, Sku
from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO
from pos.domain.next_visit.redeeming import redeemed
from pos.domain.order.discounts import DiscountReason, ManualDiscount
from pos.domain.order.order import (
    LARGEST_QUANTITY,
    LONGEST_NOTE,
    LineItem,
    Order,
    add_line,
    add_modifier,
    change_some,
    chosen_in,
    drop_line,
    new_line,
    put_line,
)
from pos.domain.order.questions import OfferKind, Outcome
from pos.domain.order.taken_offer import taken_by
from pos.domain.people import Right, unsaid
from pos.domain.sale.ledger import EventName, OfferEvent
from pos.domain.selling.selling import obstacle_of
from pos.domain.shift.shift import CorrectionKind, Tallied
from pos.domain.text import is_safe
from pos.domain.value import replace
from pos.register.gate import Change, given, verb
from pos.register.needs import allowed, an_open_order, line_of
from pos.register.questions import restart_read_delay
from pos.register.scene import Scene
from pos.store import Fact, TallyRow
from pos.wording.stopping import WHY_UNSOLD


@given(an_open_order)
def ring(scene: Scene, order: Order, sku: Sku, quantity: int = 1, onto: int | None = None) -> Change[int]:
    """Ring an item. Returns the id of its line.

    A drink or side fills a slot of the meal on line `onto` while that slot is at its default. Of several meals on the
    line one is split off and filled, and the next drink goes to the others.
    """
    item = sellable(scene, sku)
    check_quantity(quantity)
    meal = order.line(onto) if onto is not None else None
    slot = _free_slot(scene, meal, item) if meal is not None and quantity == 1 else None
    if meal is not None and slot is not None:
        order, went_to = change_some(order, meal, 1, lambda line: line.filled(*slot)), meal.id
    else:
        order, went_to = _rung(scene, add_line(order, _new_line(scene, item, quantity)))
    return scene.moved(replace(order, checking_out=False, answer_count=0), result=went_to)


def _rung(scene: Scene, order: Order) -> tuple[Order, int]:
    """The order after its last line was rung, and the line's id. A waiting next-visit offer is used if it fits."""
    line = order.lines[-1]
    taken = redeemed(order, scene.moment_of(order), [line]) if order.next_visit is not None else order
    marked = taken_by(taken, scene.menu) if taken is not order else None
    return taken, (marked or line).id


def coded(menu: Menu, code: str) -> MenuItem:
    """The item with a PLU or barcode. Raises `Refused` for an unknown code."""
    item = menu.coded(code)
    if item is None:
        raise Refused("unknown-plu" if len(code) < 8 else "unknown-barcode", code=code[:14])
    return item


@given(an_open_order)
def change_quantity(scene: Scene, order: Order, line_id: int, delta: int) -> Change[None]:
    """Add to a line's quantity, or subtract from it. A line without quantity is removed."""
    line = line_of(order, line_id)
    if line.quantity + delta <= 0:
        return scene.moved(drop_line(order, line.id), result=None, facts=fewer(scene, line, line.quantity))
    check_quantity(line.quantity + delta)
    changed = put_line(order, replace(line, quantity=line.quantity + delta))
    return scene.moved(changed, result=None, facts=fewer(scene, line, -delta))


@given(an_open_order)
def same_again(scene: Scene, order: Order, line_id: int) -> Change[int]:
    """Ring a line's item once more, with the same modifiers and fillings, on a new line after it. Returns the new
    line's id."""
    line = line_of(order, line_id)
    sellable(scene, line.sku)
    again = replace(line, id=order.next_line, quantity=1, offered=None, takes_next_visit=False, confirmed=None)
    lines = tuple(row for entry in order.lines for row in ((entry, again) if entry.id == line_id else (entry,)))
    return scene.moved(replace(order, lines=lines, next_line=order.next_line + 1), result=again.id)


@given(an_open_order)
def void(scene: Scene, order: Order, line_id: int) -> Change[None]:
    """Remove a line, and reprice what depended on it."""
    line = line_of(order, line_id)
    return scene.moved(drop_line(order, line.id), result=None, facts=fewer(scene, line, line.quantity))


@given(an_open_order)
def modify(scene: Scene, order: Order, line_id: int, modifier: str) -> Change[None]:
    """Add one of a modifier to a line, or remove it where the line has its maximum. In a group that allows one, the new
    modifier replaces the old."""
    return scene.moved(put_line(order, modified(scene, line_of(order, line_id), modifier)), result=None)


@given(an_open_order)
def fill(scene: Scene, order: Order, line_id: int, slot: str, sku: Sku) -> Change[None]:
    """Fill a slot in all meals of a line."""
    line = line_of(order, line_id)
    if scene.menu.slots[slot].choice(sku) is None:
        raise Refused("no-such-choice")
    sellable(scene, sku)
    return scene.moved(put_line(order, line.filled(slot, sku)), result=None)


@given(an_open_order)
def step(scene: Scene, order: Order, line_id: int, direction: int) -> Change[None]:
    """Move a line a step up (1) or down (-1), because the customer asked for it. This also confirms its size."""
    line = line_of(order, line_id)
    sku = neighbour(scene.menu, line, direction)
    if sku is None:
        raise Refused("no-step-up" if direction > 0 else "no-step-down")
    target = sellable(scene, sku)
    said = replace(line, size_said=True, offered=line.offered if direction > 0 else None)
    stepped = raise_some(put_line(order, said), said, target, line.quantity, scene.moment)
    return scene.moved(stepped, result=None, events=_changed_mind(scene, line, sku))


def _changed_mind(scene: Scene, line: LineItem, sku: Sku) -> list[OfferEvent]:
    """The ledger's event for a step up by hand to what was declined in question 1."""
    question = scene.order.question(OfferKind.UPSELL)
    if question is None or question.answer is not Outcome.DECLINED or question.offer.sku != sku:
        return []
    return [OfferEvent(EventName.CHANGED_MIND, question.kind, question.offer.id, scene.now, units=line.quantity)]


@given(an_open_order)
def confirm_size(scene: Scene, order: Order, line_id: int) -> Change[None]:
    """Mark a line's size as said by the customer, so that the till does not ask for another; or remove the mark."""
    line = line_of(order, line_id)
    return scene.moved(put_line(order, replace(line, size_said=not line.size_said)), result=None)


@given(an_open_order)
def note(scene: Scene, order: Order, text: str, line_id: int | None = None) -> Change[None]:
    """Set the kitchen note of a line or of the order; an empty text removes it."""
    text = text.strip()
    if len(text) > LONGEST_NOTE:
        raise Refused("note-too-long", most=LONGEST_NOTE)
    if not is_safe(text):
        raise Refused("unsafe-text")
    if line_id is None:
        return scene.moved(replace(order, note=text), result=None)
    return scene.moved(put_line(order, replace(line_of(order, line_id), note=text)), result=None)


@given(an_open_order)
def note_allergen(scene: Scene, order: Order, allergen: str, line_id: int | None = None) -> Change[None]:
    """Note an allergy on the order or on a line, or remove it. Nothing that may contain the allergen is offered.

    An allergy noted on the order holds for its lines, and is removed there.
    """
    if allergen not in ALLERGENS:
        raise Refused("no-such-choice")
    if line_id is None or allergen in order.allergens:
        return scene.moved(replace(order, allergens=order.allergens ^ {allergen}), result=None)
    line = line_of(order, line_id)
    return scene.moved(put_line(order, replace(line, allergens=line.allergens ^ {allergen})), result=None)


@given(an_open_order)
def serve(scene: Scene, order: Order, mode: ServingMode | None) -> Change[None]:
    """Set eat in, take away or unset. The order is priced again; answers stand.

    Raises `Refused` if the order's channel has only one way.
    """
    channel = scene.channel
    if channel is not None and channel.serving not in (None, mode):
        raise Refused("channel-serves", name=channel.name, mode=channel.serving)
    return scene.moved(restart_read_delay(replace(order, serving_mode=mode), scene.now), result=None)


@given(an_open_order)
def add_code(scene: Scene, order: Order, code: str) -> Change[bool]:
    """Add a coupon's code. Returns whether it lowers the price of the order as it is. Raises `Refused` for an unknown
    one."""
    refuse_without_deals(scene)
    wanted = code.strip().upper()
    incentives = scene.menu.incentives.values()
    known = {incentive.code.upper(): incentive.code for incentive in incentives if incentive.code}
    if wanted not in known:
        raise Refused("coupon-unknown", code=unsaid(code, 20, has_people=scene.has_people))
    without = replace(order, codes=tuple(entry for entry in order.codes if entry != known[wanted]))
    with_it = replace(without, codes=(*without.codes, known[wanted]))
    is_cheaper = scene.moment.price(with_it).goods < scene.moment.price(without).goods
    return Change(is_cheaper) if known[wanted] in order.codes else scene.moved(with_it, result=is_cheaper)


def a_shop_with_discounts(scene: Scene) -> Order:
    """The open order, if a discount may be given. Raises `Refused`: `no-discounts`, and on a channel without deals."""
    order = an_open_order(scene)
    if not scene.menu.most_discount:
        raise Refused("no-discounts")
    refuse_without_deals(scene)
    return order


@given(allowed(Right.DISCOUNT, a_shop_with_discounts))
def give_discount(scene: Scene, order: Order, share: int, reason: DiscountReason) -> Change[None]:
    """Give a discount on the whole order, in basis points, whatever is rung later. Refused: `discount-too-large` above
    the shop's limit."""
    most = scene.menu.most_discount
    if not 0 < share <= most:
        raise Refused("discount-too-large", share=most // 100)
    why = f"discount-{reason.replace('_', '-')}"
    discounted = replace(order, discount=ManualDiscount(share, reason))
    return replace(scene.moved(discounted, result=None), reason=why)


@given(an_open_order)
def drop_discount(scene: Scene, order: Order) -> Change[None]:
    """Remove the discount. Recorded only if there was one."""
    if order.discount is None:
        return Change(None)
    return scene.moved(replace(order, discount=None), result=None)


@verb
def speak(scene: Scene, language: str | None) -> Change[None]:
    """Set the customer's language, for the words and the receipt; None is the till's own."""
    return scene.moved(replace(scene.order, language=language), result=None)


# what verbs share


def fewer(scene: Scene, line: LineItem, units: int) -> tuple[Fact, ...]:
    """The fact that the shift counts a correction of `units` fewer of a line; none if there are more."""
    if units <= 0 or scene.shift is None:
        return ()
    each = next((priced.unit_price for priced in scene.priced.lines if priced.line.id == line.id), ZERO)
    kind = CorrectionKind.REMOVED if units >= line.quantity else CorrectionKind.LOWERED
    return scene.tallied(TallyRow(Tallied.CORRECTION, units, each * units, kind))


def refuse_without_deals(scene: Scene) -> None:
    """Raises `Refused` `channel-no-deals` on a channel without deals."""
    if scene.channel is not None and not scene.channel.deals:
        raise Refused("channel-no-deals", name=scene.channel.name)


def check_quantity(quantity: int) -> None:
    """Raises `Refused` for a quantity that a line cannot have."""
    if not 1 <= quantity <= LARGEST_QUANTITY:
        raise Refused("quantity-absurd", quantity=quantity, most=LARGEST_QUANTITY)


def sellable(scene: Scene, sku: Sku) -> MenuItem:
    """The item, if it can be sold now. Raises `Refused` with the reason if not."""
    item = scene.menu.items.get(sku)
    if item is None or item.retired:
        raise Refused("unknown-item", code=sku)
    obstacle = obstacle_of(sku, None, scene.moment)
    if obstacle is not None:
        raise Refused(WHY_UNSOLD[obstacle.why], name=obstacle.name)
    if scene.moment.is_sold_out(item):
        raise Refused("sold-out-item", name=item.full_name)
    return item


def _new_line(scene: Scene, item: MenuItem, quantity: int) -> LineItem:
    """The line that a tile rings. A slot whose default is not available stays open, and the till asks."""
    line, unavailable = new_line(scene.menu, item, quantity), scene.moment.unavailable
    return replace(line, fillings=tuple(entry for entry in line.fillings if entry[1] not in unavailable))


def _free_slot(scene: Scene, meal: LineItem, item: MenuItem) -> tuple[str, Sku] | None:
    """The slot of a meal that the item can fill, and the size in which it does."""
    menu = scene.menu
    for slot in menu.meal_slots(menu.items[meal.sku]):
        at_default = slot.id not in meal.chosen and meal.filling(slot.id) == slot.default
        sizes = [sku for sku in scene.moment.slot_choices(slot) if menu.items[sku].kin == item.kin]
        if at_default and sizes:
            return slot.id, item.sku if item.sku in sizes else sizes[0]
    return None


def modified(scene: Scene, line: LineItem, modifier: str) -> LineItem:
    """A line with one more of a modifier, or without it. Raises `Refused` where its group is full."""
    menu = scene.menu
    item = menu.items[line.sku]
    group = next((g for g in menu.item_groups(item) if any(m.id == modifier for m in g.modifiers)), None)
    if group is None:
        raise Refused("no-such-choice")
    more = add_modifier(menu, line, group, modifier)
    gone = modifier in line.modifiers and modifier in scene.moment.modifiers_unavailable
    if more is not None and not gone:
        return more
    if modifier in line.modifiers:
        return replace(line, modifiers=tuple(entry for entry in line.modifiers if entry != modifier))
    there = chosen_in(menu, line, group.id)
    if group.maximum > 1:
        raise Refused("group-full", most=group.maximum)
    return replace(line, modifiers=tuple(modifier if entry in there else entry for entry in line.modifiers))
