"""Words in large letters, drawn with quadrant blocks: two pixels across and two down in each cell.

A letter is drawn on six rows of pixels: capitals and ascenders from the first to the fifth, small letters from the
second, descenders down to the sixth. A pixel is half a cell wide and half a cell high, so twice as high as wide. Every
letter can be made larger by repeating its pixels across and down.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from rich.style import Style

from pos.domain.value import value
from pos.ui.blocks.blocks import NO_BREAK_SPACE, Block, row, text_block

ROWS = 6
"""Pixels from the top of a capital to the foot of a `g`."""

MOST_TOGETHER = 12
"""Longest text that is kept in one row: `15 kroner`."""

SPACE, CLOSE = 4, 3
"""Pixels between two words, and where there is not enough room for that."""

_DRAWN = r"""
A .##. #..# #### #..# #..# ....
B ###. #..# ###. #..# ###. ....
C .### #... #... #... .### ....
D ###. #..# #..# #..# ###. ....
E #### #... ###. #... #### ....
F #### #... ###. #... #... ....
G .### #... #.## #..# .### ....
H #..# #..# #### #..# #..# ....
I ### .#. .#. .#. ### ...
J ..## ...# ...# #..# .##. ....
K #..# #.#. ##.. #.#. #..# ....
L #... #... #... #... #### ....
M #...# ##.## #.#.# #...# #...# .....
N #..# ##.# #.## #..# #..# ....
O .##. #..# #..# #..# .##. ....
P ###. #..# ###. #... #... ....
Q .##. #..# #..# #.## .### ...#
R ###. #..# ###. #.#. #..# ....
S .### #... .##. ...# ###. ....
T ##### ..#.. ..#.. ..#.. ..#.. .....
U #..# #..# #..# #..# .##. ....
V #...# #...# .#.#. .#.#. ..#.. .....
W #...# #...# #.#.# ##.## #...# .....
X #...# .#.#. ..#.. .#.#. #...# .....
Y #...# .#.#. ..#.. ..#.. ..#.. .....
Z #### ..#. .#.. #... #### ....
Æ .##### #.#... ####.. #.#... #.#### ......
Ø .##.# #..#. #.##. ##.#. ###.. .....
Å .##. .... .##. #### #..# ....
a .... .### #..# #..# .### ....
b #... ###. #..# #..# ###. ....
c ... .## #.. #.. .## ...
d ...# .### #..# #..# .### ....
e .... .##. #### #... .### ....
f .## #.. ### #.. #.. ...
g .... .### #..# .### ...# ###.
h #... ###. #..# #..# #..# ....
i # . # # # .
j .# .. .# .# .# #.
k #... #.#. ##.. #.#. #..# ....
l # # # # # .
m ..... ##.#. #.#.# #.#.# #.#.# .....
n .... ###. #..# #..# #..# ....
o .... .##. #..# #..# .##. ....
p .... ###. #..# #..# ###. #...
q .... .### #..# #..# .### ...#
r ... #.# ##. #.. #.. ...
s .... .### ##.. ..## ###. ....
t #.. ### #.. #.. .## ...
u .... #..# #..# #..# .### ....
v ..... #...# #...# .#.#. ..#.. .....
w ..... #.#.# #.#.# #.#.# .#.#. .....
x .... #..# .##. .##. #..# ....
y .... #..# #..# .### ...# ###.
z .... #### ..#. .#.. #### ....
æ ...... .####. ..#### ###... .##### ......
ø ..... .##.# #.##. ##.#. #.#.. .....
å .##. .... .### #..# .### ....
ß .##. #..# #.#. #..# #.#. #...
0 .##. #..# #..# #..# .##. ....
1 .#. ##. .#. .#. ### ...
2 ###. ...# .##. #... #### ....
3 ###. ...# .##. ...# ###. ....
4 #..# #..# #### ...# ...# ....
5 #### #... ###. ...# ###. ....
6 .### #... ###. #..# .##. ....
7 #### ...# ..#. .#.. .#.. ....
8 .##. #..# .##. #..# .##. ....
9 .##. #..# .### ...# ###. ....
. . . . . # .
, .. .. .. .. .# #.
: . . # . # .
; .. .. .# .. .# #.
! # # # . # .
? ##. ..# .#. ... .#. ...
- ... ... ### ... ... ...
– ..... ..... ##### ..... ..... .....
+ ... .#. ### .#. ... ...
× ... #.# .#. #.# ... ...
= ... ### ... ### ... ...
/ ...# ..#. ..#. .#.. #... ....
( .# #. #. #. .# ..
) #. .# .# .# #. ..
% #..# ...# ..#. .#.. #..# ....
& .#.. #.#. .#.. #.## .##. ....
' # # . . . .
’ .# #. .. .. .. ..
‘ #. .# .. .. .. ..
“ #.#. .#.# .... .... .... ....
” .#.# #.#. .... .... .... ....
" #.# #.# ... ... ... ...
« ..... .#.#. #.#.. .#.#. ..... .....
» ..... #.#.. .#.#. #.#.. ..... .....
→ ..... ..#.. ##### ..#.. ..... .....
… ..... ..... ..... ..... #.#.# .....
* ... #.# .#. #.# ... ...
€ .### ##.. #... ##.. .### ....
$ .### ##.. .##. ..## ###. .#..
£ ..## .#.. ###. .#.. #### ....
"""

GLYPHS: dict[str, tuple[str, ...]] = {
    NO_BREAK_SPACE: ("..",) * ROWS,
} | {name: tuple(rows) for name, *rows in (line.split(" ") for line in _DRAWN.strip().splitlines())}

ACCENTS = {
    "\u0300": "#.",
    "\u0301": ".#",
    "\u0302": "##",
    "\u0303": "##",
    "\u0308": "#.#",
    "\u030a": "##",
    "\u030c": "##",
}
"""Accents over a letter, in its first row of pixels. Others (a cedilla) are left out."""

QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By their pixels: 1 above left, 2 above right, 4 below left, 8 below right."""


