"""Everything else, each with its own key: notes, held orders, sold out, coupons, language, and the end of a shift."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from pos.counter import keys, next_visit
from pos.counter.panels import Act, Entry, Panel, TextPanel
from pos.counter.panels_asking import end_of_day, mark_sold_out
from pos.counter.panels_paper import print_owed, reprint
from pos.counter.speaking import speak_other
from pos.counter.states import State, Tone, say
from pos.domain.errors import Refused
from pos.domain.items import MenuItem
from pos.domain.order import LONGEST_NOTE
from pos.store import EightySix

if TYPE_CHECKING:
    from pos.counter.counter import Counter


class More(Panel):
    """Everything that has no key of its own while ringing."""

    state = State.MORE
    title = say("title-more")

    def entries(self, counter: Counter) -> list[Entry]:
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

    def _do(self, counter: Counter, act: Act) -> None:
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

    def press(self, counter: Counter, key: str) -> bool:
        """Tab goes between line and order."""
        if key == keys.TAB:
            self.on_line = not self.on_line and counter.line is not None
            return True
        return super().press(counter, key)

    def take(self, counter: Counter) -> None:
        """Keep the note."""
        counter.panel = None
        counter.register.note(self.typed, counter.chosen if self.on_line else None)


class Coupon(TextPanel):
    """A coupon's code, typed or scanned, or one from an earlier visit."""

    state = State.COUPON
    title = say("title-coupon")
    longest = 20

    def paste(self, counter: Counter, text: str) -> None:
        """A code that came in at once, with its gaps: it takes the place of what was typed."""
        self.typed = ""
        for character in " ".join(text.split()):
            self._type(character)
        self.take(counter)

    def take(self, counter: Counter) -> None:
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

    def _take(self, counter: Counter, code: str) -> None:
        digits = code.replace(" ", "")
        if next_visit.is_brought(counter.register, digits):
            next_visit.redeem(counter, digits)
        elif counter.register.add_code(code):
            counter.message = say("coupon-taken", Tone.GOOD, code=code)
        else:
            counter.message = say("coupon-without-effect", code=code)


