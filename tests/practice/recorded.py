"""Records the reader's keys at a counter without a screen, and presses them again on the real screen."""

from __future__ import annotations

import tempfile
from pathlib import Path

from textual.pilot import Pilot

from pos.practice.sitting.between import FeedbackPanel, SummaryPanel
from pos.training import PracticeWay
from pos.ui.practice.app import PracticeApp
from tests.practice.rigs import Rig, a_rig
from tests.practice.test_the_reader import a_seat
from tests.reader.player import ReaderAtTheTill

Press = tuple[float, str]
"""The seconds to wait, then the key to press."""


def in_language(rig: Rig, language: str) -> Rig:
    rig.counter.language = rig.counter.register.language = language
    return rig


def a_drill(folder: Path, language: str, customers: int) -> Rig:
    """Returns a trainee before a drill. The drill leaves out the first `customers` scenarios of level 3 or lower."""
    rig = a_rig(folder, way=PracticeWay.DRILL)
    rig.room.own = tuple(entry for entry in rig.room.scenarios if entry.level <= 3)[customers:]
    return in_language(rig.next_customer(), language)


def record(language: str, skip: int = 0) -> list[Press]:
    """Play a drill of ten with the reader. Returns the keys, each with the wait before it."""
    pressed: list[Press] = []
    with tempfile.TemporaryDirectory() as name:
        rig = a_drill(Path(name), language, skip)
        waited = [0.0]

        def press(key: str) -> None:
            pressed.append((waited[0] + 0.35, key))
            waited[0] = 0.0
            rig.think(0.35)
            rig.counter.press(key)
            rig.think(0.1)
            rig.counter.settle()

        def wait(seconds: float) -> None:
            waited[0] += seconds
            rig.think(seconds)

        press("enter")
        while not isinstance(rig.counter.panel, SummaryPanel):
            seat = a_seat(rig)
            seat.press, seat.wait = press, wait
            ReaderAtTheTill(seat).serve()
            assert isinstance(rig.counter.panel, FeedbackPanel)
            wait(1.0)
            press("enter")
        rig.store.close()
    return pressed


async def replay(app: PracticeApp, rig: Rig, pilot: Pilot[None], pressed: list[Press]) -> None:
    """Press recorded keys on the real screen. The waits between them pass on the till's clock."""
    for seconds, key in pressed:
        rig.think(seconds)
        await pilot.press(TEXTUAL.get(key, key))
        rig.think(0.1)
        rig.counter.settle()
        app.show()

    await pilot.pause()


TEXTUAL = {
    "-": "minus",
    "+": "plus",
    "*": "asterisk",
    "=": "equals_sign",
    ".": "full_stop",
    ",": "comma",
    "!": "exclamation_mark",
    "?": "question_mark",
}
"""Textual's names of the keys."""
