"""Menus drawn at random, whole ones, for the properties of reading and writing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import time
from typing import TypeVar

from hypothesis import strategies as st

from pos.country import norway
from pos.domain.menu.accounts import Accounts
from pos.domain.menu.allergens import ALLERGENS, KINDS, AllergenCard
from pos.domain.menu.channels import Channel, PaidWhere
from pos.domain.menu.incentives import Bundle, BundlePart, Incentive, Threshold
from pos.domain.menu.items import (
    ITEM_ARTICLE_GROUPS,
    ITEM_VAT_CLASSES,
    ArticleGroup,
    Category,
    Daypart,
    Machine,
    Meal,
    MenuItem,
    Modifier,
    ModifierGroup,
    ServingMode,
    Slot,
    SlotChoice,
)
from pos.domain.menu.menu import Menu, Shop
from pos.domain.menu.next_visit import NextVisitRules, Refusals
from pos.domain.menu.paths import Pairing, Step, UpgradePath, Words
from pos.domain.menu.scanning import ScannerMode, ScannerSetup
from pos.domain.money import Money
from pos.domain.order.order import TENDER_KINDS
from pos.domain.text import LocalText
from pos.office.menu_file import MenuBook

Key = TypeVar("Key")
KNOWN_ALLERGENS = [*ALLERGENS, *(f"{head}:{kind}" for head, kinds in KINDS.items() for kind in kinds)]

letters = st.characters(exclude_categories=["C", "Zl", "Zp"])
names = st.text(letters, max_size=8).map(lambda text: f"x{text}x") | st.sampled_from(
    ["Cheese [/] x", 'Burger "XL" \\ #1', "Smørbrød, æøå", "{ nb = 'x' }", "👩‍🍳 suppe", "[[item]]", "x" * 60]
)
local_texts = st.builds(LocalText, names, names)
amounts = st.integers(0, 10_000_000).map(Money)
rewards = st.integers(1, 10_000).map(Money)
allergen_sets = st.frozensets(st.sampled_from(KNOWN_ALLERGENS), max_size=2)
article_groups = st.none() | st.sampled_from(ITEM_ARTICLE_GROUPS)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@st.composite
def phrases(draw: st.DrawFn, gaps: str = "{more}") -> LocalText:
    spoken = st.lists(st.sampled_from(["Vil", "du", "ha", '"stor"?', "shake,", "æøå", "[b]", "\\"]), max_size=3)
    return LocalText(*(" ".join([*draw(spoken), gaps]) for _ in range(2)))


@st.composite
def words(draw: st.DrawFn, after_no: bool = False) -> Words:
    first, *others = draw(st.lists(wordings(after_no), min_size=1, max_size=2, unique_by=lambda words: words.say))
    return replace(first, also=tuple(others))


@st.composite
def wordings(draw: st.DrawFn, after_no: bool) -> Words:
    return Words(
        draw(phrases()),
        draw(st.none() | phrases("{more} {count}.")),
        draw(st.none() | phrases()),
        draw(phrases()) if after_no else None,
    )


@st.composite
def cards(draw: st.DrawFn) -> AllergenCard:
    contains, may_contain, unknown = (draw(allergen_sets) for _ in range(3))
    card = AllergenCard(contains, may_contain - contains, unknown - contains - may_contain)
    return draw(st.just(card) | st.just(AllergenCard(unknown=frozenset(ALLERGENS))))


@st.composite
def dayparts(draw: st.DrawFn, name: str) -> Daypart:
    start, end = draw(st.tuples(times, times).filter(lambda both: both[0] != both[1]))
    return Daypart(name, draw(local_texts), time(start.hour, start.minute), time(end.hour, end.minute))


@st.composite
def groups(draw: st.DrawFn, name: str, required: bool) -> ModifierGroup:
    modifiers = []
    for number in range(draw(st.integers(1, 3))):
        adds, removes = draw(allergen_sets), draw(allergen_sets)
        modifiers.append(
            Modifier(
                f"{name}-{number}",
                draw(local_texts),
                draw(amounts),
                draw(amounts),
                adds,
                removes - adds,
                maximum=draw(st.integers(1, 3)),
                vat=draw(st.sampled_from([None, *ITEM_VAT_CLASSES])),
                leaves_out=draw(st.booleans()),
            )
        )
    least = draw(st.integers(1, len(modifiers))) if required else 0
    return ModifierGroup(name, draw(local_texts), least, draw(st.integers(max(1, least), 9)), tuple(modifiers))


@st.composite
def items(draw: st.DrawFn, number: int, menu_parts: Menu, meal: Meal | None = None) -> MenuItem:
    free = [group.id for group in menu_parts.groups.values() if not group.minimum]
    family = draw(st.none() | st.just(f"family-{number}"))
    category = draw(st.sampled_from([*menu_parts.categories.values()]))
    vat = draw(st.sampled_from(ITEM_VAT_CLASSES))
    own_groups = [group for group in ArticleGroup if group.fits(vat)]
    said = category.article_group is None or category.article_group.fits(vat)
    return MenuItem(
        f"item-{number}",
        draw(local_texts),
        category.id,
        draw(amounts),
        draw(amounts),
        vat,
        draw(cards()),
        plu=draw(st.none() | st.just(str(number))),
        barcode=draw(st.none() | st.just(f"{number:010}")),
        made_on=draw(st.none() | st.sampled_from(list(menu_parts.machines))) if menu_parts.machines else None,
        dayparts=tuple(draw(st.lists(st.sampled_from(list(menu_parts.dayparts)), unique=True))),
        family=family,
        size=draw(local_texts) if family else draw(st.none() | local_texts),
        modifiers=tuple(draw(st.lists(st.sampled_from(free), unique=True))) if free else (),
        tile=draw(st.booleans()),
        age_limit=draw(st.none() | st.just(18)),
        meal=meal,
        deposit=draw(amounts) if meal is None else Money(),
        article_group=draw(st.sampled_from([None, *own_groups] if said else own_groups)),
        price_take_away=draw(st.none() | amounts),
    )


@st.composite
def paths(draw: st.DrawFn, sold: list[MenuItem]) -> dict[str, UpgradePath]:
    """Ladders over the items, all in one order, so that none circles; the price may rise or fall."""
    ladder = [item for item in sold if item.age_limit is None]
    found = {}
    for number in range(draw(st.integers(0, 2)) if len(ladder) > 1 else 0):
        low = draw(st.integers(0, len(ladder) - 2))
        steps = [Step(ladder[low].sku)]
        steps += [Step(item.sku, words=draw(words())) for item in ladder[low + 1 : low + 3]]
        path = UpgradePath(f"path-{number}", tuple(steps), draw(st.integers(-9, 9)), draw(st.booleans()))
        found[path.id] = path
    return found


@st.composite
def pairings(draw: st.DrawFn, sold: list[MenuItem], categories: list[str]) -> tuple[Pairing, ...]:
    offered = [item for item in sold if item.age_limit is None and item.meal is None]
    found = []
    for number in range(draw(st.integers(0, 3)) if offered else 0):
        item = draw(st.sampled_from(offered))
        inside = {meal.sku for meal in sold if meal.meal and meal.meal.main == item.sku}
        triggers = [other.sku for other in sold if other.sku != item.sku and other.sku not in inside]
        sku = draw(st.none() | st.sampled_from(triggers)) if triggers else None
        category = draw(st.none() | st.sampled_from(categories)) if sku is None else None
        said = draw(words(after_no=True))
        found.append(Pairing(f"pairing-{number}", item.sku, said, sku, category, draw(st.integers(-9, 9))))
    return tuple(found)


@st.composite
def incentives(draw: st.DrawFn, loose: list[MenuItem]) -> dict[str, Incentive]:
    found: dict[str, Incentive] = {}
    for number in range(draw(st.integers(0, 2))):
        item = draw(st.sampled_from(loose))
        part = draw(st.just(BundlePart((item.sku,), quantity=2)) | st.just(BundlePart((), item.category)))
        cheapest = min(
            entry.price.minor for entry in loose if entry.sku in part.skus or entry.category == part.category
        )
        code = draw(st.none() | st.just(f"B{number}"))
        price = draw(st.just(Money(cheapest)) | amounts)
        for_all = Bundle(f"bundle-{number}", draw(local_texts), (part,), price=price, code=code)
        off = Bundle(f"bundle-{number}", draw(local_texts), (part,), off=draw(rewards), code=code)
        found[off.id] = draw(st.sampled_from([for_all, off]))
    for number in range(draw(st.integers(0, 2))):
        at_least = Money(draw(st.integers(10_000, 100_000)))
        free = Threshold(f"from-{number}", draw(local_texts), at_least, free=draw(st.sampled_from(loose)).sku)
        off = Threshold(f"from-{number}", draw(local_texts), at_least, off=draw(rewards), code=f"T{number}")
        found[free.id] = draw(st.sampled_from([free, off]))
    return found


@st.composite
def channels(draw: st.DrawFn, sold: list[MenuItem]) -> dict[str, Channel]:
    found = {}
    for number in range(draw(st.integers(0, 2))):
        priced = draw(st.lists(st.sampled_from([item.sku for item in sold]), max_size=2, unique=True))
        channel = Channel(
            f"channel-{number}",
            draw(local_texts),
            draw(st.sampled_from(PaidWhere)),
            draw(st.integers(-5_000, 20_000)),
            tuple((sku, draw(amounts)) for sku in priced),
            draw(st.none() | st.sampled_from(ServingMode)),
            draw(st.booleans()),
        )
        found[channel.id] = channel
    return found


account_numbers = st.integers(1, 9_999_999_999)


def _accounts(of: st.SearchStrategy[Key]) -> st.SearchStrategy[tuple[tuple[Key, int], ...]]:
    return st.dictionaries(of, account_numbers, max_size=3).map(lambda found: tuple(found.items()))


def accounts(channels: Iterable[Channel]) -> st.SearchStrategy[Accounts]:
    """The shop's own account numbers, or none."""
    kinds = [*TENDER_KINDS, *(channel.id for channel in channels if channel.is_platform)]
    taxes = _accounts(st.sampled_from(norway().tax_ids))
    maybe = st.none() | account_numbers
    groups, payments = _accounts(st.sampled_from(ArticleGroup)), _accounts(st.sampled_from(kinds))
    return st.builds(Accounts, taxes, groups, taxes, payments, maybe, maybe, maybe, maybe)


