"""Files that cannot be used: one clear line for each, exit code 1, nothing lost and no traceback."""

import io
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from pos.cli import main
from pos.domain.errors import StoreError
from pos.store import copy_to_read, open_store
from tests.durability.child import a_counter
from tests.durability.faults import locked
from tests.durability.killing import Shop, assert_sound
from tests.rig import a_cashier, a_register
from tests.templates import take_every_step

ORDER = "b\n\n1\n2\nn\nn\na\n"


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the till says when it refuses: one line, and exit code 1."""
    assert main(["--lang", "en", *arguments]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1, err
    return err


def sell(
    db: Path, *, code: int = 0, lines: str = ORDER, arguments: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """A till that sells what the lines say, in this process: starting Python takes thirty times as long as the sale."""
    command = ["--plain", "--lang", "en", "--db", str(db), *arguments]
    out, err = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as streams:
        streams.setattr(sys, "stdin", io.StringIO(lines))
        streams.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="utf-8", write_through=True))
        streams.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="utf-8", write_through=True))
        returned = main(command)
        told = subprocess.CompletedProcess(command, returned, out.getvalue().decode(), err.getvalue().decode())
    assert returned == code, told.stdout + told.stderr
    assert "Traceback" not in told.stderr
    return told


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear shop, " * 500)
    assert "is not a till's database" in refusal(capsys, "--plain", "--db", str(text))
    assert text.read_text() == "Dear shop, " * 500


def test_another_programs_database_is_left_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.db"
    conn = sqlite3.connect(other)
    conn.execute("CREATE TABLE diary (day TEXT)")
    conn.commit()
    conn.close()
    before = other.read_bytes()
    assert "is not a till's database" in refusal(capsys, "--plain", "--db", str(other))
    assert other.read_bytes() == before


def test_a_newer_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = Shop(tmp_path)
    shop.fill()
    conn = sqlite3.connect(shop.db)
    conn.execute("PRAGMA user_version = 999")
    conn.close()
    assert "newer version" in refusal(capsys, "--plain", "--db", str(shop.db))


def test_a_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Cannot write to" in refusal(capsys, "--plain", "--db", str(tmp_path))


def test_a_folder_inside_a_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert "Cannot write to" in refusal(capsys, "--plain", "--db", str(tmp_path / "file" / "shop.db"))


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    db = tmp_path / "new" / "folder" / "shop.db"
    assert "Receipt K1-1" in sell(db).stdout


def test_a_file_cut_short_is_reported_as_damaged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = Shop(tmp_path)
    shop.fill()
    content = shop.db.read_bytes()
    refused = 0
    for part in (0.999, 0.9, 0.7, 0.5, 0.3, 0.1, 0.01):
        cut = tmp_path / "cut.db"
        cut.write_bytes(content[: int(len(content) * part)])
        code = main(["--lang", "en", "--plain", "--db", str(cut)])
        err = capsys.readouterr().err
        assert err.count("\n") == code, err
        assert "Something unexpected" not in err, err
        refused += code
    assert refused >= 5


@pytest.mark.parametrize("seed", range(40))
def test_a_file_with_holes_never_ends_in_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    import random

    chance = random.Random(seed)
    shop = Shop(tmp_path)
    shop.fill()
    content = bytearray(shop.db.read_bytes())
    for _ in range(3):
        at = chance.randrange(len(content) - 2048)
        content[at : at + 2048] = chance.choice((bytes(2048), chance.randbytes(2048)))
    shop.db.write_bytes(content)
    code = main(["--lang", "en", "menu", "export", str(tmp_path / "menu.toml"), "--db", str(shop.db)])
    err = capsys.readouterr().err
    assert err.count("\n") == code, err
    assert "Something unexpected" not in err, (tmp_path / "pos-crash.log").read_text()


def test_a_file_locked_for_long_is_reported_as_in_use(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.fill()
    with locked(shop.db), pytest.raises(StoreError, match="database-locked"):
        open_store(shop.db, wait=0.1)


def test_a_till_waits_for_a_file_that_is_locked_for_a_moment(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.fill()
    holding = "import sqlite3,sys,time; c=sqlite3.connect(sys.argv[1],isolation_level=None)"
    holding += "; c.execute('BEGIN EXCLUSIVE'); print('held',flush=True); time.sleep(1); c.execute('ROLLBACK')"
    with subprocess.Popen([sys.executable, "-c", holding, str(shop.db)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert "Receipt K1-1" in sell(shop.db, lines="b\n\n1\n2\nn\nn\nn\na\n").stdout


# a full disk


def test_a_full_file_refuses_the_verb_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    cashier = a_cashier(tmp_path)
    conn = cashier.register.store.file.conn
    ((pages,),) = conn.execute("PRAGMA page_count").fetchall()
    conn.execute(f"PRAGMA max_page_count = {pages}")
    shown = cashier.register.view.order
    for _ in range(200):
        shown = cashier.register.view.order
        cashier.press("b", "c")
        if cashier.said is not None:
            break
    assert cashier.said == "disk-full"
    assert cashier.register.view.order.lines[: len(shown.lines)] == shown.lines
    assert a_register(tmp_path).view.order == cashier.register.view.order
    conn.execute("PRAGMA max_page_count = 1000000")
    cashier.press("c")
    assert cashier.said is None
    assert a_register(tmp_path).view.order == cashier.register.view.order
    assert_sound(conn)


SMALL_DISK = 2 * 1024 * 1024
"""Bytes: a shop's file with the menu that ships takes not quite half of it."""


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of two megabytes, where the machine allows it."""
    place = Path(tempfile.mkdtemp())
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode:
        place.rmdir()
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)
    place.rmdir()


@pytest.mark.skipif(shutil.which("mount") is None, reason="no disk can be mounted here")
def test_a_full_disk_loses_nothing(small_disk: Path) -> None:
    shop = Shop(small_disk)
    shop.fill()
    counter = a_counter(shop.db, "1", shop.paper, 1)
    for key in ["b", "enter", "1", "2", "n", "n", "a", "b"]:
        counter.press(key)
    with (small_disk / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
                filler.flush()
        except OSError:
            pass
    before = counter.register.view.order
    for key in ("c", "b", "c"):
        counter.press(key)
        assert counter.message is not None
        assert counter.message.message_id == "disk-full"
        assert counter.register.view.order == before
    sell(shop.db, code=1)
    (small_disk / "filler").unlink()
    for _ in range(3):
        counter.press("c")
        assert counter.message is None
    again = a_counter(shop.db, "1", shop.paper, 1)
    assert again.register.view.order == counter.register.view.order
    assert again.register.store.sales.count() == 1
    assert_sound(again.register.store.file.conn)
    again.register.store.close()
    counter.register.store.close()


def test_a_first_start_on_a_full_disk_says_so(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take_every_step(monkeypatch)
    with (small_disk / "filler").open("wb", buffering=0) as filler:
        filler.write(bytes(SMALL_DISK - 64 * 1024))
    ran = sell(small_disk / "shop.db", code=1)
    assert ran.stderr == f"The disk is full. Nothing was lost, but {small_disk / 'shop.db'} cannot take more.\n"
    (small_disk / "filler").unlink()
    assert "Receipt K1-1" in sell(small_disk / "shop.db").stdout


# a file that may only be read


def mounted(*arguments: str) -> None:
    """Mount something, or skip the test where the machine does not allow it."""
    if subprocess.run(["mount", *arguments], check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")


@pytest.fixture
def read_only_file(tmp_path: Path) -> Iterator[Path]:
    """A till's file that nobody may write: not even root, who passes by the modes of files."""
    shop = Shop(tmp_path)
    shop.fill()
    if os.geteuid() != 0:
        shop.db.chmod(0o444)
        yield shop.db
        return
    mounted("--bind", str(shop.db), str(shop.db))
    mounted("-o", "remount,bind,ro", str(shop.db))
    yield shop.db
    subprocess.run(["umount", "-l", str(shop.db)], check=True)


