"""What a receipt printer would make of the bytes it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field

ESC, GS = 0x1B, 0x1D
COMMANDS = {
    (ESC, ord("@")): 0,
    (ESC, ord("t")): 1,
    (ESC, ord("!")): 1,
    (ESC, ord("E")): 1,
    (ESC, ord("M")): 1,
    (ESC, ord("a")): 1,
    (ESC, ord("d")): 1,
    (ESC, ord("{")): 1,
    (ESC, ord("-")): 1,
    (GS, ord("V")): 1,
    (GS, ord("b")): 1,
    (GS, ord("B")): 1,
}
"""The commands that the till sends, with how many bytes follow each."""

PAGES = {5: "cp865", 19: "cp858"}


@dataclass(frozen=True)
class Row:
    """A printed row: how large (1 or 2, width and height alike), how bold, where."""

    text: str
    size: int
    bold: bool
    align: str


@dataclass(frozen=True)
class Picture:
    """A printed picture: its rows of dots, true for black, and where it stands."""

    dots: list[list[bool]]
    align: str


@dataclass
class Paper:
    """What came out: rows, pictures, how often it was cut, and the code pages that were chosen."""

    rows: list[Row] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    cuts: int = 0
    pages: list[int] = field(default_factory=list)
    size: int = 1
    bold: bool = False
    align: str = "left"

    def obey(self, command: tuple[int, int], value: int) -> None:
        """Take one command with its byte."""
        match command:
            case (0x1B, 0x21):  # ESC !: size and weight at once
                self.size, self.bold = {0x00: 1, 0x30: 2}[value & 0x30], bool(value & 0x08)
            case (0x1B, 0x45):
                self.bold = bool(value)
            case (0x1B, 0x61):
                self.align = ("left", "center", "right")[value]
            case (0x1B, 0x74):
                self.pages.append(value)
            case (0x1D, 0x56):
                self.cuts += 1

    def feed(self, text: bytes) -> None:
        """Print a row as things stand."""
        self.rows.append(Row(text.decode(PAGES[self.pages[-1]]), self.size, self.bold, self.align))

    def row(self, text: str) -> Row:
        """The only row with that text in it."""
        (found,) = [row for row in self.rows if text in row.text]
        return found

    def draw(self, content: bytes) -> int:
        """Print what follows GS v 0, and say how many bytes that is: mode, bytes a row, rows, then the dots."""
        _, wide, wide_256, high, high_256 = content[:5]
        row, rows = wide + 256 * wide_256, high + 256 * high_256
        dots = content[5 : 5 + row * rows]
        bits = [[bool(dots[y * row + x // 8] & 0x80 >> x % 8) for x in range(row * 8)] for y in range(rows)]
        self.pictures.append(Picture(bits, self.align))
        return 5 + row * rows

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)


def printed_from(content: bytes) -> Paper:
    """Read ESC/POS; an unknown command or a control byte outside one fails."""
    paper, text, place = Paper(), b"", 0
    while place < len(content):
        byte = content[place]
        if byte in (ESC, GS):
            command = byte, content[place + 1]
            if command == (GS, ord("v")):
                assert content[place + 2] == ord("0")
                place += 3 + paper.draw(content[place + 3 :])
                continue
            paper.obey(command, content[place + 2] if COMMANDS[command] else 0)
            place += 2 + COMMANDS[command]
            continue
        place += 1
        if byte == ord("\n"):
            paper.feed(text)
            text = b""
        else:
            assert byte >= 0x20, f"control byte {byte:#x} at {place}"
            text += bytes([byte])
    assert not text
    return paper
