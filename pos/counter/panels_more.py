"""Everything else, each with its own key: notes, held orders, coupons, language, and the end of a shift."""

from __future__ import annotations

from functools import partial

from pos.counter import keys, next_visit
from pos.counter.bare import Act, BareCounter, Entry, Panel, TextPanel
from pos.counter.lists import ListPanel, Row
from pos.counter.panels_paper import print_owed, reprint
from pos.counter.panels_sold_out import open_sold_out
from pos.counter.speaking import speak_other
from pos.counter.states import Say, State, Tone, say
from pos.domain.errors import Refused
from pos.domain.order import LONGEST_NOTE, Order, order_name
from pos.domain.text import LocalText
from pos.store import Held


class More(Panel):
    """Everything that has no key of its own while ringing."""

    state = State.MORE
    title = say("title-more")

    def entries(self, counter: BareCounter) -> list[Entry]:
        """A letter each."""
        rows: tuple[tuple[str, str, Act, bool], ...] = (
            ("n", "more-note", open_note, False),
            ("h", "more-hold", hold, False),
            ("r", "more-recall", open_held, False),
            ("s", "more-sold-out", open_sold_out, False),
            ("c", "more-coupon", open_coupon, False),
            ("a", "more-abandon", abandon, False),
            ("p", "more-reprint", reprint, False),
            ("o", "more-owed", print_owed, False),
            ("u", "more-rush", rush, counter.register.rush),
            ("l", "more-language", switch_language, False),
            ("w", "more-words", speak_other, counter.register.order.language is not None),
            ("d", "more-dark", switch_dark, counter.dark),
            ("q", "more-quit", quit_till, False),
        )
        return [Entry(key, say(message_id), partial(self._do, act=act), on) for key, message_id, act, on in rows]

    def _do(self, counter: BareCounter, act: Act) -> None:
        counter.panel = None
        act(counter)


class Note(TextPanel):
    """A note for the kitchen: on the chosen line, or with Tab on the whole order."""

    state = State.NOTE
    title = say("title-note")
    longest = LONGEST_NOTE

    def __init__(self, text: str, on_line: bool) -> None:
        super().__init__()
        self.typed = text
        self.on_line = on_line

    def press(self, counter: BareCounter, key: str) -> bool:
        """Tab goes between line and order."""
        if key == keys.TAB:
            self.on_line = not self.on_line and counter.line is not None
            return True
        return super().press(counter, key)

    def scan(self, counter: BareCounter, code: str) -> bool:
        """A code is no text for the kitchen: the note stays as it was."""
        raise Refused("scan-in-note")

    def take(self, counter: BareCounter) -> None:
        """Keep the note."""
        counter.panel = None
        counter.register.note(self.typed, counter.chosen if self.on_line else None)


class Coupon(TextPanel):
    """A coupon's code, typed or scanned, or one from an earlier visit."""

    state = State.COUPON
    title = say("title-coupon")
    longest = 20

    def scan(self, counter: BareCounter, code: str) -> bool:
        """A code that came in at once, with its gaps, takes the place of what was typed."""
        self.typed = " ".join(code.split())[: self.longest]
        self.take(counter)
        return True

    def take(self, counter: BareCounter) -> None:
        """Take the code; one that is wrongly typed stays, to be put right. A line of text is written anew anyway."""
        counter.panel = None
        code = self.typed.strip().upper()
        try:
            if code:
                self._take(counter, code)
        except Refused as refused:
            if not counter.deliberate and refused.message_id in ("next-visit-mistyped", "coupon-unknown"):
                counter.panel = self
            raise

    def _take(self, counter: BareCounter, code: str) -> None:
        digits = code.replace(" ", "")
        if next_visit.is_brought(counter.register, digits):
            counter.redeem(digits)
        elif counter.register.add_code(code):
            counter.message = say("coupon-taken", Tone.GOOD, code=code)
        else:
            counter.message = say("coupon-without-effect", code=code)


class HeldOrders(ListPanel):
    """The orders set aside, the oldest first."""

    state = State.HELD
    title = say("title-held")

    def rows(self, counter: BareCounter) -> list[Row]:
        """What each is called, its age and what is in it; found by its notes, too."""
        rows = []
        for held in counter.register.held():
            bring = partial(recall, order_id=held.order_id)
            rows.append(Row(held.order_id, held_row(counter, held), bring, also=searched(counter, held)))
        return rows


def held_row(counter: BareCounter, held: Held) -> Say:
    """What a list says of an order that was set aside."""
    register, order = counter.register, held.order
    minutes, name = register.minutes_since(held.held_at), order_name(register.menu, order)
    return say("held-row", name=name, minutes=minutes, names=contents(counter, order), till=held.till_name)


def contents(counter: BareCounter, order: Order) -> str:
    """What is in an order, in the till's language: `1 Cheeseburgermeny, 2 Cola`."""
    menu = counter.register.menu
    return ", ".join(f"{line.quantity} {menu.name_of(line.sku).in_language(counter.language)}" for line in order.lines)


def searched(counter: BareCounter, held: Held) -> str:
    """What an order is found by besides what its row says: number, notes, fillings and changes, in both languages."""
    menu, order = counter.register.menu, held.order
    parts = [str(order.call_number or ""), order.note]
    for line in order.lines:
        names = [menu.name_of(sku) for sku in (line.sku, *(sku for _, sku in line.fillings))]
        names += [menu.modifiers[modifier].name for modifier in line.modifiers if modifier in menu.modifiers]
        parts += [line.note, *(text for name in names for text in (name.nb, name.en))]
    return " ".join(parts)


def open_note(counter: BareCounter) -> None:
    """Write a note."""
    line = counter.line
    counter.panel = Note(line.note if line is not None else counter.register.order.note, line is not None)


def open_coupon(counter: BareCounter) -> None:
    """Type a coupon's code."""
    counter.panel = Coupon()


def called(counter: BareCounter) -> LocalText:
    """What the open order is called."""
    return order_name(counter.register.menu, counter.register.order)


def hold(counter: BareCounter) -> None:
    """Set the order aside."""
    name = called(counter)
    counter.register.hold()
    counter.start_over()
    counter.message = say("held", name=name)


def open_held(counter: BareCounter) -> None:
    """Look at what is set aside; a single one comes back at once."""
    held = counter.register.held()
    if not held:
        raise Refused("nothing-held")
    if len(held) == 1:
        recall(counter, held[0].order_id)
    else:
        counter.panel = HeldOrders()


def recall(counter: BareCounter, order_id: str) -> None:
    """Bring an order back, and say if its price has changed."""
    counter.panel = None
    repriced = counter.register.recall(order_id)
    counter.next_order()
    if repriced is not None:
        counter.message = say("repriced", before=repriced.before, now=repriced.now)
    else:
        counter.message = say("recalled", name=called(counter))


def abandon(counter: BareCounter) -> None:
    """Give the order up."""
    name = called(counter)
    counter.register.abandon()
    counter.start_over()
    counter.message = say("abandoned", name=name)


def rush(counter: BareCounter) -> None:
    """Fewer words, or all of them again."""
    counter.register.set_rush(not counter.register.rush)


def switch_language(counter: BareCounter) -> None:
    """The till's language: Bokmål or English."""
    counter.language = "en" if counter.language == "nb" else "nb"
    counter.register.language = counter.language


def switch_dark(counter: BareCounter) -> None:
    """Dark or light."""
    counter.dark = not counter.dark


def quit_till(counter: BareCounter) -> None:
    """End the shift; what is open stays as it is."""
    counter.closing = True
