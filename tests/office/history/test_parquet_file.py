"""Past orders in Parquet, with every kind of column that tables come with; skipped without its reader."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pos.domain.errors import BadInput
from pos.office.history import parquet_file
from pos.store import Store
from tests.office.history.test_importing import HEAD, LINES, orders, take, written
from tests.rig import shop_file

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet
else:
    pa = pytest.importorskip("pyarrow", reason="the parquet extra is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")

NOON = datetime(2025, 3, 1, 12, 0)  # noqa: DTZ001  # the shop's own clock


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return shop_file(tmp_path)


def table(**columns: pa.Array) -> pa.Table:
    """Two orders: two items at noon, and one five minutes later."""
    given = {
        "order": pa.array([1, 1, 2]),
        "time": pa.array([NOON, NOON, NOON + timedelta(minutes=5)]),
        "item": pa.array(["Cheeseburger", "Cola", "Naan"]),
        "quantity": pa.array([1, 1, 1]),
        "price": pa.array([89.0, 35.0, 20.0]),
    }
    return pa.table({**given, **columns})


def saved(folder: Path, content: pa.Table, **options: int) -> Path:
    path = folder / "past.parquet"
    parquet.write_table(content, path, **options)
    return path


NS = pa.timestamp("ns")
USUAL = [("1", 720, ["Cheeseburger", "Cola"]), ("2", 725, ["Naan"])]
TIMES = [NOON, NOON, NOON + timedelta(minutes=5)]
SAME = {
    "as they are": {},
    "a dictionary": {"item": pa.array(["Cheeseburger", "Cola", "Naan"]).dictionary_encode()},
    "large strings": {"item": pa.array(["Cheeseburger", "Cola", "Naan"], pa.large_string())},
    "string views": {"item": pa.array(["Cheeseburger", "Cola", "Naan"], pa.string_view())},
    "bytes": {"item": pa.array([b"Cheeseburger", b"Cola", b"Naan"])},
    "decimals": {"price": pa.array([Decimal("89.00")] * 3), "order": pa.array([Decimal("1.0")] * 2 + [Decimal(2)])},
    "whole floats": {"order": pa.array([1.0, 1.0, 2.0])},
    "texts": {"order": pa.array(["1", "1", "2"]), "time": pa.array([at.isoformat(" ") for at in TIMES])},
    "seconds": {"time": pa.array(TIMES, pa.timestamp("s"))},
    "billionths of a second": {"time": pa.array([1740830400000000001] * 2 + [1740830700000000001], NS)},
    "the shop's zone": {"time": pa.array([at.replace(tzinfo=UTC) - timedelta(hours=1) for at in TIMES],
                                         pa.timestamp("us", "Europe/Oslo"))},
}  # fmt: skip


@pytest.mark.parametrize("columns", SAME.values(), ids=SAME.keys())
def test_columns_of_every_kind_say_the_same(store: Store, tmp_path: Path, columns: dict[str, pa.Array]) -> None:
    path = saved(tmp_path, table(**columns))
    assert take(store, path).refused == 0
    assert orders(store) == USUAL
    assert (take(store, path).lines, orders(store)) == (0, USUAL)


def test_what_csv_says_parquet_says(store: Store, tmp_path: Path) -> None:
    take(store, written(tmp_path, HEAD + LINES))
    found = take(store, saved(tmp_path, table()))
    assert (found.lines, found.orders) == (3, 0)


def test_summer_and_winter_in_a_zone_are_one_clock(store: Store, tmp_path: Path) -> None:
    times = [datetime(2025, month, 1, hour, tzinfo=UTC) for month, hour in ((1, 11), (1, 11), (7, 10))]
    take(store, saved(tmp_path, table(time=pa.array(times, pa.timestamp("us", "Europe/Oslo")))))
    assert [minute for _, minute, _ in orders(store)] == [720, 720]


def test_a_day_and_a_time_of_day_may_stand_apart(store: Store, tmp_path: Path) -> None:
    apart = table(time=pa.array([clock(12), clock(12), clock(12, 5)]), date=pa.array([date(2025, 3, 1)] * 3))
    take(store, saved(tmp_path, apart))
    assert orders(store) == USUAL


def test_what_is_missing_or_no_number_is_told_as_in_csv(store: Store, tmp_path: Path) -> None:
    nan = float("nan")
    holes = table(
        order=pa.array([1.0, None, nan]), price=pa.array([nan, 1, 2]), quantity=pa.array([None, 1, 1], pa.int8())
    )
    found = take(store, saved(tmp_path, holes))
    assert (found.unpriced, found.reasons) == (1, {"history-no-order": 2})
    found = take(store, saved(tmp_path, table(quantity=pa.array([1.0, -1.0, 0.0]))))
    assert found.reasons == {"history-return": 1, "history-none-sold": 1}


@pytest.mark.parametrize("start", range(4))
def test_reading_goes_on_inside_a_group_of_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: int) -> None:
    monkeypatch.setattr(parquet_file, "BATCH", 2)
    source = parquet_file.ParquetSource(saved(tmp_path, table(), row_group_size=2))
    read = [cells for block in source.blocks(start) for cells in block.rows]
    assert [cells[2] for cells in read] == ["Cheeseburger", "Cola", "Naan"][start:]


def damaged(path: Path) -> Path:
    """The same file with its first values overwritten."""
    whole = path.read_bytes()
    path.write_bytes(whole[:8] + b"\xff" * 40 + whole[48:])
    return path


def test_files_that_are_none_or_damaged_are_refused(store: Store, tmp_path: Path) -> None:
    cut = saved(tmp_path, table()).read_bytes()[:-50]
    for content in (b"", b"order,time,item\n", cut):
        (tmp_path / "past.parquet").write_bytes(content)
        with pytest.raises(BadInput) as caught:
            take(store, tmp_path / "past.parquet")
        assert caught.value.message_id == "history-not-text"
    with pytest.raises(BadInput) as caught:
        take(store, saved(tmp_path, table().slice(0, 0)))
    assert caught.value.message_id == "history-empty"
    with pytest.raises(BadInput) as caught:
        take(store, damaged(saved(tmp_path, table())))
    assert caught.value.message_id == "history-unreadable"
