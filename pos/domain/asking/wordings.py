"""Chooses which wording of an offer an order gets: at random, the same throughout the order, all equally often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zlib import crc32

from pos.domain.menu.paths import Words
from pos.domain.order.order import Order

MOST_WORDINGS = 4
"""More take months to compare: a counter says one offer a few dozen times a day."""

WHOLE = 0xFFFFFFFF


def wording_for(order: Order, offer_id: str, words: Words, day_of: Callable[[datetime], date]) -> Words:
    """The one of an offer's wordings that an order has; `day_of` gives an instant's business day."""
    if not words.also:
        return words
    place = drawn(order, offer_id, day_of(order.opened_at), 1 + len(words.also))
    return words.also[place - 1] if place else Words(words.say, words.many, words.rush, words.after_no)


def drawn(order: Order, offer_id: str, day: date, count: int) -> int:
    """The number of the wording, from 0, that an order gets of an offer.

    It depends on the business day on which the order was opened and its place among the till's orders. Each run of as
    many orders as there are wordings has each once, in random sequence: equally often, never the same more than twice
    in a row. Nothing that happens in the order changes it.
    """
    block, place = divmod(order.ordinal or order.call_number, count)
    number = _stirred(crc32(f"{day.toordinal()} {offer_id} {block}".encode()))
    left = list(range(count))
    for _ in range(place):
        number, at = divmod(number, len(left))
        left.pop(at)
    return left[number % len(left)]


def _stirred(number: int) -> int:
    """The number with every bit made of all of them (MurmurHash3's last step).

    A CRC alone is linear: two offers with ids of one length would have their wordings tied to each other for ever.
    """
    number = (number ^ number >> 16) * 0x85EBCA6B & WHOLE
    number = (number ^ number >> 13) * 0xC2B2AE35 & WHOLE
    return number ^ number >> 16


def wording_id(words: Words) -> str:
    """What a wording is called in the ledger: a digest of its texts. Edited words are another wording, and what was
    counted of the one never mixes with the other. Ten hexadecimal digits."""
    from hashlib import blake2b  # 5 ms that the start of a counter does without

    forms = (words.say, words.many, words.rush, words.after_no)
    texts = [text for form in forms for text in (("", "") if form is None else (form.nb, form.en))]
    return blake2b("\n".join(texts).encode(), digest_size=5).hexdigest()
