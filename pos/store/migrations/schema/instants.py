"""Times of offer events and tenders as microseconds since 1970 in UTC and the offset from UTC, as in the journal. Views
still give local time with its offset."""

from __future__ import annotations

from pos.store.migrations.schema import keys
from pos.store.migrations.schema.holding import IS_SO, STAYS
from pos.store.migrations.schema.people_ids import with_name, with_person
from pos.store.migrations.schema.rebuilding import rebuilt

OFFER_EVENT = keys.OFFER_EVENT.replace(
    "        at TEXT NOT NULL,\n",
    "        at_us INTEGER NOT NULL, -- microseconds since 1970, UTC\n"
    "        offset_s INTEGER NOT NULL, -- what the shop's clocks were ahead of that, in seconds\n",
)
TENDER = (
    with_person(keys.TENDER)
    .replace(
        "        at TEXT NOT NULL, -- when it was tried\n",
        "        at_us INTEGER NOT NULL, -- when it was tried: microseconds since 1970, UTC\n"
        "        offset_s INTEGER NOT NULL, -- what the shop's clocks were ahead of that, in seconds\n",
    )
    .replace(
        "        changed_at TEXT NOT NULL, -- when it came to its state\n",
        "        changed_us INTEGER NOT NULL, -- when it came to its state\n"
        "        changed_offset_s INTEGER NOT NULL,\n",
    )
)
# A time that `us_of` and `offset_of` cannot read is replaced by the time of its act, if known.
FILL_OFFER_EVENT = """
    INSERT INTO new_offer_event
    SELECT
        e.order_key, e.seq, e.number, e.name, e.kind, e.offer_id, COALESCE(us_of(e.at), j.at_us, 0),
        COALESCE(offset_of(e.at), j.offset_s, 0), e.outcome, e.reason, e.count, e.units
    FROM offer_event AS e LEFT JOIN journal AS j ON j.seq = e.seq
    ORDER BY e.order_key, e.seq, e.number
"""
FILL_TENDER = """
    INSERT INTO new_tender
    SELECT
        order_key, number, till_id, person, kind, state, amount_minor, handed_minor, rounding_minor, change_minor,
        COALESCE(us_of(at), us_of(changed_at), 0), COALESCE(offset_of(at), offset_of(changed_at), 0),
        COALESCE(us_of(changed_at), us_of(at), 0), COALESCE(offset_of(changed_at), offset_of(at), 0), business_day
    FROM tender ORDER BY order_key, number
"""
LOCAL = """
        strftime('%Y-%m-%dT%H:%M:%S', US / 1000000 + OFFSET, 'unixepoch')
            || CASE WHEN US % 1000000 THEN printf('.%06d', US % 1000000) ELSE '' END
            || printf('%s%02d:%02d', CASE WHEN OFFSET < 0 THEN '-' ELSE '+' END, abs(OFFSET) / 3600,
                abs(OFFSET) % 3600 / 60)"""
"""A time in ISO 8601. There are none before 1970."""


def local(us: str, offset: str) -> str:
    """The SQL expression of a time with its offset, from its two columns."""
    return LOCAL.replace("US", us).replace("OFFSET", offset)


TENDERS_VIEW = with_name(keys.TENDERS_VIEW, "t").replace(
    "t.at, t.changed_at,",
    f"{local('t.at_us', 't.offset_s')} AS at,{local('t.changed_us', 't.changed_offset_s')} AS changed_at,\n        ",
)

INSTANTS = (
    "DROP VIEW tenders",
    "DROP VIEW sales",
    "DROP VIEW offer_ledger",
    *rebuilt("offer_event", OFFER_EVENT, FILL_OFFER_EVENT),
    *rebuilt("tender", TENDER, FILL_TENDER),
    "CREATE INDEX tender_not_approved ON tender(business_day) WHERE state <> 'approved'",
    *(statement.replace("TABLE", "offer_event") for statement in (STAYS, IS_SO)),
    STAYS.replace("TABLE", "tender"),
    TENDERS_VIEW,
    with_name(keys.SALES_VIEW, "s"),
    with_name(keys.OFFER_LEDGER_VIEW, "s"),
)
