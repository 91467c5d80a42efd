"""A flipped bit in the file is harmless, reported or refused: no traceback, and no sale from damage in silence."""

from __future__ import annotations

import io
import random
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from pos.cli import main
from pos.country.norway.signing import folder_of
from pos.store.file.soundness import SMALL, is_sound
from tests.durability.killing import Shop

SALE = "b\n\n2\nn\nn\na\n"
SCHEMA = 40_000
"""Bytes at the start of the file in which names of tables and columns stand."""


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop's file with three sales."""
    shop = Shop(tmp_path_factory.mktemp("sold"))
    shop.fill()
    with pytest.MonkeyPatch.context() as patch:
        for _ in range(3):
            patch.setattr("sys.stdin", io.StringIO(SALE))
            assert main(["--plain", "--db", str(shop.db), "--printer", "none"]) == 0
    return shop.db


def flipped(sold: Path, folder: Path, seed: int) -> Path:
    """A copy with one bit turned over: of the schema in every second seed, else anywhere."""
    chance = random.Random(seed)
    content = bytearray(sold.read_bytes())
    content[chance.randrange(SCHEMA if seed % 2 else len(content))] ^= 1 << chance.randrange(8)
    path = folder / "shop.db"
    path.write_bytes(content)
    shutil.copy(sold.with_name("shop.db.head"), path.with_name("shop.db.head"))
    shutil.copytree(folder_of(sold), folder_of(path))
    return path


def is_whole(path: Path) -> bool:
    with suppress(sqlite3.Error, UnicodeDecodeError), closing(sqlite3.connect(path)) as conn:
        return conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return False


def check_one(sold: Path, folder: Path, seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    path = flipped(sold, folder, seed)
    whole = is_whole(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(SALE))
        code = main(["--lang", "en", "--plain", "--db", str(path), "--printer", "none"])
    out, err = capsys.readouterr()
    assert err.count("\n") <= 1 + ("Your questions" in err)
    assert "unexpected" not in err + out, (folder / "pos-crash.log").read_text()
    if "Receipt K1" in out and not whole:
        assert "damaged" in out, seed
    if "Receipt K1" not in out:
        assert code == 1 or "damaged" in out, (seed, out, err)
    for command in (["report"], ["report", "--json"], ["menu", "export"]):
        main(["--lang", "en", *command, "--db", str(path)])
        told = capsys.readouterr().err
        assert "unexpected" not in told, (seed, command, (folder / "pos-crash.log").read_text())


@pytest.mark.parametrize("seed", range(16))
def test_a_flipped_bit_is_harmless_or_reported(
    sold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    check_one(sold, tmp_path, seed, capsys)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(12))
def test_many_flipped_bits_are_harmless_or_reported(
    sold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], part: int
) -> None:
    for seed in range(1000 + 100 * part, 1100 + 100 * part):
        check_one(sold, tmp_path, seed, capsys)


def test_a_large_file_is_checked_in_a_copy(sold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.store.file.soundness.SMALL", 1000)
    assert SMALL > 1000
    assert is_sound(sold) is True
    content = sold.read_bytes()
    torn = tmp_path / "torn.db"
    torn.write_bytes(content[: len(content) // 2] + bytes(4096) + content[len(content) // 2 + 4096 :])
    assert is_sound(torn) is False


def test_a_file_that_is_locked_or_gone_is_not_called_damaged(sold: Path, tmp_path: Path) -> None:
    assert is_sound(tmp_path / "gone.db") is None
    copy = tmp_path / "locked.db"
    shutil.copy(sold, copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as conn:
        conn.execute("BEGIN EXCLUSIVE")
        assert is_sound(copy) is None
