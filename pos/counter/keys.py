"""The names of keys: a printable character is itself, in lower case; the others have a word."""

ENTER = "enter"
ESCAPE = "escape"
BACKSPACE = "backspace"
DELETE = "delete"
TAB = "tab"
LEFT, RIGHT, UP, DOWN = "left", "right", "up", "down"
PAGE_UP, PAGE_DOWN = "pageup", "pagedown"
SPACE = "space"

DIGITS = tuple("0123456789")
LONGEST_DIGITS = 16
"""So many are typed in a row: a next-visit code, the longest."""
CHOICE_KEYS = "123456789bceghilmopqrtuwxz"
"""The keys of a list's entries: a digit each, then the letters of tiles."""
