"""The dark and the light theme, and the inks that widgets paint with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rich.style import Style
from textual.theme import Theme

from pos.domain.value import value

DARK_NAME, LIGHT_NAME = "till-dark", "till-light"

DARK: Mapping[str, str] = {
    "page": "#121417",
    "pane": "#1b1e22",
    "bar": "#16191d",
    "raised": "#2a2e34",
    "raised-other": "#22252a",
    "raised-edge": "#3d434c",
    "sunken": "#0c0d0f",
    "line": "#484e58",
    "text": "#eceff3",
    "soft": "#aeb6c1",
    "faint": "#868e99",
    "accent": "#ffb75e",
    "on-accent": "#1d1304",
    "ask": "#352c10",
    "ask-soft": "#dcc79c",
    "yes": "#1f6f5c",
    "yes-edge": "#2f9c82",
    "no": "#6b3f6e",
    "no-edge": "#9a5c9e",
    "pay": "#1f4f8a",
    "pay-edge": "#2f72c4",
    "on-strong": "#ffffff",
    "good": "#5fd3a5",
    "bad": "#ff8f80",
    "on-bad": "#2a0a06",
}

LIGHT: Mapping[str, str] = {
    "page": "#f1eee8",
    "pane": "#fbfaf7",
    "bar": "#e8e2d6",
    "raised": "#ffffff",
    "raised-other": "#f7f4ee",
    "raised-edge": "#dcd5c8",
    "sunken": "#e4dfd5",
    "line": "#c3bbac",
    "text": "#1b2129",
    "soft": "#4b5663",
    "faint": "#646d79",
    "accent": "#9a4a00",
    "on-accent": "#ffffff",
    "ask": "#fff0d6",
    "ask-soft": "#6a4a17",
    "yes": "#11705a",
    "yes-edge": "#0a4e3e",
    "no": "#7a3f7e",
    "no-edge": "#572a5a",
    "pay": "#1b5598",
    "pay-edge": "#123c6d",
    "on-strong": "#ffffff",
    "good": "#0b6b4d",
    "bad": "#b3261e",
    "on-bad": "#ffffff",
}

DARK_CATEGORIES = (
    *("#edb25a", "#51cefa", "#ff9ba4", "#64d7aa", "#dca5f5", "#cac25b"),
    *("#85c1ff", "#ffa378", "#39d6d7", "#f79cd0", "#9ad07c", "#b5b2ff"),
)
LIGHT_CATEGORIES = (
    *("#814a00", "#00648e", "#923240", "#006d45", "#733d89", "#645a00"),
    *("#1b589e", "#903a03", "#006c6e", "#883468", "#356708", "#534a9c"),
)
"""The colours of categories, by their places: twelve hues of one lightness (OKLCH), neighbours 150 degrees apart."""


def theme(*, dark: bool) -> Theme:
    """A theme for Textual; each of our colours is also a variable of the stylesheet."""
    palette = DARK if dark else LIGHT
    return Theme(
        name=DARK_NAME if dark else LIGHT_NAME,
        primary=palette["pay"],
        accent=palette["accent"],
        foreground=palette["text"],
        background=palette["page"],
        surface=palette["pane"],
        panel=palette["raised"],
        success=palette["good"],
        error=palette["bad"],
        dark=dark,
        variables={f"till-{name}": colour for name, colour in palette.items()},
    )


@value
class Face:
    """The styles of a button: its words, its key, its light edges, and the quieter words below."""

    text: Style
    key: Style
    edge: Style
    quiet: Style


@value
class Ground:
    """The inks on one background, from loud to quiet."""

    fill: Style
    text: Style
    strong: Style
    soft: Style
    faint: Style
    accent: Style
    good: Style
    bad: Style
    gone: Style
    rule: Style


@value
class CategoryInks:
    """A category's colour: on the page beside its name, and behind the keys of its tiles and the open tab."""

    mark: Style
    cap: Style


@dataclass(frozen=True, slots=True, eq=False)
class Inks:
    """Every style that widgets paint with, in one theme. There is one object for each theme, compared by identity."""

    page: Ground
    pane: Ground
    bar: Ground
    tile: Ground
    tile_other: Ground
    sunken: Ground
    ask: Ground
    alert: Ground
    chosen: Ground
    cap: Style
    cap_gone: Style
    badge: Style
    plain: Face
    plain_other: Face
    yes: Face
    no: Face
    pay: Face
    go: Face
    left_out: Style
    categories: tuple[CategoryInks, ...]

    def category(self, place: int) -> CategoryInks:
        """The inks of the category at a place; after the last colour they repeat."""
        return self.categories[place % len(self.categories)]


@cache
def inks(*, dark: bool) -> Inks:
    """The inks of the dark or the light theme."""
    palette = DARK if dark else LIGHT
    return Inks(
        page=_ground(palette, "page"),
        pane=_ground(palette, "pane"),
        bar=_ground(palette, "bar"),
        tile=_ground(palette, "raised"),
        tile_other=_ground(palette, "raised-other"),
        sunken=_ground(palette, "sunken"),
        ask=_ground(palette, "ask", soft="ask-soft"),
        alert=_ground(palette, "bad", text="on-bad", soft="on-bad"),
        chosen=_ground(palette, "raised"),
        cap=Style(color=palette["accent"], bgcolor=palette["raised-edge"], bold=True),
        cap_gone=Style(color=palette["faint"], bgcolor=palette["raised"]),
        badge=Style(color=palette["on-accent"], bgcolor=palette["accent"], bold=True),
        plain=_face(palette, "raised", "text", "raised-edge"),
        plain_other=_face(palette, "raised-other", "text", "raised-edge"),
        yes=_face(palette, "yes", "on-strong", "yes-edge"),
        no=_face(palette, "no", "on-strong", "no-edge"),
        pay=_face(palette, "pay", "on-strong", "pay-edge"),
        go=_face(palette, "accent", "on-accent", "accent"),
        left_out=Style(color=palette["on-bad"], bgcolor=palette["bad"], bold=True),
        categories=tuple(
            CategoryInks(
                mark=Style(color=colour, bgcolor=palette["page"], bold=True),
                cap=Style(color=palette["on-accent"], bgcolor=colour, bold=True),
            )
            for colour in (DARK_CATEGORIES if dark else LIGHT_CATEGORIES)
        ),
    )


def _ground(palette: Mapping[str, str], back: str, text: str = "text", soft: str = "soft") -> Ground:
    def ink(name: str, *, bold: bool = False, strike: bool = False) -> Style:
        return Style(color=palette[name], bgcolor=palette[back], bold=bold, strike=strike)

    plain = text == "text"
    return Ground(
        fill=Style(color=palette[text], bgcolor=palette[back]),
        text=ink(text),
        strong=ink(text, bold=True),
        soft=ink(soft),
        faint=ink("faint" if plain else soft),
        accent=ink("accent" if plain else text, bold=True),
        good=ink("good" if plain else text, bold=True),
        bad=ink("bad" if plain else text, bold=True),
        gone=ink("faint" if plain else soft, strike=True),
        rule=ink("line" if plain else soft),
    )


def _face(palette: Mapping[str, str], back: str, text: str, edge: str) -> Face:
    return Face(
        text=Style(color=palette[text], bgcolor=palette[back], bold=True),
        key=Style(color=palette["accent" if text == "text" else text], bgcolor=palette[edge], bold=True),
        edge=Style(color=palette[edge], bgcolor=palette[back]),
        quiet=Style(color=palette["soft" if text == "text" else text], bgcolor=palette[back]),
    )
