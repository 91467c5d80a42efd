"""Keys of the reader, recorded at a counter without a screen, to be pressed again on the real one."""

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
"""Seconds to wait, and the key that is pressed then."""


def in_language(rig: Rig, language: str) -> Rig:
    rig.counter.language = rig.counter.register.language = language
    return rig


def a_drill(folder: Path, language: str, customers: int) -> Rig:
    """Somebody who sits before a drill, with so many customers served before as the seed of it."""
    rig = a_rig(folder, way=PracticeWay.DRILL)
    rig.room.own = tuple(entry for entry in rig.room.scenarios if entry.level <= 3)[customers:]
    return in_language(rig.next_customer(), language)


def record(language: str, skip: int = 0) -> list[Press]:
    """Play a drill of ten with the reader; what was pressed, and when."""
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
    """Press recorded keys on the real screen, with the waits between them on the till's clock."""
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
"""What Textual calls a key."""