@value
class Scale:
    """How often each pixel is repeated across and down, the pixels from one row of words to the next, and the space
    between words in pixels."""

    across: int
    down: int
    pitch: int
    space: int = SPACE

    def height(self, rows: int) -> int:
        """The height in pixels of some rows of words."""
        return (rows - 1) * self.pitch + ROWS * self.down


SCALES = (
    *(
        Scale(across, down, pitch)
        for across, down, pitches in (
            (8, 4, (28,)),
            (6, 4, (28,)),
            (6, 3, (21, 20)),
            (5, 3, (21, 20)),
            (4, 3, (21, 20)),
            (4, 2, (14, 13)),
            (3, 2, (14, 13)),
            (2, 2, (14, 13)),
            (2, 1, (7, 6)),
            (1, 1, (7, 6)),
        )
        for pitch in pitches
    ),
    Scale(1, 1, ROWS, CLOSE),
)
"""From the largest to the smallest."""


def can_be_large(text: str) -> bool:
    """Whether every character has a large form."""
    return all(character.isspace() or _glyph(character) is not None for character in text)


@lru_cache(maxsize=512)
def _glyph(character: str) -> tuple[str, ...] | None:
    """The rows of a letter's pixels, with its accent on top; None for a character without a large form."""
    found = GLYPHS.get(character)
    if found is not None:
        return found
    parts = unicodedata.normalize("NFD", character)
    letter, marks = parts[:1], parts[1:]
    plain = GLYPHS.get(letter)
    if plain is None or not marks or not all(map(unicodedata.combining, marks)):
        return None
    accent = next((ACCENTS[mark] for mark in marks if mark in ACCENTS), "")
    if letter.isupper():
        plain = ("." * len(plain[0]), *plain[:2], *plain[3:])
    return (accent.center(len(plain[0]), ".")[: len(plain[0])], *plain[1:])


def width_of(word: str, across: int) -> int:
    """The width of a word in pixels."""
    return sum(len((_glyph(character) or (" ",))[0]) + 1 for character in word) * across - across


@value
class Word:
    """A word, and whether it is emphasised."""

    text: str
    strong: bool = False


def words_of(text: str, strong: str = "") -> tuple[Word, ...]:
    """The words of a text. Words that overlap with `strong` are emphasised, and kept in one row if short."""
    start = text.find(strong) if strong else -1
    end = start + len(strong)
    words: list[Word] = []
    place = 0
    for part in filter(None, text.split(" ")):
        place = text.index(part, place)
        is_strong = start >= 0 and place < end and place + len(part) > start
        place += len(part)
        if is_strong and words and words[-1].strong and len(strong) <= MOST_TOGETHER:
            words.append(Word(f"{words.pop().text}{NO_BREAK_SPACE}{part}", strong=True))
        else:
            words.append(Word(part, is_strong))
    return tuple(words)


