"""The migration steps, from an empty file to this version's tables. A released step never changes; new ones are
appended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from pos.domain.errors import StoreError
from pos.store.file.connection import APPLICATION_ID, SET_APPLICATION_ID, StoreFile
from pos.store.learning.baskets import fill_baskets
from pos.store.migrations.old_call_numbers import fill_call_numbers
from pos.store.migrations.old_tenders import fill_tenders
from pos.store.migrations.schema.article_groups import ARTICLE_GROUPS
from pos.store.migrations.schema.asking_sums import ASKING
from pos.store.migrations.schema.business_day import BUSINESS_DAY
from pos.store.migrations.schema.by_hand import BY_HAND
from pos.store.migrations.schema.channels import CHANNELS
from pos.store.migrations.schema.counter import COUNTER
from pos.store.migrations.schema.deposits import CHANGES, DEPOSITS, views_with_deposits
from pos.store.migrations.schema.discards import DISCARDS
from pos.store.migrations.schema.discounts import DISCOUNTS
from pos.store.migrations.schema.durations import DURATIONS
from pos.store.migrations.schema.history import BASKETS, FILES, HISTORY
from pos.store.migrations.schema.holding import HOLDING
from pos.store.migrations.schema.identity import IDENTITY
from pos.store.migrations.schema.instants import INSTANTS
from pos.store.migrations.schema.journal import BODIES, CLOSE, JOURNAL, OPEN_PACKS, PERSON, REFER
from pos.store.migrations.schema.keeping import KEEPING
from pos.store.migrations.schema.keys import KEYS
from pos.store.migrations.schema.kitchen import KITCHEN
from pos.store.migrations.schema.kitchen_tickets import KITCHEN_TICKETS
from pos.store.migrations.schema.learned import LEARN_EACH_TIME, LEARNED
from pos.store.migrations.schema.machines import MACHINES
from pos.store.migrations.schema.menu import MENU
from pos.store.migrations.schema.menu_kept import MENU_KEPT
from pos.store.migrations.schema.modifiers import MODIFIER_COUNTS, MODIFIER_KINDS
from pos.store.migrations.schema.next_visit import NEXT_VISITS
from pos.store.migrations.schema.packing import PACKING
from pos.store.migrations.schema.people import PEOPLE
from pos.store.migrations.schema.people_ids import PEOPLE_IDS
from pos.store.migrations.schema.practice import PRACTICE
from pos.store.migrations.schema.refunds import REFUNDS, decision_kept, on_what_is_kept
from pos.store.migrations.schema.sales import SALES
from pos.store.migrations.schema.scanner import SCANNER
from pos.store.migrations.schema.secret_codes import SECRET_CODES
from pos.store.migrations.schema.shifts import SHIFTS
from pos.store.migrations.schema.signatures import SIGNATURES
from pos.store.migrations.schema.slots import SLOTS
from pos.store.migrations.schema.sold_out import SOLD_OUT
from pos.store.migrations.schema.taxes import LINE_TAXES
from pos.store.migrations.schema.tenders import TENDERS
from pos.store.migrations.schema.tips import MOST_TIP, tenders_with_tips
from pos.store.migrations.schema.views import VIEWS
from pos.store.migrations.schema.wordings import WORDINGS
from pos.store.migrations.schema.write_offs import WRITE_OFFS

if TYPE_CHECKING:
    import sqlite3

    from sqlite_utils import Database

Step: TypeAlias = Callable[["Database"], None]


def m001_menu(db: Database) -> None:
    """Shop, items and all that leads from one to another."""
    _run(db, (*MENU, "PRAGMA user_version = 1"))


def m002_counter(db: Database) -> None:
    """Tills, orders, offers, and what is sold out."""
    _run(db, (*COUNTER, "PRAGMA user_version = 2"))


def m003_sales(db: Database) -> None:
    """Sales and their receipts."""
    _run(db, (*SALES, "PRAGMA user_version = 3"))


def m004_views(db: Database) -> None:
    """The views for other tools."""
    _run(db, (*VIEWS, "PRAGMA user_version = 4"))


def m005_practice(db: Database) -> None:
    """Practice: in a shop's file the periods, in a practice file all that was practised."""
    _run(db, (*PRACTICE, "PRAGMA user_version = 5"))


def m006_history(db: Database) -> None:
    """Orders from before the till, and what was learned from all orders."""
    _run(db, (*HISTORY, "PRAGMA user_version = 6"))


def m007_asking(db: Database) -> None:
    """What asking brings in: margins in the ledger, sums by day, and the shop's settings."""
    _run(db, (*ASKING, "PRAGMA user_version = 7"))


