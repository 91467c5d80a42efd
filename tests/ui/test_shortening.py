"""Names that are cut stay different, and lose first what they have in common."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from pos.ui.blocks.shortening import shortened


def short(*names: str, width: int) -> list[str]:
    return list(shortened(names, (width,) * len(names)))


def test_what_names_have_in_common_is_abbreviated_and_what_differs_stays_whole() -> None:
    names = ("Premium McWrap Chicken", "Premium McWrap Chili", "Premium McWrap Sweet")
    assert short(*names, width=18) == ["Pr. McWrap Chicken", "Prem. McWrap Chili", "Prem. McWrap Sweet"]


def test_a_size_is_abbreviated_before_the_name() -> None:
    assert short("Cheeseburgermeny, medium", width=21) == ["Cheeseburgermeny, me."]
    assert short("Cheeseburgermeny, medium", "Cheeseburgermeny, mini", width=20) == [
        "Cheeseburge., medium",
        "Cheeseburgerm., mini",
    ]
    assert short("Cola, 0,5", width=20) == ["Cola, 0,5"]


def test_a_single_name_is_cut_at_its_end() -> None:
    assert short("Kyllingburgermenyen", width=10) == ["Kyllingbu…"]


def test_names_that_fit_stay_and_equal_names_stay_equal() -> None:
    assert short("Cola", "Cola", width=4) == ["Cola", "Cola"]
    assert short("Ostekake", "Ostekake", width=5) == ["Oste…", "Oste…"]


def test_wide_characters_count_as_two_cells() -> None:
    assert short("汉堡包套餐", "汉堡包可乐", width=7) == ["汉堡…餐", "汉堡包…"]


NAMES = st.lists(
    st.text(alphabet="abAB ,ø汉", min_size=1, max_size=9).map(str.strip).filter(bool), min_size=1, max_size=4
)


@settings(deadline=None, max_examples=300)
@given(NAMES, st.integers(2, 8))
def test_names_fit_and_differ_wherever_cutting_them_once_can_make_them_differ(names: list[str], width: int) -> None:
    shown = short(*names, width=width)
    assert all(cell_len(text) <= width for text in shown)
    assert all(text == name for name, text in zip(names, shown, strict=True) if cell_len(name) <= width)
    different = sorted(set(names))
    if len({*zip(names, shown, strict=True)}) != len({*shown}):
        ways = [cuts(name, width) for name in different]
        assert not any(len(set(way)) == len(different) for way in product(*ways)), shown


def cuts(name: str, width: int) -> set[str]:
    """Every way to leave out one stretch of a name."""
    if cell_len(name) <= width:
        return {name}
    forms = set()
    for start in range(len(name) + 1):
        for end in range(start, len(name) + 1):
            form = f"{name[:start].rstrip()}…{name[end:].lstrip()}"
            if width - 1 <= cell_len(form) <= width and cell_len(form) == width:
                forms.add(form)
    return forms
