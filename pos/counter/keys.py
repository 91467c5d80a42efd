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
LONGEST_DIGITS = 14
"""So many are typed in a row: the longest barcode."""
CHOICE_KEYS = "123456789bceghilmopqrtuwxz"
"""The keys of a list's entries: a digit each, then the letters of tiles."""
