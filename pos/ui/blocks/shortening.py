"""Shortens names so that names shown together stay different."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

ELLIPSIS = "…"
SIZE = ", "
"""Separates a name from its size: `Cola, stor`."""

SHORTEST_CUT = 4
"""Shorter words are not abbreviated: `med`, `og`, `0,5`."""


@lru_cache(maxsize=256)
def shortened(names: tuple[str, ...], widths: tuple[int, ...]) -> tuple[str, ...]:
    """Each name in at most as many cells as its width.

    A name that fits stays whole. Otherwise its size is abbreviated, then the words that most of the names share; what
    is still too long is cut at its end or in its middle. Different names stay different if their widths allow it at
    all.
    """
    shared = Counter(word.casefold() for name in set(names) for word in set(name.split()))
    sizes = {name.rpartition(SIZE)[2].casefold() for name in names if SIZE in name}
    initials = Counter(size[:1] for size in sizes)
    ambiguous = frozenset(initial for initial, count in initials.items() if count > 1)
    narrowest: dict[str, int] = {}
    for name, width in zip(names, widths, strict=True):
        narrowest[name] = min(width, narrowest.get(name, width))
    chosen = _told_apart({name: _forms(name, width, shared, ambiguous) for name, width in narrowest.items()})
    return tuple(chosen[name] for name in names)


def _forms(name: str, width: int, shared: Counter[str], ambiguous: frozenset[str]) -> list[str]:
    """The ways to write a name in a width, the best first. A size with an `ambiguous` initial is kept whole."""
    if cell_len(name) <= width:
        return [name]
    if width < 1:
        return [""]
    short = [_abbreviated(name, width, shared), _with_whole_size(name, width)]
    if _initial(name) in ambiguous:
        short.reverse()
    cuts = [_cut(name, kept, width) for kept in range(width - 1, -1, -1)]
    found = [form for form in short if form is not None]
    return list(dict.fromkeys(found + sorted(cuts, key=lambda form: cell_len(form) < width - 1)))


def _initial(name: str) -> str:
    """The first letter of a name's size, which may be all that an abbreviation leaves; '' without a size."""
    return name.rpartition(SIZE)[2][:1].casefold() if SIZE in name else ""


def _with_whole_size(name: str, width: int) -> str | None:
    """The name cut before its size, which stays whole: `Cheeseburgerm., stor`. None without a size."""
    called, comma, size = name.rpartition(SIZE)
    room = width - cell_len(SIZE + size) - 1
    return f"{set_cell_size(called, room).rstrip()}.{SIZE}{size}" if comma and room > 0 else None


def _cut(name: str, kept: int, width: int) -> str:
    """The first `kept` cells of a name, an ellipsis, and as many of its last cells as fit."""
    head = set_cell_size(name, kept).rstrip()
    room = width - 1 - kept
    tail = ""
    for character in reversed(name):
        if cell_len(character + tail) > room:
            break
        tail = character + tail
    return f"{head}{ELLIPSIS}{tail.lstrip()}"


def _abbreviated(name: str, width: int, shared: Counter[str]) -> str | None:
    """The name with abbreviated words, its size and shared words first. None if it stays too long, or if anything
    besides these would have to be cut."""
    words = name.split()
    sized = SIZE in name
    order = sorted(
        (place for place, word in enumerate(words) if _may_abbreviate(word)),
        key=lambda place: (
            not (sized and place == len(words) - 1),
            -shared[words[place].casefold()],
            -cell_len(words[place]),
        ),
    )
    for place in order:
        over = cell_len(" ".join(words)) - width
        if over <= 0:
            break
        is_common = shared[words[place].casefold()] > 1 or (sized and place == len(words) - 1)
        if not is_common:
            return None
        words[place] = _abbreviation(words[place], over)
    text = " ".join(words)
    return text if cell_len(text) <= width else None


def _may_abbreviate(word: str) -> bool:
    letters = word.rstrip(",")
    return len(letters) >= SHORTEST_CUT and letters.isalpha()


def _abbreviation(word: str, over: int) -> str:
    """The word, shorter by some cells if possible: `medium` becomes `med.`, at least `m.`."""
    letters, comma = (word[:-1], ",") if word.endswith(",") else (word, "")
    kept = max(1, len(letters) - over - 1)
    return f"{letters[:kept]}.{comma}"


def _told_apart(forms: dict[str, list[str]]) -> dict[str, str]:
    """A form for each name, as many different ones as possible: the best that is free, or that its holder can swap for
    another (augmenting paths in a bipartite graph). `m.` and `m…` count as the same. A name without a free form gets
    its best one."""
    holders: dict[str, tuple[str, str]] = {}

    def place(name: str, seen: set[str]) -> bool:
        for form in forms[name]:
            look = form.replace(ELLIPSIS, ".")
            if look not in seen:
                seen.add(look)
                if look not in holders or place(holders[look][0], seen):
                    holders[look] = name, form
                    return True
        return False

    for name in sorted(forms, key=lambda name: len(forms[name])):
        place(name, set())
    chosen = {name: every[0] for name, every in forms.items()}
    return chosen | dict(holders.values())
