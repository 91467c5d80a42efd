"""Encodes values for columns: JSON for whole values, ISO 8601 and numbers for times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from pos.domain.text import LocalText
from pos.store.file.connection import Unreadable

if TYPE_CHECKING:
    import msgspec

Value = TypeVar("Value")
Text: TypeAlias = "str | bytes | msgspec.Raw"

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NEVER = (None, None)
"""The two columns of a missing time."""


@cache
def _encoder() -> msgspec.json.Encoder:
    import msgspec

    return msgspec.json.Encoder(order="deterministic")


class Json(Generic[Value]):
    """Decodes values of one kind from the JSON of `to_json`. The decoder is made at the first use, not at the import,
    because that takes a millisecond for an order. `newer` changes texts of older versions into this version's form."""

    def __init__(self, kind: type[Value], newer: Callable[[Text], Text] | None = None) -> None:
        self._kind = kind
        self._newer = newer
        self._decoder: msgspec.json.Decoder[Value] | None = None

    def read(self, text: Text) -> Value:
        """The value in a text. Raises `Unreadable` if there is none."""
        import msgspec

        if self._decoder is None:
            self._decoder = msgspec.json.Decoder(self._kind)
        try:
            return self._decoder.decode(text if self._newer is None else self._newer(text))
        except (msgspec.MsgspecError, ValueError) as error:
            raise Unreadable(self._kind) from error


TEXT = Json(LocalText)
"""A text in a column, by language."""


def to_json(value: object) -> str:
    """A value of the domain as JSON. Sets are sorted, so that equal values give equal texts."""
    return _encoder().encode(value).decode()


def to_json_or_none(value: object) -> str | None:
    """The same for a column that may be empty."""
    return None if value is None else to_json(value)


def encoded(value: object) -> bytes:
    """The same as bytes."""
    return _encoder().encode(value)


def to_text(at: datetime | None) -> str | None:
    """A time with its offset, as people read it: `2026-11-20T12:41:07.250000+01:00`."""
    return None if at is None else at.isoformat()


def to_seconds(at: datetime) -> int:
    """Whole seconds since 1970, UTC, for comparing and sorting."""
    return int(at.timestamp() // 1)


def to_time(text: str) -> datetime:
    """The time that `to_text` wrote."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Unreadable("datetime") from error


def to_clock(text: str) -> time:
    """A stored time of day: `05:00`."""
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise Unreadable("time") from error


def to_time_or_none(text: str | None) -> datetime | None:
    """The same for a column that may be empty."""
    return None if text is None else to_time(text)


def to_instant(at: datetime) -> tuple[int, int]:
    """A time as stored: microseconds since 1970 in UTC, and the offset in seconds."""
    offset = at.utcoffset() or timedelta()
    return (at - EPOCH) // MICROSECOND, int(offset.total_seconds())


def to_instant_or_never(at: datetime | None) -> tuple[int | None, int | None]:
    """The same for two columns that may be empty."""
    return NEVER if at is None else to_instant(at)


def instant_columns(at: datetime) -> dict[str, int]:
    """The same, under the names that the two columns have in most tables."""
    at_us, offset_s = to_instant(at)
    return {"at_us": at_us, "offset_s": offset_s}


def from_instant(at_us: int, offset_s: int) -> datetime:
    """The time of an instant, the inverse of `to_instant`. Raises `Unreadable` for impossible numbers."""
    try:
        return (EPOCH + at_us * MICROSECOND).astimezone(timezone(timedelta(seconds=offset_s)))
    except (ValueError, OverflowError) as error:
        raise Unreadable("datetime") from error


def from_instant_or_none(at_us: int | None, offset_s: int | None) -> datetime | None:
    """The same for two columns that may be empty."""
    return None if at_us is None or offset_s is None else from_instant(at_us, offset_s)


def instant_of(text: str) -> tuple[int, int]:
    """The instant of a time in a fact; a time without an offset is UTC. Raises `Unreadable`."""
    at = to_time(text)
    return to_instant(at if at.tzinfo is not None else at.replace(tzinfo=UTC))
