"""The till's errors: a message id and its values; `wording` makes the sentence."""

from __future__ import annotations


class PosError(Exception):
    """An error with a message for the user, in one line and in their language.

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
    """A verb does not fit the current state. The order is unchanged."""


class BadInput(PosError):
    """A file, an argument or a typed text is not valid."""


class StoreError(PosError):
    """The database cannot be opened, read or written."""


class DeviceError(PosError):
    """A printer or another device did not do what it was asked."""
