"""`pos verify` finds every change made to a shop's file outside the till: by SQL, a flipped bit, or a cut."""

from __future__ import annotations

import json
import lzma
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from pos.cli import main
from pos.domain.errors import StoreError
from pos.office.verifying import verify_all, verify_file
from pos.store import Store, open_store
from pos.store.file.codec import to_json
from pos.store.journal.witness import witness_path
from pos.store.selling import write_offs
from pos.store.verifying import Finding, FindingKind, Verified
from pos.store.verifying import chain as chain_module
from tests.durability.tampering import TABLES, tamper, without_triggers
from tests.net.days import Day
from tests.net.kept import DAYS
from tests.net.kept import kept as days_kept
from tests.net.shops import file_from_before
from tests.office_acts import enter_till
from tests.rig import a_cashier

ACTS = Path(__file__).parents[1] / "store" / "made_by_48"
"""A file of an earlier version, with every act of that version."""
FILES = ("counter", "long", "machine", "menus", "sold_out")
COUNT = {"counter": 119, "long": 439, "machine": 5, "menus": 24, "sold_out": 14}
DAY = 125
"""A recorded day with sales, a write-off, a discard, a copy, kitchen slips and next-visit codes."""

EDITED = ("counter", "long", "day", "acts")
EDITS = 1000
SAMPLE = 60


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Shops' files, migrated to this version."""
    folder = tmp_path_factory.mktemp("kept")
    paths = {name: folder / f"{name}.db" for name in FILES}
    for name, path in paths.items():
        path.write_bytes(file_from_before(name))
    paths["acts"] = folder / "acts.db"
    paths["acts"].write_bytes(lzma.decompress((ACTS / "shop.db.xz").read_bytes()))
    open_store(paths["acts"]).close()
    paths["day"] = folder / "day.db"
    with played(DAY) as day:
        paths["day"].write_bytes(day.office.store.path.read_bytes())
    return paths


@contextmanager
def played(number: int) -> Iterator[Day]:
    """A recorded day, played to its end."""
    _, days = days_kept()
    day = Day(days[number])
    try:
        for step in days[number].steps:
            day.do(step)
        yield day
    finally:
        day.close()


@pytest.fixture
def shop(kept: dict[str, Path], tmp_path: Path) -> Path:
    """A copy of the fullest file."""
    path = tmp_path / "shop.db"
    path.write_bytes(kept["long"].read_bytes())
    return path


def verified(path: Path) -> Verified:
    with closing(open_store(path)) as store:
        return verify_file(store)


