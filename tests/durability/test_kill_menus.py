"""kill -9 while the menu is put into the file: at the first start, and when a new one is loaded."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pos.cli import main
from pos.resources import shipped
from pos.store import open_store
from tests.durability.killing import ENVIRONMENT, ROOT, assert_sound


def killed_after(seconds: float, *arguments: str) -> None:
    """Start the till and kill it, unless it is done by then."""
    child = subprocess.Popen(
        [sys.executable, "-m", "pos", *arguments],
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    time.sleep(seconds)
    child.kill()
    _, errors = child.communicate()
    assert b"Traceback" not in errors


def menu_text(db: Path, to: Path) -> str:
    assert main(["menu", "export", str(to), "--yes", "--db", str(db)]) == 0
    return to.read_text(encoding="utf-8")


def first_starts(folder: Path, kills: int) -> None:
    chance = random.Random(kills)
    for number in range(kills):
        db = folder / str(number) / "shop.db"
        killed_after(0.1 + chance.random() * 0.7, "--plain", "--db", str(db))
        store = open_store(db)
        assert_sound(store.file.conn)
        assert store.menu.version() in (0, 1)
        store.close()
        assert menu_text(db, folder / "menu.toml") == menu_text(folder / "sound.db", folder / "sound.toml")


def loads(folder: Path, kills: int) -> None:
    """Two menus that differ in every price; after a kill it is the one or the other, whole."""
    chance = random.Random(kills)
    db, shipped_text = folder / "shop.db", shipped("menu.toml").read_text(encoding="utf-8")
    files = [folder / "first.toml", folder / "second.toml"]
    files[0].write_text(shipped_text, encoding="utf-8")
    files[1].write_text(shipped_text.replace("Cheeseburger", "Osteburger"), encoding="utf-8")
    texts = []
    for file in files:
        assert main(["menu", "load", str(file), "--db", str(db)]) == 0
        texts.append(menu_text(db, folder / "out.toml"))
    assert texts[0] != texts[1]
    for number in range(kills):
        killed_after(0.1 + chance.random() * 0.5, "menu", "load", str(files[number % 2]), "--db", str(db))
        assert menu_text(db, folder / "out.toml") in texts
        store = open_store(db)
        assert_sound(store.file.conn)
        store.close()


def test_a_first_start_that_is_killed_can_be_made_again(tmp_path: Path) -> None:
    first_starts(tmp_path, 4)


def test_a_menu_load_that_is_killed_leaves_one_menu_whole(tmp_path: Path) -> None:
    loads(tmp_path, 4)


@pytest.mark.soak
def test_many_first_starts_that_are_killed(tmp_path: Path) -> None:
    first_starts(tmp_path, 50)


@pytest.mark.soak
def test_many_menu_loads_that_are_killed(tmp_path: Path) -> None:
    loads(tmp_path, 50)
