"""Checks offers: upgrade paths that circle, go down or refer to nothing, and items offered with themselves."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.menu.items import MenuItem, Sku
from pos.domain.menu.paths import Step, UpgradePath
from pos.office.menu_file.book import Draft
from pos.office.menu_file.circles import circling
from pos.office.menu_file.problems import Notes, Path
from pos.office.menu_file.unlikely_prices import by_category, price_falls


def check_pairings(draft: Draft, notes: Notes) -> None:
    """Note pairings that refer to nothing, offer the trigger itself, or offer what the till must not offer."""
    known = draft.by_sku()
    categories = {category.id for category in draft.categories}
    for place, pairing in enumerate(draft.pairings):
        at = ("pairing", place)
        offered, trigger = known.get(pairing.offered), known.get(pairing.sku or "")
        if pairing.offered and offered is None:
            notes.add((*at, "offer"), "menu-unknown-item", text=pairing.offered)
        if pairing.sku and trigger is None:
            notes.add((*at, "with", "sku"), "menu-unknown-item", text=pairing.sku)
        if pairing.category and pairing.category not in categories:
            notes.add((*at, "with", "category"), "menu-unknown-category", text=pairing.category)
        if offered is not None and trigger is not None and offered.kin in _kin_inside(trigger, known):
            notes.add((*at, "offer"), "menu-pairing-with-itself", sku=offered.sku)
        if offered is not None and offered.age_limit is not None:
            notes.add((*at, "offer"), "menu-offers-age-limited", sku=offered.sku)


def _kin_inside(item: MenuItem, known: dict[Sku, MenuItem]) -> set[str]:
    """The families of an item, and of a meal's main item."""
    main = known.get(item.meal.main) if item.meal is not None else None
    return {item.kin} if main is None else {item.kin, main.kin}


def check_paths(draft: Draft, notes: Notes) -> None:
    """Note every step that refers to nothing, goes down or cannot be taken, and every cycle."""
    members = by_category(draft.items, (category.id for category in draft.categories))
    checks = _PathChecks(draft, members, notes)
    for place, path in enumerate(draft.paths):
        checks.check(place, path)
    _check_circles(draft, notes)


class _PathChecks:
    """Checks paths one after another against the same menu."""

    def __init__(self, draft: Draft, members: dict[str, list[MenuItem]], notes: Notes) -> None:
        self._known = draft.by_sku()
        self._places = draft.places()
        self._categories = {category.id for category in draft.categories}
        self._members = members
        self._groups_of: dict[str, set[str]] = {}
        self._most_of: dict[str, int] = {}
        for group in draft.groups:
            for modifier in group.modifiers:
                self._most_of[modifier.id] = modifier.maximum
                self._groups_of.setdefault(modifier.id, set()).add(group.id)
        self._notes = notes

    def check(self, place: int, path: UpgradePath) -> None:
        """Walk up a path, with the items on each step."""
        before: list[MenuItem] = []
        modifiers: list[str] = []
        for index, step in enumerate(path.steps):
            at = ("upgrade_path", place, "steps", index)
            if step.modifier is not None:
                self._check_modifier(step.modifier, (*at, "modifier"), before, modifiers)
                modifiers.append(step.modifier)
                continue
            here = self._standing_on(step, at)
            if here and index:
                self._check_step_up(before, here[0], modifiers, (*at, "sku"))
            before = here or before
        self._check_prices(place, path)

    def _standing_on(self, step: Step, at: Path) -> list[MenuItem]:
        if step.category is not None:
            if step.category and step.category not in self._categories:
                self._notes.add((*at, "category"), "menu-unknown-category", text=step.category)
            elif step.category and not self._members[step.category]:
                self._notes.add((*at, "category"), "menu-empty-category", text=step.category)
            return self._members.get(step.category, [])
        item = self._known.get(step.sku or "")
        if step.sku and item is None:
            self._notes.add((*at, "sku"), "menu-unknown-item", text=step.sku)
        return [item] if item is not None else []

    def _check_modifier(self, modifier: str, at: Path, before: list[MenuItem], taken: list[str]) -> None:
        """Check that a modifier exists, is not on this path more often than an item allows, and fits the item below it
        (for a category, one of its items)."""
        if modifier and modifier not in self._groups_of:
            self._notes.add(at, "menu-unknown-modifier", text=modifier)
        elif modifier and taken.count(modifier) >= self._most_of[modifier]:
            self._notes.add(at, "menu-path-circles", text=modifier)
        elif modifier and before and not any(self._takes(item, modifier) for item in before):
            self._notes.add(at, "menu-modifier-not-taken", sku=before[0].sku, modifier=modifier)

    def _check_step_up(self, before: list[MenuItem], target: MenuItem, modifiers: list[str], at: Path) -> None:
        for modifier in modifiers:
            if modifier in self._groups_of and not self._takes(target, modifier):
                self._notes.add(at, "menu-modifier-not-taken", sku=target.sku, modifier=modifier)
        if target.age_limit is not None:
            self._notes.add(at, "menu-offers-age-limited", sku=target.sku)

    def _check_prices(self, place: int, path: UpgradePath) -> None:
        """Note each step with a lower price than the one before, unless the file says that it may fall."""
        told: set[int] = set()
        for fall in price_falls(path, self._known, self._members):
            if fall.step not in told and self._prices_are_sound(fall.item, fall.other):
                told.add(fall.step)
                at = ("upgrade_path", place, "steps", fall.step, "sku")
                values = {"dear": fall.dear, "cheap": fall.cheap}
                self._notes.add(at, "menu-path-goes-down", sku=fall.item.sku, other=fall.other.sku, **values)

    def _prices_are_sound(self, *items: MenuItem) -> bool:
        places = [self._places[item.sku] for item in items]
        return all(self._notes.is_sound("item", place, key) for place in places for key in ("price", "price_take_away"))

    def _takes(self, item: MenuItem, modifier: str) -> bool:
        return not self._groups_of.get(modifier, set()).isdisjoint(item.modifiers)


def _check_circles(draft: Draft, notes: Notes) -> None:
    """Note cycles: no way along the paths may come back to its beginning."""
    edges: list[tuple[str, str, Path]] = []
    for place, path in enumerate(draft.paths):
        edges += [(before, after, ("upgrade_path", place, "steps", index)) for before, after, index in _edges(path)]
    standing = [(item.sku, f"category {item.category}") for item in draft.items if item.sku]
    circles = circling([*[(before, after) for before, after, _ in edges], *standing])
    told: set[Path] = set()
    for before, after, at in edges:
        if (before, after) in circles and at[:2] not in told:
            told.add(at[:2])
            notes.add((*at, "sku"), "menu-path-circles", text=after)


def _edges(path: UpgradePath) -> Iterator[tuple[str, str, int]]:
    """The edges from each item or whole category to the next item of the path, with the index of the step."""
    before = ""
    for index, step in enumerate(path.steps):
        here = f"category {step.category}" if step.category else step.sku
        if before and here and step.sku:
            yield before, here, index
        before = here or before
