"""EASE (Steck 2019): each item guessed from all others by ridge regression with nothing on the diagonal."""

from __future__ import annotations

from importlib.util import find_spec

from pos.insights.together import Together

STRENGTH = 100.0
"""How strongly weights are drawn to nothing: so many orders."""

MOST_WITHOUT_NUMPY = 400
"""Inverting so many rows takes two seconds in plain Python; of more items only the most sold are taken."""

Rows = list[list[float]]


def has_numeric() -> bool:
    """Whether the numeric extra is installed."""
    return find_spec("numpy") is not None


def ease_rows(together: Together, numeric: bool) -> Rows:
    """EASE's weights, a row for each thing in an order. Items are numbered by how much they sell."""
    size = together.size if numeric else min(together.size, MOST_WITHOUT_NUMPY)
    gram = [row[:size] for row in together.pairs[:size]]
    for place, row in enumerate(gram):
        row[place] += together.items[place] + STRENGTH
    inverse_of = _inverse_by_numpy if numeric else inverse
    found = inverse_of(gram)
    diagonal = [row[place] for place, row in enumerate(found)]
    rest = [0.0] * (together.size - size)
    rows = []
    for place, row in enumerate(found):
        row[place] = 0.0
        rows.append([-entry / own for entry, own in zip(row, diagonal, strict=True)] + rest)
    return rows + [[0.0] * together.size for _ in rest]


def inverse(matrix: Rows) -> Rows:
    """The inverse of a positive definite matrix by Gauss and Jordan, which needs no pivoting for such a one."""
    rows = [list(row) for row in matrix]
    for place in range(len(rows)):
        pivot = 1 / rows[place][place]
        rows[place][place] = 1.0
        chosen = rows[place] = [entry * pivot for entry in rows[place]]
        for other, row in enumerate(rows):
            factor = row[place]
            if other != place and factor:
                row[place] = 0.0
                rows[other] = [entry - factor * own for entry, own in zip(row, chosen, strict=True)]
    return rows


def _inverse_by_numpy(matrix: Rows) -> Rows:
    import numpy as np

    found: Rows = np.linalg.inv(np.array(matrix)).tolist()
    return found
