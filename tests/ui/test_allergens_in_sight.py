"""What is known of allergens is in sight: on the order's lines, and under a question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.counter import State, Tone, say
from pos.domain.menu.menu import Menu
from pos.domain.order.order import line_allergens, new_line
from pos.domain.order.questions import SAID_REASONS, Decision, OfferKind, Outcome, Reason
from pos.domain.prompts import QuestionPrompt
from pos.ui.frame import Shelf, look
from pos.ui.painting.allergens import warnings
from pos.ui.painting.bar.bar import bar
from pos.ui.painting.bar.prompts import card_lines
from pos.ui.painting.order import WARNINGS
from pos.wording import wording
from tests.builders import card, item, menu_of
from tests.ui.driver import a_screen


async def test_a_line_with_a_noted_allergen_says_so_until_it_is_noted_no_more() -> None:
    async with a_screen() as screen:
        await screen.press("b", "h")
        assert "MELK!" not in order_text(screen.text)
        await screen.press("!", "7", "escape")
        assert [row for row in order_text(screen.text).splitlines() if "!" in row] == ["MELK!"]
        await screen.press("!", "7", "escape")
        assert "!" not in order_text(screen.text)


def order_text(text: str) -> str:
    """The rows of the order's pane, which comes after the menu's and before the bar's."""
    start, end = text.index("Ordre"), text.index("Sum")
    return "\n".join(row.strip() for row in text[start:end].splitlines())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", ["EGG, MELK!", "NØTTER ukjent!", "kan inneholde soya"]),
        ("en", ["EGGS, MILK!", "NUTS unknown!", "may contain soya"]),
    ],
)
def test_what_is_unknown_or_only_may_be_in_a_line_is_said_as_such(language: str, said: list[str]) -> None:
    pie = item("pie", "treats", 29, 8, card("milk eggs gluten:wheat", "soybeans", "nuts:almond"))
    menu = menu_of([pie])
    noted = {"milk", "eggs", "nuts", "soybeans", "fish"}
    inside = line_allergens(menu, new_line(menu, pie))
    assert list(warnings(inside, noted, wording(language), WARNINGS)) == said
    assert list(warnings(inside, {"fish"}, wording(language), WARNINGS)) == []


MANY = "gluten:wheat gluten:rye crustaceans eggs fish peanuts soybeans milk nuts:almond celery mustard"


def with_many(menu: Menu) -> Menu:
    """The menu with things in which there is nearly everything."""
    known = card(MANY, "sesame sulphites", "lupin molluscs")
    items = {sku: replace(item, allergens=known) for sku, item in menu.items.items()}
    return Menu(menu.shop, items, menu.categories, menu.dayparts, menu.groups, menu.slots, menu.paths, menu.incentives)


@pytest.mark.parametrize("keys", [("b", "enter", "1", "2"), ("b", "enter", "1", "2", "n")])
async def test_a_question_shows_all_that_is_known_of_what_a_yes_gives(keys: tuple[str, ...]) -> None:
    async with a_screen() as screen:
        register = screen.counter.register
        register._source.menu = with_many(register.view.menu)
        await screen.press(*keys)
        prompt = screen.counter.prompt
        assert isinstance(prompt, QuestionPrompt)
        assert wording("nb").allergens_line(prompt.allergens) in " ".join(screen.text.split())


async def test_what_does_not_fit_under_a_question_is_said_to_be_more() -> None:
    async with a_screen((60, 20)) as screen:
        register = screen.counter.register
        register._source.menu = with_many(register.view.menu)
        await screen.press("b", "enter", "1", "2")
        view = look(screen.counter, Shelf())
        prompt = view.prompt
        assert isinstance(prompt, QuestionPrompt)
        for most in (1, 2):
            lines = card_lines(view, prompt.allergens, 52, most)
            assert len(lines) == most
            assert lines[-1].endswith("…\N{NO-BREAK SPACE}(!\N{NO-BREAK SPACE}viser\N{NO-BREAK SPACE}alt)")
        whole = view.words.allergens_line(prompt.allergens)
        assert " ".join(card_lines(view, prompt.allergens, 52, 9)) == whole


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_why_the_first_question_was_not_asked_is_said_whole_beside_the_second(language: str) -> None:
    async with a_screen(language=language) as screen:
        await screen.press("b", "enter", "1", "2", "n")
        view = look(screen.counter, Shelf())
        prompt = view.prompt
        assert isinstance(prompt, QuestionPrompt)
        for reason in set(Reason) - {*SAID_REASONS, Reason.BY_HAND, Reason.EXCHANGE}:
            before = Decision(OfferKind.UPSELL, Outcome.NOT_APPLICABLE, reason)
            title = bar(replace(view, prompt=replace(prompt, previous=before)), 80, 8).rows[0]
            assert f"– 1: {view.words.reason(reason)} " in "".join(segment.text for segment in title)


@pytest.mark.parametrize("language", ["nb", "en"])
async def test_no_noted_allergy_drops_out_of_the_header_without_a_number(language: str) -> None:
    async with a_screen(language=language) as screen:
        await screen.press("b", "!")
        for count, key in enumerate("123456789bcegh", start=1):
            await screen.press(key)
            header = screen.text.splitlines()[0]
            assert "…" not in header
            names = header.split("12:41")[0].split("!")[0].split(",") if "+" in header else []
            left_out = int(header.split("+")[1].split("!")[0]) if names else 0
            shown = header.count("!") if not names and "," not in header else header.count(",") + 1
            assert shown + left_out == count, header


async def test_a_message_too_long_for_its_row_goes_on_in_the_next() -> None:
    async with a_screen() as screen:
        screen.counter.message = say("unknown-barcode", Tone.BAD, code="x" * 90)
        screen.app.show()
        await screen.until(lambda: "x" * 50 in screen.text)
        assert sum(row.count("x") for row in screen.text.splitlines() if "xxx" in row) == 90


async def test_a_tile_counts_the_allergens_that_it_has_no_room_to_name() -> None:
    async with a_screen() as screen:
        await screen.press("!", "1", "3", "7", "escape")
        assert "EGG +2!" in screen.text
        assert "GLUTEN,…" not in screen.text


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("size", [(80, 24), (60, 20), (100, 30)])
async def test_what_a_stop_is_about_stays_in_sight_whatever_is_said(size: tuple[int, int], language: str) -> None:
    async with a_screen(size, language=language) as screen:
        await screen.press("c", "!", "7", "escape", "enter")
        assert screen.counter.state is State.STOP
        about = "MELK!" if language == "nb" else "MILK!"
        spots = {(place, spot.tap) for place, spot in screen.spots()}
        for key in ("n", "1", "b", "9"):
            await screen.press(key)
            assert screen.counter.message is not None
            start = screen.text.rindex("✗")
            assert about in screen.text[start:], (key, screen.text)
            assert {(place, spot.tap) for place, spot in screen.spots()} == spots
