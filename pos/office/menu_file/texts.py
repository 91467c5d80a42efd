"""The rules for texts, ids and codes in a menu file."""

from __future__ import annotations

import re
from collections.abc import Collection

from pos.domain.menu.scanning import ScannerMode
from pos.domain.text import is_safe
from pos.office.menu_file.problems import Notes, Path, shown

LONGEST_NAME = 60
LONGEST_PHRASE = 160
MOST_WORDS = 12

_ID = re.compile(r"[a-z0-9-]{1,40}")
_CODE = re.compile(r"[A-Za-zÆØÅæøå0-9]{1,20}")
_PLU = re.compile(r"[0-9]{1,6}")
_BARCODE = re.compile(r"[0-9]{8,14}")
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

_TYPED = "*+-,./<>=!?"
"""The signs that are keys at the till."""

_ORG_NO_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2, 1)


def checked_text(value: object, path: Path, notes: Notes, most: int = LONGEST_NAME) -> str:
    """A text for people, without surrounding blanks; empty if it has a mistake."""
    if not isinstance(value, str):
        notes.add(path, "menu-not-text")
        return ""
    text = value.strip()
    if not text:
        notes.add(path, "menu-blank")
    elif not is_safe(text):
        notes.add(path, "menu-unsafe-text", text=shown(text))
    elif len(text) > most:
        notes.add(path, "menu-text-too-long", length=len(text), most=most)
    else:
        return text
    return ""


def checked_phrase(value: object, path: Path, notes: Notes, placeholders: Collection[str]) -> str:
    """Words to say: at most twelve, with each of the placeholders and no others."""
    text = checked_text(value, path, notes, LONGEST_PHRASE)
    if not text:
        return ""
    found = _PLACEHOLDER.findall(text)
    for unknown in sorted(set(found) - set(placeholders)):
        notes.add(path, "menu-unknown-placeholder", placeholder=shown(unknown))
    for missing in sorted(set(placeholders) - set(found)):
        notes.add(path, "menu-missing-placeholder", placeholder=missing)
    bare = _PLACEHOLDER.sub("", text)
    if "{" in bare or "}" in bare:
        notes.add(path, "menu-stray-brace")
    words = len(text.split())
    if words > MOST_WORDS:
        notes.add(path, "menu-too-many-words", count=words, most=MOST_WORDS)
    return text


def checked_id(value: object, path: Path, notes: Notes) -> str:
    """An id: letters a–z, digits and hyphens, at most 40."""
    return _matching(value, path, notes, _ID, "menu-bad-id")


def checked_code(value: object, path: Path, notes: Notes) -> str:
    """The code that a customer shows for an incentive: letters and digits."""
    return _matching(value, path, notes, _CODE, "menu-bad-code")


def checked_plu(value: object, path: Path, notes: Notes) -> str:
    """A number keyed by hand."""
    return _matching(value, path, notes, _PLU, "menu-bad-plu")


def checked_clock(value: object, path: Path, notes: Notes) -> str:
    """A time of day, `HH:MM`."""
    return _matching(value, path, notes, _CLOCK, "menu-bad-time")


def checked_barcode(value: object, path: Path, notes: Notes) -> str:
    """A barcode; EAN-8 and EAN-13 need a correct check digit (GS1 General Specifications, 7.9)."""
    text = _matching(value, path, notes, _BARCODE, "menu-bad-barcode")
    if len(text) in {8, 13}:
        right = -sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(text[:-1]))) % 10
        if right != int(text[-1]):
            notes.add(path, "menu-barcode-check-digit", barcode=text, digit=right)
    return text


def checked_scanner(value: object, path: Path, notes: Notes) -> str:
    """Whether the shop's scanner types its codes: `keys` or `none`."""
    if not isinstance(value, str):
        notes.add(path, "menu-not-text")
    elif value in tuple(ScannerMode):
        return value
    else:
        notes.add(path, "menu-unknown-scanner", text=shown(value))
    return ""


def checked_prefix(value: object, path: Path, notes: Notes) -> str:
    """The scanner's prefix: one character that nobody types at the till."""
    if not isinstance(value, str):
        notes.add(path, "menu-not-text")
    elif len(value) == 1 and value.isprintable() and not (value.isalnum() or value.isspace() or value in _TYPED):
        return value
    else:
        notes.add(path, "menu-bad-scanner-prefix", text=shown(value), keys=" ".join(_TYPED))
    return ""


def checked_org_no(value: object, path: Path, notes: Notes) -> str:
    """An organisation number: nine digits, the last a check digit (modulus 11, Brønnøysundregistrene)."""
    text = value.replace(" ", "") if isinstance(value, str) else value
    text = checked_text(text, path, notes)
    if text and not re.fullmatch(r"[0-9]{9}", text):
        notes.add(path, "menu-bad-org-no", text=shown(text))
    elif text and sum(int(digit) * weight for digit, weight in zip(text, _ORG_NO_WEIGHTS, strict=True)) % 11:
        notes.add(path, "menu-org-no-check-digit", text=text)
    return text


def _matching(value: object, path: Path, notes: Notes, pattern: re.Pattern[str], message_id: str) -> str:
    if not isinstance(value, str):
        notes.add(path, "menu-not-text")
        return ""
    if pattern.fullmatch(value):
        return value
    notes.add(path, message_id, text=shown(value))
    return ""


def is_id(text: str) -> bool:
    """Whether a text is a valid id."""
    return _ID.fullmatch(text) is not None
