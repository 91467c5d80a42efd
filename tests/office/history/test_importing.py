"""Past orders in: all that can be taken, each once, and a word for what cannot."""

from __future__ import annotations

import csv
import tracemalloc
from pathlib import Path

import pytest

from pos.domain.errors import BadInput
from pos.office.history import csv_file, importing, rows
from pos.office.history.importing import Imported
from pos.office.history.mapping import map_names
from pos.office.history.names import Names, is_near, plain
from pos.office.history.reading import Options
from pos.store import Store
from pos.store.learning import history as stored
from pos.store.learning.baskets import unpacked
from pos.wording import wording
from tests.builders import MENU, NOW
from tests.office.history.taking import import_history
from tests.office_acts import gate
from tests.rig import shop_file

HEAD = "order,time,item,quantity,price\n"
LINES = """\
1,2025-03-01T12:00:00,Cheeseburger,1,89
1,2025-03-01T12:00:00,Cola,1,35
2,2025-03-01T12:05:00,Naan,1,20
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return shop_file(tmp_path)


def take(store: Store, path: Path, **columns: str) -> Imported:
    return import_history(store, path, wording("en"), NOW, Options(columns))


def written(folder: Path, text: str, name: str = "past.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def orders(store: Store) -> list[tuple[str, int, list[str]]]:
    """Every past order: its number, its minute of the day, and its items by name."""
    names = {item.id: item.name for item in store.history.items().values()}
    rows = store.file.conn.execute("SELECT ref, minute, items FROM history_order ORDER BY minute, ref").fetchall()
    return [(ref, minute % 1440, sorted(names[item] for item in unpacked(items))) for ref, minute, items in rows]


def test_lines_become_orders(store: Store, tmp_path: Path) -> None:
    found = take(store, written(tmp_path, HEAD + LINES))
    assert (found.lines, found.orders, found.refused) == (3, 2, 0)
    assert orders(store) == [("1", 720, ["Cheeseburger", "Cola"]), ("2", 725, ["Naan"])]


def test_a_second_import_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + LINES)
    take(store, path)
    before = orders(store)
    assert (take(store, path).lines, orders(store)) == (0, before)
    copy = written(tmp_path, HEAD + LINES + " \n", "copy-under-another-name.csv")
    assert (take(store, copy).orders, orders(store)) == (0, before)


def test_of_a_file_that_has_grown_only_the_new_lines_are_read(store: Store, tmp_path: Path) -> None:
    long = HEAD + LINES * 100
    path = written(tmp_path, long)
    take(store, path)
    path.write_text(long + "3,2025-03-02T12:00:00,Cola,1,35\n", encoding="utf-8")
    found = take(store, path)
    assert (found.lines, found.orders) == (1, 1)


def test_a_file_changed_before_that_place_is_read_again(store: Store, tmp_path: Path) -> None:
    long = HEAD + LINES * 100
    path = written(tmp_path, long)
    take(store, path)
    path.write_text(long[: -len(LINES)] + LINES.replace("Naan", "Dosa"), encoding="utf-8")
    assert take(store, path).lines == 300
    assert orders(store)[1] == ("2", 725, ["Dosa", "Naan"])


@pytest.mark.parametrize("slices", [2, 3])
def test_an_interrupted_import_goes_on_where_it_was(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slices: int
) -> None:
    text = HEAD + LINES + "x,never,Cola,1,1\n" + LINES.replace("03-01", "03-02") + "y,,Cola,1,1\n"
    monkeypatch.setattr(csv_file, "BLOCK", 80)
    path = written(tmp_path, text)
    told = 0

    def pull_the_plug(done: int, size: int) -> None:
        nonlocal told
        told += 1
        if told == slices:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_history(store, path, wording("en"), NOW, Options(), pull_the_plug)
    (durable,) = store.file.conn.execute("SELECT lines FROM history_file").fetchone()
    assert 0 < durable < 8
    found = take(store, path)
    assert (found.lines, found.all_lines, found.reasons) == (8 - durable, 8, {"history-time-unreadable": 2})
    assert [order[0] for order in orders(store)] == ["1", "2", "1", "2"]
    assert orders(store)[0][2] == ["Cheeseburger", "Cola"]
    assert found.list_path is not None
    with found.list_path.open(encoding="utf-8", newline="") as file:
        assert [row[0] for row in csv.reader(file)] == ["row", "5", "9"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("9,2025-03-01T12:00:00,Cola,-1,35", "history-return"),
        ("9,2025-03-01T12:00:00,Cola,0,35", "history-none-sold"),
        ("9,2025-03-01T12:00:00,Cola,NaN,35", "history-quantity-unreadable"),
        ("9,2025-03-01T12:00:00,Cola,two,35", "history-quantity-unreadable"),
        ("9,yesterday,Cola,1,35", "history-time-unreadable"),
        ("9,2025-13-01T12:00:00,Cola,1,35", "history-time-unreadable"),
        ("9,2025-03-01T12:00:00+02:00,Cola,1,35", "history-other-zone"),
        (",2025-03-01T12:00:00,Cola,1,35", "history-no-order"),
        ("9,2025-03-01T12:00:00, ,1,35", "history-no-item"),
        ("9,2025-03-01T12:00:00,Co\x1b[2Jla,1,35", "history-unsafe"),
        ("9,2025-03-01T12:00:00," + "a" * 500 + ",1,35", "history-unsafe"),
        ("9,2025-03-01", "history-row-short"),
    ],
)
def test_a_row_that_cannot_be_taken_is_listed_with_why(store: Store, tmp_path: Path, line: str, why: str) -> None:
    found = take(store, written(tmp_path, HEAD + LINES + line + "\n"))
    assert (found.orders, found.refused, found.reasons) == (2, 1, {why: 1})
    assert found.list_path is not None
    heading, row = csv.reader(found.list_path.read_text(encoding="utf-8").splitlines())
    assert heading == ["row", "reason", "order", "time", "item", "quantity", "price"]
    assert row[:2] == ["5", wording("en").text(why)]
    assert "\x1b" not in "".join(row)


def test_a_price_that_is_missing_or_no_number_is_counted_and_the_row_taken(store: Store, tmp_path: Path) -> None:
    text = HEAD + "1,2025-03-01T12:00,A,1,\n1,2025-03-01T12:00,B,1,NaN\n1,2025-03-01T12:00,C,1,12\n"
    found = take(store, written(tmp_path, text))
    assert (found.unpriced, found.refused, orders(store)) == (2, 0, [("1", 720, ["A", "B", "C"])])


def test_summer_and_winter_time_are_one_clock_and_a_third_is_not(store: Store, tmp_path: Path) -> None:
    rows = [("1", "2025-01-01T12:00:00+01:00"), ("2", "2025-07-01T12:00:00+02:00"), ("3", "2025-07-01T12:00:00+05:30")]
    found = take(store, written(tmp_path, HEAD + "".join(f"{ref},{at},A,1,1\n" for ref, at in rows)))
    assert [(ref, minute) for ref, minute, _ in orders(store)] == [("1", 720), ("2", 720)]
    assert found.reasons == {"history-other-zone": 1}


@pytest.mark.parametrize("zones", [("", "+01:00"), ("+01:00", "+09:00"), ("+01:00", "+02:00", "+03:00")])
def test_an_import_that_goes_on_remembers_the_clock_of_its_file(
    store: Store, tmp_path: Path, zones: tuple[str, ...]
) -> None:
    text = HEAD + LINES.replace(":00,", f":00{zones[0]},") * 50
    for number, zone in enumerate(zones[:-1]):
        text += f"{90 + number},2025-03-01T12:00:00{zone},Cola,1,1\n"
        take(store, written(tmp_path, text))
    late = f"99,2025-03-01T12:00:00{zones[-1]},Cola,1,1\n"
    found = take(store, written(tmp_path, text + late))
    assert (found.lines, found.orders, found.reasons) == (1, 0, {"history-other-zone": 1})


def test_the_reasons_of_all_imports_of_a_file_are_told_together(store: Store, tmp_path: Path) -> None:
    text = HEAD + LINES * 50 + "9,never,Cola,1,1\n"
    take(store, written(tmp_path, text))
    found = take(store, written(tmp_path, text + "9,2025-03-01T12:00:00,Cola,-1,1\n9,never,Cola,1,1\n"))
    assert (found.lines, found.refused) == (2, 3)
    assert found.reasons == {"history-time-unreadable": 2, "history-return": 1}


def test_a_row_put_right_in_the_middle_of_a_file_is_taken(store: Store, tmp_path: Path) -> None:
    text = HEAD + "9,2025-13-01T12:00,Cola,1,1\n" + LINES * 50
    assert take(store, written(tmp_path, text)).refused == 1
    found = take(store, written(tmp_path, text.replace("-13-", "-12-")))
    assert (found.orders, found.replaced, found.refused, store.history.count()) == (3, 2, 0, 3)


def test_an_order_that_grows_beyond_what_anybody_orders_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "MOST_IN_ORDER", 15)
    things = ["".join(f"1,2025-03-01T12:00,thing {n},1,1\n" for n in part) for part in (range(10), range(10, 20))]
    take(store, written(tmp_path, HEAD + things[0]))
    with pytest.raises(BadInput) as caught:
        take(store, written(tmp_path, HEAD + things[1], "more.csv"))
    assert (caught.value.message_id, caught.value.values["order"]) == ("history-order-too-large", "1")
    assert len(orders(store)[0][2]) == 10


def test_a_number_that_comes_again_after_a_year_is_another_order(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path, HEAD + LINES + LINES.replace("2025", "2026")))
    assert len(orders(store)) == 4


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "history-empty"),
        (HEAD, "history-empty"),
        ("a,b,c\n1,2,3\n", "history-no-column"),
        ("PK\0\0\0", "history-not-text"),
    ],
    ids=["nothing", "a header alone", "no such columns", "no text"],
)
def test_a_file_that_holds_no_orders_is_refused_in_plain_words(
    store: Store, tmp_path: Path, text: str, why: str
) -> None:
    with pytest.raises(BadInput) as caught:
        take(store, written(tmp_path, text))
    assert caught.value.message_id == why


def test_a_file_that_is_not_there_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        take(store, tmp_path / "nothing.csv")
    assert caught.value.message_id == "history-unreadable"


def test_too_many_different_items_are_the_wrong_column(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_ITEMS", 20)
    text = HEAD + "".join(f"{n},2025-03-01T12:00,thing {n},1,1\n" for n in range(21))
    with pytest.raises(BadInput) as caught:
        take(store, written(tmp_path, text))
    assert caught.value.message_id == "history-too-many-items"


def test_columns_can_be_named_and_a_wrong_name_is_told(store: Store, tmp_path: Path) -> None:
    path = written(tmp_path, "Bong;Når;Hva\n7;01.03.2025 18:30;Cola\n")
    assert take(store, path, order="Bong", time="når", item="Hva").orders == 1
    assert orders(store) == [("7", 1110, ["Cola"])]
    with pytest.raises(BadInput) as caught:
        take(store, path, order="Nummer", time="Når", item="Hva")
    assert caught.value.message_id == "history-no-such-column"


def test_names_of_a_windows_file_keep_their_letters(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "windows.csv"
    path.write_bytes((HEAD + "1,2025-03-01T12:00,Rødløkpølse,1,1\n").encode("cp1252"))
    take(store, path)
    assert orders(store)[0][2] == ["Rødløkpølse"]


@pytest.mark.parametrize("name", ["cheeseburger", "CHEESEBURGER", "  cheeseburger "])
def test_an_item_is_found_by_its_sku_or_its_name(name: str) -> None:
    assert Names(MENU).find(name) == "cheeseburger"


def test_accents_and_capitals_make_no_difference() -> None:
    assert plain("Crème  BRÛLÉE!") == plain("creme brulee")
    assert plain("Rødløk") == "rodlok"


def test_a_name_that_is_nearly_one_of_the_menu_is_proposed_and_settled_by_the_managers_file(
    store: Store, tmp_path: Path
) -> None:
    found = take(store, written(tmp_path, HEAD + "1,2025-03-01T12:00,Cheezeburger,1,1\n1,2025-03-01T12:00,Zzz,1,1\n"))
    assert [(one.name, one.proposed.sku) for one in found.naming.proposed if one.proposed] == [
        ("Cheezeburger", "cheeseburger")
    ]
    assert found.naming.path is not None
    assert store.history.items()["Cheezeburger"].sku is None
    assert map_names(gate(store), found.naming.path) == 1
    assert store.history.items()["Cheezeburger"].sku == "cheeseburger"


def test_a_mapping_to_what_the_menu_does_not_have_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        map_names(gate(store), written(tmp_path, "item,sku\nA,no-such\n"))
    assert (caught.value.message_id, caught.value.values["line"]) == ("history-mapping-sku", 2)


def test_parquet_without_its_extra_is_told(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.office.history.parquet_file.find_spec", {}.get)
    path = written(tmp_path, "", "past.parquet")
    with pytest.raises(BadInput) as caught:
        take(store, path)
    assert caught.value.message_id == "history-needs-parquet"


def test_a_long_file_needs_no_more_memory_than_a_short_one(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_file, "BLOCK", 20_000)
    monkeypatch.setattr(rows, "MOST_REMEMBERED", 100)
    monkeypatch.setattr(importing, "MOST_COUNTED", 100)
    monkeypatch.setattr(importing, "IN_MEMORY", 1000)

    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write(HEAD)
            file.writelines(f"{n // 2},2025-03-{1 + n // 2000:02}T12:00:00,item {n % 50},1,1\n" for n in range(rows))
        tracemalloc.start()
        take(store, path)
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(3000)  # what is made once, such as the menu, is made here
    assert peak(12_000) < 1.2 * peak(3000)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Cheezeburger", "Cheeseburger", True),
        ("Veggie burger", "veggieburger", True),
        ("Chicken burgers", "Chicken burger", True),
        ("Pilau Rice", "Eplejuice", False),
        ("Butter Chicken", "Chicken burger", False),
        ("Cobra (large)", "Cola, large", False),
        ("6 nuggets", "9 nuggets", False),
        ("Ale", "Pale", False),
        ("Cheese burger", "Cheeseburger", True),
        ("Muffin", "Eggmuffin", False),
        ("Shake", "Milkshake", False),
    ],
)
def test_a_name_is_near_another_when_each_of_its_words_is(one: str, other: str, near: bool) -> None:
    assert is_near(plain(one), plain(other)) is near


def test_a_code_that_is_the_menus_settles_a_name_and_a_short_number_does_not() -> None:
    names = Names(MENU)
    assert names.of_code("CHEESEBURGER") == "cheeseburger"
    assert names.kin("Osteburger", None, "cheeseburger") == names.kin_of_sku("cheeseburger")
    assert names.of_code("12") is None
