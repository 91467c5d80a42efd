"""The menu as the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TypeAlias, TypeVar

from pos.domain.menu.channels import Channel
from pos.domain.menu.incentives import Bundle, Incentive, Threshold
from pos.domain.menu.items import Category, Daypart, Machine, MenuItem, ModifierGroup, ServingMode, Sku, Slot
from pos.domain.menu.paths import Step, UpgradePath, Words
from pos.domain.money import Money
from pos.domain.text import LocalText
from pos.store.file.codec import instant_columns, to_json, to_json_or_none

Row: TypeAlias = dict[str, str | int | None]
Entry = TypeVar("Entry")


class WordRows:
    """Numbers the words, the same ones once: learned pairings by the hundred thousand share a few."""

    def __init__(self) -> None:
        self._ids: dict[Words, int] = {}

    def id_of(self, words: Words) -> int:
        """The number of the words; a new one when they were not seen before."""
        return self._ids.setdefault(words, len(self._ids) + 1)

    def rows(self) -> Iterator[Row]:
        """All that were numbered."""
        for words, key in self._ids.items():
            texts = {"say": words.say, "many": words.many, "rush": words.rush, "after_no": words.after_no}
            row: Row = {"id": key}
            row |= {name: to_json_or_none(text) for name, text in texts.items()}
            row["also"] = other_words(words)
            yield row


def other_words(words: Words) -> str | None:
    """The other wordings of words as their column holds them; None for no others."""
    return to_json(words.also) if words.also else None


def _named(place: int, key: str, name: LocalText) -> Row:
    return {"id": key, "place": place, "name": to_json(name)}


def _with_retired(sold: Iterable[Entry], retired: Iterable[Entry]) -> Iterator[tuple[Entry, int]]:
    for entry in sold:
        yield entry, 0
    for entry in retired:
        yield entry, 1


def _minor(amount: Money | None) -> int | None:
    return None if amount is None else amount.minor


def daypart_rows(sold: Mapping[str, Daypart], retired: Mapping[str, Daypart]) -> Iterator[Row]:
    """Dayparts, those of the file first."""
    for place, (part, gone) in enumerate(_with_retired(sold.values(), retired.values())):
        times: Row = {"start_at": part.start.isoformat(), "end_at": part.end.isoformat(), "retired": gone}
        yield _named(place, part.id, part.name) | times


def category_rows(categories: Iterable[Category]) -> Iterator[Row]:
    """Categories in the order of their tabs."""
    for place, category in enumerate(categories):
        yield _named(place, category.id, category.name) | {
            "retired": 0,
            "article_group": category.article_group,
        }


def item_rows(items: Iterable[MenuItem]) -> Iterator[Row]:
    """Items in the order of their tiles."""
    for place, item in enumerate(items):
        yield {
            "sku": item.sku,
            "place": place,
            "name": to_json(item.name),
            "category": item.category,
            "price_minor": item.price.minor,
            "price_take_away_minor": _minor(item.price_take_away),
            "cost_minor": item.cost.minor,
            "vat": item.vat,
            "plu": item.plu,
            "barcode": item.barcode,
            "made_on": item.made_on,
            "family": item.family,
            "size": to_json_or_none(item.size),
            "tile": int(item.tile),
            "age_limit": item.age_limit,
            "allergens": to_json(item.allergens),
            "dayparts": to_json(item.dayparts),
            "modifier_groups": to_json(item.modifiers),
            "meal": None if item.meal is None else to_json(item.meal),
            "retired": int(item.retired),
            "deposit_minor": item.deposit.minor,
            "article_group": item.article_group,
        }


def machine_rows(machines: Iterable[Machine]) -> Iterator[Row]:
    """Machines; one that the file has no more is gone, for no order refers to it."""
    for place, machine in enumerate(machines):
        yield _named(place, machine.id, machine.name)


def channel_rows(channels: Iterable[Channel]) -> Iterator[Row]:
    """Channels, those of the file first."""
    for place, channel in enumerate(channels):
        yield _named(place, channel.id, channel.name) | {
            "paid": channel.paid,
            "markup": channel.markup,
            "prices": to_json(channel.prices),
            "serving_mode": channel.serving,
            "deals": int(channel.deals),
            "retired": int(channel.retired),
        }


def tender_kind_rows(channels: Iterable[Channel]) -> Iterator[Row]:
    """A kind of tender for each platform."""
    for channel in channels:
        if channel.is_platform:
            yield {"id": channel.id, "name": to_json(channel.name), "is_cash": 0}


def group_rows(sold: Mapping[str, ModifierGroup], retired: Mapping[str, ModifierGroup]) -> Iterator[Row]:
    """Modifier groups, those of the file first."""
    for place, (group, gone) in enumerate(_with_retired(sold.values(), retired.values())):
        limits: Row = {"minimum": group.minimum, "maximum": group.maximum, "retired": gone}
        yield _named(place, group.id, group.name) | limits


def modifier_rows(groups: Iterable[ModifierGroup]) -> Iterator[Row]:
    """The modifiers of all groups."""
    for group in groups:
        for place, modifier in enumerate(group.modifiers):
            yield _named(place, modifier.id, modifier.name) | {
                "group_id": group.id,
                "price_minor": modifier.price.minor,
                "cost_minor": modifier.cost.minor,
                "adds": to_json(modifier.adds),
                "removes": to_json(modifier.removes),
                "age_limit": modifier.age_limit,
                "maximum": modifier.maximum,
                "vat": modifier.vat,
                "leaves_out": int(modifier.leaves_out),
            }


def slot_rows(sold: Mapping[str, Slot], retired: Mapping[str, Slot]) -> Iterator[Row]:
    """Slots, those of the file first."""
    for place, (slot, gone) in enumerate(_with_retired(sold.values(), retired.values())):
        yield _named(place, slot.id, slot.name) | {
            "default_sku": slot.default,
            "ask": int(slot.ask),
            "retired": gone,
        }


def choice_rows(slots: Iterable[Slot]) -> Iterator[Row]:
    """What may fill the slots."""
    for slot in slots:
        for place, choice in enumerate(slot.choices):
            yield {"slot_id": slot.id, "sku": choice.sku, "place": place, "supplement_minor": choice.supplement.minor}


def path_rows(paths: Iterable[UpgradePath]) -> Iterator[Row]:
    """Upgrade paths."""
    for place, path in enumerate(paths):
        yield {"id": path.id, "place": place, "priority": path.priority, "next_visit": int(path.next_visit)}


def step_rows(paths: Iterable[UpgradePath], words: WordRows) -> Iterator[Row]:
    """The steps of all paths."""
    for path in paths:
        for place, step in enumerate(path.steps):
            yield _step_row(path.id, place, step, words)


def _step_row(path_id: str, place: int, step: Step, words: WordRows) -> Row:
    return {
        "path_id": path_id,
        "place": place,
        "sku": step.sku,
        "category": step.category,
        "modifier": step.modifier,
        "words_id": None if step.words is None else words.id_of(step.words),
    }


def incentive_rows(incentives: Iterable[Incentive]) -> Iterator[Row]:
    """Bundles and thresholds."""
    for place, incentive in enumerate(incentives):
        common: Row = {"code": incentive.code, "off_minor": _minor(incentive.off)}
        kind = _bundle_columns(incentive) if isinstance(incentive, Bundle) else _threshold_columns(incentive)
        yield _named(place, incentive.id, incentive.name) | common | kind


def _bundle_columns(bundle: Bundle) -> Row:
    return {
        "kind": "bundle",
        "parts": to_json(bundle.parts),
        "price_minor": _minor(bundle.price),
        "at_least_minor": None,
        "free_sku": None,
    }


def _threshold_columns(threshold: Threshold) -> Row:
    return {
        "kind": "threshold",
        "parts": None,
        "price_minor": None,
        "at_least_minor": threshold.at_least.minor,
        "free_sku": threshold.free,
    }


def price_change_rows(old: Mapping[Sku, MenuItem], new: Mapping[Sku, MenuItem], at: datetime) -> Iterator[Row]:
    """One row for every item and serving mode whose price is another one now."""
    for sku, item in new.items():
        before = old.get(sku)
        for mode in ServingMode:
            if before is not None and before.price_in(mode) != item.price_in(mode):
                yield {
                    "sku": sku,
                    "serving_mode": mode,
                    "old_minor": before.price_in(mode).minor,
                    "new_minor": item.price_in(mode).minor,
                    **instant_columns(at),
                }
