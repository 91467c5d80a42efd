"""The kitchen line by line."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from pos.plain.kitchen import run, run_on
from pos.register.verbs import ringing
from tests.kitchen.rig import a_kitchen, a_till
from tests.register.visits import giving_folder


@pytest.fixture
def folder() -> Path:
    return giving_folder()


def test_what_comes_in_is_said_and_a_key_says_that_it_is_done(folder: Path) -> None:
    till = a_till(folder)
    desk, out = a_kitchen(till), StringIO()

    def lines() -> object:
        yield None
        till.do(ringing.note_allergen, "milk")
        till.sold("cola-m")
        yield None
        yield "1\n"
        yield "angre\n"
        yield "9\n"
        yield "quit\n"

    assert run(desk, lines(), out) == 0  # type: ignore[arg-type]  # lines, and none
    said = out.getvalue().splitlines()
    assert said[0] == "Ingenting å lage."
    assert said[1].startswith("[1] Nr. 1, 0 min. Ta med · Kasse 1. ALLERGI MELK. 1 cola-m")
    assert said[2:4] == ["Ferdig: Nr. 1.", "Åpen igjen: Nr. 1."]
    assert said[5] == "9 gjør ingenting her."


def test_a_script_has_the_list_and_the_end(folder: Path) -> None:
    till = a_till(folder)
    till.sold("cola-m")
    out = StringIO()
    assert run_on(a_kitchen(till, "en"), StringIO(""), out) == 0
    assert out.getvalue().splitlines()[0] == "1 open"
