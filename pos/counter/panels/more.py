"""The panel *More*: everything without a key of its own. Also notes, coupons, the order's purpose, and settings."""

from __future__ import annotations

from functools import partial

from pos.counter import codes_brought, keys
from pos.counter.counter_state import Act, CounterState, Entry, Panel, TextPanel
from pos.counter.panels.aside import discard, hold, list_held
from pos.counter.panels.channels import open_channels
from pos.counter.panels.discounts import open_discount
from pos.counter.panels.paper import print_owed, reprint
from pos.counter.panels.people import open_sign_in, recognised
from pos.counter.panels.prices import open_prices
from pos.counter.panels.refunding import open_refunds
from pos.counter.panels.shift import open_shift
from pos.counter.panels.shop_now import open_shop_now
from pos.counter.panels.sold_out import open_sold_out
from pos.counter.panels.speaking import speak_other
from pos.counter.states import State, Tone, say
from pos.domain.errors import Refused
from pos.domain.order.order import LONGEST_NOTE, WRITE_OFF_PURPOSES, Purpose
from pos.domain.people import is_badge
from pos.register import View
from pos.register.verbs import checkout, kitchen, ringing, stock


class MorePanel(Panel):
    """Everything that has no key of its own while ringing."""

    state = State.MORE
    title = say("title-more")

    def entries(self, counter: CounterState) -> list[Entry]:
        """A letter for everything that this till has."""
        view, order = counter.view, counter.view.order
        rows: tuple[tuple[str, str, Act, bool], ...] = (
            ("n", "more-note", open_note, False),
            ("h", "more-hold", hold, False),
            ("r", "more-recall", list_held, False),
            ("b", "more-channels", open_channels, order.channel is not None),
            ("s", "more-sold-out", open_sold_out, False),
            ("c", "more-coupon", open_coupon, False),
            ("m", "more-purpose", open_purpose, not order.is_sale),
            ("k", "more-kitchen", send_to_kitchen, False),
            ("g", "more-refund", open_refunds, False),
            ("v", "more-discount", open_discount, order.discount is not None),
            ("e", "more-price", open_prices, False),
            ("a", "more-abandon", discard, False),
            ("z", "more-shift", open_shift, view.shift is not None),
            ("y", "more-shop-now", open_shop_now, False),
            ("p", "more-reprint", reprint, False),
            ("o", "more-owed", print_owed, False),
            ("u", "more-rush", rush, view.rush),
            ("l", "more-language", switch_language, False),
            ("w", "more-words", speak_other, order.language is not None),
            ("d", "more-dark", switch_dark, counter.dark),
            ("i", "more-people", open_sign_in, False),
            ("t", "more-practice", practise, False),
            ("q", "more-quit", quit_till, False),
        )
        gone = _not_here(view)
        return [
            Entry(key, say(message_id), partial(self._do, act=act), on)
            for key, message_id, act, on in rows
            if act not in gone
        ]

    def _do(self, counter: CounterState, act: Act) -> None:
        counter.panel = None
        act(counter)


def _not_here(view: View) -> list[Act]:
    """What this till does not have: in practice, or because the shop does not use it."""
    of_the_shop: list[Act] = [open_purpose, send_to_kitchen, open_refunds, open_prices, open_shift, open_shop_now]
    gone = of_the_shop if view.setup.is_practice else []
    gone += [] if view.channels or view.order.channel is not None else [open_channels]
    gone += [] if view.menu.most_discount else [open_discount]
    return gone if view.has_people else [*gone, open_sign_in]


class NotePanel(TextPanel):
    """A note for the kitchen: on the chosen line, or with Tab on the whole order. Unsaved text is deleted by Delete,
    not by Esc."""

    state = State.NOTE
    title = say("title-note")
    longest = LONGEST_NOTE

    def __init__(self, text: str, on_line: bool) -> None:
        super().__init__()
        self.typed = self.before = text
        self.on_line = on_line

    def press(self, counter: CounterState, key: str) -> bool:
        """Tab switches between line and order."""
        if key == keys.TAB:
            self.on_line = not self.on_line and counter.line is not None
            return True
        if key == keys.ESCAPE and self.typed.strip() and self.typed != self.before:
            counter.message = say("note-unsaved", Tone.BAD)
            return True
        if key == keys.DELETE:
            counter.panel = None
            return True
        return super().press(counter, key)

    def scan(self, counter: CounterState, code: str) -> bool:
        """Refuse a code: it is no text for the kitchen. The note stays unchanged."""
        raise Refused("scan-in-note")

    def take(self, counter: CounterState) -> None:
        counter.panel = None
        counter.do(ringing.note, self.typed, counter.chosen if self.on_line else None)


