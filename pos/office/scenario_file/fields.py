"""Reads one `[[scenario]]`: what the customer wants, says, accepts and pays with."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import TypeVar

from pos.domain.menu.allergens import ALLERGENS
from pos.domain.menu.items import ServingMode, Sku
from pos.domain.menu.menu import Menu
from pos.domain.money import MINOR_PER_KRONE, Money
from pos.domain.order.order import LARGEST_QUANTITY, TenderKind
from pos.domain.order.questions import HERE_REASONS, OfferKind, Reason
from pos.domain.text import LANGUAGES, LocalText
from pos.office.menu_file.fields import Reader
from pos.office.menu_file.texts import checked_clock, checked_code
from pos.training import (
    LEVELS,
    LateWish,
    Mood,
    Payment,
    Query,
    QueryKind,
    Scenario,
    Skill,
    Taste,
    Utterance,
    Wanted,
)
from pos.training.customer.scenarios import NO_LESSON, NOON

LONGEST_WORDS = 240
"""The longest words of a customer, or of a trainer about a round."""

E = TypeVar("E", bound=StrEnum)


def read_scenario(table: Reader, menu: Menu) -> Scenario:
    """Read a scenario, and note its mistakes."""
    return Scenario(
        table.id("id"),
        table.number("level", LEVELS[0], LEVELS[-1]),
        _words(table, "title"),
        _skills(table),
        _wants(table, "wants", menu),
        tuple(map(_utterance, table.tables("says"))),
        one_of(table, "serving", ServingMode, ServingMode.TAKE_AWAY),
        tuple(map(_payment, table.tables("pays"))),
        _words(table, "lesson") if table.has("lesson") else NO_LESSON,
        one_of(table, "mood", Mood, Mood.PLAIN) if table.has("mood") else Mood.PLAIN,
        tuple(map(_taste, table.tables("accepts"))) if table.has("accepts") else (),
        _allergens(table),
        _codes(table),
        _language(table),
        _rest(table),
        _late(table.table("late"), menu) if table.has("late") else None,
        _time(table),
        frozenset(table.ids("sold_out")),
        table.yes_no("rush", default=False),
        table.number("age", 1, 120) if table.has("age") else None,
    )


def one_of(table: Reader, key: str, members: type[E], otherwise: E) -> E:
    """A word that must be in a list."""
    word = table.text(key)
    if word in [member.value for member in members]:
        return members(word)
    if word:
        table.wrong("scenario-unknown-word", key, text=word[:40], known=", ".join(members))
    return otherwise


def _words(table: Reader, key: str) -> LocalText:
    """Words in both languages: `{ nb = "…", en = "…" }`."""
    inner = table.table(key)
    words = _both(inner)
    inner.close()
    return words


def _both(table: Reader) -> LocalText:
    """The words of a table that has `nb` and `en` among its keys."""
    texts = {}
    for language in LANGUAGES:
        texts[language] = table.text(language, LONGEST_WORDS)
    return LocalText(texts["nb"], texts["en"])


def _skills(table: Reader) -> tuple[Skill, ...]:
    names = table.ids("skills")
    if not names and table.notes.is_sound(*table.path, "skills"):
        table.wrong("scenario-teaches-nothing", "skills")
    known = set(Skill)
    for place, name in enumerate(names):
        if name and name not in known:
            path = (*table.path, "skills", place)
            table.notes.add(path, "scenario-unknown-word", text=name, known=", ".join(Skill))
    return tuple(Skill(name) for name in names if name in known)


def _wants(table: Reader, key: str, menu: Menu) -> tuple[Wanted, ...]:
    found = []
    for entry in table.tables(key):
        found.append(_wanted(entry, menu))
        entry.close()
    return tuple(found)


def _wanted(table: Reader, menu: Menu) -> Wanted:
    return Wanted(
        table.id("sku"),
        table.number_or(1, "quantity", 1, LARGEST_QUANTITY),
        table.yes_no("size_said", default=False),
        table.ids("modifiers"),
        _fillings(table, menu) if table.has("slots") else (),
    )


def _fillings(table: Reader, menu: Menu) -> tuple[tuple[str, Sku], ...]:
    """Slots by name: `{ drink-medium = "milk" }`. A slot that the menu does not have is noted."""
    inner = table.table("slots")
    found = tuple((slot, inner.id(slot)) for slot in menu.slots if inner.has(slot))
    inner.close()
    return found


def _utterance(table: Reader) -> Utterance:
    query = None
    if table.has("allergen"):
        query = Query(QueryKind.ALLERGEN, table.id("about"), _allergen(table, "allergen"))
    elif table.has("price"):
        query = Query(QueryKind.PRICE, table.id("price"))
    elif table.has("cheapest"):
        query = Query(QueryKind.CHEAPEST, table.id("cheapest"))
    said = Utterance(_both(table), query)
    table.close()
    return said


def _allergen(table: Reader, key: str) -> str:
    name = table.text(key)
    if name and name not in ALLERGENS:
        table.wrong("menu-unknown-allergen", key, text=name[:40])
    return name


def _allergens(table: Reader) -> frozenset[str]:
    names = table.allergens("allergies")
    for name in sorted(names - set(ALLERGENS)):
        table.wrong("menu-unknown-allergen", "allergies", text=name)
    return names


def _codes(table: Reader) -> tuple[str, ...]:
    return (table.checked("coupon", checked_code),) if table.has("coupon") else ()


def _language(table: Reader) -> str | None:
    if not table.has("language"):
        return None
    language = table.text("language")
    if language and language not in LANGUAGES:
        table.wrong("scenario-unknown-word", "language", text=language[:40], known=", ".join(LANGUAGES))
    return language


def _rest(table: Reader) -> Reason | None:
    if not table.has("rest"):
        return None
    reason = one_of(table, "rest", Reason, Reason.CHILD)
    if reason not in HERE_REASONS:
        table.wrong("scenario-unknown-word", "rest", text=reason.value, known=", ".join(HERE_REASONS))
    return reason


def _time(table: Reader) -> time:
    clock = table.checked_or_none("at", checked_clock)
    return time.fromisoformat(clock) if clock else NOON


def _late(table: Reader, menu: Menu) -> LateWish:
    wish = LateWish(_both(table), table.ids("without"), _wants(table, "wants", menu) if table.has("wants") else ())
    if not wish.without and not wish.wants and table.notes.is_sound(*table.path):
        table.wrong("scenario-wish-changes-nothing")
    table.close()
    return wish


def _taste(table: Reader) -> Taste:
    number = table.number("question", 1, 2) if table.has("question") else None
    taste = Taste(
        table.number("chance", 0, 100) / 100,
        table.id_or_none("offer"),
        next((kind for kind in OfferKind if kind.number == number), None),
        table.id_or_none("choice"),
        table.id_or_none("instead"),
        _both(table) if table.has("nb") or table.has("en") else None,
    )
    table.close()
    return taste


def _payment(table: Reader) -> Payment:
    kind = one_of(table, "with", TenderKind, TenderKind.CARD)
    part, hands = _kroner(table, "part"), _kroner(table, "hands")
    if hands is not None and kind is not TenderKind.CASH:
        table.wrong("scenario-hands-cash-only", "hands")
    declined = table.yes_no("declined", default=False)
    if declined and kind is TenderKind.CASH:
        table.wrong("scenario-cash-declined", "declined")
    table.close()
    return Payment(kind, part, hands, declined)


def _kroner(table: Reader, key: str) -> Money | None:
    amount = table.money_or_none(key)
    if amount is not None and amount.minor % MINOR_PER_KRONE:
        table.wrong("scenario-whole-kroner", key)
    return amount
