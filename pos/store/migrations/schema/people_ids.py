"""Ids of people in place of names in the tables. Views still give the names."""

from __future__ import annotations

from pos.store.migrations.schema import keys
from pos.store.migrations.schema.holding import IS_SO, STAYS
from pos.store.migrations.schema.rebuilding import rebuilt

NAMES = """
    INSERT OR IGNORE INTO person (name)
    SELECT cashier FROM sale WHERE cashier <> ''
    UNION SELECT cashier FROM tender WHERE cashier <> ''
    UNION SELECT cashier FROM discard WHERE cashier <> ''
    UNION SELECT cashier FROM write_off WHERE cashier <> ''
    UNION SELECT cashier FROM next_visit_try WHERE cashier <> ''
"""
FILL_SALE = """
    INSERT INTO new_sale
    SELECT
        s.id, s.order_key, s.till_id, s.till, s.series, s.receipt_number, s.call_number, s.paid_at, s.paid_unix,
        s.business_day, p.id, s.language, s.serving_mode, s.channel, s.total_minor, s.vat_minor, s.rounding_minor,
        s.change_minor, s.note, s.body
    FROM sale AS s LEFT JOIN person AS p ON p.name = s.cashier
    ORDER BY s.id
"""
FILL_TENDER = """
    INSERT INTO new_tender
    SELECT
        t.order_key, t.number, t.till_id, p.id, t.kind, t.state, t.amount_minor, t.handed_minor, t.rounding_minor,
        t.change_minor, t.at, t.changed_at, t.business_day
    FROM tender AS t LEFT JOIN person AS p ON p.name = t.cashier
    ORDER BY t.order_key, t.number
"""
FILL_DISCARD = """
    INSERT INTO new_discard
    SELECT
        d.id, d.order_key, d.till_id, p.id, d.reason, d.at, d.business_day, d.units, d.total_minor, d.recalled_at
    FROM discard AS d LEFT JOIN person AS p ON p.name = d.cashier
"""
FILL_WRITE_OFF = """
    INSERT INTO new_write_off
    SELECT
        w.id, w.order_key, w.till_id, w.till, w.series, w.number, w.call_number, w.purpose, w.at, w.at_unix,
        w.business_day, p.id, w.serving_mode, w.worth_minor, w.cost_minor, w.note, w.body
    FROM write_off AS w LEFT JOIN person AS p ON p.name = w.cashier
"""
FILL_NEXT_VISIT_TRY = """
    INSERT INTO new_next_visit_try
    SELECT t.id, t.at, t.at_unix, t.till_id, p.id, t.order_key, t.outcome
    FROM next_visit_try AS t LEFT JOIN person AS p ON p.name = t.cashier
"""
NAME = "COALESCE((SELECT name FROM person WHERE person.id = ALIAS.person), '') AS cashier"
TABLES = ("sale", "tender", "discard", "write_off", "next_visit_try")
"""The tables that had a name."""


def with_person(create: str) -> str:
    """The statement of a table, with a person's id in place of a name."""
    return create.replace("cashier TEXT NOT NULL,", "person INTEGER REFERENCES person(id), -- empty: nobody")


def with_name(view: str, alias: str) -> str:
    """The statement of a view, with the name of the person in a row of `alias`."""
    return view.replace(f"{alias}.cashier", NAME.replace("ALIAS", alias))


PEOPLE_IDS = (
    *(f"DROP VIEW {view}" for view in keys.VIEWS),
    "DROP TRIGGER no_sale_is_written_off",
    "DROP TRIGGER written_off_for_good",
    NAMES,
    *rebuilt("sale", with_person(keys.SALE), FILL_SALE),
    *rebuilt("tender", with_person(keys.TENDER), FILL_TENDER),
    *rebuilt("discard", with_person(keys.DISCARD), FILL_DISCARD),
    *rebuilt("write_off", with_person(keys.WRITE_OFF), FILL_WRITE_OFF),
    *rebuilt("next_visit_try", with_person(keys.NEXT_VISIT_TRY), FILL_NEXT_VISIT_TRY),
    *(index for index in keys.INDEXES if index.split(" ON ")[1].split("(")[0] in TABLES),
    *(statement.replace("TABLE", table) for table in ("sale", "write_off") for statement in (STAYS, IS_SO)),
    STAYS.replace("TABLE", "tender"),
    keys.NO_SALE_IS_WRITTEN_OFF,
    keys.WRITTEN_OFF_FOR_GOOD,
    with_name(keys.SALES_VIEW, "s"),
    with_name(keys.SALE_LINES_VIEW, "s"),
    with_name(keys.SALE_LINE_TAXES_VIEW, "s"),
    with_name(keys.TENDERS_VIEW, "t"),
    with_name(keys.DISCARDS_VIEW, "d"),
    with_name(keys.WRITE_OFFS_VIEW, "w"),
    with_name(keys.WRITE_OFF_LINES_VIEW, "w"),
    with_name(keys.OFFER_LEDGER_VIEW, "s"),
    keys.NEXT_VISIT_OFFERS_VIEW,
)
