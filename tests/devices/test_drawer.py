"""A drawer on a receipt printer: opening it, and reading its state."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from pos.devices import DrawerState, drawer_from
from pos.devices.escpos_drawer import ASK, KICK, EscPosDrawer
from pos.devices.escpos_printer import EscPosPrinter
from pos.devices.naming import printer_from
from pos.devices.targets import NetworkTarget
from pos.domain.errors import BadInput, DeviceError


@contextmanager
def a_printer(answer: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """A network printer that answers a status request with some bytes, or hangs up; yields its port, and what it
    received."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                heard.append(line.recv(64))
                line.sendall(answer)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1], heard
        thread.join(5)


@pytest.mark.parametrize(
    ("answer", "stands"),
    [
        (b"\x12", DrawerState.CLOSED),
        (b"\x16", DrawerState.OPEN),
        (b"\x1e", DrawerState.OPEN),  # and off line
        (b"\x00", DrawerState.UNKNOWN),
        (b"\xff", DrawerState.UNKNOWN),
        (b"", DrawerState.UNKNOWN),
    ],
)
def test_the_printers_status_says_how_the_drawer_stands(answer: bytes, stands: DrawerState) -> None:
    with a_printer(answer) as (port, heard):
        assert EscPosDrawer("127.0.0.1", port).state() is stands
        assert heard == [ASK]


def test_a_printer_that_is_silent_or_not_there_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert EscPosDrawer("127.0.0.1", server.getsockname()[1], patience=0.05).state() is DrawerState.UNKNOWN
        port = server.getsockname()[1]
    gone = EscPosDrawer("127.0.0.1", port)
    assert gone.state() is DrawerState.UNKNOWN
    with pytest.raises(DeviceError, match="drawer-failed"):
        gone.open()


def test_it_is_kicked_open() -> None:
    with a_printer(b"") as (port, heard):
        EscPosDrawer("127.0.0.1", port).open()
    assert heard == [KICK]


def test_only_a_printer_that_answers_may_have_a_drawer(tmp_path: Path) -> None:
    assert not drawer_from("none", printer_from("none")).is_integrated
    on_network = drawer_from("printer", EscPosPrinter(NetworkTarget("127.0.0.1")))
    assert on_network.is_integrated
    for printer in ("none", f"text:{tmp_path / 'paper.txt'}", f"escpos:file:{tmp_path / 'paper.bin'}"):
        with pytest.raises(BadInput, match="drawer-cannot-say"):
            drawer_from("printer", printer_from(printer))