def test_a_read_only_file_is_reported_at_once(read_only_file: Path) -> None:
    ran = sell(read_only_file, code=1)
    assert ran.stderr == f"{read_only_file} is read-only. Allow writing, or choose another file with --db.\n"
    assert ran.stdout == ""


@pytest.mark.parametrize("command", ["report", "report --json", "offers", "menu export"])
def test_commands_that_change_nothing_work_on_a_read_only_file(
    read_only_file: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_only_file.read_bytes()
    assert main(["--lang", "en", *command.split(), "--db", str(read_only_file)]) == 0
    out, err = capsys.readouterr()
    assert (bool(out), err) == (True, "")
    assert read_only_file.read_bytes() == before


@pytest.mark.parametrize("command", ["report --set-line 8", "offers --learn on"])
def test_commands_that_change_something_are_refused_on_a_read_only_file(
    read_only_file: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "is read-only" in refusal(capsys, *command.split(), "--db", str(read_only_file))


def test_a_read_only_file_that_a_crash_left_half_way_is_read_as_it_was(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.fill()
    before = a_copy(shop.db, tmp_path / "before")
    conn = sqlite3.connect(shop.db, isolation_level=None)
    conn.execute("PRAGMA cache_size = 2")
    conn.execute("BEGIN IMMEDIATE")
    conn.executemany("INSERT INTO shop_setting VALUES (?, ?)", [(str(n), "x" * 900) for n in range(200)])
    torn = tmp_path / "torn"
    torn.mkdir()
    for name in ("shop.db", "shop.db-journal"):
        shutil.copy(shop.db.with_name(name), torn / name)
    conn.close()
    copy = copy_to_read(torn / "shop.db", a_folder(tmp_path / "copies"))
    with closing(sqlite3.connect(copy)) as found, closing(sqlite3.connect(before)) as wanted:
        assert (
            found.execute("SELECT COUNT(*) FROM shop_setting").fetchall()
            == wanted.execute("SELECT COUNT(*) FROM shop_setting").fetchall()
        )
        assert found.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def a_folder(path: Path) -> Path:
    path.mkdir()
    return path


def a_copy(path: Path, target: Path) -> Path:
    shutil.copy(path, target)
    return target


@pytest.mark.parametrize("existing", [True, False])
def test_a_read_only_disk_is_reported_at_once(small_disk: Path, existing: bool) -> None:
    shop = Shop(small_disk)
    if existing:
        shop.fill()
    mounted("-o", "remount,ro", str(small_disk))
    ran = sell(shop.db, code=1)
    assert ran.stderr.count("\n") == 1
    assert ("read-only" in ran.stderr) or ("Cannot write to" in ran.stderr)
    assert ran.stdout == ""
