"""The verbs of ringing: what is bought, how it is changed, and what is noted on it."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.allergens import ALLERGENS
from pos.domain.channels import Channel
from pos.domain.errors import Refused
from pos.domain.items import MenuItem, ServingMode, Sku
from pos.domain.ledger import EventName, OfferEvent
from pos.domain.order import (
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
from pos.domain.questions import OfferKind, Outcome, Reason
from pos.domain.redeeming import redeemed
from pos.domain.selling import obstacle_of
from pos.domain.taken_offer import taken_by
from pos.domain.text import is_safe
from pos.domain.upgrades import neighbour, raise_some
from pos.register.core import Core
from pos.wording.stopping import WHY_UNSOLD


class Ringing(Core):
    """The verbs of ringing. Each raises `Refused` when it does not fit, and then changes nothing."""

    def ring(self, sku: Sku, quantity: int = 1, onto: int | None = None) -> int:
        """Ring a thing; returns the id of the line that what comes next concerns.

        A drink or side goes into a meal on the line `onto` while that slot is at its default. Of several meals it
        takes one, and the others stay the ones that the next drink goes into.
        """
        order = self._open_order()
        self.refresh_menu()
        item = self._sellable(sku)
        check_quantity(quantity)
        meal = order.line(onto) if onto is not None else None
        slot = self._free_slot(meal, item) if meal is not None and quantity == 1 else None
        if meal is not None and slot is not None:
            order = change_some(order, meal, 1, lambda line: line.filled(*slot))
            went_to = meal.id
        else:
            order, went_to = self._rung(add_line(order, self._new_line(item, quantity)))
        self._commit("ring", replace(order, checking_out=False, answer_count=0))
        return went_to

    def _rung(self, order: Order) -> tuple[Order, int]:
        """The order after its last line was rung, and that line: a next-visit offer that waited is taken if it fits."""
        line = order.lines[-1]
        taken = redeemed(order, self.moment(), [line]) if order.next_visit is not None else order
        marked = taken_by(taken, self.menu) if taken is not order else None
        return taken, (marked or line).id

    def ring_code(self, code: str, quantity: int = 1, onto: int | None = None) -> int:
        """Ring a PLU or a barcode. Raises `Refused` for one that the menu does not know."""
        return self.ring(self.coded(code).sku, quantity, onto)

    def coded(self, code: str) -> MenuItem:
        """The item with a PLU or a barcode. Raises `Refused` for one that the menu does not know."""
        item = self.menu.coded(code)
        if item is None:
            raise Refused("unknown-plu" if len(code) < 8 else "unknown-barcode", code=code[:14])
        return item

    def change_quantity(self, line_id: int, delta: int) -> None:
        """One more or one fewer of a line; the last one goes with its line."""
        line = self._line(line_id)
        if line.quantity + delta <= 0:
            self.void(line_id)
            return
        check_quantity(line.quantity + delta)
        self._commit("quantity", put_line(self.order, replace(line, quantity=line.quantity + delta)))

    def same_again(self, line_id: int) -> int:
        """One more of a line, with the same changes and fillings, on a new line right after it; returns its id."""
        line = self._line(line_id)
        self._sellable(line.sku)
        order = self.order
        again = replace(line, id=order.next_line, quantity=1, offered=None, takes_next_visit=False, confirmed=None)
        lines = tuple(row for entry in order.lines for row in ((entry, again) if entry.id == line_id else (entry,)))
        self._commit("same_again", replace(order, lines=lines, next_line=order.next_line + 1))
        return again.id

    def void(self, line_id: int) -> None:
        """Take a line out; what depended on it is priced again."""
        line = self._line(line_id)
        self._commit("void", drop_line(self.order, line.id))

    def modify(self, line_id: int, modifier: str) -> None:
        """Put one more of a modifier on a line, or take it off when the line has the most of it; in a group of one the
        new one replaces the old."""
        line = self._line(line_id)
        changed = self._modified(line, modifier)
        self._commit("modify", put_line(self.order, changed))

    def fill(self, line_id: int, slot: str, sku: Sku) -> None:
        """Fill a slot of a line's meals: of all of them."""
        line = self._line(line_id)
        if self.menu.slots[slot].choice(sku) is None:
            raise Refused("no-such-choice")
        self._sellable(sku)
        self._commit("fill", put_line(self.order, line.filled(slot, sku)))

    def step(self, line_id: int, direction: int) -> None:
        """A step up (1) or down (-1) that the customer asked for: the size is said with it."""
        line = self._line(line_id)
        sku = neighbour(self.menu, line, direction)
        if sku is None:
            raise Refused("no-step-up" if direction > 0 else "no-step-down")
        target = self._sellable(sku)
        offered = line.offered if direction > 0 else None
        said = replace(line, size_said=True, offered=offered)
        order = raise_some(put_line(self.order, said), said, target, line.quantity, self.moment())
        self._commit("step_up" if direction > 0 else "step_down", order, self._changed_mind(line, sku))

    def say_size(self, line_id: int) -> None:
        """The customer has said the size: it is not asked for again. Again takes it off."""
        line = self._line(line_id)
        self._commit("size_said", put_line(self.order, replace(line, size_said=not line.size_said)))

    def note(self, text: str, line_id: int | None = None) -> None:
        """Note something for the kitchen, on a line or on the order; an empty text takes the note off."""
        order = self._open_order()
        text = text.strip()
        if len(text) > LONGEST_NOTE:
            raise Refused("note-too-long", most=LONGEST_NOTE)
        if not is_safe(text):
            raise Refused("unsafe-text")
        if line_id is None:
            self._commit("note", replace(order, note=text))
        else:
            self._commit("note", put_line(order, replace(self._line(line_id), note=text)))

    def note_allergen(self, allergen: str, line_id: int | None = None) -> None:
        """Note an allergy on the order or on a line, or take it off: nothing that might hold it is offered then.

        What is noted on the order holds for its lines as well: it is taken off there.
        """
        order = self._open_order()
        if allergen not in ALLERGENS:
            raise Refused("no-such-choice")
        if line_id is None or allergen in order.allergens:
            self._commit("allergen", replace(order, allergens=order.allergens ^ {allergen}))
        else:
            line = self._line(line_id)
            self._commit("allergen", put_line(order, replace(line, allergens=line.allergens ^ {allergen})))

    def serve(self, mode: ServingMode | None) -> None:
        """Eat in, take away, or not said yet; it prices the order again, and answers stand.

        Raises `Refused` where the order's channel has only one way.
        """
        channel = self.channel()
        if channel is not None and channel.serving not in (None, mode):
            raise Refused("channel-serves", name=channel.name, mode=channel.serving)
        self._commit_answer("serving_mode", replace(self._open_order(), serving_mode=mode))

    def channel(self) -> Channel | None:
        """Where the order came from; None at the counter."""
        return self.menu.channels.get(self.order.channel) if self.order.channel is not None else None

    def platform(self) -> Channel | None:
        """The platform that has the customer's money; None where the order is paid in the shop, or not at all."""
        channel = self.channel()
        return channel if channel is not None and channel.is_platform and self.order.is_sale else None

    def channels(self) -> tuple[Channel, ...]:
        """Where an order may come from besides the counter, as the menu has it now."""
        return tuple(channel for channel in self.menu.channels.values() if not channel.retired)

    def come_from(self, channel_id: str | None) -> None:
        """Say where the order came from; None is the counter. Its prices follow, and how it is served where that is
        fixed. Nobody is there to be asked: both questions rest. A code from an earlier visit goes where nothing is
        cheaper, and stays good."""
        order, before = self._open_order(), self.channel()
        channel = next((entry for entry in self.channels() if entry.id == channel_id), None)
        if channel is None and channel_id is not None:
            raise Refused("no-such-choice")
        if channel_id == order.channel:
            return
        mode, exempt = order.serving_mode, order.exempt
        if before is not None:
            mode = mode if before.serving is None else None
            exempt = None if exempt is Reason.NOT_PRESENT else exempt
        if channel is not None:
            mode, exempt = channel.serving or mode, Reason.NOT_PRESENT
            if not channel.deals and order.next_visit is not None:
                lines = tuple(replace(line, takes_next_visit=False) for line in order.lines)
                order = replace(order, next_visit=None, lines=lines)
        self._commit_answer("channel", replace(order, channel=channel_id, serving_mode=mode, exempt=exempt))

    def _refuse_without_deals(self) -> None:
        """Raises `Refused` `channel-no-deals` on a channel where nothing is cheaper."""
        channel = self.channel()
        if channel is not None and not channel.deals:
            raise Refused("channel-no-deals", name=channel.name)

    def add_code(self, code: str) -> bool:
        """Take a coupon's code; whether it makes the order cheaper as it is. Raises `Refused` for an unknown one."""
        order = self._open_order()
        self._refuse_without_deals()
        wanted = code.strip().upper()
        known = {
            incentive.code.upper(): incentive.code for incentive in self.menu.incentives.values() if incentive.code
        }
        if wanted not in known:
            raise Refused("coupon-unknown", code=code[:20])
        if known[wanted] not in order.codes:
            self._commit("coupon", replace(order, codes=(*order.codes, known[wanted])))
        without = replace(self.order, codes=tuple(entry for entry in self.order.codes if entry != known[wanted]))
        return self.priced().total != self.moment().price(without).total

    def speak(self, language: str | None) -> None:
        """The customer's language, for the words and the receipt; None is the till's own."""
        self._commit("language", replace(self.order, language=language))

    def _sellable(self, sku: Sku) -> MenuItem:
        """The item, if it can be rung now."""
        item = self.menu.items.get(sku)
        if item is None or item.retired:
            raise Refused("unknown-item", code=sku)
        moment = self.moment()
        obstacle = obstacle_of(sku, None, moment)
        if obstacle is not None:
            raise Refused(WHY_UNSOLD[obstacle.why], name=obstacle.name)
        if moment.is_sold_out(item):
            raise Refused("sold-out-item", name=item.full_name)
        return item

    def _new_line(self, item: MenuItem, quantity: int) -> LineItem:
        """The item as its tile rings it; a slot whose default cannot be had stays open, and the till asks."""
        line, unavailable = new_line(self.menu, item, quantity), self.moment().unavailable
        return replace(line, fillings=tuple(entry for entry in line.fillings if entry[1] not in unavailable))

    def _free_slot(self, meal: LineItem, item: MenuItem) -> tuple[str, Sku] | None:
        """The slot of a meal that the item may go into, and the size of it that the slot takes."""
        moment = self.moment()
        for slot in self.menu.meal_slots(self.menu.items[meal.sku]):
            at_default = slot.id not in meal.chosen and meal.filling(slot.id) == slot.default
            sizes = [sku for sku in moment.slot_choices(slot) if self.menu.items[sku].kin == item.kin]
            if at_default and sizes:
                return slot.id, item.sku if item.sku in sizes else sizes[0]
        return None

    def _modified(self, line: LineItem, modifier: str) -> LineItem:
        item = self.menu.items[line.sku]
        group = next((g for g in self.menu.item_groups(item) if any(m.id == modifier for m in g.modifiers)), None)
        if group is None:
            raise Refused("no-such-choice")
        more = add_modifier(self.menu, line, group, modifier)
        gone = modifier in line.modifiers and modifier in self.moment().modifiers_unavailable
        if more is not None and not gone:
            return more
        if modifier in line.modifiers:
            return replace(line, modifiers=tuple(entry for entry in line.modifiers if entry != modifier))
        there = chosen_in(self.menu, line, group.id)
        if group.maximum > 1:
            raise Refused("group-full", most=group.maximum)
        return replace(line, modifiers=tuple(modifier if entry in there else entry for entry in line.modifiers))

    def _changed_mind(self, line: LineItem, sku: Sku) -> list[OfferEvent]:
        """A step up by hand to what was refused in question 1 is a changed mind, and written down as one."""
        question = self.order.question(OfferKind.UPSELL)
        if question is None or question.answer is not Outcome.DECLINED or question.offer.sku != sku:
            return []
        return [OfferEvent(EventName.CHANGED_MIND, question.kind, question.offer.id, self.now, units=line.quantity)]


def check_quantity(quantity: int) -> None:
    """Raises `Refused` for a quantity that no line can have."""
    if not 1 <= quantity <= LARGEST_QUANTITY:
        raise Refused("quantity-absurd", quantity=quantity, most=LARGEST_QUANTITY)
