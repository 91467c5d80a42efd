"""The customer's voice: `espeak-ng`, where the machine has it; text is always enough."""

from __future__ import annotations

import shutil
import subprocess

from pos.domain.errors import BadInput
from pos.practice.sitting import Sitting

PROGRAM = "espeak-ng"
VOICES = {"nb": "nb", "en": "en-gb"}


def program() -> str:
    """Where the program is. Raises `BadInput` `practice-no-voice` for a machine that has none."""
    found = shutil.which(PROGRAM)
    if found is None:
        raise BadInput("practice-no-voice", program=PROGRAM)
    return found


class Voice:
    """Says each of the customer's utterances once, without anybody waiting for it."""

    def __init__(self, speaks: bool) -> None:
        self._program = shutil.which(PROGRAM) if speaks else None
        self._said = (0, 0)
        self._talking: subprocess.Popen[bytes] | None = None

    def follow(self, sitting: Sitting, language: str) -> None:
        """Say what the customer has said since."""
        if self._program is None:
            return
        visit = sitting.visit
        spoken = list(visit.spoken())
        now = (sitting.guest.row, len(spoken) + visit.times_again)
        if now == self._said or not spoken:
            return
        self._said = now
        language = visit.scenario.language or language
        self.say(spoken[-1][1].in_language(language), language)

    def say(self, words: str, language: str) -> None:
        """Say it; what was being said stops, as people do when they are interrupted."""
        if self._program is None:
            return
        if self._talking is not None and self._talking.poll() is None:
            self._talking.terminate()
        self._talking = subprocess.Popen(
            [self._program, "-v", VOICES.get(language, "en-gb"), "--", words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