def m008_machines(db: Database) -> None:
    """Machines have names."""
    _run(db, (*MACHINES, "PRAGMA user_version = 8"))


def m009_next_visits(db: Database) -> None:
    """A declined upgrade can come back as a next-visit offer."""
    _run(db, (*NEXT_VISITS, "PRAGMA user_version = 9"))


def m010_baskets(db: Database) -> None:
    """Each sale's items in one row for counting, and the time zones of an imported file."""
    _run(db, BASKETS)
    fill_baskets(db.conn)
    _run(db, ("PRAGMA user_version = 10",))


def m011_wordings(db: Database) -> None:
    """An offer has several wordings; the ledger keeps which one was said, and whether the order already had something
    of the kind."""
    _run(db, (*WORDINGS, "PRAGMA user_version = 11"))


def m014_learned(db: Database) -> None:
    """The number of orders that were learned from is kept beside the counts."""
    _run(db, (*LEARNED, "PRAGMA user_version = 14"))


def m015_packing(db: Database) -> None:
    """Older orders of the log move into packs, a few at a time while tills sell; a row of the log stays for ever."""
    _run(db, (*PACKING, "PRAGMA user_version = 15"))


def m016_business_day(db: Database) -> None:
    """Every sale has its business day, and the sums are by business day."""
    _run(db, (*BUSINESS_DAY, "PRAGMA user_version = 16"))


def m017_slots(db: Database) -> None:
    """A slot with a default may be asked about at checkout."""
    _run(db, (*SLOTS, "PRAGMA user_version = 17"))


def m018_identity(db: Database) -> None:
    """A file has an identity, and keeps the numbers that were skipped after it was restored."""
    _run(db, (*IDENTITY, "PRAGMA user_version = 18"))


def m019_sold_out(db: Database) -> None:
    """A modifier can be sold out, and an item in all its sizes."""
    _run(db, (*SOLD_OUT, "PRAGMA user_version = 19"))


def m020_durations(db: Database) -> None:
    """The ledger keeps how long an answer took, whatever happened to the clock."""
    _run(db, (*DURATIONS, "PRAGMA user_version = 20"))


def m021_tenders(db: Database) -> None:
    """Every tender has a row, whether or not its order became a sale; call numbers are one series for the shop."""
    _run(db, TENDERS)
    fill_tenders(db.conn)
    fill_call_numbers(db.conn)
    _run(db, ("PRAGMA user_version = 21",))


def m022_taxes(db: Database) -> None:
    """A line can have several rates of tax."""
    _run(db, (*LINE_TAXES, "PRAGMA user_version = 22"))


def m023_secret_codes(db: Database) -> None:
    """New next-visit codes are stored as digests, and every attempt to redeem one is recorded."""
    _run(db, (*SECRET_CODES, "PRAGMA user_version = 23"))


def m024_kitchen(db: Database) -> None:
    """A slip for the kitchen, where the shop asks for one; a modifier may have an age limit."""
    _run(db, (*KITCHEN, "PRAGMA user_version = 24"))


def m025_menu_kept(db: Database) -> None:
    """A replaced menu is kept for the orders that were priced by it."""
    _run(db, (*MENU_KEPT, "PRAGMA user_version = 25"))


def m026_history_files(db: Database) -> None:
    """Each past order knows the files that brought it, so that a file can be taken back."""
    _run(db, (*FILES, "PRAGMA user_version = 26"))


def m027_scanner(db: Database) -> None:
    """The shop's settings say whether it has a scanner, and its prefix."""
    _run(db, (*SCANNER, "PRAGMA user_version = 27"))


def m028_discards(db: Database) -> None:
    """A discarded order has its reason, is counted, and can be brought back."""
    _run(db, (*DISCARDS, "PRAGMA user_version = 28"))


def m029_modifier_counts(db: Database) -> None:
    """An item can have more than one of a modifier."""
    _run(db, (*MODIFIER_COUNTS, "PRAGMA user_version = 29"))


def m030_modifier_kinds(db: Database) -> None:
    """A modifier can have a tax class of its own, and is marked if it removes a part."""
    _run(db, (*MODIFIER_KINDS, "PRAGMA user_version = 30"))


def m031_write_offs(db: Database) -> None:
    """Staff meals, remakes and waste are written off, in a series of their own."""
    _run(db, (*WRITE_OFFS, "PRAGMA user_version = 31"))


