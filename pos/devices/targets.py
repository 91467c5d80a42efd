"""Where a printer's bytes go: a file, a device, or a network address. None of them may block the till for long."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Protocol, TypeAlias

from pos.devices.printer import printer_failed
from pos.domain.errors import DeviceError
from pos.domain.value import value
from pos.files import PATIENCE, Undelivered, claim, deliver, guard, is_ordinary

Address: TypeAlias = tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]


class Target(Protocol):
    """Takes the bytes of one document."""

    def send(self, content: bytes) -> None:
        """Deliver all bytes. Raises `DeviceError`; see `Printer.print`."""


class FileTarget:
    """Appends to a file, for trying out and for programs that print from a file.

    The file is claimed while the till runs, so that no command overwrites it.
    """

    def __init__(self, path: Path) -> None:
        """Raises `BadInput` as `guard` does."""
        guard(path, appending=True)
        self.path = path
        self._claim = claim(path)

    def send(self, content: bytes) -> None:
        """Append, and return once it is on the disk."""
        append(self.path, content)
        if self._claim is None:
            self._claim = claim(self.path)


@value
class DeviceTarget:
    """A device such as `/dev/usb/lp0`. It blocks while the printer is off or out of paper, so writing is given up after
    `patience` seconds."""

    path: Path
    patience: float = PATIENCE

    def send(self, content: bytes) -> None:
        """Write as fast as the device accepts it."""
        try:
            deliver(self.path, content, self.patience)
        except Undelivered as error:
            if error.errno == errno.ETIMEDOUT:
                raise silent(str(self.path), begun=error.begun) from error
            raise printer_failed(error, begun=error.begun) from error


@value
class NetworkTarget:
    """A network printer, with `patience` seconds for name lookup, connection and sending together."""

    host: str
    port: int = 9100
    patience: float = PATIENCE

    def send(self, content: bytes) -> None:
        """Connect, send and disconnect. A printer serves one till at a time, so the connection is not kept."""
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

    def ask(self, content: bytes, most: int) -> bytes:
        """Connect, send, and return the answer, at most `most` bytes; empty if there is none in time.

        Raises `DeviceError`.
        """
        deadline = monotonic() + self.patience
        try:
            with self._connected(deadline) as line:
                line.settimeout(max(0.01, deadline - monotonic()))
                line.sendall(content)
                return line.recv(most)
        except TimeoutError as error:
            raise silent(f"{self.host}:{self.port}", begun=False) from error
        except OSError as error:
            raise printer_failed(error, begun=False) from error

    def _connected(self, deadline: float) -> socket.socket:
        """Connect to the first of the host's addresses that accepts."""
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
        """Look the name up in a thread, because a lookup that hangs cannot be interrupted."""
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


def append(path: Path, content: bytes) -> None:
    """Append to a file in one write, and return once it is on the disk. A pipe gets the bytes as fast as it accepts
    them.

    Raises `DeviceError`.
    """
    begun = False
    try:
        if not is_ordinary(path):
            DeviceTarget(path).send(content)
            return
        with path.open("ab", buffering=0) as file:
            begun = True
            while content:
                content = content[file.write(content) or 0 :]
            os.fsync(file.fileno())
    except OSError as error:
        raise printer_failed(error, begun=begun) from error


def silent(target: str, *, begun: bool) -> DeviceError:
    """The error for a printer that accepted nothing more in time."""
    return DeviceError("printer-silent", target=target, begun=begun)
