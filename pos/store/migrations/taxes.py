"""Taxes change from rates in basis points to ids, with their rates in a table of their own; and sales and refunds get
the sum of their goods, beside what was due for them."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from pos.store.file.codec import encoded
from pos.store.migrations.altering import make_anew, views_aside
from pos.store.migrations.schema.holding import IS_SO, STAYS
from pos.store.selling.rates import tax_of

if TYPE_CHECKING:
    from sqlite_utils import Database

UNREADABLE = (zlib.error, msgspec.MsgspecError, UnicodeDecodeError)

TAX = """
    CREATE TABLE tax (
        id TEXT PRIMARY KEY,
        ppm INTEGER NOT NULL, -- the rate in parts per million: 150000 is 15 %
        on_top INTEGER NOT NULL -- 1: on top of the menu's prices; 0: in them
    ) STRICT, WITHOUT ROWID
"""
KNOWN = """
    INSERT INTO tax
    SELECT tax_id(vat_rate), vat_rate * 100, 0
    FROM (SELECT vat_rate FROM sale_vat UNION SELECT vat_rate FROM sale_line UNION SELECT vat_rate FROM refund_line)
"""

TAX_HELD = tuple(statement.replace("TABLE", "tax") for statement in (STAYS, IS_SO))

ROWS = {
    "sale_vat": "sale_tax",
    "sale_line_vat": "sale_line_tax",
    "refund_vat": "refund_tax",
    "refund_line_vat": "refund_line_tax",
}
"""Tables of what each tax takes, and their new names."""
DEPOSITS = ("sale_line_deposit", "refund_line_deposit")

ALONE = """
    CASE WHEN NOT EXISTS (
        SELECT 1 FROM SOLD_line_vat AS v WHERE v.SOLD_id = SOLD_line.SOLD_id AND v.number = SOLD_line.number
    ) THEN tax_id(vat_rate) END
"""
GOODS = """
    total_minor - COALESCE(
        (SELECT SUM(d.gross_minor) FROM SOLD_line_deposit AS d WHERE d.SOLD_id = SOLD.id), 0
    )