def m032_channels(db: Database) -> None:
    """Orders come in by delivery and telephone, too; kinds of tenders are rows."""
    _run(db, (*CHANNELS, "PRAGMA user_version = 32"))


def m033_journal(db: Database) -> None:
    """The log of orders becomes the journal: every act a row, chained; people have ids."""
    from pos.store.migrations.old_log import OldLog

    _run(db, (PERSON, *REFER, JOURNAL, *BODIES, *OPEN_PACKS))
    OldLog(db.conn).chain()
    _run(db, (*CLOSE, "PRAGMA user_version = 33"))


def m034_learn_each_time(db: Database) -> None:
    """Pairs are scored anew each time; the orders that they came from are not kept."""
    _run(db, (*LEARN_EACH_TIME, "PRAGMA user_version = 34"))


def m035_holding(db: Database) -> None:
    """Triggers refuse to change or delete what was sold, and to lower a number."""
    _run(db, (*HOLDING, "PRAGMA user_version = 35"))


def m036_by_hand(db: Database) -> None:
    """A trigger keeps orders that were served by hand out of a shop's file."""
    _run(db, (BY_HAND, "PRAGMA user_version = 36"))


def m037_keys(db: Database) -> None:
    """An order's id stands in `orders` alone; every other table refers to the order by an integer key."""
    _run(db, (*KEYS, "PRAGMA user_version = 37"))


def m038_people_ids(db: Database) -> None:
    """Tables refer to people by their ids."""
    _run(db, (*PEOPLE_IDS, "PRAGMA user_version = 38"))


def m039_instants(db: Database) -> None:
    """Times of offer events and tenders are integers, as in the journal."""
    from pos.store.migrations.times import read_times

    read_times(db)
    _run(db, (*INSTANTS, "PRAGMA user_version = 39"))


def m042_people(db: Database) -> None:
    """People sign in with a PIN or a badge, and have a role."""
    _run(db, (*PEOPLE, "PRAGMA user_version = 42"))


def m043_shifts(db: Database) -> None:
    """A till has shifts, with tallies, drawer counts and reports."""
    _run(db, (*SHIFTS, "PRAGMA user_version = 43"))


def m044_refunds(db: Database) -> None:
    """Refunds have a series of their own, and the ledger keeps only what stayed sold."""
    _run(db, REFUNDS)
    columns = [str(row[1]) for row in db.execute("PRAGMA table_info(decision)").fetchall()]
    ((ledger,),) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'offer_ledger'").fetchall()
    _run(db, (decision_kept(columns), "DROP VIEW offer_ledger", on_what_is_kept(ledger), "PRAGMA user_version = 44"))


def m045_kitchen_tickets(db: Database) -> None:
    """Orders can be sent to the kitchen before they are paid, and the kitchen marks what is done."""
    _run(db, (*KITCHEN_TICKETS, "PRAGMA user_version = 45"))


def m046_signatures(db: Database) -> None:
    """Sales and returns are signed."""
    _run(db, (*SIGNATURES, "PRAGMA user_version = 46"))


def m047_keeping(db: Database) -> None:
    """A file records its backups, and the backup that it was restored from."""
    _run(db, (*KEEPING, "PRAGMA user_version = 47"))


def m048_discounts(db: Database) -> None:
    """The shop's settings say how large a discount given by hand may be."""
    _run(db, (*DISCOUNTS, "PRAGMA user_version = 48"))


def m049_deposits(db: Database) -> None:
    """An item can carry a deposit, and sales and refunds keep it apart from their goods."""
    rows = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'view'").fetchall()
    views = {str(name): str(sql) for name, sql in rows if name in CHANGES}
    _run(db, (*DEPOSITS, *views_with_deposits(views), "PRAGMA user_version = 49"))


def m050_tips(db: Database) -> None:
    """The shop says whether it takes tips, and how large one may be; payments say what of them is one."""
    ((tenders,),) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'tenders'").fetchall()
    _run(db, (MOST_TIP, "DROP VIEW tenders", tenders_with_tips(tenders), "PRAGMA user_version = 50"))


def m051_article_groups(db: Database) -> None:
    """The menu says what things are for the accounts, and what numbers these have."""
    _run(db, (*ARTICLE_GROUPS, "PRAGMA user_version = 51"))


def m052_times(db: Database) -> None:
    """When orders began, papers came out and codes were used are numbers, as in the journal."""
    from pos.store.migrations.times import AROUND_SALES, as_numbers

    as_numbers(db, AROUND_SALES)
    _run(db, ("PRAGMA user_version = 52",))


