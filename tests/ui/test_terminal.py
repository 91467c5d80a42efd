"""The till in a terminal of its own: what comes over the wire, and how it is left."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ui.driver import a_shop

ROOT = Path(__file__).parents[2]
PATIENT = 20.0

# Run in a process of its own: the till on the file that it is given, on the terminal that it finds.
TILL = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from pos.ui import run
from tests.ui.driver import a_counter
sys.exit(run(a_counter(Path(sys.argv[1]), lambda: datetime.now(UTC))))
"""

LEFT_ALT_SCREEN = "\x1b[?1049l"


class Terminal:
    """A pseudo-terminal with a till in it."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self.seen = ""
        self._master = master
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def send(self, data: bytes) -> None:
        """Type, or scan, these bytes."""
        os.write(self._master, data)

    def send_all(self, data: bytes) -> None:
        """Type very many bytes, as fast as they are read."""
        while data:
            data = data[os.write(self._master, data[:65536]) :]

    def most_memory(self) -> int:
        """The most memory that the till has taken, in kB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1))  # type: ignore[union-attr]  # Linux has it

    def read(self) -> None:
        """Read what has been written since."""
        self._read()

    def vanish(self) -> None:
        """Be gone, without a word to a till that this terminal does not control."""
        gone = os.open(os.devnull, os.O_RDWR)
        os.dup2(gone, self._master)
        os.close(gone)

    def wait_for(self, text: str) -> None:
        """Read until a text has been written since this was last asked for."""
        end = time.monotonic() + PATIENT
        while text not in self.seen:
            assert time.monotonic() < end, f"{text!r} never came: {self.seen[-2000:]!r}"
            self._read()
        self.seen = self.seen.split(text, 1)[1]

    def _read(self) -> None:
        ready, _, _ = select.select([self._master], [], [], 0.1)
        if ready:
            try:
                self.seen += self._decode(os.read(self._master, 65536))
            except OSError:  # how Linux says that the other end is closed
                self.seen += ""


@contextmanager
def a_terminal() -> Iterator[Terminal]:
    """A till at its first screen."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with a_shop() as path:
        process = subprocess.Popen(
            [sys.executable, "-c", TILL, str(path)],
            cwd=ROOT,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        )
        os.close(slave)
        terminal = Terminal(process, master)
        try:
            terminal.wait_for("Ingen varer")
            yield terminal
        finally:
            process.kill()
            process.wait()
            os.close(master)


def test_a_byte_that_is_not_utf_8_does_not_deafen_the_till() -> None:
    with a_terminal() as terminal:
        terminal.send("æ".encode("latin-1"))
        terminal.send(b"b")
        terminal.wait_for("119,00")
        terminal.send(b"\xff\xfe\xc3(")
        terminal.wait_for("ikke er UTF-8")
        terminal.send(b"c")
        terminal.wait_for("139,00")


@pytest.mark.parametrize("name", [signal.SIGTERM, signal.SIGHUP])
def test_a_till_that_is_told_to_end_leaves_the_terminal_as_it_was(name: signal.Signals) -> None:
    with a_terminal() as terminal:
        terminal.process.send_signal(name)
        terminal.wait_for(LEFT_ALT_SCREEN)
        assert terminal.process.wait(PATIENT) == 0


def test_a_till_whose_terminal_is_gone_ends() -> None:
    with a_terminal() as terminal:
        terminal.vanish()
        assert terminal.process.wait(PATIENT) == 0


def test_comma_q_leaves_the_till() -> None:
    with a_terminal() as terminal:
        terminal.send(b"\x11\x03")
        terminal.wait_for("avslutte kassa")
        terminal.send(b",q")
        terminal.wait_for(LEFT_ALT_SCREEN)
        assert terminal.process.wait(PATIENT) == 0


def test_an_escape_with_a_digit_close_behind_it_is_both() -> None:
    with a_terminal() as terminal:
        terminal.send(b"b")
        terminal.wait_for("119,00")
        terminal.send(b"!")
        terminal.wait_for("Allergener")
        terminal.send(b"\x1b3b")
        terminal.wait_for("476,00")


@pytest.mark.parametrize("ending", [b"\r", b"\t", b"\r\n", b"\n", b""])
def test_a_code_that_comes_as_bytes_is_one_code(ending: bytes) -> None:
    with a_terminal() as terminal:
        terminal.send("æ17-ABC".encode("latin-1") + ending)
        terminal.wait_for("ikke er UTF-8")
        terminal.send(b"bBcc1234567" + ending)
        terminal.wait_for("har koden bBcc1234567")
        terminal.send(b"\x1b[200~K1-18\r\n\x1b[201~")
        terminal.wait_for("Det finnes ingen kvittering K1-18")
        terminal.send((b"K1-17" + (ending or b"\r")) * 2)
        terminal.wait_for("Det finnes ingen kvittering K1-17")
        terminal.send(b"\x1b[25;9z")
        terminal.wait_for("Den tasten")
        terminal.send(b"b")
        terminal.wait_for("119,00")


@pytest.mark.soak
def test_a_flood_of_keys_is_told_and_ends() -> None:
    with a_terminal() as terminal:
        flood = threading.Thread(target=terminal.send_all, args=(b"\x1b[C" * 500_000,), daemon=True)
        flood.start()
        terminal.wait_for("flere tastetrykk")
        while flood.is_alive():
            terminal.read()
        flood.join()
        assert terminal.most_memory() < 300_000
        end = time.monotonic() + PATIENT
        while "TA MED" not in terminal.seen:  # keys are taken again after a silence, in whichever category it left
            assert time.monotonic() < end
            terminal.send(b" ")
            for _ in range(10):
                terminal.read()
