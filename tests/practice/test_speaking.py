"""The customer is heard where the machine has a voice: shown with a program that writes down what it is to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.errors import BadInput
from pos.practice.sitting.aloud import SPEAKERS, Voice, speaker
from tests.practice.rigs import Rig, a_rig

STAND_IN = '#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "$word"; done >> "{heard}"\n'


def a_machine_with(program: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a stand-in for a program on the path, and nothing else; returns the file in which it writes its words."""
    programs, heard = folder / "bin", folder / "heard.txt"
    programs.mkdir()
    (programs / program).write_text(STAND_IN.format(heard=heard), encoding="utf-8")
    (programs / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    return heard


def speak(rig: Rig, voice: Voice, language: str) -> None:
    rig.counter.language = language
    voice.follow(rig.sitting, language)
    voice.follow(rig.sitting, language)
    voice.finish()


@pytest.mark.parametrize("known", SPEAKERS, ids=lambda known: known.program)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_what_the_customer_says_is_spoken_once_in_the_tills_language(
    folder: Path, monkeypatch: pytest.MonkeyPatch, known: object, language: str
) -> None:
    program = known.program  # type: ignore[attr-defined]
    heard = a_machine_with(program, folder, monkeypatch)
    rig = a_rig(folder, "one-cheeseburger")
    speak(rig, Voice(speaks=True), language)
    lines = heard.read_text(encoding="utf-8").splitlines()
    assert lines[-1] == rig.sitting.visit.scenario.says[0].words.in_language(language)
    assert getattr(known, language) in lines
    assert lines.count(lines[-1]) == 1


def test_a_tourist_is_heard_in_their_own_language(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = a_machine_with("espeak-ng", folder, monkeypatch)
    rig = a_rig(folder, "tourist")
    speak(rig, Voice(speaks=True), "nb")
    assert heard.read_text(encoding="utf-8").splitlines()[:2] == ["-v", "en-gb"]


def test_a_machine_without_a_voice_is_told_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    with pytest.raises(BadInput, match="practice-no-voice"):
        speaker()
