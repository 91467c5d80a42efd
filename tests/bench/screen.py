"""Times the screen through a terminal: from start to a usable screen, and from a key to the changed screen."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from dataclasses import replace
from pathlib import Path

from pos.domain.menu.scanning import ScannerMode, ScannerSetup
from pos.office.menus import load_menu_file
from pos.resources import shipped
from pos.store import open_store
from tests.bench.sampling import Sample, shown
from tests.builders import NOW
from tests.office_acts import gate, put_menu

ROWS, COLUMNS = 24, 80
END_OF_FRAME = b"\x1b[1;1H"  # Textual moves the cursor there after each frame
PATIENCE = 10.0


class Terminal:
    """A program that runs on a terminal of its own."""

    def __init__(self, *command: str) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PYTHONDONTWRITEBYTECODE": "1"}
            os.execv(sys.executable, [sys.executable, *command])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))

    def until(self, wanted: bytes, since: float) -> float:
        """Returns the seconds from `since` to the end of a frame with the wanted bytes. Raises TimeoutError."""
        seen = b""
        while time.perf_counter() - since < PATIENCE:
            ready, _, _ = select.select([self.fd], [], [], 0.5)
            if ready:
                seen += os.read(self.fd, 65536)
                place = seen.find(wanted)
                if place >= 0 and END_OF_FRAME in seen[place:]:
                    return time.perf_counter() - since
        raise TimeoutError(f"{wanted!r} not in {seen[-400:]!r}")

    def settle(self, seconds: float) -> None:
        """Read and drop the program's output for that long."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if select.select([self.fd], [], [], 0.02)[0]:
                os.read(self.fd, 65536)

    def press(self, key: str, wanted: bytes) -> float:
        """Press a key. Returns the seconds to the end of a frame with the wanted bytes."""
        since = time.perf_counter()
        os.write(self.fd, key.encode())
        return self.until(wanted, since)

    def end(self) -> None:
        """Kill the program, which has nothing to lose."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def till(path: Path) -> Terminal:
    """Starts the till on a file."""
    return Terminal("-m", "pos", "--db", str(path), "--lang", "nb", "--printer", "none")


def bare(path: Path) -> Terminal:
    """Starts the bare app, the floor, on a file."""
    return Terminal("-m", "tests.bench.bare", str(path))


def filled(folder: Path, name: str, scanner: ScannerMode = ScannerMode.NONE) -> Path:
    """Returns a file with the shipped menu, so that the till does not open its first-start screen."""
    path = folder / name
    store = open_store(path)
    assert load_menu_file(gate(store), shipped("menu.toml")) == []
    menu = replace(store.menu.load(), scanner=ScannerSetup(scanner))
    put_menu(store, menu, store.menu.pairings(), NOW)
    store.close()
    return path


def starts(folder: Path, runs: int) -> str:
    """The time from fork to a screen that can ring."""
    ours_path, floor_path = filled(folder, "ours.db"), filled(folder, "floor.db")
    floors, ours = [], []
    for _ in range(runs):
        for seconds, program, wanted in (
            (floors, bare(floor_path), b"READY"),
            (ours, till(ours_path), b"Cheeseburgermeny"),
        ):
            seconds.append(program.until(wanted, program.started))
            program.end()
    return shown("start to a usable screen", Sample(tuple(ours)), Sample(tuple(floors)), "at most 1.2 ×")


def leave(program: Terminal) -> None:
    """Go back from a question to ringing, after a time in which somebody can have read it."""
    program.settle(0.4)
    os.write(program.fd, b"\x1b")
    program.settle(0.4)


def verbs(folder: Path, runs: int) -> list[str]:
    """The times from key to changed screen: adding one of an item, and Enter to question 1."""
    ours = till(filled(folder, "keys.db"))
    ours.until(b"Cheeseburgermeny", ours.started)
    floor = bare(filled(folder, "keys-floor.db"))
    floor.until(b"READY", floor.started)
    for program in (ours, floor):
        program.settle(0.5)
    turn = 0
    rung, rung_floor, asked, asked_floor = [], [], [], []
    ours.press("b", b"119,00")
    ours.press(" ", b"TA MED")
    ours.press("\r", b"Appelsinbrus")
    ours.settle(0.5)  # nobody reads a question faster
    ours.press("1", b"+15,00")  # the drink is asked for once a line
    leave(ours)
    for _ in range(runs):
        ours.settle(0.06)
        rung.append(ours.press("+", b"238,00"))
        ours.settle(0.06)
        ours.press("-", b"119,00")
        ours.settle(0.06)
        asked.append(ours.press("\r", b"+15,00"))
        leave(ours)
        for key, seconds in (("a", rung_floor), ("q", asked_floor)):
            floor.settle(0.06)
            turn += 1
            seconds.append(floor.press(key, f"TURN{turn} ".encode()))
    ours.end()
    floor.end()
    return [
        shown("verb to changed screen", Sample(tuple(rung)), Sample(tuple(rung_floor)), "at most 1.2 ×"),
        shown("Enter to the question on the screen", Sample(tuple(asked)), Sample(tuple(asked_floor)), "at most 1.5 ×"),
    ]


def waiting(folder: Path, runs: int) -> str:
    """The time that a character waits in case a scan follows: the same verb on tills with and without a scanner."""
    tills = [till(filled(folder, f"{mode}.db", mode)) for mode in (ScannerMode.NONE, ScannerMode.KEYS)]
    for program in tills:
        program.until(b"Cheeseburgermeny", program.started)
        program.settle(0.5)
        program.press("b", b"119,00")
    seconds: list[list[float]] = [[], []]
    for _ in range(runs):
        for program, took in zip(tills, seconds, strict=True):
            program.settle(0.2)
            took.append(program.press("+", b"238,00"))
            program.settle(0.2)
            program.press("-", b"119,00")
    for program in tills:
        program.end()
    without, with_scanner = (Sample(tuple(took)) for took in seconds)
    return shown("a character where a scanner may type", with_scanner, without, "52 ms more")


def report(folder: Path, runs: int = 15) -> list[str]:
    """The rows of the report."""
    return [starts(folder, runs), *verbs(folder, runs * 10), waiting(folder, runs * 4)]
