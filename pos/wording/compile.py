"""Compiles the catalogues: `python -m pos.wording.compile`. Run it after each change of a `.po` file."""

from __future__ import annotations

from pathlib import Path
from struct import pack

from babel.messages.pofile import read_po

from pos.domain.text import LANGUAGES
from pos.wording.language import LOCALE

MAGIC = 0x950412DE
HEADER = "Content-Type: text/plain; charset=UTF-8\nLanguage: {language}\n"


DOMAINS = ("pos", "argparse")
"""The till's own messages, by id; and the messages of Python's argparse that users can see, by their English text."""


def source(language: str, domain: str = "pos") -> Path:
    """The path of the catalogue that people edit."""
    return LOCALE / language / "LC_MESSAGES" / f"{domain}.po"


def messages(language: str, domain: str = "pos") -> dict[str, str]:
    """The messages of a catalogue by id. Raises Babel's `PoFileError` for a file that cannot be read."""
    with source(language, domain).open("rb") as file:
        catalogue = read_po(file, locale=language, abort_invalid=True)
    return {str(message.id): str(message.string) for message in catalogue if message.id and not message.fuzzy}


def compiled(language: str, domain: str = "pos") -> bytes:
    """The catalogue in gettext's binary format.

    Not by Babel's `write_mo`, which adds the time and its own version: the same text must give the same bytes.
    """
    said = {"": HEADER.format(language=language), **messages(language, domain)}
    pairs = sorted((name.encode(), text.encode()) for name, text in said.items())
    tables, texts = b"", b""
    start = 28 + 16 * len(pairs)
    for column in (0, 1):
        for pair in pairs:
            tables += pack("<II", len(pair[column]), start + len(texts))
            texts += pair[column] + b"\0"
    return pack("<7I", MAGIC, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0) + tables + texts


def main() -> None:
    """Write each `.mo` beside its `.po`."""
    for language in LANGUAGES:
        for domain in DOMAINS:
            source(language, domain).with_suffix(".mo").write_bytes(compiled(language, domain))


if __name__ == "__main__":
    main()
