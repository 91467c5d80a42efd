"""The till's errors: a message id and its values; `wording` makes the sentence."""

from __future__ import annotations


class PosError(Exception):
    """Something the till says no to, in one line, in the user's language.

    `message_id` names a sentence of the catalogues; `values` fill it (text, numbers, Money, LocalText).
    """

    def __init__(self, message_id: str, **values: object) -> None:
        super().__init__(message_id, values)
        self.message_id = message_id
        self.values = values

    def __str__(self) -> str:
        filled = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.message_id}({filled})"


class Refused(PosError):
    """A verb that does not fit what is there now; the order is as it was."""


class BadInput(PosError):
    """A file, an argument or a typed text that cannot be taken."""


class StoreError(PosError):
    """The database cannot be opened, read or written."""


class DeviceError(PosError):
    """A printer or another device that did not do what it was asked."""
