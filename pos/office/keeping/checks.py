"""A check of `pos doctor`: its result, and the functions that make one."""

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
    """The result of a check: good; to be put right when there is time; or no till should sell like this."""

    GOOD = "good"
    LOOK = "look"
    STOP = "stop"

    @property
    def is_good(self) -> bool:
        """Whether nothing has to be done."""
        return self is Health.GOOD


@value
class Check:
    """A check and its result. `message_id` says what was found, `todo_id` what to do about it ('' for nothing);
    `values` fill both."""

    name: str
    health: Health
    message_id: str
    values: Mapping[str, object]
    todo_id: str = ""

    def found(self, words: Wording) -> str:
        """The sentence that says what was found."""
        return self._said(self.message_id, words)

    def todo(self, words: Wording) -> str:
        """The sentence that says what to do; '' for nothing."""
        return self._said(self.todo_id, words) if self.todo_id else ""

    def _said(self, message_id: str, words: Wording) -> str:
        values = {
            name: words.decimal(value) if isinstance(value, float) else value for name, value in self.values.items()
        }
        return words.text(message_id, **values)


@value
class Patient:
    """What the doctor examines: the file, the country, the time, the names of printer and drawer, and which tills run.

    With `is_whole`, the whole journal is verified, and a large file is read from end to end.
    """

    path: Path
    country: Country
    at: datetime
    printer: str
    runs: Callable[[str], bool]
    drawer: str = "none"
    is_whole: bool = False

    @property
    def now(self) -> datetime:
        """The local time of the shop."""
        return self.country.local(self.at)


def good(name: str, message_id: str, **values: object) -> Check:
    """A check that found nothing to do."""
    return Check(name, Health.GOOD, message_id, values)


def look(name: str, message_id: str, todo_id: str, **values: object) -> Check:
    """A check that found something to put right when there is time."""
    return Check(name, Health.LOOK, message_id, values, todo_id)


def stop(name: str, message_id: str, todo_id: str, **values: object) -> Check:
    """A check that found a reason not to sell."""
    return Check(name, Health.STOP, message_id, values, todo_id)


def refused(name: str, error: PosError, health: Health = Health.STOP) -> Check:
    """A check that failed with an error. The error's sentence also says what to do. A locked file is never a reason to
    stop."""
    return Check(name, Health.LOOK if error.message_id == "database-locked" else health, error.message_id, error.values)
