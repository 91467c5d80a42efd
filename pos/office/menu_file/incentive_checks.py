"""Checks bundles and thresholds: parts that nothing fills, prices that save nothing, and codes used twice."""

from __future__ import annotations

from pos.domain.menu.incentives import Bundle, BundlePart
from pos.domain.menu.items import MenuItem, Sku
from pos.office.menu_file.book import Draft
from pos.office.menu_file.problems import Notes, Path, place_of
from pos.office.menu_file.unlikely_prices import bundle_candidates, by_category, cheapest_parts


def check_incentives(draft: Draft, notes: Notes) -> None:
    """Note incentives that refer to nothing, never save anything, or share a name or code."""
    known = draft.by_sku()
    _check_names(draft, notes, known)
    places = draft.places()
    members = by_category(draft.items, (category.id for category in draft.categories))
    loose = {category.id: [item for item in members[category.id] if item.meal is None] for category in draft.categories}
    for place, bundle in enumerate(draft.bundles):
        for inner, part in enumerate(bundle.parts):
            _check_part(part, ("bundle", place, "parts", inner), notes, known, loose)
        candidates = [bundle_candidates(part, known, loose) for part in bundle.parts]
        if _can_be_priced(candidates, ("bundle", place), places, notes):
            _check_price(bundle, candidates, ("bundle", place), notes)
    for place, threshold in enumerate(draft.thresholds):
        if threshold.free and threshold.free not in known:
            notes.add(("threshold", place, "free"), "menu-unknown-item", text=threshold.free)


def _check_names(draft: Draft, notes: Notes, known: dict[Sku, MenuItem]) -> None:
    """Check that ids and codes are unique across bundles and thresholds. An id must not be a SKU, because discounts are
    named by either."""
    both = [("bundle", place, bundle.id, bundle.code) for place, bundle in enumerate(draft.bundles)]
    both += [("threshold", place, entry.id, entry.code) for place, entry in enumerate(draft.thresholds)]
    ids: dict[str, str] = {}
    codes: dict[str, str] = {}
    for section, place, name, code in both:
        at = (section, place)
        for text, key, taken in ((name, "id", ids), (code, "code", codes)):
            if text and text.upper() in taken:
                notes.add((*at, key), "menu-doubled", text=text, other=taken[text.upper()])
            elif text:
                taken[text.upper()] = place_of(at, name or None)
        if name in known:
            notes.add((*at, "id"), "menu-doubled", text=name, other=place_of(("item", 0), name))


def _check_part(
    part: BundlePart, at: Path, notes: Notes, known: dict[Sku, MenuItem], loose: dict[str, list[MenuItem]]
) -> None:
    if part.category and part.category not in loose:
        notes.add((*at, "category"), "menu-unknown-category", text=part.category)
    elif part.category and not loose[part.category]:
        notes.add((*at, "category"), "menu-bundle-of-meals", text=part.category)
    for place, sku in enumerate(part.skus):
        if sku and sku not in known:
            notes.add((*at, "skus", place), "menu-unknown-item", text=sku)
        elif sku and known[sku].meal is not None:
            notes.add((*at, "skus", place), "menu-bundle-of-meals", text=sku)


def _can_be_priced(candidates: list[list[MenuItem]], at: Path, places: dict[Sku, int], notes: Notes) -> bool:
    """Whether every part can be filled, and the parts and all relevant prices are without mistakes."""
    prices = (("item", places[item.sku], "price") for items in candidates for item in items if item.sku)
    return all(candidates) and notes.is_sound(*at, "parts") and all(notes.is_sound(*price) for price in prices)


def _check_price(bundle: Bundle, candidates: list[list[MenuItem]], at: Path, notes: Notes) -> None:
    cheapest = cheapest_parts(bundle, candidates)
    if bundle.price is not None and cheapest is not None and bundle.price > cheapest:
        notes.add((*at, "price"), "menu-bundle-dearer", price=bundle.price, cheapest=cheapest)
