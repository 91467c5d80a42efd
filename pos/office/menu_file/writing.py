"""Writes a menu book as a menu file like one written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from pos.domain.business_day import DAY_ENDS
from pos.domain.menu.accounts import NO_ACCOUNTS, Accounts
from pos.domain.menu.allergens import AllergenState
from pos.domain.menu.channels import Channel
from pos.domain.menu.incentives import Bundle, BundlePart, Threshold
from pos.domain.menu.items import ArticleGroup, Daypart, MenuItem, Modifier, ModifierGroup, Sku, Slot
from pos.domain.menu.menu import Menu
from pos.domain.menu.next_visit import Refusals
from pos.domain.menu.paths import Origin, Pairing, Step, UpgradePath, Words
from pos.domain.menu.scanning import ScannerMode
from pos.domain.money import MINOR_PER_KRONE
from pos.domain.sale.leaving_out import sounds_left_out
from pos.office.menu_file.book import MenuBook
from pos.office.menu_file.items import NOTHING_KNOWN
from pos.office.menu_file.sections import FORMAT
from pos.office.menu_file.toml_text import comment, inline, lines_of, listed
from pos.office.menu_file.unlikely_prices import (
    MAY_FALL,
    MAY_SAVE_NOTHING,
    bundle_candidates,
    by_category,
    cheapest_parts,
    price_falls,
)

HEAD = "# The menu, as it was in the till. Prices are in kroner with VAT, costs without."


def write_menu(book: MenuBook) -> str:
    """The book as TOML that reads back to an equal book.

    Items that are no longer sold and learned pairings are not part of a menu file.
    """
    menu = book.menu
    sold = {item.sku: item for item in menu.items.values() if not item.retired}
    members = by_category(sold.values(), menu.categories)
    incentives = menu.incentives.values()
    written = [pairing for pairing in book.pairings if pairing.origin is Origin.WRITTEN]
    blocks = [
        f"{HEAD}\n\nformat = {FORMAT}",
        _shop(menu),
        *_accounts(menu.accounts),
        *_asking(menu),
        *_section("When things are sold", map(_daypart, menu.dayparts.values())),
        *_section(
            "Categories, in the order of the screen; the first is the home page",
            (
                _table("category", id=entry.id, name=entry.name, article_group=_word(entry.article_group))
                for entry in menu.categories.values()
            ),
        ),
        *_section(
            "Machines: what can be down",
            (_table("machine", id=entry.id, name=entry.name) for entry in menu.machines.values()),
        ),
        *_section("Changes and extras", map(_group, menu.groups.values())),
        *_section("Slots: what the meals are filled with", map(_slot, menu.slots.values())),
        *_items(menu),
        *_section("Question 1: upgrade paths", (_upgrade_path(path, sold, members) for path in menu.paths.values())),
        *_section("Question 2: pairings", map(_pairing, written)),
        *_section(
            "Cheaper together",
            (_bundle(entry, sold, members) for entry in incentives if isinstance(entry, Bundle)),
        ),
        *_section("For large orders", (_threshold(entry) for entry in incentives if isinstance(entry, Threshold))),
        *_section("Delivery and telephone", (_channel(entry) for entry in menu.channels.values() if not entry.retired)),
    ]
    return "\n\n".join(blocks) + "\n"


def _section(title: str, blocks: Iterable[str]) -> list[str]:
    """The blocks under a heading; nothing if there are no blocks."""
    found = list(blocks)
    return [comment(title), *found] if found else []


def _table(header: str, /, **values: object) -> str:
    return "\n".join([f"[[{header}]]", *lines_of(values)])


def _shop(menu: Menu) -> str:
    shop = menu.shop
    values = {
        "name": shop.name,
        "address": shop.address,
        "post_code": shop.post_code,
        "city": shop.city,
        "org_no": shop.org_no,
        "phone": shop.phone or None,
        "day_ends": None if menu.day_ends == DAY_ENDS else f"{menu.day_ends:%H:%M}",
        "kitchen_slip": menu.kitchen_slip or None,
        "scanner": None if menu.scanner.mode is ScannerMode.KEYS else menu.scanner.mode.value,
        "scanner_prefix": menu.scanner.prefix or None,
        "lock_after": menu.lock_after or None,
        "discount": menu.most_discount // 100 or None,
        "tips": menu.most_tip.minor // MINOR_PER_KRONE or None,
    }
    return "\n".join(["[shop]", *lines_of(values)])


def _accounts(accounts: Accounts) -> list[str]:
    """The shop's own account numbers; no table if there are none."""
    values = {
        "sales": dict(accounts.sales) or None,
        "groups": {str(group): number for group, number in accounts.groups} or None,
        "output_vat": dict(accounts.output_vat) or None,
        "payments": dict(accounts.payments) or None,
        "receivable": accounts.receivable,
        "rounding": accounts.rounding,
        "cash_difference": accounts.cash_difference,
        "tips": accounts.tips,
    }
    return [] if accounts == NO_ACCOUNTS else ["\n".join(["[accounts]", *lines_of(values)])]


def _asking(menu: Menu) -> list[str]:
    """The rules for refusals and the next visit, only those that differ from the defaults."""
    tables: list[str] = []
    if menu.refusals is not Refusals.ORDER:
        tables.append("\n".join(["[asking]", *lines_of({"refusals": menu.refusals.value})]))
    if menu.next_visit is not None:
        values = {"days": menu.next_visit.days, "off": menu.next_visit.off}
        tables.append("\n".join(["[next_visit]", *lines_of(values)]))
    return tables


def _daypart(daypart: Daypart) -> str:
    start, end = daypart.start.strftime("%H:%M"), daypart.end.strftime("%H:%M")
    return _table("daypart", id=daypart.id, name=daypart.name, **{"from": start, "to": end})