class CouponPanel(TextPanel):
    """The code of a coupon or a next-visit offer, typed or scanned."""

    state = State.COUPON
    title = say("title-coupon")
    longest = 20

    def scan(self, counter: CounterState, code: str) -> bool:
        """A scanned code replaces what was typed; a badge signs in, and none stays in sight."""
        if recognised(counter, code):
            return True
        self.typed = " ".join(code.split())[: self.longest]
        try:
            self.take(counter)
        except Refused:
            if counter.view.has_people and is_badge(code):
                self.typed = ""
            raise
        return True

    def take(self, counter: CounterState) -> None:
        """Take the code. A refused one stays in the panel, to be corrected; in plain mode the line is typed anew."""
        counter.panel = None
        code = self.typed.strip().upper()
        try:
            if code:
                self._take(counter, code)
        except Refused as refused:
            if not counter.deliberate and refused.message_id in ("next-visit-mistyped", "coupon-unknown"):
                counter.panel = self
            raise

    def _take(self, counter: CounterState, code: str) -> None:
        digits = code.replace(" ", "")
        if codes_brought.is_next_visit_code(counter.view, digits):
            counter.redeem(digits)
        elif counter.do(ringing.add_code, code):
            counter.message = say("coupon-taken", Tone.GOOD, code=code)
        else:
            counter.message = say("coupon-without-effect", code=code)


class WhatForPanel(Panel):
    """Asks for the order's purpose. A staff meal, a remake and waste are free, and no sale."""

    state = State.PURPOSE
    title = say("title-purpose")

    def entries(self, counter: CounterState) -> list[Entry]:
        """A digit for each purpose, and one to make the order a sale again."""
        now = counter.view.order.purpose
        keys_of = [*zip("123", WRITE_OFF_PURPOSES, strict=True), ("0", Purpose.SALE)]
        return [
            Entry(key, say("plain-row", name=purpose), partial(set_purpose, purpose=purpose), purpose is now)
            for key, purpose in keys_of
            if purpose is not Purpose.SALE or now is not Purpose.SALE
        ]


def open_note(counter: CounterState) -> None:
    line = counter.line
    counter.panel = NotePanel(line.note if line is not None else counter.view.order.note, line is not None)


def open_purpose(counter: CounterState) -> None:
    """Ask for the order's purpose. Raises `Refused` once money was handed over."""
    order = counter.view.order
    if order.open_tender is not None:
        raise Refused("tender-open")
    if order.is_frozen:
        raise Refused("purpose-after-giving-back", amount=order.paid)
    counter.panel = WhatForPanel()


def set_purpose(counter: CounterState, purpose: Purpose) -> None:
    """Set the order's purpose. Digits typed before *remake* are the call number of the order that is made again. An
    amount typed for payment is dropped."""
    counter.panel = None
    of_number = counter.take_digits() or 0
    counter.begin_if_paid()
    counter.do(checkout.set_purpose, purpose, of_number=of_number)
    counter.forget_typed()
    remakes = counter.view.order.remakes
    if purpose is Purpose.SALE:
        counter.message = say("purpose-sale-again", total=counter.view.priced.total)
    elif remakes is not None:
        counter.message = say("purpose-remake-of", name=remakes.name, at=remakes.at)
    else:
        counter.message = say("purpose-set", purpose=purpose)


def open_coupon(counter: CounterState) -> None:
    """Ask for a coupon's code."""
    counter.panel = CouponPanel()


def send_to_kitchen(counter: CounterState) -> None:
    """Send what the kitchen does not have yet, before the order is paid."""
    ticket = counter.do(kitchen.send_to_kitchen)
    told = say("kitchen-corrected" if ticket.is_correction else "kitchen-sent", Tone.GOOD, name=ticket.name)
    counter.message = counter.printing.sent() or told


def rush(counter: CounterState) -> None:
    """Shorten the words of the questions, or not."""
    counter.do(stock.set_rush, not counter.view.rush)


def switch_language(counter: CounterState) -> None:
    """Switch the till's language: Bokmål or English."""
    counter.language = "en" if counter.language == "nb" else "nb"
    counter.register.language = counter.language


def switch_dark(counter: CounterState) -> None:
    """Switch between dark and light."""
    counter.dark = not counter.dark


def practise(counter: CounterState) -> None:
    """Go to practice; the open order stays. Plain mode has no practice."""
    if counter.deliberate:
        raise Refused("practice-no-terminal")
    if counter.view.order.open_tender is not None:
        raise Refused("tender-open")
    counter.forget_typed()
    counter.closing = counter.practising = True


def quit_till(counter: CounterState) -> None:
    """Close the till; the open order stays."""
    counter.closing = True
