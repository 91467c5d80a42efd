"""The commands of the menu: files in and out, and each mistake on a line."""

import errno
import os
from contextlib import closing
from pathlib import Path

import pytest

from pos.cli import main
from pos.domain.errors import BadInput
from pos.domain.money import Money
from pos.office.written import write
from pos.register.verbs import prices
from pos.resources import shipped
from pos.store import open_store
from tests.builders import kr
from tests.rig import a_register


def test_a_menu_that_is_exported_and_loaded_is_the_same(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    assert main(["menu", "export", str(first)]) == 0
    assert main(["menu", "load", str(first), "--db", str(tmp_path / "new.db")]) == 0
    assert "new.db" in capsys.readouterr().out
    assert main(["menu", "export", str(second), "--db", str(tmp_path / "new.db")]) == 0
    assert first.read_text(encoding="utf-8") == second.read_text(encoding="utf-8")
    assert main(["menu", "check", str(second)]) == 0
    assert main(["menu", "check", str(shipped("menu.toml"))]) == 0
    checked = capsys.readouterr().out.splitlines()
    assert checked[-1] == checked[-2]
    assert main(["menu", "export", "--db", str(tmp_path / "new.db")]) == 0
    assert capsys.readouterr().out == second.read_text(encoding="utf-8")


def test_a_menu_with_problems_is_refused_whole_and_each_problem_is_a_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["menu", "export", str(tmp_path / "before.toml")]) == 0
    bad = tmp_path / "bad.toml"
    text = shipped("menu.toml").read_text(encoding="utf-8")
    bad.write_text(text.replace('vat = "food"', 'vat = "fodd"', 1).replace("price = 119.00", "price = -1", 1))
    capsys.readouterr()
    for command in ("check", "load"):
        assert main(["menu", command, str(bad)]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        lines = err.splitlines()
        assert len(lines) >= 2
        assert all(line.startswith("bad.toml:") for line in lines)
    assert main(["menu", "export", str(tmp_path / "after.toml")]) == 0
    assert (tmp_path / "before.toml").read_text() == (tmp_path / "after.toml").read_text()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"= = =", b"[[item]]\n", bytes(1000), b"x = " + b"[" * 5000, b"x = " + b"9" * 5000],
)
def test_a_file_that_is_no_menu_is_told_in_lines(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "menu.toml"
    file.write_bytes(content)
    assert main(["--lang", "en", "menu", "check", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "menu.toml" in err
    assert "::" not in err
    assert "Something unexpected" not in err


@pytest.mark.parametrize("name", ["missing.toml", ".", "missing/folder/menu.toml"])
def test_a_menu_file_that_cannot_be_read_or_written_is_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    assert main(["--lang", "en", "menu", "check", str(tmp_path / name)]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    if name != "missing.toml":
        assert main(["--lang", "en", "menu", "export", str(tmp_path / name)]) == 1
        err = capsys.readouterr().err
        assert err.count("\n") == 1
        assert "Cannot write to" in err


def test_an_export_that_fails_leaves_the_old_file_and_nothing_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "menu.toml").write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(BadInput, match="file-unwritable"):
            write(folder / "menu.toml", "new")
    assert [(file.name, file.read_text()) for file in folder.iterdir()] == [("menu.toml", "old")]
    assert main(["menu", "export", str(folder / "menu.toml")]) == 1
    assert "finnes og er en annen meny" in capsys.readouterr().err
    assert (folder / "menu.toml").read_text() == "old"
    assert main(["menu", "export", str(folder / "menu.toml"), "--yes"]) == 0
    assert main(["menu", "export", str(folder / "menu.toml")]) == 0  # the same menu
    assert [file.name for file in folder.iterdir()] == ["menu.toml"]
    assert "[[item]]" in (folder / "menu.toml").read_text(encoding="utf-8")


def test_what_is_written_keeps_who_may_read_it_and_goes_through_a_pipe(tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    real.write_text("old")
    real.chmod(0o640)
    write(real, "new")
    assert (real.read_text(), real.stat().st_mode & 0o777) == ("new", 0o640)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write(pipe, "through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert not pipe.is_file()


@pytest.fixture
def priced(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The menu file of a shop in which a price was given at the counter afterwards."""
    monkeypatch.setenv("POS_DB", str(tmp_path / "shop.db"))
    file = tmp_path / "menu.toml"
    assert main(["menu", "export", str(file)]) == 0
    till = a_register(tmp_path)
    with closing(till.store):
        till.do(prices.change_price, "cheeseburger", kr(95))
        till.do(prices.change_price, "cola-m", kr(36))
    capsys.readouterr()
    return file


def price_of(sku: str, path: Path) -> Money:
    with closing(open_store(path / "shop.db")) as store:
        return store.menu.load().items[sku].price


def test_a_menu_that_sets_back_a_price_given_at_the_counter_is_told_and_needs_a_word(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, priced: Path
) -> None:
    assert main(["--lang", "en", "menu", "load", str(priced)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "Cola, medium: 36 kroner set at the counter, 35 kroner in the file.",
        "Cheeseburger: 95 kroner set at the counter, 79 kroner in the file.",
        "Set these prices back to those of the file? Nothing was changed. Add --yes to do it.",
    ]
    assert price_of("cheeseburger", tmp_path) == kr(95)
    assert main(["menu", "load", str(priced), "--yes"]) == 0
    assert "95 kroner" in capsys.readouterr().err
    assert price_of("cheeseburger", tmp_path) == kr(79)
    assert main(["menu", "load", str(priced)]) == 0
    assert capsys.readouterr().err == ""


def test_a_menu_that_has_the_counters_prices_or_not_the_item_needs_no_word(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, priced: Path
) -> None:
    assert main(["menu", "export", str(priced), "--yes"]) == 0
    text = priced.read_text(encoding="utf-8").replace("price = 69.00", "price = 70.00")
    priced.write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert main(["menu", "load", str(priced)]) == 0
    assert capsys.readouterr().err == ""
    assert price_of("cheeseburger", tmp_path) == kr(95)


@pytest.mark.parametrize(("answer", "code", "price"), [("n", 1, 95), ("j", 0, 79)])
def test_on_a_terminal_it_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, priced: Path, answer: str, code: int, price: int
) -> None:
    monkeypatch.setattr("pos.cli.confirming.is_terminal", lambda *streams: True)
    monkeypatch.setattr("builtins.input", lambda question: answer)
    assert main(["menu", "load", str(priced)]) == code
    assert price_of("cheeseburger", tmp_path) == kr(price)