def broken(words: Sequence[Word], width: int, scale: Scale) -> list[list[Word]] | None:
    """The words in rows of at most `width` pixels; None where a single word is wider than that."""
    rows: list[list[Word]] = [[]]
    used = 0
    blank = scale.space * scale.across
    for word in words:
        wide = width_of(word.text, scale.across)
        if wide > width:
            return None
        if rows[-1] and used + blank + wide > width:
            rows.append([])
            used = 0
        used += wide + (blank if rows[-1] else 0)
        rows[-1].append(word)
    return rows


@lru_cache(maxsize=64)
def large_words(words: tuple[Word, ...], size: tuple[int, int], plain: Style, strong: Style) -> Block | None:
    """The words as large as they fit in `size` cells (width, height).

    None if not even the smallest letters fit, or a character has no large form.
    """
    width, height = size
    if not words or width < 1 or not all(can_be_large(word.text) for word in words):
        return None
    for scale in SCALES:
        rows = broken(words, 2 * width, scale)
        if rows is not None and scale.height(len(rows)) <= 2 * height:
            return _drawn(rows, width, scale, (plain, strong))
    return None


@lru_cache(maxsize=128)
def large_line(text: str, across: int, style: Style) -> Block:
    """A text in one row of large letters, three cells high, as wide as it needs."""
    words = words_of(text)
    return _drawn([list(words)], cells_of(text, across), Scale(across, 1, ROWS), (style, style))


def cells_of(text: str, across: int) -> int:
    """The width of a text in one row, in cells."""
    parts = text.split(" ")
    pixels = sum(width_of(part, across) for part in parts) + SPACE * across * (len(parts) - 1)
    return -(-pixels // 2)


def _drawn(rows: list[list[Word]], width: int, scale: Scale, styles: tuple[Style, Style]) -> Block:
    """The rows of words as cells."""
    high = -(-scale.height(len(rows)) // 2)
    lines = ["" for _ in range(2 * high)]
    strong = ["" for _ in range(2 * high)]
    for place, words in enumerate(rows):
        top = place * scale.pitch
        for y, (pixels, marks) in enumerate(_pixels(words, scale)):
            for line in range(top + y * scale.down, top + (y + 1) * scale.down):
                lines[line], strong[line] = pixels, marks
    cells = [_cells(lines[y], lines[y + 1], strong[y] or strong[y + 1], width, styles) for y in range(0, 2 * high, 2)]
    return text_block(width, (row(width, styles[0], pieces) for pieces in cells))


def _pixels(words: list[Word], scale: Scale) -> Iterator[tuple[str, str]]:
    """For each row of pixels, the pixels, and a `!` at the places of those in emphasised words."""
    across = scale.across
    blank = "." * (scale.space * across)
    for y in range(ROWS):
        drawn = ["".join(".".join((_glyph(letter) or ("",) * ROWS)[y] for letter in word.text)) for word in words]
        large = ["".join(pixel * across for pixel in pixels) for pixels in drawn]
        marks = [("!" if word.strong else ".") * len(pixels) for word, pixels in zip(words, large, strict=True)]
        yield blank.join(large), blank.join(marks)


def _cells(upper: str, lower: str, strong: str, width: int, styles: tuple[Style, Style]) -> list[tuple[str, Style]]:
    """Two rows of pixels as a row of cells, in runs of one style."""
    size = 2 * width
    upper, lower, strong = (line.ljust(size, ".")[:size] for line in (upper, lower, strong))
    cells = [
        (
            QUADRANTS[
                (upper[x] == "#") + 2 * (upper[x + 1] == "#") + 4 * (lower[x] == "#") + 8 * (lower[x + 1] == "#")
            ],
            "!" in strong[x : x + 2],
        )
        for x in range(0, size, 2)
    ]
    return [
        ("".join(cell for cell, _ in run), styles[1] if is_strong else styles[0])
        for is_strong, run in groupby(cells, key=lambda cell: cell[1])
    ]