def edit(path: Path, *statements: str) -> None:
    """Edit a file by SQL with its triggers off."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn, without_triggers(conn):
        for statement in statements:
            conn.execute(statement)


def finding(path: Path) -> Finding:
    found = verified(path).finding
    assert found is not None
    return found


@pytest.mark.parametrize("name", FILES)
def test_an_untouched_file_verifies(kept: dict[str, Path], name: str) -> None:
    with closing(open_store(kept[name])) as store:
        assert verify_all(store) == Verified(COUNT[name])


def test_a_write_off_of_a_version_with_fewer_fields_verifies(
    kept: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def with_one_more(value: object) -> str:
        return to_json(value).replace('"worth":', '"added_later":false,"worth":')

    monkeypatch.setattr(write_offs, "to_json", with_one_more)
    with closing(open_store(kept["counter"])) as store:
        assert store.file.conn.execute("SELECT COUNT(*) FROM write_off").fetchone() != (0,)
        assert verify_all(store) == Verified(COUNT["counter"])


@pytest.mark.parametrize("number", [DAY, *range(3)])
def test_a_day_at_the_counter_verifies(number: int) -> None:
    with played(number) as day:
        found = verify_all(day.office.store)
    assert found.finding is None
    assert found.acts > 10


@pytest.mark.soak
@pytest.mark.parametrize("number", range(3, DAYS))
def test_every_day_at_the_counter_verifies(number: int) -> None:
    with played(number) as day:
        assert verify_all(day.office.store).finding is None


# edits


def found_in(path: Path, content: bytes, seed: int) -> bool:
    """Whether verifying finds a random edit, or the file is refused."""
    path.write_bytes(content)
    done = tamper(path, seed)
    try:
        is_found = verified(path).finding is not None
    except StoreError:
        is_found = True
    if not is_found:
        print(seed, done)
    return is_found


@pytest.mark.parametrize("name", EDITED)
def test_an_edit_a_deletion_or_an_insertion_by_sql_is_found(kept: dict[str, Path], tmp_path: Path, name: str) -> None:
    content = kept[name].read_bytes()
    missed = [seed for seed in range(SAMPLE // 2) if not found_in(tmp_path / "edited.db", content, seed)]
    assert missed == []


@pytest.mark.soak
@pytest.mark.parametrize("name", EDITED)
def test_each_of_a_thousand_edits_by_sql_is_found(kept: dict[str, Path], tmp_path: Path, name: str) -> None:
    content = kept[name].read_bytes()
    missed = [seed for seed in range(EDITS) if not found_in(tmp_path / "edited.db", content, seed)]
    assert missed == []


def test_the_first_row_of_the_journal_that_is_wrong_is_named(shop: Path) -> None:
    content = shop.read_bytes()
    for statements, kind, row in (
        (("UPDATE journal SET verb = 'void' WHERE seq IN (300, 301)",), FindingKind.CHANGED, 300),
        (("UPDATE journal SET hash = zeroblob(32) WHERE seq = 77",), FindingKind.CHANGED, 77),
        (("DELETE FROM journal WHERE seq IN (50, 51)",), FindingKind.LOST, 50),
        (("DELETE FROM journal WHERE seq = 1",), FindingKind.LOST, 1),
        (("DELETE FROM journal WHERE seq > 400",), FindingKind.CUT, 401),
    ):
        shop.write_bytes(content)
        edit(shop, *statements)
        assert finding(shop) == Finding(kind, "journal", str(row), row)


def test_a_changed_or_lost_order_id_is_reported_as_the_order_not_as_its_acts(shop: Path) -> None:
    content = shop.read_bytes()
    with closing(sqlite3.connect(shop)) as conn:
        ((order_id, first),) = conn.execute(
            "SELECT order_id, MIN(seq) FROM journal JOIN orders USING (order_key) WHERE order_key = 3"
        ).fetchall()
    for statement, told in (
        (
            "UPDATE orders SET order_id = 'another' WHERE order_key = 3",
            Finding(FindingKind.CHANGED, "orders", order_id, first),
        ),
        ("DELETE FROM orders WHERE order_key = 3", Finding(FindingKind.LOST, "orders", "3", first)),
    ):
        with closing(sqlite3.connect(shop)) as conn, pytest.raises(sqlite3.IntegrityError):
            conn.execute(statement)
        edit(shop, statement)
        assert finding(shop) == told
        shop.write_bytes(content)


def test_an_inserted_row_is_named_as_inserted(shop: Path) -> None:
    edit(
        shop,
        "UPDATE journal SET seq = -seq WHERE seq >= 200",
        "UPDATE journal SET seq = 1 - seq WHERE seq < 0",
        "UPDATE order_body SET seq = -seq WHERE seq >= 200",
        "UPDATE order_body SET seq = 1 - seq WHERE seq < 0",
        """
        INSERT INTO journal SELECT 200, format, id, at_us, offset_s, till, person, approver, shift, verb, order_key,
            parent, reason, NULL, hash FROM journal WHERE seq = 199
        """,
    )
    assert finding(shop) == Finding(FindingKind.INSERTED, "journal", "200", 200)


def test_a_body_is_found_that_was_changed_or_lost_in_a_pack_or_outside(shop: Path) -> None:
    content = shop.read_bytes()
    for statements, kind, table in (
        (
            ("UPDATE order_body SET body = replace(body, 'cheeseburger', 'bag') WHERE seq = 300",),
            "changed",
            "order_body",
        ),
        (("DELETE FROM order_body WHERE seq = 300",), "lost", "order_body"),
        (("DELETE FROM order_body WHERE seq = 6",), "lost", "order_body"),
        (("DELETE FROM body_pack WHERE last_seq = 64",), "lost", "body_pack"),
        (("UPDATE body_pack SET bodies = x'00' WHERE last_seq = 64",), "lost", "body_pack"),
    ):
        shop.write_bytes(content)
        edit(shop, *statements)
        there = finding(shop)
        assert (there.kind, there.table) == (kind, table)


def test_a_sale_is_named_by_its_number(shop: Path) -> None:
    content = shop.read_bytes()
    for statement, kind, table in (
        ("UPDATE sale SET total_minor = total_minor - 100 WHERE id = 7", FindingKind.CHANGED, "sale"),
        (
            "UPDATE sale_line SET quantity = quantity + 1 WHERE sale_id = 7 AND number = 1",
            FindingKind.CHANGED,
            "sale_line",
        ),
        ("UPDATE decision SET kept = kept + 1 WHERE sale_id = 7 AND kind = 'upsell'", FindingKind.CHANGED, "decision"),
        ("DELETE FROM sale_tax WHERE sale_id = 7", FindingKind.LOST, "sale_tax"),
    ):
        shop.write_bytes(content)
        edit(shop, statement)
        there = finding(shop)
        assert (there.kind, there.table) == (kind, table)
        with closing(sqlite3.connect(shop)) as conn:
            ((series, number),) = conn.execute("SELECT series, receipt_number FROM sale WHERE id = 7").fetchall()
        assert there.key == f"{series}-{number}"


LAST_SALE = "(SELECT MAX(id) FROM sale)"
FORGET_LAST_SALE = (
    f"UPDATE till SET receipt_number = receipt_number - 1 WHERE id = (SELECT till_id FROM sale WHERE id = {LAST_SALE})",
    f"UPDATE orders SET state = 'abandoned' WHERE order_key = (SELECT order_key FROM sale WHERE id = {LAST_SALE})",
    *(
        f"DELETE FROM {table} WHERE sale_id = {LAST_SALE}"
        for table in ("sale_line", "sale_tax", "sale_discount", "sale_line_tax", "sale_basket", "decision", "receipt")
    ),
    f"DELETE FROM next_visit WHERE sale_id = {LAST_SALE}",
    f"DELETE FROM sale WHERE id = {LAST_SALE}",
)


def test_a_last_sale_that_was_deleted_is_found_without_its_witness(shop: Path) -> None:
    edit(shop, *FORGET_LAST_SALE)
    assert finding(shop).kind in (FindingKind.LOST, FindingKind.CHANGED)


def test_the_number_of_a_deleted_sale_is_not_given_out_again_silently(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b", "enter", "2", "n", "n", "a", "enter")
    path = cashier.register.store.path
    cashier.register.store.close()
    with (
        closing(sqlite3.connect(path)) as conn,
        pytest.raises(sqlite3.IntegrityError, match="a number is given out once"),
    ):
        conn.execute("UPDATE till SET receipt_number = receipt_number - 1")
    edit(path, *FORGET_LAST_SALE)
    with closing(open_store(path)) as store, pytest.raises(StoreError, match="database-went-back"):
        store.witness.check()


@pytest.mark.parametrize("table", ["sale", "sale_line", "decision", "write_off", "offer_event"])
def test_the_file_refuses_to_change_what_was_sold_or_asked(kept: dict[str, Path], tmp_path: Path, table: str) -> None:
    path = tmp_path / "held.db"
    path.write_bytes(kept["counter"].read_bytes())
    with closing(sqlite3.connect(path)) as conn:
        (column,) = conn.execute(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1").fetchone()
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {column} = {column}"):
            with pytest.raises(sqlite3.IntegrityError, match="stays"):
                conn.execute(statement)


def test_what_the_witness_knows_cannot_be_cut_off_or_rewritten(shop: Path) -> None:
    with closing(open_store(shop)) as store, store.file.reading() as conn:
        store.witness.write(conn)
    assert verified(shop).finding is None
    edit(shop, "DELETE FROM offer_event WHERE seq = 439", "DELETE FROM order_body WHERE seq = 439")
    edit(shop, "UPDATE journal SET hash = zeroblob(32) WHERE seq = 439")
    edit(shop, "DELETE FROM journal WHERE seq = 439")
    assert finding(shop) == Finding(FindingKind.CUT, "journal", "439", 439)
    witness_path(shop).unlink()
    assert verified(shop) == Verified(438)


@pytest.mark.parametrize(
    ("statement", "kind", "key"),
    [
        ("DROP TRIGGER journal_stays", FindingKind.LOST, "trigger journal_stays"),
        ("DROP INDEX sale_paid", FindingKind.LOST, "index sale_paid"),
        ("CREATE TRIGGER mine AFTER INSERT ON sale BEGIN SELECT 1; END", FindingKind.INSERTED, "trigger mine"),
        (
            "UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (length(id) = 16)', '') WHERE name = 'journal'",
            FindingKind.CHANGED,
            "table journal",
        ),
        ("CREATE VIEW mine AS SELECT * FROM sale", None, ""),
    ],
)
def test_triggers_and_tables_are_verified_too(shop: Path, statement: str, kind: FindingKind | None, key: str) -> None:
    with closing(sqlite3.connect(shop, isolation_level=None)) as conn:
        conn.execute("PRAGMA writable_schema = ON")
        conn.execute(statement)
    with closing(open_store(shop)) as store:
        found = verify_all(store).finding
    assert found == (None if kind is None else Finding(kind, "sqlite_schema", key))


# flipped bits


def rows_of(path: Path) -> dict[str, list[object]]:
    with closing(sqlite3.connect(path)) as conn:
        return {table: conn.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}


def is_known(path: Path, content: bytes, seed: int, rows: dict[str, list[object]]) -> bool:
    """Whether verifying finds a random flipped bit, the file is refused, or its rows are unchanged."""
    draws = random.Random(seed)
    place = draws.randrange(len(content))
    flipped = content[place] ^ (1 << draws.randrange(8))
    path.write_bytes(content[:place] + bytes([flipped]) + content[place + 1 :])
    for beside in (f"{path}-journal", f"{path}.head"):
        Path(beside).unlink(missing_ok=True)
    try:
        if verified(path).finding is not None:
            return True
    except StoreError:
        return True
    is_same = rows_of(path) == rows
    if not is_same:
        print(seed, place)
    return is_same


def test_a_flipped_bit_is_found_refused_or_changes_nothing(kept: dict[str, Path], tmp_path: Path) -> None:
    content, rows = kept["counter"].read_bytes(), rows_of(kept["counter"])
    missed = [seed for seed in range(SAMPLE) if not is_known(tmp_path / "flipped.db", content, seed, rows)]
    assert missed == []


@pytest.mark.soak
@pytest.mark.parametrize("name", EDITED)
def test_each_of_a_thousand_flipped_bits_is_found_refused_or_changes_nothing(
    kept: dict[str, Path], tmp_path: Path, name: str
) -> None:
    content, rows = kept[name].read_bytes(), rows_of(kept[name])
    missed = [seed for seed in range(1000) if not is_known(tmp_path / "flipped.db", content, seed, rows)]
    assert missed == []


# while tills sell


def test_tills_sell_while_a_file_is_verified(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain_module, "SLICE", 40)
    read = chain_module.Chain.read
    with closing(open_store(shop)) as store, closing(open_store(shop)) as other:
        till = enter_till(other, "another")
        written = sold_meanwhile(other, till.id)

        def read_and_sell(chain: chain_module.Chain) -> chain_module.Raw:
            next(written, None)
            return read(chain)

        monkeypatch.setattr(chain_module.Chain, "read", read_and_sell)
        assert verify_file(store) == Verified(439 + 1 + 9)


def sold_meanwhile(store: Store, till_id: int) -> Iterator[int]:
    """Writes three orders of three rows each at another till, one row for each step of the iterator."""
    from tests.store.acting import abandon, keep
    from tests.store.samples import later, rung

    for number in range(3):
        head = None
        for length in (1, 2):
            order = rung(f"meanwhile-{number}", *["burger"] * length)
            head = keep(store, till_id, "ring", order, head, later(number)).seq
            yield head
        yield abandon(store, till_id, order, head, later(number)).seq


# the command


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_command_says_how_many_acts_are_right(
    shop: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    for more in ((), ("--all",)):
        code, out, err = told(capsys, "verify", *more, "--db", str(shop), "--lang", language)
        assert (code, err) == (0, "")
        assert out.startswith("439 ")
        assert len(out.splitlines()) == 1


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_command_names_the_first_row_in_one_line(
    shop: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    edit(shop, "UPDATE journal SET reason = 'because' WHERE seq = 123")
    code, out, err = told(capsys, "verify", "--db", str(shop), "--lang", language)
    assert (code, out) == (1, "")
    assert " 123 " in err
    assert len(err.splitlines()) == 1


def test_the_command_prints_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = told(capsys, "verify", "--json", "--db", str(shop))
    assert json.loads(out) == {"acts": 439, "whole": True}
    edit(shop, "DELETE FROM sale WHERE id = 3")
    code, out, _ = told(capsys, "verify", "--json", "--db", str(shop))
    assert code == 1
    assert json.loads(out)["finding"]["what"] == "lost"


def test_the_command_needs_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = told(capsys, "verify", "--db", str(tmp_path / "none.db"))
    assert code == 1
    assert "none.db" in err
