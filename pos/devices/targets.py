"""Where the bytes for a printer go: a file, a device, or an address on the network; none of them may hang the till."""

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
        """Deliver all of it, or raise `DeviceError`; see `Printer.print`."""


class FileTarget:
    """Adds to a file: for trying out, and for programs that print from one.

    The file is claimed while the till runs, so that no command writes over it.
    """

    def __init__(self, path: Path) -> None:
        """Raises `BadInput` as `guard` does."""
        guard(path, appending=True)
        self.path = path
        self._claim = claim(path)

    def send(self, content: bytes) -> None:
        """Add to the end, on disk before it returns."""
        append(self.path, content)
        if self._claim is None:
            self._claim = claim(self.path)


@value
class DeviceTarget:
    """A device such as `/dev/usb/lp0`. It blocks when the printer is off or out of paper, so it is never waited for
    longer than `patience` seconds."""

    path: Path
    patience: float = PATIENCE

    def send(self, content: bytes) -> None:
        """Write as the device takes it."""
        try:
            deliver(self.path, content, self.patience)
        except Undelivered as error:
            if error.errno == errno.ETIMEDOUT:
                raise silent(str(self.path), begun=error.begun) from error
            raise printer_failed(error, begun=error.begun) from error


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

    def ask(self, content: bytes, most: int) -> bytes:
        """Connect, send, and take what comes back, at most so many bytes; nothing where nothing does in time.

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


def append(path: Path, content: bytes) -> None:
    """Add to the end of a file, in one write, and see it safe on the disk; a pipe gets it as it takes it.

    Raises `DeviceError` when that fails.
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
    """The printer took nothing more for too long."""
    return DeviceError("printer-silent", target=target, begun=begun)
