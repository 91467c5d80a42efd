"""Where the bytes for a printer go: a file, a device, or an address on the network; none of them may hang the till."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from select import select
from threading import Thread
from time import monotonic
from typing import Protocol, TypeAlias

from pos.devices.printer import printer_failed
from pos.devices.text_printer import append
from pos.domain.errors import DeviceError
from pos.domain.value import value

PATIENCE = 3.0
"""Seconds until a printer that takes nothing counts as silent."""

Address: TypeAlias = tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]


class Target(Protocol):
    """Takes the bytes of one document."""

    def send(self, content: bytes) -> None:
        """Deliver all of it, or raise `DeviceError`; see `Printer.print`."""


@value
class FileTarget:
    """Adds to a file: for trying out, and for programs that print from one."""

    path: Path

    def send(self, content: bytes) -> None:
        """Add to the end, on disk before it returns."""
        append(self.path, content)


@value
class DeviceTarget:
    """A device such as `/dev/usb/lp0`. It blocks when the printer is off or out of paper, so it is never waited for
    longer than `patience` seconds."""

    path: Path
    patience: float = PATIENCE

    def send(self, content: bytes) -> None:
        """Write as the device takes it."""
        begun = False
        deadline = monotonic() + self.patience
        try:
            device = os.open(self.path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
            try:
                while content:
                    _, ready, _ = select([], [device], [], max(0.0, deadline - monotonic()))
                    if not ready:
                        raise silent(str(self.path), begun=begun)
                    content = content[os.write(device, content) :]
                    begun = True
            finally:
                os.close(device)
        except OSError as error:
            raise printer_failed(error, begun=begun) from error


@value
class NetworkTarget:
    """A printer on the network, with `patience` seconds for all of it: name, connection and bytes."""

    host: str
    port: int = 9100
    patience: float = PATIENCE

    def send(self, content: bytes) -> None:
        """Connect, send and hang up. A printer takes one till at a time, so the line is not kept."""
        begun = False
        deadline = monotonic() + self.patience
        try:
            with self._connected(deadline) as line:
                begun = True
                line.settimeout(max(0.01, deadline - monotonic()))
                line.sendall(content)
                line.shutdown(socket.SHUT_WR)
        except TimeoutError as error:
            raise silent(f"{self.host}:{self.port}", begun=begun) from error
        except OSError as error:
            raise printer_failed(error, begun=begun) from error

    def _connected(self, deadline: float) -> socket.socket:
        """A connection to the first of the host's addresses that takes one."""
        failure: OSError = TimeoutError()
        for family, address in self._addresses(deadline):
            line = socket.socket(family, socket.SOCK_STREAM)
            line.settimeout(max(0.01, deadline - monotonic()))
            try:
                line.connect(address)
            except OSError as error:
                line.close()
                failure = error
            else:
                return line
        raise failure

    def _addresses(self, deadline: float) -> list[tuple[socket.AddressFamily, Address]]:
        """Look the name up in a thread of its own: a name server that hangs cannot be told to give up."""
        found: list[tuple[socket.AddressFamily, Address]] = []
        failures: list[OSError] = []

        def look_up() -> None:
            try:
                answers = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
                found.extend((family, address) for family, _, _, _, address in answers)
            except (OSError, UnicodeError) as error:
                failures.append(error if isinstance(error, OSError) else OSError(str(error)))

        thread = Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(max(0.01, deadline - monotonic()))
        if failures:
            raise failures[0]
        return list(found)


def silent(target: str, *, begun: bool) -> DeviceError:
    """The printer took nothing more for too long."""
    return DeviceError("printer-silent", target=target, begun=begun)
