"""Chooses an order's wording of an offer: at random, fixed for the order, each equally often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from zlib import crc32

from pos.domain.menu.paths import Words
from pos.domain.order.order import Order

MOST_WORDINGS = 4
"""More would take months to compare: a counter says an offer a few dozen times a day."""

WHOLE = 0xFFFFFFFF


def wording_for(order: Order, offer_id: str, words: Words, day_of: Callable[[datetime], date]) -> Words:
    """The order's wording of an offer; `day_of` gives the business day of a time."""
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
    """The number with its bits mixed (the last step of MurmurHash3).

    A CRC alone is linear: the wordings of two offers with ids of one length would always be correlated.
    """
    number = (number ^ number >> 16) * 0x85EBCA6B & WHOLE
    number = (number ^ number >> 13) * 0xC2B2AE35 & WHOLE
    return number ^ number >> 16


@lru_cache(maxsize=256)  # a counter says the same few words all day
def wording_id(words: Words) -> str:
    """The id of a wording in the ledger: ten hexadecimal digits of a digest of its texts. Edited words are a new
    wording, so that counts never mix."""
    from hashlib import blake2b  # imported late: 5 ms that the start does not need

    forms = (words.say, words.many, words.rush, words.after_no)
    texts = [text for form in forms for text in (("", "") if form is None else (form.nb, form.en))]
    return blake2b("\n".join(texts).encode(), digest_size=5).hexdigest()
