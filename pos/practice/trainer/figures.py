"""A trainer's figures over the latest rounds: orders, allergies, questions, seconds, change and calls for help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from statistics import median

from pos.domain.order.order import TenderKind
from pos.practice.sitting.result import LINES, ResultLine
from pos.practice.sitting.room import ROUND
from pos.store import HeardQuestion, RoundRow
from pos.store.file.connection import Unreadable
from pos.training import Did, Round, ScorePart

LATEST_ROUNDS = 50
"""The number of rounds that the figures cover."""

ASKED = ("score-asked-well", "score-asked-weak")
DUE = (
    *ASKED,
    "score-asked-late",
    "score-asked-unfit",
    "score-avoided",
    "score-not-asked",
    "score-passed-over",
    "score-rested-wrongly",
    "score-too-fast",
)
"""The lines of a question that was rightly asked, and of every one that should have been."""


@dataclass(frozen=True, slots=True)
class Share:
    """A count out of a total."""

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """The share from 0 to 1; None if the total is 0."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class TraineeFigures:
    """The figures of a person's latest rounds.

    `wrong` counts orders that were not as the customer ordered. `allergies` counts orders with an allergy that had no
    fault. `asked` counts questions that were said aloud and in time, of those due; `heard` the same at the live
    counter, as a trainer heard it. `seconds` is the median from the customer's first words to payment, so that a
    customer left waiting over lunch has no effect. `change` counts cash payments with the right change. `help` counts
    calls for help.
    """

    customers: int
    wrong: Share
    allergies: Share
    asked: Share
    heard: Share
    seconds: float | None
    change: Share
    help: int
    faults: int

    @property
    def wrong_in_a_hundred(self) -> float | None:
        """Wrong orders per hundred customers; None before the first."""
        share = self.wrong.share
        return None if share is None else 100 * share


def figures_of(rows: Sequence[RoundRow], heard: Iterable[HeardQuestion]) -> TraineeFigures:
    """The figures of a person's rounds, the latest first. Rounds that cannot be read are left out."""
    read = list(_readable(rows[:LATEST_ROUNDS]))
    played, lines = [entry for entry, _ in read], [entry for _, entry in read]
    allergic = [each for entry, each in read if entry.scenario.allergens]
    cash = [each for entry, each in read if _pays_cash(entry)]
    seconds = [found for entry in played if (found := _seconds(entry)) is not None]
    known = list(heard)
    return TraineeFigures(
        len(read),
        Share(sum(map(_is_wrong, lines)), len(read)),
        Share(sum(not _has(each, "fault-allergy") for each in allergic), len(allergic)),
        Share(_counted(lines, ASKED), _counted(lines, DUE)),
        Share(sum(entry.said for entry in known), len(known)),
        median(seconds) if seconds else None,
        Share(sum(not _has(each, "fault-change") for each in cash), len(cash)),
        sum(1 for entry in played for _ in entry.every(Did.HELPED)),
        sum(map(faults_in, lines)),
    )


def _readable(rows: Iterable[RoundRow]) -> Iterator[tuple[Round, tuple[ResultLine, ...]]]:
    for row in rows:
        with suppress(Unreadable):
            yield ROUND.read(row.body), LINES.read(row.lines)


def faults_of(row: RoundRow) -> int:
    """The number of critical faults in a finished round; 0 for one that cannot be read."""
    try:
        return faults_in(LINES.read(row.lines))
    except Unreadable:
        return 0


def faults_in(lines: Iterable[ResultLine]) -> int:
    """The number of lines that are critical faults."""
    return sum(line.part is ScorePart.CRITICAL for line in lines)


def _is_wrong(lines: Iterable[ResultLine]) -> bool:
    return any(line.part is ScorePart.CRITICAL or (line.part is ScorePart.ORDER and line.lost > 0) for line in lines)


def _has(lines: Iterable[ResultLine], start: str) -> bool:
    return any(line.message_id.startswith(start) for line in lines)


def _counted(rounds: Iterable[Iterable[ResultLine]], message_ids: Sequence[str]) -> int:
    return sum(line.message_id in message_ids for lines in rounds for line in lines)


def _pays_cash(played: Round) -> bool:
    said = (step.reply.pays for step in played.every(Did.TENDERED) if step.reply is not None)
    return any(pays is not None and pays.kind is TenderKind.CASH for pays in said)


def _seconds(played: Round) -> float | None:
    """The seconds from the customer's first words to payment."""
    began = next((step.at for step in played.steps if step.did in (Did.SPOKE, Did.QUERY)), None)
    paid = played.first(Did.PAID)
    return None if began is None or paid is None else max(0.0, paid.at - began)