class HeldOrders(Panel):
    """The orders set aside, the oldest first."""

    state = State.HELD
    title = say("title-held")

    def entries(self, counter: Counter) -> list[Entry]:
        """A key each, with number, age and what is in it."""
        register = counter.register
        rows = []
        for key, held in zip(keys.CHOICE_KEYS, register.held(), strict=False):
            names = ", ".join(
                f"{line.quantity} {register.menu.items[line.sku].name.in_language(counter.language)}"
                for line in held.order.lines
            )
            minutes = int((register.now - held.held_at).total_seconds() // 60)
            label = say("held-row", number=held.call_number, minutes=minutes, names=names, till=held.till_name)
            rows.append(Entry(key, label, partial(recall, order_id=held.order_id)))
        return rows


class SoldOut(Panel):
    """What is sold out: a tile's letter marks another, a digit brings one back."""

    state = State.SOLD_OUT
    title = say("title-sold-out")

    def entries(self, counter: Counter) -> list[Entry]:
        """What is marked now, a digit each."""
        register = counter.register
        rows = []
        for key, entry in zip(keys.DIGITS[1:], register.sold_out(), strict=False):
            if entry.sku is not None:
                name = register.menu.items[entry.sku].full_name
                label = say("sold-out-row" if entry.until else "sold-out-open-row", name=name, until=entry.until)
            else:
                message_id = "sold-out-machine-row" if entry.until else "sold-out-machine-open-row"
                label = say(message_id, machine=register.menu.machine_name(entry.machine or ""), until=entry.until)
            rows.append(Entry(key, label, partial(restore, entry=entry), on=True))
        return rows

    def press(self, counter: Counter, key: str) -> bool:
        """A tile's letter chooses what is gone; arrows go to another category, the page keys to another page."""
        tiles = dict(counter.tiles())
        if key in tiles:
            counter.panel = HowLong(tiles[key])
            return True
        if key in (keys.LEFT, keys.RIGHT, keys.TAB):
            counter.turn_category(-1 if key == keys.LEFT else 1)
            return True
        if key in (keys.PAGE_UP, keys.PAGE_DOWN):
            counter.turn_page(-1 if key == keys.PAGE_UP else 1)
            return True
        return super().press(counter, key)


class HowLong(Panel):
    """For how long is it sold out, and is it the item alone or all that its machine makes?"""

    state = State.HOW_LONG
    title = say("title-how-long")

    def __init__(self, item: MenuItem) -> None:
        self.item = item
        self.whole_machine = False

    def entries(self, counter: Counter) -> list[Entry]:
        """One, two or four hours, the day, until further notice; `M` for the machine."""
        now = counter.register.now
        spans = (
            ("1", "span-1h", now + timedelta(hours=1)),
            ("2", "span-2h", now + timedelta(hours=2)),
            ("3", "span-4h", now + timedelta(hours=4)),
            ("4", "span-day", end_of_day(now)),
            ("5", "span-open", None),
        )
        rows = [Entry(key, say(message_id), partial(self._mark, until=until)) for key, message_id, until in spans]
        if self.item.made_on is not None:
            label = say("whole-machine", machine=counter.register.menu.machine_name(self.item.made_on))
            rows.append(Entry("m", label, self._switch, self.whole_machine))
        return rows

    def _switch(self, counter: Counter) -> None:
        self.whole_machine = not self.whole_machine

    def _mark(self, counter: Counter, until: datetime | None) -> None:
        mark_sold_out(counter, self.item, self.whole_machine, until)


def restore(counter: Counter, entry: EightySix) -> None:
    """What was sold out is there again."""
    counter.register.restore(entry.sku, entry.machine)


def open_note(counter: Counter) -> None:
    """Write a note."""
    line = counter.line
    counter.panel = Note(line.note if line is not None else counter.register.order.note, line is not None)


def open_coupon(counter: Counter) -> None:
    """Type a coupon's code."""
    counter.panel = Coupon()


def open_sold_out(counter: Counter) -> None:
    """Look at what is sold out."""
    counter.panel = SoldOut()


def hold(counter: Counter) -> None:
    """Set the order aside."""
    number = counter.register.order.call_number
    counter.register.hold()
    counter.start_over()
    counter.message = say("held", number=number)


def open_held(counter: Counter) -> None:
    """Look at what is set aside; a single one comes back at once."""
    held = counter.register.held()
    if not held:
        raise Refused("nothing-held")
    if len(held) == 1:
        recall(counter, held[0].order_id)
    else:
        counter.panel = HeldOrders()


def recall(counter: Counter, order_id: str) -> None:
    """Bring an order back, and say if its price has changed."""
    counter.panel = None
    repriced = counter.register.recall(order_id)
    counter.next_order()
    if repriced is not None:
        counter.message = say("repriced", before=repriced.before, now=repriced.now)
    else:
        counter.message = say("recalled", number=counter.register.order.call_number)


def abandon(counter: Counter) -> None:
    """Give the order up."""
    number = counter.register.order.call_number
    counter.register.abandon()
    counter.start_over()
    counter.message = say("abandoned", number=number)


def rush(counter: Counter) -> None:
    """Fewer words, or all of them again."""
    counter.register.set_rush(not counter.register.rush)


def switch_language(counter: Counter) -> None:
    """The till's language: Bokmål or English."""
    counter.language = "en" if counter.language == "nb" else "nb"
    counter.register.language = counter.language


def switch_dark(counter: Counter) -> None:
    """Dark or light."""
    counter.dark = not counter.dark


def quit_till(counter: Counter) -> None:
    """End the shift; what is open stays as it is."""
    counter.closing = True
