"""Files that somebody asked for: written whole, or not at all."""

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
from pos.wording.reasons import reason_of


def write(path: Path, text: str) -> None:
    """Put a text where somebody asked for it: all of it, or what was there before stays.

    A device or a pipe is written to as it is. Raises `BadInput`: `file-unwritable`, and as `guard` does for a path that
    nothing may be written to.
    """
    guard(path)
    try:
        if is_ordinary(path):
            _put(Path(os.path.realpath(path)), text)
        else:
            deliver(path, text.encode(errors="replace"))
    except OSError as error:
        raise BadInput("file-unwritable", path=str(path), reason=reason_of(error)) from error


@contextmanager
def written_in_parts(path: Path) -> Iterator[TextIO]:
    """A file to be written part by part, which is in its place when the block ends: all of it, or what was there before
    stays. Raises `BadInput` as `write` does."""
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
        raise BadInput("file-unwritable", path=str(path), reason=reason_of(error)) from error


def _put(place: Path, text: str) -> None:
    with _beside(place) as file:
        file.write(text)


@contextmanager
def _beside(place: Path) -> Iterator[TextIO]:
    """Write a temporary file, then replace the file with it; a read-only file is not replaced."""
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
