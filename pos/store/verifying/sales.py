"""Checks sales, the rows under them, and the next-visit offers that they gave, each against its act."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

import msgspec

from pos.domain.order.order import Order
from pos.domain.pricing.price import NEXT_VISIT
from pos.domain.sale.sale import Sale
from pos.store.file.codec import Json, to_instant
from pos.store.learning.baskets import NUMBER_BYTES, unpacked
from pos.store.offers.next_visits import given_values
from pos.store.selling.rates import upgraded
from pos.store.selling.sale_rows import digest_of_rows, digested, sale_values, under_sale
from pos.store.verifying.facts import SoldTold, text_of
from pos.store.verifying.findings import FindingKind, found
from pos.store.verifying.numbers import Numbers
from pos.store.verifying.papers import OF_SALES, Papers
from pos.store.verifying.rows import LEAST, Made, Name, Values, check, check_beyond, compare, paired

SALES = """
    SELECT
        sale.id, order_id, body, sale.till_id, till, series, receipt_number, sale.call_number, paid_us,
        paid_offset_s, business_day, COALESCE(person.name, ''), language, serving_mode, channel, total_minor,
        goods_minor, tax_minor, rounding_minor, change_minor, note
    FROM sale LEFT JOIN orders USING (order_key) LEFT JOIN person ON person.id = sale.person
    WHERE sale.id > :after ORDER BY sale.id LIMIT :most
"""
GIVEN_COLUMNS = (
    "code",
    "day",
    "offer_id",
    "below",
    "sku",
    "modifier",
    "name",
    "off_minor",
    "last_day",
    "refused",
)
IS_SALE = "SELECT 1 FROM orders JOIN sale USING (order_key) WHERE order_id = :order_id"
# The columns of each table are in the order of `under_sale`.
UNDER_SALES = {
    "sale_line": """
        SELECT
            sale_id, number, sku, name, details, note, quantity, unit_price_minor, gross_minor,
            discount_minor, total_minor, tax, tax_minor
        FROM sale_line WHERE sale_id > :after AND sale_id <= :upto ORDER BY sale_id, number
    """,
    "sale_discount": """
        SELECT sale_id, number, incentive_id, name, amount_minor, is_threshold
        FROM sale_discount WHERE sale_id > :after AND sale_id <= :upto ORDER BY sale_id, number
    """,
    "sale_tax": """
        SELECT sale_id, tax, ppm, on_top, net_minor, tax_minor
        FROM sale_tax LEFT JOIN tax ON tax.id = sale_tax.tax
        WHERE sale_id > :after AND sale_id <= :upto ORDER BY sale_id, tax
    """,
    "sale_line_tax": """
        SELECT sale_id, number, tax, net_minor, tax_minor
        FROM sale_line_tax WHERE sale_id > :after AND sale_id <= :upto ORDER BY sale_id, number, tax
    """,
    "decision": """
        SELECT
            sale_id, kind, outcome, reason, offer_id, offered, units, count, kept, gain_minor, shown_us, shown_offset_s,
            answered_us, answered_offset_s, phrase, spoken_words, propensity, margin_minor, order_minor, wording,
            second, answer_ms
        FROM decision WHERE sale_id > :after AND sale_id <= :upto ORDER BY sale_id, kind
    """,
    "sale_line_deposit": """
        SELECT sale_id, number, price_minor, tax, tax_minor
        FROM sale_line_deposit WHERE sale_id > :after AND sale_id <= :upto ORDER BY sale_id, number
    """,
}
KEYS = {"sale_line_tax": 2}
"""How many columns after the sale's number are in a table's key, if not one."""

BASKETS = "SELECT sale_id, items FROM sale_basket WHERE sale_id > :after AND sale_id <= :upto"
SKUS = "SELECT id, sku FROM sold_sku"
GIVEN = """
    SELECT
        sale_id, code, day, offer_id, below, sku, modifier, name, off_minor, last_day, refused,
        redeemed_by, redeemed_us, redeemed_offset_s, gain_minor, given_minor
    FROM next_visit WHERE sale_id > :after AND sale_id <= :upto