"""

VAT_RATE = re.compile(r"vat_rate INTEGER NOT NULL(,?)(?: --[^\n]*)?")
VAT = re.compile(r"\bvat_minor\b")
GROSS = re.compile(r"\bgross_minor INTEGER NOT NULL,(?: --[^\n]*)?")
TOTAL = re.compile(r"\btotal_minor INTEGER NOT NULL, -- before cash rounding")


def migrate_taxes(db: Database) -> None:
    """Make the tables of sales and refunds anew."""
    db.conn.create_function("tax_id", 1, lambda rate: tax_of(rate).id, deterministic=True)
    db.execute(TAX)
    db.execute(KNOWN)
    with views_aside(db, _in_look):
        for sold in ("sale", "refund"):
            make_anew(db, sold, _with_goods, {"goods_minor": GOODS.replace("SOLD", sold), "tax_minor": "vat_minor"})
            alone = {"tax": ALONE.replace("SOLD", sold), "tax_minor": "vat_minor"}
            make_anew(db, f"{sold}_line", _with_tax, alone)
        for table in DEPOSITS:
            filled = {"price_minor": "gross_minor", "tax": "tax_id(vat_rate)", "tax_minor": "vat_minor"}
            make_anew(db, table, _of_deposits, filled)
        for table, new in ROWS.items():
            filled = {"tax": "tax_id(vat_rate)", "net_minor": "gross_minor - vat_minor", "tax_minor": "vat_minor"}
            make_anew(db, table, _of_rows, filled)
            db.execute(f"ALTER TABLE {table} RENAME TO {new}")
    _accounts(db)


def _with_goods(sql: str) -> str:
    due = "total_minor INTEGER NOT NULL, -- what was due, before cash rounding"
    goods = "goods_minor INTEGER NOT NULL, -- what the menu said for the goods, after discounts"
    return VAT.sub("tax_minor", TOTAL.sub(f"{due}\n        {goods}", sql))


def _with_tax(sql: str) -> str:
    one = r"tax TEXT REFERENCES tax(id)\1 -- empty: not one tax on all of it"
    return VAT.sub("tax_minor", VAT_RATE.sub(one, sql))


def _of_deposits(sql: str) -> str:
    return _with_tax(GROSS.sub("price_minor INTEGER NOT NULL, -- in the total of all, not in the line's", sql))


def _of_rows(sql: str) -> str:
    sql = VAT_RATE.sub(r"tax TEXT NOT NULL REFERENCES tax(id)\1", sql).replace("vat_rate)", "tax)")
    sql = GROSS.sub("net_minor INTEGER NOT NULL, -- without any tax", sql).replace("several rates", "several taxes")
    return VAT.sub("tax_minor", sql)


RATE = "CASE WHEN t.ppm % 100 THEN t.ppm / 100.0 ELSE t.ppm / 100 END"
"""Views still give rates in basis points."""

LOOKS = (
    # the taxes on each line of a sale
    ("COALESCE(v.vat_rate, l.vat_rate) AS vat_rate", f"t.id AS tax, {RATE} AS vat_rate"),
    (
        "COALESCE(v.gross_minor, l.total_minor) AS gross_minor",
        "COALESCE(v.net_minor + v.tax_minor, l.total_minor + t.on_top * l.tax_minor) AS gross_minor",
    ),
    ("COALESCE(v.vat_minor, l.vat_minor) AS vat_minor", "COALESCE(v.tax_minor, l.tax_minor) AS vat_minor"),
    (
        "LEFT JOIN sale_line_vat AS v ON v.sale_id = l.sale_id AND v.number = l.number",
        "LEFT JOIN sale_line_vat AS v ON v.sale_id = l.sale_id AND v.number = l.number\n"
        "    JOIN tax AS t ON t.id = COALESCE(v.tax, l.tax)",
    ),
    # the taxes of refunds
    (
        "v.vat_rate,\n        v.gross_minor, v.vat_minor",
        f"t.id AS tax,\n        {RATE} AS vat_rate, v.net_minor + v.tax_minor AS gross_minor, v.tax_minor AS vat_minor",
    ),
    ("FROM refund_vat AS v JOIN", "FROM refund_vat AS v JOIN tax AS t ON t.id = v.tax JOIN"),
    # the sum of the goods
    (
        "s.total_minor - (SELECT COALESCE(SUM(p.gross_minor), 0) FROM sale_line_deposit AS p WHERE p.sale_id = s.id)",
        "s.goods_minor",
    ),
    ("AS discount_minor,\n        (SELECT", "AS discount_minor, s.goods_minor,\n        (SELECT"),
    ("AS units,\n        (SELECT COALESCE(SUM(p.", "AS units, r.goods_minor,\n        (SELECT COALESCE(SUM(p."),
    ("p.gross_minor", "p.price_minor"),
)
"""What changes in views, in this order."""
LINE_RATE = re.compile(
    r"CASE WHEN EXISTS \(\s*SELECT 1 FROM \w+_line_vat AS v [^)]*\) THEN NULL ELSE (\w+)\.vat_rate END AS vat_rate"
)
OF_LINE = r"\1.tax, (SELECT RATE FROM tax AS t WHERE t.id = \1.tax) AS vat_rate".replace("RATE", RATE)
SUM_OF_TAX = re.compile(r"\b(s|l|r|line)\.vat_minor\b")
ROWS_NAMED = re.compile(rf"\b({'|'.join(ROWS)})(?=\b|_stays|_is_so)")


def _in_look(name: str, sql: str) -> str:
    """A view or a trigger with the new names."""
    sql = LINE_RATE.sub(OF_LINE, sql)
    for was, now in LOOKS:
        sql = sql.replace(was, now)
    sql = SUM_OF_TAX.sub(r"\1.tax_minor AS vat_minor", sql)
    return ROWS_NAMED.sub(lambda found: ROWS[found[1]], sql)


def _accounts(db: Database) -> None:
    """Put ids in place of rates in account numbers: in the menu, and in menus that were kept. What cannot be read stays
    as it is."""
    for rowid, text in db.execute("SELECT rowid, accounts FROM shop WHERE accounts IS NOT NULL").fetchall():
        with suppress(*UNREADABLE):
            db.execute("UPDATE shop SET accounts = ? WHERE rowid = ?", [encoded(_by_id(text)).decode(), rowid])
    for version, body in db.execute("SELECT version, body FROM menu_kept").fetchall():
        with suppress(*UNREADABLE):
            menu = msgspec.json.decode(zlib.decompress(body), type=dict[str, msgspec.Raw])
            if "accounts" in menu:
                menu["accounts"] = msgspec.Raw(encoded(_by_id(menu["accounts"])))
                packed = zlib.compress(encoded(menu))
                db.execute("UPDATE menu_kept SET body = ? WHERE version = ?", [packed, version])


def _by_id(text: str | msgspec.Raw) -> dict[str, object]:
    accounts = msgspec.json.decode(text, type=dict[str, object])
    for key in ("sales", "output_vat"):
        rates = msgspec.convert(accounts.get(key, ()), list[tuple[int, int]])
        accounts[key] = [(tax_of(rate).id, number) for rate, number in rates]
    return accounts
