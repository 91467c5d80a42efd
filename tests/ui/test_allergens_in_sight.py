"""What is known of allergens is in sight: on the order's lines, and under a question."""

from __future__ import annotations

import pytest

from pos.domain.order import new_line
from pos.ui.painting.order import warnings_of
from pos.wording import wording
from tests.builders import card, item, menu_of
from tests.ui.driver import a_screen


async def test_a_line_with_a_noted_allergen_says_so_until_it_is_noted_no_more() -> None:
    async with a_screen() as screen:
        await screen.press("b", "h")
        assert "! melk" not in order_text(screen.text)
        await screen.press("!", "7", "escape")
        assert [row for row in order_text(screen.text).splitlines() if "!" in row] == ["! melk"]
        await screen.press("!", "7", "escape")
        assert "!" not in order_text(screen.text)


def order_text(text: str) -> str:
    """The rows of the order's pane, which comes after the menu's and before the bar's."""
    start, end = text.index("Ordre 1"), text.index("Sum")
    return "\n".join(row.strip() for row in text[start:end].splitlines())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", ["! egg, melk", "! nøtter ukjent", "! kan inneholde soya"]),
        ("en", ["! eggs, milk", "! nuts unknown", "! may contain soya"]),
    ],
)
def test_what_is_unknown_or_only_may_be_in_a_line_is_said_as_such(language: str, said: list[str]) -> None:
    pie = item("pie", "treats", 29, 8, card("milk eggs gluten:wheat", "soybeans", "nuts:almond"))
    menu = menu_of([pie])
    noted = {"milk", "eggs", "nuts", "soybeans", "fish"}
    assert warnings_of(menu, wording(language), new_line(menu, pie), noted) == said
    assert warnings_of(menu, wording(language), new_line(menu, pie), {"fish"}) == []