def m053_times_of_sales(db: Database) -> None:
    """When things were sold, asked and written off are numbers, too."""
    from pos.store.migrations.times import LOOKING_AT_SALES, SALES, as_numbers

    as_numbers(db, SALES, LOOKING_AT_SALES)
    _run(db, ("PRAGMA user_version = 53",))


def m054_times_of_the_office(db: Database) -> None:
    """So are the times of menus, of what is sold out, of imports and of practice."""
    from pos.store.migrations.times import OFFICE_AND_PRACTICE, as_numbers

    as_numbers(db, OFFICE_AND_PRACTICE)
    _run(db, ("PRAGMA user_version = 54",))


def m055_texts(db: Database) -> None:
    """A text is JSON by language, whichever languages there are."""
    from pos.store.migrations.texts import by_language

    by_language(db)
    _run(db, ("PRAGMA user_version = 55",))


def m056_taxes(db: Database) -> None:
    """A tax is an id with a rate in parts per million, and what the menu says of goods is a sum beside what is due."""
    from pos.store.migrations.taxes import TAX_HELD, migrate_taxes

    migrate_taxes(db)
    _run(db, (*TAX_HELD, "PRAGMA user_version = 56"))


STEPS: tuple[Step, ...] = (
    m001_menu,
    m002_counter,
    m003_sales,
    m004_views,
    m005_practice,
    m006_history,
    m007_asking,
    m008_machines,
    m009_next_visits,
    m010_baskets,
    m011_wordings,
    m014_learned,
    m015_packing,
    m016_business_day,
    m017_slots,
    m018_identity,
    m019_sold_out,
    m020_durations,
    m021_tenders,
    m022_taxes,
    m023_secret_codes,
    m024_kitchen,
    m025_menu_kept,
    m026_history_files,
    m027_scanner,
    m028_discards,
    m029_modifier_counts,
    m030_modifier_kinds,
    m031_write_offs,
    m032_channels,
    m033_journal,
    m034_learn_each_time,
    m035_holding,
    m036_by_hand,
    m037_keys,
    m038_people_ids,
    m039_instants,
    m042_people,
    m043_shifts,
    m044_refunds,
    m045_kitchen_tickets,
    m046_signatures,
    m047_keeping,
    m048_discounts,
    m049_deposits,
    m050_tips,
    m051_article_groups,
    m052_times,
    m053_times_of_sales,
    m054_times_of_the_office,
    m055_texts,
    m056_taxes,
)
"""In order. Each sets `user_version` to its own number, so that an older program recognises a newer file. Steps 12 and
13 became part of step 11; files that ran them have the same tables."""


def number_of(step: Step) -> int:
    """The `user_version` of a file after this step."""
    return int(step.__name__[1:4])


LATEST = number_of(STEPS[-1])
"""The `user_version` of this version's files."""


def _run(db: Database, statements: Sequence[str]) -> None:
    for statement in statements:
        db.execute(statement)


def migrate(file: StoreFile, steps: Sequence[Step] = STEPS) -> None:
    """Bring a file to this version. If several processes start at once, one does it and the others wait.

    Raises `StoreError`: `not-a-database` for a file of another program, `database-newer` for one of a later version.
    """
    with file.rebuilding() as conn:
        version = _version(file, conn)
        latest = number_of(steps[-1])
        if version > latest:
            raise StoreError("database-newer", path=file.path)
        if version < latest:
            _apply(conn, steps)


def check_version(file: StoreFile, steps: Sequence[Step] = STEPS) -> None:
    """Check that a file is of this version; changes nothing. Raises `StoreError` as `migrate` does, and
    `database-older`."""
    with file.reading() as conn:
        version = _version(file, conn)
    latest = number_of(steps[-1])
    if version != latest:
        raise StoreError("database-newer" if version > latest else "database-older", path=file.path)


def _version(file: StoreFile, conn: sqlite3.Connection) -> int:
    """The number of the last step that the file has run; 0 for an empty file."""
    (application_id,) = conn.execute("PRAGMA application_id").fetchone()
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    (tables,) = conn.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    if application_id != APPLICATION_ID and (application_id or version or tables):
        raise StoreError("not-a-database", path=file.path)
    return int(version)


def _apply(conn: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """Run the missing steps inside the open transaction. sqlite-utils keeps the list of the steps that were run."""
    from sqlite_utils import Database, Migrations

    db = Database(conn, recursive_triggers=False, execute_plugins=False)
    migrations = Migrations("pos")
    for step in steps:
        migrations()(step)
    migrations.apply(db)
    conn.execute(SET_APPLICATION_ID)
