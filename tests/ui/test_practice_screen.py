"""Practice on the real screen: the word and the frame, the customer's words, the score and the next customer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from pos.practice.customer.drill import clock_time
from pos.practice.sitting.between import SummaryPanel
from pos.training import Did, PracticeWay
from pos.ui.blocks.blocks import KeyTap
from pos.ui.pane import Pane
from pos.ui.practice.app import PracticeApp
from pos.wording import wording
from tests.practice.recorded import a_drill, record, replay
from tests.practice.rigs import Rig, a_rig, close_rigs, listen_and_ring
from tests.practice.serving import step
from tests.register.shops import a_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    yield from a_folder()
    close_rigs()


def text(app: PracticeApp) -> str:
    """The screen's rows."""
    rows = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in rows)


async def serve_on(app: PracticeApp, rig: Rig) -> None:
    listen_and_ring(rig)
    rig.press("enter")
    while rig.sitting.result is None:
        step(rig)
    app.show()


async def tap(app: PracticeApp, pilot: Pilot[None], key: str) -> None:
    panes = app.screen.query(Pane)
    pane, spot = next((pane, spot) for pane in panes for spot in pane.block.spots if spot.tap == KeyTap(key))
    await pilot.click(offset=(pane.region.x + spot.x + 1, pane.region.y + spot.y))
    await pilot.pause()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize(("language", "word"), [("nb", "ØVING"), ("en", "PRACTICE")])
async def test_the_word_the_frame_and_the_customer_are_on_the_screen(
    folder: Path, size: tuple[int, int], language: str, word: str
) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    rig.counter.language = rig.counter.register.language = language
    app = PracticeApp(rig.counter)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        seen = text(app)
        assert word in seen
        assert seen.splitlines()[2].startswith("▌")
        assert rig.sitting.visit.scenario.says[0].words.in_language(language) in seen
        await serve_on(app, rig)
        await pilot.pause()
        assert f"{rig.sitting.result.total}" == "100"
        assert "↓" not in text(app)
        rig.think(1)
        await tap(app, pilot, "enter")
        assert rig.sitting.result is None


@pytest.mark.parametrize(("language", "line"), [("nb", "Enter starter klokka"), ("en", "Enter starts the clock")])
async def test_a_drill_that_waits_says_what_begins_it(folder: Path, language: str, line: str) -> None:
    rig = a_rig(folder, "one-cheeseburger", way=PracticeWay.DRILL)
    rig.counter.language = rig.counter.register.language = language
    app = PracticeApp(rig.counter)
    words = rig.sitting.visit.scenario.says[0].words.in_language(language)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert line in text(app)
        assert words not in text(app)
        await tap(app, pilot, "enter")
        assert words in text(app)


async def test_space_at_a_question_lets_the_customer_answer_on_the_screen(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    app = PracticeApp(rig.counter)
    async with app.run_test(size=(80, 24)) as pilot:
        listen_and_ring(rig)
        rig.press("enter", "space", "2")
        rig.think(6)
        await pilot.press("space")
        await pilot.pause()
        steps = [entry for entry in rig.sitting.visit.round.steps if entry.did is Did.REPLIED and entry.kind]
        assert steps
        assert steps[-1].reply is not None
        keys, labels = text(app).splitlines()[-3:-1]
        assert "Mellomrom" in keys
        assert "…" not in labels
        assert "Ikke spurt" in labels
        assert steps[-1].reply.words.nb in text(app)


@pytest.mark.soak
@pytest.mark.parametrize(("language", "size"), [("nb", (80, 24)), ("en", (100, 30))])
async def test_a_drill_of_ten_is_played_to_its_end_by_keys(folder: Path, language: str, size: tuple[int, int]) -> None:
    """The reader's keys, pressed on the real screen: ten customers, none below 95, and the sum of them at the end."""
    pressed = record(language)
    rig = a_drill(folder, language, 0)
    app = PracticeApp(rig.counter)
    async with app.run_test(size=size) as pilot:
        await replay(app, rig, pilot, pressed)
        assert isinstance(rig.counter.panel, SummaryPanel)
        drill = rig.sitting.drill
        assert (drill.served, min(entry.points for entry in drill.customers) >= 95) == (10, True)
        seen = text(app)
        assert clock_time(drill.seconds) in seen
        assert str(drill.average) == "100" or f"{drill.average}" in seen


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("name", ["family-of-five", "one-of-four-allergic", "no-wait-lemon", "everything-at-once"])
async def test_all_that_a_customer_has_said_can_be_read_in_a_small_window(
    folder: Path, name: str, language: str
) -> None:
    rig = a_rig(folder, name)
    rig.counter.language = rig.counter.register.language = language
    app = PracticeApp(rig.counter)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in rig.sitting.visit.scenario.says:
            if rig.sitting.visit.query is not None:
                rig.sitting.visit.tell("no")
            rig.press("j")
        app.show()
        await pilot.pause()
        await pilot.pause()
        words = " ".join(text(app).replace("▌", " ").replace("▐", " ").split())
        for said in (entry for entry in rig.sitting.visit.scenario.says if entry.query is None):
            assert said.words.in_language(language) in words


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_what_can_be_chosen_is_read_whole_in_a_small_window(folder: Path, language: str) -> None:
    """However much the customer has said: each row of *More* and of what could be asked, with its key."""
    rig = a_rig(folder, "medium-number-two", way=PracticeWay.ON_YOUR_OWN)
    rig.counter.language = rig.counter.register.language = language
    listen_and_ring(rig)
    for choice in "1234":
        rig.press("n", choice, "space", "escape")
    app = PracticeApp(rig.counter)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("j", "n", ","):
            rig.press(key)
            app.show()
            await pilot.pause()
            await pilot.pause()
            panel = rig.counter.panel
            assert panel is not None
            seen = text(app)
            assert not re.search(r"\w…", seen), seen
            assert all(f" {entry.key.upper()}  " in seen for entry in panel.entries(rig.counter))
            rig.press("escape")


async def test_a_score_moves_no_further_than_its_last_line(folder: Path) -> None:
    rig = a_rig(folder, "one-cheeseburger")
    app = PracticeApp(rig.counter)
    async with app.run_test(size=(80, 24)) as pilot:
        await serve_on(app, rig)
        await pilot.pause()
        whole = text(app)
        rig.press("down", "down", "down")
        app.show()
        await pilot.pause()
        assert text(app) == whole
        rig.press("x")
        app.show()
        await pilot.pause()
        assert rig.counter.message is not None
        told = wording("nb").text(rig.counter.message.message_id, **rig.counter.message.values)
        assert told.casefold() in text(app).casefold()
