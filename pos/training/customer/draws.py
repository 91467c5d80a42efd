"""Random draws that can be repeated: each is a function of a seed and of what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def draw(seed: int, *about: str) -> float:
    """A number from 0 up to 1, the same for a seed and subject on every machine."""
    digest = blake2b("\x1f".join((str(seed), *about)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


def pick(choices: Sequence[T], seed: int, *about: str) -> T:
    """Draw one of several. Raises `IndexError` when there is none."""
    return choices[int(draw(seed, *about) * len(choices))]


def shuffled(choices: Sequence[T], seed: int, *about: str) -> list[T]:
    """All of them in a drawn order."""
    left = list(enumerate(choices))
    return [entry for _, entry in sorted(left, key=lambda pair: draw(seed, *about, str(pair[0])))]
