"""Many sales, quickly: rows as the till writes them, from a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from zlib import crc32

from pos.domain.text import LocalText
from pos.store import Store
from pos.store.file.codec import to_instant, to_json
from tests.builders import OSLO
from tests.office_acts import enter_till

FIRST = datetime(2026, 1, 5, 10, 0, tzinfo=OSLO)
OFFERS = {"upsell": ("meal:1", "meal:2", "double:1"), "cross_sell": ("burgers-shake-m", "cheeseburger-nuggets-6")}
WORDINGS = ("say", "after_yes", "after_no", "many", "rush")
CASHIERS = ("Anne", "Kari", "Ola", "")
REASONS = {"upsell": ("top_step", "nothing_to_offer", "child"), "cross_sell": ("already_in_order", "sold_out", "child")}

ORDER = """
    INSERT INTO orders (order_id, till_id, call_number, state, opened_us, opened_offset_s)
    VALUES (?, 1, 1, 'paid', ?, 3600)
"""
SALE = """
    INSERT INTO sale (
        id, order_key, till_id, till, series, receipt_number, call_number, paid_us, paid_offset_s,
        business_day, person, language, serving_mode, total_minor, goods_minor, tax_minor, rounding_minor,
        change_minor, note, body
    ) VALUES (
        ?, (SELECT order_key FROM orders WHERE order_id = ?), 1, '1', 'K1', ?, 1, ?, ?, ?,
        (SELECT id FROM person WHERE name = ?), 'nb', 'take_away', ?8, ?8, 0, 0, 0, '', '{}'
    )
"""
DECISION = """
    INSERT INTO decision (
        sale_id, kind, outcome, reason, offer_id, offered, units, count, kept, gain_minor, shown_us, answered_us,
        shown_offset_s, answered_offset_s, phrase, spoken_words, propensity, margin_minor, order_minor, wording
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 3600, 3600, ?, ?, 1.0, ?, ?, ?)
"""
WORDS = {
    "0a": LocalText("Skal det være meny? {more} ekstra.", "Make it a meal? {more} more."),
    "0b": LocalText("Frister det med pommes frites og drikke? {more} ekstra.", "Fancy fries and a drink? {more} more."),
    "0c": LocalText("Vil du ha en shake også? {more}.", "Would you like a shake as well? {more}."),
}
"""What `meal:1` is said in, one or the other, and what all else is said in; by wording."""

WORDING = "INSERT OR IGNORE INTO wording (id, say) VALUES (?, ?)"
SLICE = 20_000


def sell_many(
    store: Store, count: int, *, a_day: int = 1000, seed: int = 1, control: float = 0.0, wordings: bool = True
) -> None:
    """Put finished sales in, so many a day of fourteen hours, after those that are there; without `wordings` they are
    from before the ledger kept any."""
    if not enter_till(store, "1").id == 1:
        raise AssertionError("the sales are till 1's")
    first = store.asking_sums.last_sale()
    draws = random.Random(seed + first)
    conn = store.file.conn
    for name in CASHIERS:
        store.people.enter(name)
    for begin in range(first, first + count, SLICE):
        rows = [a_sale(number, a_day, draws, control) for number in range(begin, min(begin + SLICE, first + count))]
        conn.execute("BEGIN")
        conn.executemany(ORDER, [(sale[1], sale[3]) for sale, _ in rows])
        conn.executemany(SALE, [sale for sale, _ in rows])
        halves = [half for _, both in rows for half in both]
        conn.executemany(DECISION, [(*half, wording_of(half) if wordings else "") for half in halves])
        conn.executemany(WORDING, [(key, to_json(texts)) for key, texts in WORDS.items()])
        conn.execute("COMMIT")


def a_sale(
    number: int, a_day: int, draws: random.Random, control: float
) -> tuple[tuple[object, ...], list[tuple[object, ...]]]:
    """A row of `sale` and its two of `decision`."""
    day, place = divmod(number, a_day)
    paid = FIRST + timedelta(days=day, seconds=place * 14 * 3600 // a_day, milliseconds=draws.randrange(1000))
    base = draws.randrange(5_000, 30_000, 100)
    kept_free = draws.random() < control
    halves = [a_half(number + 1, kind, base, paid, draws, kept_free) for kind in ("upsell", "cross_sell")]
    total = base + sum(int(str(half[9])) for half in halves)
    sale = (
        number + 1, f"o{number:09}", number + 1, to_instant(paid)[0], 3600, f"{paid:%Y-%m-%d}",
        CASHIERS[draws.randrange(2) if day % 2 else 2 + (draws.random() < 0.1)], total,
    )  # fmt: skip
    return sale, halves


def a_half(
    sale: int, kind: str, base: int, paid: datetime, draws: random.Random, kept_free: bool
) -> tuple[object, ...]:
    """A row of `decision`: one in five not applicable, one in ten not asked, one in seven of the rest a yes."""
    dice = draws.random()
    if kept_free or dice < 0.2:
        reason = "control" if kept_free else draws.choice(REASONS[kind])
        return (sale, kind, "not_applicable", reason, None, None, 0, 0, 0, 0, None, None, "", 0, 0, None)
    offer = OFFERS[kind][min(int(draws.expovariate(1.2)), len(OFFERS[kind]) - 1)]
    shown = paid - timedelta(seconds=40 if kind == "upsell" else 25)
    answered = shown + timedelta(milliseconds=draws.randrange(300, 9000, 50))
    if dice < 0.28:
        return (
            sale,
            kind,
            "not_asked",
            None,
            offer,
            "x",
            1,
            0,
            0,
            0,
            to_instant(shown)[0],
            to_instant(answered)[0],
            "say",
            9,
            0,
            base,
        )
    accepted = draws.random() < 0.15
    kept = int(accepted and draws.random() < 0.95)
    gain = kept * draws.choice((1500, 2000, 4500))
    at = int(base * draws.choice((1.0, 1.0, 1.0, 0.5))) + gain
    return (
        sale, kind, "accepted" if accepted else "declined", None, offer, "x", 1, int(accepted), kept, gain,
        to_instant(shown)[0], to_instant(answered)[0], draws.choice(WORDINGS), 9, gain * 6 // 10, at,
    )  # fmt: skip


def wording_of(half: tuple[object, ...]) -> str:
    """The wording that the order had of the offer, by its number alone; none of what was not asked."""
    if half[4] is None:
        return ""
    return "0c" if half[4] != "meal:1" else "0a" if crc32(str(half[0]).encode()) % 2 else "0b"


def days(store: Store) -> Iterator[str]:
    """The days with sales."""
    yield from (day for (day,) in store.file.conn.execute("SELECT DISTINCT substr(paid_at, 1, 10) FROM sales"))
