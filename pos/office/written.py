"""Writes files that a user asked for, whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TextIO

from pos.domain.errors import BadInput
from pos.files import deliver, guard, is_ordinary
from pos.wording.reasons import reason_to_write


def write(path: Path, text: str) -> None:
    """Write a text to a path. If that fails, the previous file stays.

    Devices and pipes are written directly. Raises `BadInput` `file-unwritable`, and as `guard` for a path that must not
    be written.
    """
    guard(path)
    try:
        if is_ordinary(path):
            _put(Path(os.path.realpath(path)), text)
        else:
            deliver(path, text.encode(errors="replace"))
    except OSError as error:
        raise BadInput("file-unwritable", path=str(path), reason=reason_to_write(error)) from error


def holds_another(path: Path, text: str) -> bool:
    """Whether a file is there that holds something else. One that cannot be read holds nothing: writing it says why."""
    try:
        return is_ordinary(path) and path.exists() and path.read_bytes() not in (b"", text.encode())
    except OSError:
        return False


@contextmanager
def written_in_parts(path: Path) -> Iterator[TextIO]:
    """A file to write in parts. It replaces the previous file when the block ends; if that fails, the previous file
    stays. Raises `BadInput` as `write`."""
    guard(path)
    try:
        if is_ordinary(path):
            with _beside(Path(os.path.realpath(path))) as file:
                yield file
        else:
            whole = StringIO()
            yield whole
            deliver(path, whole.getvalue().encode(errors="replace"))
    except OSError as error:
        raise BadInput("file-unwritable", path=str(path), reason=reason_to_write(error)) from error


def _put(place: Path, text: str) -> None:
    with _beside(place) as file:
        file.write(text)


@contextmanager
def _beside(place: Path) -> Iterator[TextIO]:
    """Write a temporary file, then replace the file by it. A read-only file is not replaced."""
    there = place.exists()
    if there and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    beside = place.with_name(f".pos-{os.getpid()}.new")
    try:
        with beside.open("w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if there:
            shutil.copymode(place, beside)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)