"""
REDEEMED = (
    "SELECT redeemed_by, redeemed_us, redeemed_offset_s, gain_minor, given_minor FROM next_visit WHERE code = :code"
)
BEYOND = (
    ("sale", "SELECT MAX(id) FROM sale"),
    ("sale_line", "SELECT MAX(sale_id) FROM sale_line"),
    ("sale_discount", "SELECT MAX(sale_id) FROM sale_discount"),
    ("sale_tax", "SELECT MAX(sale_id) FROM sale_tax"),
    ("sale_line_tax", "SELECT MAX(sale_id) FROM sale_line_tax"),
    ("sale_line_deposit", "SELECT MAX(sale_id) FROM sale_line_deposit"),
    ("sale_basket", "SELECT MAX(sale_id) FROM sale_basket"),
    ("decision", "SELECT MAX(sale_id) FROM decision"),
    ("receipt", "SELECT MAX(sale_id) FROM receipt"),
    ("kitchen_slip", "SELECT MAX(sale_id) FROM kitchen_slip"),
    ("receipt_copy", "SELECT MAX(sale_id) FROM receipt_copy"),
    ("next_visit", "SELECT MAX(sale_id) FROM next_visit"),
)

UNUSED_TAX = "SELECT id FROM tax WHERE NOT EXISTS (SELECT 1 FROM sale_tax WHERE sale_tax.tax = tax.id)"
UNUSED = (None, None, None, 0, 0)
"""The last four columns of a next-visit offer that was not redeemed."""

SALE = Json(Sale, upgraded)
ORDER = Json(Order)


# In JSON without blanks, these can be found by text search: inside a string their quotation marks would be escaped.
HAS_SLIP = '"kitchen_slip":true'
GIVES = '"next_visit":{'
REDEEMS = f'"id":"{NEXT_VISIT}"'


@dataclass(slots=True)
class SalesRead:
    """The sales of a slice: their names, and their stored rows."""

    names: dict[int, Name] = field(default_factory=dict)
    under: dict[str, dict[int, list[Values]]] = field(default_factory=dict)
    baskets: dict[int, bytes] = field(default_factory=dict)
    given: list[Values] = field(default_factory=list)
    redeeming: list[tuple[Made, int, str]] = field(default_factory=list)

    def read(self, conn: sqlite3.Connection, between: dict[str, int]) -> None:
        """Read the rows under the sales between two numbers."""
        for table, sql in UNDER_SALES.items():
            rows = self.under[table] = {}
            for row in conn.execute(sql, between):
                rows.setdefault(row[0], []).append(row[1:])
        self.baskets = dict(conn.execute(BASKETS, between).fetchall())

    def name(self, key: Values) -> Name:
        """The name of a row whose first column is a sale's number."""
        number = int(str(key[0]))
        return self.names.get(number, (str(number), None))

    def check_none_left(self) -> None:
        """Check that there are no rows of other sales. Raises `Mismatch`."""
        for table, numbers in (
            *((table, [*rows]) for table, rows in self.under.items()),
            ("sale_basket", [*self.baskets]),
        ):
            for number in numbers:
                raise found(FindingKind.INSERTED, table, str(number))


