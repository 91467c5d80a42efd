"""What a check of the doctor is, and what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from pos.country import Country
from pos.domain.errors import PosError
from pos.domain.value import value
from pos.wording import Wording


class Health(StrEnum):
    """How something is: good; to be put right when there is time; or no till should sell like this."""

    GOOD = "good"
    LOOK = "look"
    STOP = "stop"

    @property
    def is_good(self) -> bool:
        """Whether nothing has to be done."""
        return self is Health.GOOD


@value
class Check:
    """What was looked at (`name`), how it is, what was found, and what to do about it ('' for nothing): messages, with
    the values that fill both."""

    name: str
    health: Health
    message_id: str
    values: Mapping[str, object]
    todo_id: str = ""

    def found(self, words: Wording) -> str:
        """What was found, in words."""
        return self._said(self.message_id, words)

    def todo(self, words: Wording) -> str:
        """What to do about it, in words; '' for nothing."""
        return self._said(self.todo_id, words) if self.todo_id else ""

    def _said(self, message_id: str, words: Wording) -> str:
        values = {
            name: words.decimal(value) if isinstance(value, float) else value for name, value in self.values.items()
        }
        return words.text(message_id, **values)


@value
class Patient:
    """What the doctor looks at: the file, the country, the time, which printer is meant, and which tills run.

    With `is_whole` the whole journal is followed, and a large file read from end to end.
    """

    path: Path
    country: Country
    at: datetime
    printer: str
    runs: Callable[[str], bool]
    is_whole: bool = False

    @property
    def now(self) -> datetime:
        """The time on the shop's clocks."""
        return self.country.local(self.at)


def good(name: str, message_id: str, **values: object) -> Check:
    """Nothing has to be done."""
    return Check(name, Health.GOOD, message_id, values)


def look(name: str, message_id: str, todo_id: str, **values: object) -> Check:
    """Something has to be put right when there is time."""
    return Check(name, Health.LOOK, message_id, values, todo_id)


def stop(name: str, message_id: str, todo_id: str, **values: object) -> Check:
    """No till should sell like this."""
    return Check(name, Health.STOP, message_id, values, todo_id)


def refused(name: str, error: PosError, health: Health = Health.STOP) -> Check:
    """What the till would say itself, which is also what to do. A file that is in use is no harm."""
    return Check(name, Health.LOOK if error.message_id == "database-locked" else health, error.message_id, error.values)
