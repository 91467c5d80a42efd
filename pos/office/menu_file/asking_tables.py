"""The tables of a menu file about asking: how long a refusal is remembered, and the offer for the next visit."""

from __future__ import annotations

from pos.domain.menu.next_visit import NextVisitRules, Refusals
from pos.office.menu_file.fields import Reader
from pos.office.menu_file.problems import Notes, Path, shown

MOST_DAYS = 366


def read_next_visit(root: Reader) -> NextVisitRules | None:
    """Read `[next_visit]`; without that table there is no offer for the next visit."""
    if not root.has("next_visit"):
        return None
    table = root.table("next_visit")
    rules = NextVisitRules(table.number("days", 1, MOST_DAYS), table.number("off", 1, 100))
    table.close()
    return rules


def read_refusals(root: Reader) -> Refusals:
    """Read `refusals` in `[asking]`; without it a refusal applies to its order."""
    if not root.has("asking"):
        return Refusals.ORDER
    table = root.table("asking")
    scope = table.checked("refusals", _checked_scope) if table.has("refusals") else ""
    table.close()
    return Refusals(scope or Refusals.ORDER)


def _checked_scope(value: object, path: Path, notes: Notes) -> str:
    if isinstance(value, str) and value in tuple(Refusals):
        return value
    if isinstance(value, str):
        notes.add(path, "menu-unknown-refusals", text=shown(value))
    else:
        notes.add(path, "menu-not-text")
    return ""
