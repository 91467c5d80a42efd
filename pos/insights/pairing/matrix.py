"""Inverting a matrix: with NumPy where it is installed, else in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import TypeAlias

Rows: TypeAlias = list[list[float]]


def has_numpy() -> bool:
    """Whether NumPy, which the extra `learn` brings, is installed."""
    return find_spec("numpy") is not None


def inverse(matrix: Sequence[Sequence[float]]) -> Rows:
    """The inverse of a positive definite matrix, by Gauss-Jordan elimination; such a matrix needs no pivoting."""
    rows = [list(row) for row in matrix]
    for place in range(len(rows)):
        scale = 1 / rows[place][place]
        rows[place][place] = 1.0
        pivot = rows[place] = [entry * scale for entry in rows[place]]
        for other, row in enumerate(rows):
            factor = row[place]
            if other != place and factor:
                row[place] = 0.0
                rows[other] = [entry - factor * above for entry, above in zip(row, pivot, strict=True)]
    return rows


def inverse_by_numpy(matrix: Sequence[Sequence[float]]) -> Rows:
    """The inverse, by NumPy."""
    import numpy as np

    found: Rows = np.linalg.inv(np.array(matrix)).tolist()
    return found
