"""Amounts in digits three rows high, readable across a counter."""

from __future__ import annotations

from rich.style import Style

from pos.ui.blocks.blocks import Block, paragraph

HEIGHT = 3

GLYPHS = {
    "0": ("┏━┓", "┃ ┃", "┗━┛"),
    "1": (" ┓ ", " ┃ ", " ┻ "),
    "2": ("━━┓", "┏━┛", "┗━━"),
    "3": ("━━┓", " ━┫", "━━┛"),
    "4": ("╻ ╻", "┗━┫", "  ╹"),
    "5": ("┏━━", "┗━┓", "━━┛"),
    "6": ("┏━━", "┣━┓", "┗━┛"),
    "7": ("━━┓", "  ┃", "  ╹"),
    "8": ("┏━┓", "┣━┫", "┗━┛"),
    "9": ("┏━┓", "┗━┫", "━━┛"),
    ",": (" ", " ", "╹"),
    ".": (" ", " ", "╹"),
    "+": ("   ", "╺╋╸", "   "),
    "-": ("   ", "╺━╸", "   "),
    "×": ("   ", " × ", "   "),
}
NOTHING = ("", "", "")
SPACE = (" ", " ", " ")


def big_rows(text: str) -> list[str]:
    """The text in large digits, row by row; characters without a large form stand small in the last row."""
    glyphs = [GLYPHS.get(character, SPACE if character.isspace() else (" ", " ", character)) for character in text]
    return [" ".join(glyph[place] for glyph in glyphs) for place in range(HEIGHT)]


def big(text: str, style: Style) -> Block:
    """A block with large digits."""
    lines = big_rows(text)
    width = len(lines[0])
    return paragraph(width, style, lines, style, indent=0)
