"""The names of keys: a printable character is itself, in lower case; other keys have words."""

ENTER = "enter"
ESCAPE = "escape"
BACKSPACE = "backspace"
DELETE = "delete"
INSERT = "insert"
TAB = "tab"
LEFT, RIGHT, UP, DOWN = "left", "right", "up", "down"
ARROWS = (LEFT, RIGHT, UP, DOWN)
PAGE_UP, PAGE_DOWN = "pageup", "pagedown"
SPACE = "space"
HOLD = "f9"

DIGITS = tuple("0123456789")
LONGEST_DIGITS = 16
"""The most digits in a row: those of a next-visit code."""
CHOICE_KEYS = "123456789bceghilmopqrtuwxz"
"""The keys of a list's entries: digits, then the letters of tiles."""


def shown_first(every: tuple[str, ...], language: str) -> tuple[str, ...]:
    """The keys of a command, the one to show first: of J and Y, which both mean yes, the language's own."""
    if language == "nb" or not {"j", "y"} <= {*every}:
        return every
    return "y", *(key for key in every if key != "y")