@st.composite
def books(draw: st.DrawFn) -> MenuBook:
    """A whole menu book: everything a file can say, in every mixture."""
    shop = Shop(*(draw(names) for _ in range(4)), "999999999", draw(st.just("") | names))
    categories = {
        f"category-{n}": Category(f"category-{n}", draw(local_texts), draw(article_groups))
        for n in range(draw(st.integers(1, 3)))
    }
    parts = {f"daypart-{n}": draw(dayparts(f"daypart-{n}")) for n in range(draw(st.integers(1, 2)))}
    changes = {f"group-{n}": draw(groups(f"group-{n}", required=n == 0)) for n in range(draw(st.integers(0, 3)))}
    machines = {f"machine-{n}": Machine(f"machine-{n}", draw(local_texts)) for n in range(draw(st.integers(0, 2)))}
    frame = Menu(shop, {}, categories, parts, changes, machines=machines)
    loose = [draw(items(number, frame)) for number in range(draw(st.integers(1, 3)))]
    slots = {}
    for number in range(draw(st.integers(0, 2))):
        choices = tuple(SlotChoice(item.sku, draw(amounts)) for item in draw(st.permutations(loose))[:3])
        default = draw(st.none() | st.sampled_from([choice.sku for choice in choices]))
        slots[f"slot-{number}"] = Slot(f"slot-{number}", draw(local_texts), choices, default, draw(st.booleans()))
    meals = []
    for number in range(draw(st.integers(0, 2)) if slots else 0):
        meal = Meal(draw(st.sampled_from(loose)).sku, tuple(slots))
        meals.append(draw(items(10 + number, frame, meal)))
    sold = draw(st.permutations([*loose, *meals]))
    menu = Menu(
        shop,
        {item.sku: item for item in sold},
        categories,
        parts,
        changes,
        slots,
        draw(paths(sold)),
        draw(incentives(loose)),
        machines,
        draw(st.none() | st.builds(NextVisitRules, st.integers(1, 366), st.integers(1, 100))),
        draw(st.sampled_from(Refusals)),
        draw(times),
        draw(st.sampled_from([ScannerSetup(), ScannerSetup(ScannerMode.NONE), ScannerSetup(prefix="~")])),
        kitchen_slip=draw(st.booleans()),
        lock_after=draw(st.integers(0, 240)),
        most_discount=draw(st.integers(0, 100)) * 100,
        most_tip=Money.of(draw(st.integers(0, 10_000))),
        channels=(sold_by := draw(channels(sold))),
        accounts=draw(accounts(sold_by.values())),
    )
    return MenuBook(menu, draw(pairings(sold, list(categories))))