def _group(group: ModifierGroup) -> str:
    head = _table("modifier_group", id=group.id, name=group.name, min=group.minimum, max=group.maximum)
    return f"{head}\n{listed('modifiers', map(_modifier, group.modifiers))}"


def _modifier(modifier: Modifier) -> str:
    return inline(
        id=modifier.id,
        name=modifier.name,
        price=modifier.price or None,
        cost=modifier.cost or None,
        adds=sorted(modifier.adds) or None,
        removes=sorted(modifier.removes) or None,
        vat=modifier.vat,
        leaves_out=None if modifier.leaves_out == sounds_left_out(modifier.name) else modifier.leaves_out,
        age_limit=modifier.age_limit,
        max=modifier.maximum if modifier.maximum > 1 else None,
    )


def _slot(slot: Slot) -> str:
    choices = (inline(sku=choice.sku, supplement=choice.supplement or None) for choice in slot.choices)
    default = lines_of({"default": slot.default, "ask": slot.ask or None})
    return "\n".join([_table("slot", id=slot.id, name=slot.name), listed("choices", choices), *default])


def _items(menu: Menu) -> list[str]:
    """The items in their order, with a heading where a new category begins."""
    blocks: list[str] = []
    category = None
    for item in menu.items.values():
        if item.retired:
            continue
        if item.category != category:
            category = item.category
            name = menu.categories[category].name
            blocks.append(comment(f"{name.nb} · {name.en}"))
        blocks.append(_item(item))
    return blocks


def _item(item: MenuItem) -> str:
    meal = item.meal
    return _table(
        "item",
        sku=item.sku,
        name=item.name,
        category=item.category,
        price=item.price,
        price_take_away=item.price_take_away,
        deposit=item.deposit or None,
        cost=item.cost,
        vat=item.vat.value,
        article_group=_word(item.article_group),
        plu=item.plu,
        barcode=item.barcode,
        allergens=_allergens(item),
        made_on=item.made_on,
        dayparts=item.dayparts or None,
        family=item.family,
        size=item.size,
        modifiers=item.modifiers or None,
        tile=None if item.tile else False,
        age_limit=item.age_limit,
        meal={"main": meal.main, "slots": meal.slots} if meal is not None else None,
    )


def _word(group: ArticleGroup | None) -> str | None:
    return None if group is None else group.value


def _allergens(item: MenuItem) -> object:
    card = item.allergens
    if card == NOTHING_KNOWN:
        return "unknown"
    return {
        "contains": card.kinds(AllergenState.CONTAINS),
        "may_contain": card.kinds(AllergenState.MAY_CONTAIN) or None,
        "unknown": card.kinds(AllergenState.UNKNOWN) or None,
    }


def _upgrade_path(path: UpgradePath, items: Mapping[Sku, MenuItem], members: Mapping[str, Sequence[MenuItem]]) -> str:
    falling = {fall.step for fall in price_falls(path, items, members)}
    left_out = None if path.next_visit else False
    head = _table("upgrade_path", id=path.id, priority=path.priority or None, next_visit=left_out)
    return "\n".join([head, *(_step(step, index in falling) for index, step in enumerate(path.steps))])


def _step(step: Step, falls: bool) -> str:
    target: dict[str, object] = {"sku": step.sku, "category": step.category, "modifier": step.modifier}
    target[MAY_FALL] = falls or None
    return _with_words("upgrade_path.steps", target, step.words)


def _with_words(header: str, values: dict[str, object], words: Words | None) -> str:
    """A table that ends with its words, and their other versions below."""
    if words is None:
        return _table(header, **values)
    others = [_table(f"{header}.also", **_wording(other)) for other in words.also]
    return "\n".join([_table(header, **values, **_wording(words)), *others])


def _wording(words: Words) -> dict[str, object]:
    return {"say": words.say, "after_no": words.after_no, "say_many": words.many, "say_rush": words.rush}


def _pairing(pairing: Pairing) -> str:
    trigger: dict[str, object] = {"sku": pairing.sku, "category": pairing.category}
    if pairing.sku is None and pairing.category is None:
        trigger = {"anything": True}
    values: dict[str, object] = {
        "id": pairing.id,
        "with": trigger,
        "offer": pairing.offered,
        "priority": pairing.priority or None,
    }
    return _with_words("pairing", values, pairing.words)


def _bundle(bundle: Bundle, items: Mapping[Sku, MenuItem], members: Mapping[str, Sequence[MenuItem]]) -> str:
    cheapest = cheapest_parts(bundle, [bundle_candidates(part, items, members) for part in bundle.parts])
    is_dearer = bundle.price is not None and cheapest is not None and bundle.price > cheapest
    head = _table("bundle", id=bundle.id, name=bundle.name)
    saves = {"price": bundle.price, "off": bundle.off, MAY_SAVE_NOTHING: is_dearer or None}
    rest = lines_of({**saves, "code": bundle.code})
    return "\n".join([head, listed("parts", map(_part, bundle.parts)), *rest])


def _part(part: BundlePart) -> str:
    return inline(category=part.category, skus=part.skus or None, quantity=part.quantity)


def _threshold(threshold: Threshold) -> str:
    return _table(
        "threshold",
        id=threshold.id,
        name=threshold.name,
        at_least=threshold.at_least,
        free=threshold.free,
        off=threshold.off,
        code=threshold.code,
    )


def _channel(channel: Channel) -> str:
    return _table(
        "channel",
        id=channel.id,
        name=channel.name,
        paid=channel.paid.value,
        markup=Decimal(channel.markup) / 100 if channel.markup else None,
        serving=channel.serving.value if channel.serving is not None else None,
        deals=channel.deals or None,
        prices=dict(channel.prices) or None,
    )