@dataclass(slots=True)
class Sales:
    """The sales that were checked, up to `last`."""

    papers: Papers
    numbers: Numbers
    last: int = 0
    redeemed: dict[str, Values] = field(default_factory=dict)
    """Used codes whose use no act has recorded so far."""
    skus: dict[int, str] = field(default_factory=dict)
    """SKUs by their numbers in baskets."""

    def settle(self, conn: sqlite3.Connection, made: list[Made]) -> None:
        """Compare the next sales with their acts. Raises `Mismatch`."""
        if not made:
            return
        read, after = SalesRead(), self.last or LEAST
        rows = [(row[0], row[1:]) for row in conn.execute(SALES, {"after": after, "most": len(made)})]
        between = {"after": after, "upto": rows[-1][0] if rows else after}
        read.read(conn, between)
        for entry, number, values in paired(conn, "sale", made, rows, IS_SALE, self.last):
            self._check(conn, read, entry, number, values)
            self.last = number
        read.check_none_left()
        given = conn.execute(GIVEN, between).fetchall()
        compare("next_visit", 2, read.given, [row[: -len(UNUSED)] for row in given], read.name)
        self.redeemed.update((row[1], used) for row in given if (used := row[-len(UNUSED) :]) != UNUSED)
        self.papers.check_owed(conn, OF_SALES, after, self.last)
        for entry, number, text in read.redeeming:
            self._redeem(conn, entry, number, text)

    def end(self, conn: sqlite3.Connection) -> None:
        """Check that there is nothing more. Raises `Mismatch`."""
        check_beyond(conn, self.last, BEYOND)
        for code in self.redeemed:
            raise found(FindingKind.CHANGED, "next_visit", code)
        for (tax,) in conn.execute(UNUSED_TAX):
            raise found(FindingKind.INSERTED, "tax", tax)

    def _check(self, conn: sqlite3.Connection, read: SalesRead, made: Made, number: int, values: Values) -> None:
        sold = made.told.sold or SoldTold(msgspec.Raw(), "")
        text = text_of(sold.sale)
        name = f"{values[4]}-{values[5]}"
        read.names[number] = (name, made.seq)
        check(values[1] in ("", text) and values[2] == made.till, "sale", name, made.seq)
        columns = (values[0], *values[3:])
        under = {table: rows.pop(number, []) for table, rows in read.under.items()}
        basket = read.baskets.pop(number, b"")
        skus = self._skus(conn, basket)
        if not sold.rows or digest_of_rows((columns, *digested(under), skus)) != sold.rows:
            sale = SALE.read(text)
            _explain(sale, columns, under, (name, made.seq))
            goods = {*sale.goods} or {line.sku for line in sale.lines}
            check(skus == sorted(goods), "sale_basket", name, made.seq)
        self.numbers.count(str(values[4]), int(str(values[5])), "sale", made.seq)
        if GIVES in text:
            told = given_values(SALE.read(text), number, sold.code)
            read.given.append((number, *(told[column] for column in GIVEN_COLUMNS)))
        self.papers.owe(made, number, of_sale=True, has_slip=HAS_SLIP in text)
        if made.step.body and REDEEMS in text:
            read.redeeming.append((made, number, text))

    def _skus(self, conn: sqlite3.Connection, basket: bytes) -> list[str]:
        """The SKUs of a basket, sorted."""
        if len(basket) % NUMBER_BYTES:
            return []
        numbers = unpacked(basket)
        if not self.skus.keys() >= {*numbers}:
            self.skus = dict(conn.execute(SKUS).fetchall())
        return sorted(self.skus.get(number, "") for number in numbers)

    def _redeem(self, conn: sqlite3.Connection, made: Made, number: int, text: str) -> None:
        """Check that a sale redeemed the code that its order carried."""
        sale, used = SALE.read(text), ORDER.read(made.step.body).next_visit
        off = next((discount for discount in sale.discounts if discount.id == NEXT_VISIT), None)
        if used is None or off is None:
            return
        told = (number, *to_instant(sale.paid_at), used.gain.minor, off.amount.minor)
        stored = conn.execute(REDEEMED, {"code": used.code}).fetchone()
        check(stored == told, "next_visit", used.code, made.seq)
        self.redeemed.pop(used.code, None)


def _explain(sale: Sale, row: Values, under: dict[str, list[Values]], name: Name) -> None:
    """Compare the rows of a sale one by one, to find the one that differs. Raises `Mismatch`."""
    order_id, _, *columns, _ = sale_values(sale, None).values()
    check(row == (order_id, *columns), "sale", *name)
    for table, told in under_sale(0, sale).items():
        compare(table, KEYS.get(table, 1), [(*row.values(),)[1:] for row in told], under[table], lambda key: name)
