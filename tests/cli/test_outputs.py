"""No command writes over the shop's own files, hangs on a pipe, or lets a file's name speak to the terminal."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import pytest

from pos.cli import main
from pos.devices.text_printer import TextPrinter
from pos.files import read_start
from tests.durability.killing import Shop
from tests.templates import PRACTICE, begin_file

COMMANDS = {
    "menu export": "menu export {}",
    "report page": "report --html {}",
    "trainer table": "trainer --csv {} --practice-db {practice}",
    "printer as text": "--plain --printer text:{}",
    "printer as bytes": "--plain --printer escpos:file:{}",
    "printer as a device": "--plain --printer escpos:dev:{}",
}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A shop's file and a practice file in a folder of their own."""
    sold = Shop(tmp_path)
    sold.fill()
    monkeypatch.setenv("POS_DB", str(sold.db))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    begin_file(tmp_path / "practice.db", PRACTICE)
    return sold.db


def run(command: str, target: Path, shop: Path) -> int:
    words = command.format("\0", practice=shop.with_name("practice.db")).split()
    return main(["--lang", "en", *(word.replace("\0", str(target)) for word in words)])


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
@pytest.mark.parametrize("name", ["shop.db", "shop.db-journal", "practice.db"])
def test_no_command_writes_over_a_database_or_what_belongs_to_it(
    command: str, name: str, shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = shop.with_name(name)
    before = target.read_bytes() if target.exists() else None
    assert run(command, target, shop) == 1
    assert "is the till's own file, or another database" in capsys.readouterr().err
    assert (target.read_bytes() if target.exists() else None) == before


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
def test_no_command_writes_through_a_link_to_a_file(
    command: str, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    precious, link = tmp_path / "precious.txt", tmp_path / "link"
    precious.write_text("years of work")
    link.symlink_to(precious)
    assert run(command, link, shop) == 1
    assert f"is a link to {precious}" in capsys.readouterr().err
    assert precious.read_text() == "years of work"


@pytest.mark.parametrize("command", ["menu export {}", "report --html {}", "trainer --csv {} --practice-db {practice}"])
def test_no_command_writes_over_the_receipts_of_a_running_till(
    command: str, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    receipts = tmp_path / "receipts.txt"
    receipts.write_text("K1-1")
    till = TextPrinter(receipts)
    assert run(command, receipts, shop) == 1
    assert "The till is writing to" in capsys.readouterr().err
    assert (receipts.read_text(), till.path) == ("K1-1", receipts)


@pytest.mark.parametrize("command", ["menu export {}", "report --html {}"])
def test_a_pipe_that_nobody_reads_is_refused_and_hangs_nothing(
    command: str, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert run(command, tmp_path / "pipe", shop) == 1
    assert "Cannot write to" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["menu check {}", "menu load {}", "scenario check {}"])
@pytest.mark.parametrize("kind", ["pipe", "kernel", "zero"])
def test_a_pipe_or_a_device_is_read_without_hanging(
    command: str,
    kind: str,
    shop: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(read_start, "__defaults__", (0.01,))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    silent = os.open(pipe, os.O_RDWR)
    target = {"pipe": pipe, "kernel": Path("/proc/kmsg"), "zero": Path("/dev/zero")}[kind]
    assert run(command, target, shop) == 1
    assert capsys.readouterr().err
    os.close(silent)


@pytest.mark.parametrize("name", ["sh\udce9p", "e\x1b[31mred", "right-to-left-\u202elive", "two\nlines", "café"])
def test_any_name_of_a_file_works_and_none_speaks_to_the_terminal(
    name: str, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / name
    folder.mkdir()
    shutil.copy(shop, folder / f"{name}.db")
    for command in (f"menu export {{}}/{name}.toml", "report --html {}/page.html", "menu check {}/none.toml", "report"):
        words = [word.replace("{}", str(folder)) for word in command.split(" ")]
        main(["--lang", "en", "--db", str(folder / f"{name}.db"), *words])
        out, err = capsys.readouterr()
        for line in (out + err).splitlines():
            assert not {"\x1b", "\u202e"} & set(line)
        assert "unexpected" not in err
    assert (folder / f"{name}.toml").exists()


@pytest.mark.parametrize("command", ["menu export {}", "report", "trainer --json --practice-db {practice}", "--plain"])
def test_no_command_makes_a_folder_that_it_does_not_need(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    room = tmp_path / "temporary"
    room.mkdir()
    made: list[str] = []

    def noted(path: str, mode: int = 0o777) -> None:
        made.append(path)
        os_mkdir(path, mode)

    os_mkdir = os.mkdir
    monkeypatch.setattr("tempfile.tempdir", str(room))
    monkeypatch.setattr("tempfile._os.mkdir", noted)
    words = command.format(tmp_path / "out.toml", practice=shop.with_name("practice.db")).split()
    assert main(words) == 0
    assert [path for path in made if Path(path).parent == room] == []
