"""The lists of an import: which rows were not taken, and what names may mean; somewhere, whatever happens."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.errors import BadInput
from pos.office.history import csv_file
from pos.office.history.reading import Options
from pos.store import Store
from pos.wording import wording
from tests.builders import NOW
from tests.office.history.taking import import_history
from tests.rig import shop_file

HEAD = "Ordre;Tid;Vare;Antall\n"
ROWS = "1;2025-03-01 12:00;Cola;1\n2;when;Cheezeburger, stor;1\n3;2025-03-01 12:05;Cheezeburger;1\n"

LONGER = "1;2025-03-01 12:00;Cola;1\n" * 200
"""A file is known again by its first four thousand bytes."""


@pytest.fixture
def shop(tmp_path: Path) -> Store:
    return shop_file(tmp_path)


@pytest.fixture
def past(tmp_path: Path) -> Path:
    """A history in a folder of its own."""
    path = tmp_path / "stick" / "past.csv"
    path.parent.mkdir()
    path.write_text(HEAD + ROWS + LONGER, encoding="utf-8")
    return path


def block_lists(past: Path) -> None:
    """Nothing can be written where the lists would be."""
    for ending in ("not-taken", "mapping"):
        past.with_name(f"past.csv.{ending}.csv").mkdir()


def test_the_list_has_a_heading_in_the_users_language_and_the_separators_of_its_file(shop: Store, past: Path) -> None:
    found = import_history(shop, past, wording("nb"), NOW, Options())
    assert found.list_path == past.with_name("past.csv.not-taken.csv")
    assert found.list_path.read_text(encoding="utf-8").splitlines() == [
        "rad;grunn;Ordre;Tid;Vare;Antall",
        "3;tiden kan ikke leses;2;when;Cheezeburger, stor;1",
    ]


def test_a_list_that_was_put_right_is_taken_in(shop: Store, past: Path) -> None:
    path = import_history(shop, past, wording("nb"), NOW, Options()).list_path
    assert path is not None
    path.write_text(path.read_text(encoding="utf-8").replace("when", "2025-03-01 12:10"), encoding="utf-8")
    found = import_history(shop, path, wording("nb"), NOW, Options())
    assert (found.orders, found.refused) == (1, 0)


def test_where_its_folder_takes_no_lists_they_are_beside_the_shops_file(
    shop: Store, past: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    block_lists(past)
    monkeypatch.setattr(csv_file, "BLOCK", 1000)
    found = import_history(shop, past, wording("en"), NOW, Options())
    assert (found.orders, found.refused) == (2, 1)
    assert found.list_path == shop.path.with_name("past.csv.not-taken.csv")
    assert found.naming.path == shop.path.with_name("past.csv.mapping.csv")
    assert found.naming.path.read_text(encoding="utf-8").splitlines() == [
        "item,sku,orders,menu_item,code",
        "Cheezeburger,cheeseburger,1,cheeseburger,",
    ]
    with past.open("a", encoding="utf-8") as file:
        file.write("4;2025-03-01 12:10;Cola;none\n")
    found = import_history(shop, past, wording("en"), NOW, Options())
    assert found.list_path == shop.path.with_name("past.csv.not-taken.csv")
    lines = found.list_path.read_text(encoding="utf-8").splitlines()
    assert [line.split(";")[0] for line in lines] == ["row", "3", "205"]


def test_a_list_that_goes_on_stays_where_it_was(shop: Store, past: Path) -> None:
    block_lists(past)
    begun = import_history(shop, past, wording("en"), NOW, Options()).list_path
    past.with_name("past.csv.not-taken.csv").rmdir()
    with past.open("a", encoding="utf-8") as file:
        file.write("4;2025-03-01 12:10;Cola;none\n")
    found = import_history(shop, past, wording("en"), NOW, Options())
    assert found.list_path == begun
    assert begun is not None
    assert len(begun.read_text(encoding="utf-8").splitlines()) == 3


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs the full device")
def test_on_a_full_disk_no_part_of_the_list_is_left(shop: Store, past: Path) -> None:
    past.with_name("past.csv.not-taken.csv").symlink_to("/dev/full")
    found = import_history(shop, past, wording("en"), NOW, Options())
    assert found.list_path == shop.path.with_name("past.csv.not-taken.csv")
    assert [path.name for path in past.parent.glob("*not-taken*")] == []


def test_where_no_folder_takes_the_list_nothing_is_taken_and_that_is_told(shop: Store, past: Path) -> None:
    block_lists(past)
    shop.path.with_name("past.csv.not-taken.csv").mkdir()
    with pytest.raises(BadInput, match="file-unwritable") as caught:
        import_history(shop, past, wording("en"), NOW, Options())
    assert caught.value.values["path"] == str(shop.path.with_name("past.csv.not-taken.csv"))
    assert shop.history.count() == 0
