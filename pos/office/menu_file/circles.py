"""Finds the edges of a graph that are part of a cycle."""

from __future__ import annotations

from collections.abc import Iterable


def circling(edges: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The edges that are part of a cycle: both ends are in one strongly connected component (Kosaraju)."""
    onward: dict[str, list[str]] = {}
    back: dict[str, list[str]] = {}
    for before, after in (pairs := list(edges)):
        onward.setdefault(before, []).append(after)
        back.setdefault(after, []).append(before)
    seen: set[str] = set()
    finished: list[str] = []
    for node in onward:
        finished += _reached(node, onward, seen)
    component: dict[str, str] = {}
    seen = set()
    for node in reversed(finished):
        component |= dict.fromkeys(_reached(node, back, seen), node)
    return {(before, after) for before, after in pairs if component[before] == component[after]}


def _reached(start: str, edges: dict[str, list[str]], seen: set[str]) -> list[str]:
    """The nodes reachable from `start` and not yet seen, in postorder."""
    if start in seen:
        return []
    seen.add(start)
    left: list[str] = []
    trail = [(start, iter(edges.get(start, ())))]
    while trail:
        node, ways = trail[-1]
        following = next((way for way in ways if way not in seen), None)
        if following is None:
            left.append(node)
            trail.pop()
        else:
            seen.add(following)
            trail.append((following, iter(edges.get(following, ()))))
    return left
