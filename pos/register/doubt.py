"""A write that raised may be in the file all the same: whoever is told of an error looks before trying again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from pos.domain.errors import StoreError

Found = TypeVar("Found")


def stored_after_all(error: StoreError, look: Callable[[], Found | None]) -> Found:
    """What a look into the file finds of a write that raised; nothing found, or no look possible, and it raises again.

    Of injected I/O errors at COMMIT about one in six left the transaction stored. One that was locked out never is.
    """
    if error.message_id != "database-locked":
        with suppress(StoreError):
            found = look()
            if found is not None:
                return found
    raise error
