"""The customer's voice, by the first speech program on the machine. Text is always shown too."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass

from pos.domain.errors import BadInput
from pos.practice.sitting.sitting import Sitting


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speech program: its name, the option before the words, and its voice in each language."""

    program: str
    option: str
    nb: str
    en: str
    end: tuple[str, ...] = ("--",)
    """The arguments between the options and the words."""

    def command(self, path: str, words: str, language: str) -> list[str]:
        """The command that speaks the words."""
        return [path, self.option, self.nb if language == "nb" else self.en, *self.end, words]


SPEAKERS = (
    Speaker("espeak-ng", "-v", "nb", "en-gb"),
    Speaker("espeak", "-v", "no", "en"),
    Speaker("spd-say", "-l", "nb", "en"),
    Speaker("say", "-v", "Nora", "Daniel", ()),
)
"""On Linux `espeak-ng`, the older `espeak` or the desktop's speech dispatcher; on macOS `say`."""


def speaker() -> tuple[Speaker, str]:
    """The speech program and its path. Raises `BadInput` `practice-no-voice` if the machine has none."""
    for known in SPEAKERS:
        path = shutil.which(known.program)
        if path is not None:
            return known, path
    raise BadInput("practice-no-voice", program=", ".join(known.program for known in SPEAKERS))


class Voice:
    """Speaks each of the customer's utterances once, in the background."""

    def __init__(self, speaks: bool) -> None:
        self._speaker = speaker() if speaks else None
        self._said = (0, 0)
        self._talking: subprocess.Popen[bytes] | None = None

    def follow(self, sitting: Sitting, language: str) -> None:
        """Speak what the customer has said since the last call, in their language."""
        if self._speaker is None:
            return
        visit = sitting.visit
        spoken = list(visit.spoken())
        now = (sitting.guest.row, len(spoken) + visit.times_again)
        if now == self._said or not spoken:
            return
        self._said = now
        language = visit.scenario.language or language
        words = spoken[-1][1].in_language(language)
        if not words.startswith("("):  # what a terminal shows is read, not heard
            self.say(words, language)

    def say(self, words: str, language: str) -> None:
        """Speak words, and stop what is still being spoken."""
        if self._speaker is None:
            return
        if self._talking is not None and self._talking.poll() is None:
            self._talking.terminate()
            self._talking.wait()
        known, path = self._speaker
        self._talking = subprocess.Popen(
            known.command(path, words, language),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def finish(self, seconds: float = 5.0) -> None:
        """Wait until the words were spoken, at most `seconds`."""
        if self._talking is not None:
            try:
                self._talking.wait(seconds)
            except subprocess.TimeoutExpired:
                self._talking.kill()
                self._talking.wait()
