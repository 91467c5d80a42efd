"""A file of past orders is listed, replaced when it was put right, and forgotten; another's orders and sales stay."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pos.domain.errors import Refused
from pos.office.history.forgetting import file_meant, forget
from pos.office.history.importing import Import, Imported
from pos.office.history.reading import Options
from pos.office.learning.counting import count_orders
from pos.store import Store, open_store
from pos.store.file.connection import StoreFile
from pos.store.learning.baskets import unpacked
from pos.store.migrations.steps import STEPS, m006_history, migrate
from pos.wording import wording
from tests.office.history.taking import import_history
from tests.office_acts import gate
from tests.rig import a_cashier, shop_file

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
HEAD = "order,time,item\n"
WEEK = {
    "1": ("2026-03-09 12:00", "Cola Fries"),
    "2": ("2026-03-09 12:10", "Naan"),
    "3": ("2026-03-10 12:00", "Cola"),
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return shop_file(tmp_path)


def written(path: Path, orders: Mapping[str, tuple[str, str]]) -> Path:
    path.parent.mkdir(exist_ok=True)
    lines = [f"{ref},{time},{item}\n" for ref, (time, items) in orders.items() for item in items.split()]
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return path


def take(store: Store, path: Path, **options: str) -> Imported:
    return import_history(store, path, wording("en"), NOW, Options(**options))  # type: ignore[arg-type]  # texts alone


def orders(store: Store) -> list[str]:
    """Each past order: its number, its time and its items."""
    names = {item.id: item.name for item in store.history.items().values()}
    rows = store.file.conn.execute("SELECT ref, minute, items FROM history_order ORDER BY minute, ref")
    return [
        f"{ref} {minute // 60 % 24:02}:{minute % 60:02} {' '.join(sorted(names[item] for item in unpacked(items)))}"
        for ref, minute, items in rows
    ]


def test_nothing_is_written_before_it_is_confirmed(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "past.csv", {**WEEK, "9": ("never", "Cola")})
    before = sorted(place.name for place in tmp_path.iterdir())
    with Import(gate(store), path, wording("en"), NOW) as one:
        shown = one.read()
    assert (shown.orders, shown.rows, shown.reasons) == (3, 5, {"history-time-unreadable": 1})
    assert [example.items for example in shown.examples] == [["Cola", "Fries"], ["Naan"], ["Cola"]]
    assert (store.history.count(), store.history.files()) == (0, [])
    assert sorted(place.name for place in tmp_path.iterdir()) == before


def test_a_file_is_listed_with_its_days_and_orders_and_forgotten_whole(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "past.csv", WEEK))
    (one,) = store.history.files()
    assert (one.name, one.orders, one.last - one.first) == ("past.csv", 3, 24 * 60)
    assert forget(gate(store), file_meant(store, "past.csv")) == 3
    assert (orders(store), store.history.files(), store.history.items()) == ([], [], {})
    assert take(store, tmp_path / "past.csv").orders == 3


def test_forgetting_takes_no_sale(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    cashier.press("b", "enter", "2", "n", "n", "d", "enter")
    store = cashier.register.store
    count_orders(store)
    take(store, written(tmp_path / "past.csv", WEEK))
    count_orders(store)
    assert store.counts.counted().orders == 4
    sold = store.file.conn.execute("SELECT * FROM sale").fetchall()
    forget(gate(store), file_meant(store, "past.csv"))
    assert store.file.conn.execute("SELECT * FROM sale").fetchall() == sold
    count_orders(store)
    assert store.counts.counted().orders == 1


def test_an_order_of_two_files_stays_while_one_of_them_is_in(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "week.csv", WEEK))
    month = {**WEEK, "1": ("2026-03-09 12:00", "Cola Fries Muffin"), "9": ("2026-03-20 12:00", "Cola")}
    found = take(store, written(tmp_path / "month.csv", month))
    assert found.orders == 1
    assert orders(store)[0] == "1 12:00 Cola Fries Muffin"
    assert [one.orders for one in store.history.files()] == [3, 4]
    forget(gate(store), file_meant(store, "month.csv"))
    assert orders(store) == ["1 12:00 Cola Fries", "2 12:10 Naan", "3 12:00 Cola"]
    forget(gate(store), file_meant(store, "week.csv"))
    assert orders(store) == []


def test_the_month_stays_when_the_week_in_it_is_forgotten(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "week.csv", WEEK))
    take(store, written(tmp_path / "month.csv", {**WEEK, "9": ("2026-03-20 12:00", "Cola")}))
    forget(gate(store), file_meant(store, "week.csv"))
    assert len(orders(store)) == 4


def test_a_file_that_was_put_right_replaces_what_it_brought(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "past.csv", WEEK))
    right = {"1": WEEK["1"], "2": ("2026-03-09 12:10", "Dosa"), "4": ("2026-03-10 13:00", "Cola")}
    path = written(tmp_path / "past.csv", right)
    with Import(gate(store), path, wording("en"), NOW) as one:
        (replaced,) = one.read().replaced
        assert (replaced.orders, replaced.file.name) == (3, "past.csv")
        assert len(orders(store)) == 3
        one.write()
    assert orders(store) == ["1 12:00 Cola Fries", "2 12:10 Dosa", "4 13:00 Cola"]
    assert [file.orders for file in store.history.files()] == [3]


def test_what_the_new_file_does_not_tell_of_stays(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "export.csv", WEEK))
    take(store, written(tmp_path / "export.csv", {"3": WEEK["3"], "5": ("2026-03-11 12:00", "Cola")}))
    assert orders(store) == ["1 12:00 Cola Fries", "2 12:10 Naan", "3 12:00 Cola", "5 12:00 Cola"]
    assert [file.orders for file in store.history.files()] == [2, 2]


def test_the_same_file_read_in_another_way_replaces_what_it_brought(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "day.csv"
    path.write_text(HEAD + "1,03/10/2026 12:00,Cola\n", encoding="utf-8")
    take(store, path, dates="dmy")
    assert take(store, path, dates="mdy").replaced == 1
    (file,) = store.history.files()
    assert file.orders == 1
    assert datetime.fromtimestamp(file.first * 60, UTC).strftime("%Y-%m-%d") == "2026-03-10"


def test_two_tills_files_of_one_name_are_two(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "a" / "export.csv", WEEK))
    other = {"1": ("2026-03-09 12:03", "Dosa"), "2": ("2026-03-09 12:31", "Muffin"), "3": ("2026-03-10 11:00", "Wrap")}
    path = written(tmp_path / "b" / "export.csv", other)
    with Import(gate(store), path, wording("en"), NOW) as one:
        shown = one.read()
        assert ([file.name for file in shown.others], shown.replaced) == (["export.csv"], [])
        one.write()
    assert len(orders(store)) == 6
    with pytest.raises(Refused, match="history-file-which"):
        file_meant(store, "export.csv")
    assert file_meant(store, str(path)).id == 2
    assert forget(gate(store), file_meant(store, "1")) == 3
    assert orders(store) == ["1 12:03 Dosa", "2 12:31 Muffin", "3 11:00 Wrap"]


def test_a_file_is_known_under_another_name_while_it_is_there(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path / "past.csv", WEEK))
    (tmp_path / "past.csv").rename(tmp_path / "old.csv")
    assert file_meant(store, str(tmp_path / "old.csv")).name == "past.csv"


def test_a_file_that_is_not_in_cannot_be_forgotten(store: Store) -> None:
    for said in ("past.csv", "7"):
        with pytest.raises(Refused, match="history-file-unknown"):
            file_meant(store, said)


def test_a_file_of_before_is_known_again_once_it_is_given_again(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "past.csv", WEEK)
    take(store, path)
    store.file.conn.execute("UPDATE history_order SET file = NULL")
    store.file.conn.execute("UPDATE history_file SET head = 'of before'")
    with pytest.raises(Refused, match="history-file-legacy"):
        file_meant(store, "past.csv")
    assert take(store, path).orders == 0
    assert len(orders(store)) == 3
    assert forget(gate(store), file_meant(store, "2")) == 3


@pytest.mark.parametrize(("files", "owner"), [(1, 1), (2, None)])
def test_orders_of_an_older_shops_only_file_are_known_as_its_own(tmp_path: Path, files: int, owner: int | None) -> None:
    file = StoreFile(tmp_path / "old.db", 0.2)
    migrate(file, STEPS[: STEPS.index(m006_history) + 1])
    for number in range(1, files + 1):
        values = (number, f"head {number}", f"{number}.csv")
        file.conn.execute("INSERT INTO history_file VALUES (?, ?, '', ?, 1, 1, 0, 0, 0, '2026-01-01')", values)
    file.conn.execute("INSERT INTO history_order (ref, minute, items) VALUES ('1', 5, x'01000000')")
    file.close()
    store = open_store(tmp_path / "old.db")
    assert store.file.conn.execute("SELECT file FROM history_order").fetchall() == [(owner,)]
    assert len(store.history.files()) == files
    assert store.history.has_unowned() is (owner is None)
    store.close()


def test_a_line_taken_back_in_a_later_slice_leaves_its_order(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.office.history.csv_file.BLOCK", 60)
    rows = ["1,2026-03-09 12:00,Cola,1", "1,2026-03-09 12:00,Fries,1", "2,2026-03-09 12:05,Naan,1",
            "1,2026-03-09 12:20,Cola,-1", "2,2026-03-09 12:25,Naan,-1"]  # fmt: skip
    path = tmp_path / "past.csv"
    path.write_text("order,time,item,quantity\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert take(store, path).reasons == {"history-return": 2}
    assert orders(store) == ["1 12:00 Fries"]


def test_two_tills_that_count_from_one_in_the_same_file_are_told_apart(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "past.csv"
    path.write_text("Kasse;Bong;Tid;Vare\nA;1;09.03.2026 12:00;Cola\nB;1;09.03.2026 12:05;Fries\n", encoding="utf-8")
    take(store, path)
    assert orders(store) == ["1 (A) 12:00 Cola", "1 (B) 12:05 Fries"]


def test_items_that_another_import_has_numbered_meanwhile_keep_their_names(store: Store, tmp_path: Path) -> None:
    first = written(tmp_path / "first.csv", WEEK)
    second = written(tmp_path / "second.csv", {"8": ("2026-04-01 12:00", "Wrap Cola")})
    with Import(gate(store), first, wording("en"), NOW) as one:
        one.read()
        take(store, second)
        one.write()
    assert orders(store) == ["1 12:00 Cola Fries", "2 12:10 Naan", "3 12:00 Cola", "8 12:00 Cola Wrap"]
