"""Makes any number of customers: scenarios from any menu, a seed and a level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from random import Random

from pos.domain.menu.allergens import ALLERGENS
from pos.domain.menu.incentives import Bundle
from pos.domain.menu.items import MenuItem, ServingMode, Sku, VatClass
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from pos.domain.order.order import TenderKind, line_allergens
from pos.domain.order.questions import HERE_REASONS, Reason
from pos.domain.text import LANGUAGES, LocalText
from pos.training.customer.scenarios import (
    GENERATED,
    LEVELS,
    NOON,
    LateWish,
    Mood,
    Payment,
    Query,
    QueryKind,
    Scenario,
    Utterance,
    Wanted,
    kind_of_order,
    wanted_line,
)
from pos.training.customer.speaking import (
    added_names,
    allergen_text,
    as_said,
    filled,
    item_text,
    listed,
    names_an_allergen,
    small_text,
    wanted_text,
)
from pos.training.skills import Skill

MOST_LINES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5}
NOTES = (Money.of(100), Money.of(200), Money.of(500), Money.of(1000))
MOODS = (Mood.PLAIN, Mood.WARM, Mood.FLAT, Mood.RUDE, Mood.HURRIED, Mood.MERRY)

_TITLE = LocalText("Kunde {number}", "Customer {number}")
_OPENINGS = (
    LocalText("{wishes}, takk.", "{wishes}, please."),
    LocalText("Kan jeg få {wishes}?", "Can I have {wishes}?"),
    LocalText("Hei! Jeg tar {wishes}.", "Hi! I'll have {wishes}."),
)
_FURTHER = (LocalText("Og {wishes}.", "And {wishes}."), LocalText("Og så {wishes}.", "And then {wishes}."))
_ALLERGY = LocalText("Jeg er allergisk mot {name}.", "I'm allergic to {name}.")
_ASKS_ALLERGEN = LocalText("Inneholder {item} {name}?", "Any {name} in the {item}?")
_ASKS_PRICE = LocalText("Hva er prisen på {item}?", "What's the price of the {item}?")
_COUPON = LocalText("Og så har jeg en kupong: {code}.", "And I've got a coupon: {code}.")
_CHANGE = LocalText("Nei, vent: ikke {item} likevel. {wishes} i stedet.", "No, wait: not the {item}. {wishes} instead.")
_LATE = LocalText("Forresten – kan jeg få {wishes} også?", "Actually, can I have {wishes} as well?")
_MODE = {
    ServingMode.EAT_IN: LocalText("Spise her, takk.", "Eating here, please."),
    ServingMode.TAKE_AWAY: LocalText("Ta med, takk.", "To take away, please."),
}
_ENDS = (LocalText("Det var alt.", "That's all."), LocalText("Det er det hele.", "That's everything."))
_RESTS = {
    Reason.CHILD: LocalText("Jeg er åtte år og her helt alene.", "I'm eight, and here all on my own."),
    Reason.LEFT_ALONE: LocalText("Ikke spør om noe mer, er du snill.", "Please don't ask me about anything else."),
    Reason.STAFF: LocalText("Dette er personalmat, jeg har pause.", "This is a staff meal, I'm on my break."),
}


def generate(menu: Menu, seed: int, level: int, at: time = NOON) -> Scenario:
    """A customer made from what the menu sells at a time of day; the same arguments give the same customer.

    `level` is 1 to 5: more lines, more changes, and more of what is hard. Raises `ValueError` for another level.
    """
    if level not in LEVELS:
        raise ValueError(level)
    return _Maker(menu, seed, level, at).make()


def _names(item: MenuItem) -> set[tuple[str, str]]:
    return {(language, item.name.in_language(language).lower()) for language in LANGUAGES}


class _Maker:
    """Draws one customer; every draw comes from one generator, so that the seed decides it all."""

    def __init__(self, menu: Menu, seed: int, level: int, at: time) -> None:
        self.menu = menu
        self.level = level
        self.at = at
        self.id = f"{GENERATED}{level}-{seed}"
        self.number = seed
        self.draws = Random(f"{level}/{seed}")
        self.skills: list[Skill] = []
        self.says: list[Utterance] = []
        self._changes_of: dict[Sku, frozenset[tuple[str, str]]] = {}

    def make(self) -> Scenario:
        """The whole customer."""
        allergens = self._allergens()
        wants = tuple(self._wants(allergens))
        mode = self.draws.choice(list(ServingMode))
        self.skills.append(kind_of_order(wants, self.menu))
        self._speak(wants, allergens, mode)
        codes = self._coupon()
        rest = self._rest()
        mood = self._mood()
        payments = self._payments()
        late = self._late(wants, allergens)
        self._say(self.draws.choice(_ENDS))
        return Scenario(
            self.id,
            self.level,
            filled(_TITLE, number=LocalText(str(self.number), str(self.number))),
            tuple(dict.fromkeys(self.skills)),
            wants,
            tuple(self.says),
            mode,
            payments,
            mood=mood,
            allergens=allergens,
            codes=codes,
            rest=rest,
            late=late,
            at=self.at,
            rush=self.level == LEVELS[-1],
        )

    def _mood(self) -> Mood:
        mood = self.draws.choice(MOODS) if self.level > 2 else Mood.PLAIN
        if mood in (Mood.RUDE, Mood.FLAT):
            self.skills.append(Skill.TAKING_NO)
        return mood

    def _likely(self, from_level: int, chance: float) -> bool:
        """Whether something hard happens; the draw is made at every level."""
        return self.draws.random() < chance and self.level >= from_level

    def _say(self, words: LocalText, query: Query | None = None, **values: LocalText) -> None:
        self.says.append(Utterance(filled(words, **values), query))

    def _allergens(self) -> frozenset[str]:
        if not self._likely(3, 0.25):
            return frozenset()
        self.skills.append(Skill.ALLERGENS)
        return frozenset({self.draws.choice(["milk", "eggs", "nuts", "sesame", "fish"])} & set(ALLERGENS))

    def _wants(self, allergens: frozenset[str]) -> list[Wanted]:
        """Different things, each of them safe for this customer."""
        wants: list[Wanted] = []
        for _ in range(self.draws.randint(1, MOST_LINES[self.level])):
            before = len(self.skills)
            wanted = self._wanted(first=not wants)
            kin = {self.menu.items[entry.sku].kin for entry in wants}
            is_new = self.menu.items[wanted.sku].kin not in kin
            if self._is_safe(wanted, allergens) and is_new and not self._is_a_change_of_another(wanted, wants):
                wants.append(wanted)
            else:
                del self.skills[before:]
        return wants or [self._something_simple(allergens)]

    def _wanted(self, *, first: bool) -> Wanted:
        """Choose one item; half the customers come for one that is sold only at this hour.

        Nobody comes for a carrier bag: the first item is something to eat or drink, where the menu has it.
        """
        sold = self._sold()
        if first:
            sold = [item for item in sold if item.vat is VatClass.FOOD] or sold
        of_the_hour = [item for item in sold if item.dayparts]
        item = self.draws.choice(of_the_hour if of_the_hour and self.draws.random() < 0.5 else sold)
        size_said = False
        if item.family is not None and self._likely(2, 0.4):
            item = self.draws.choice([entry for entry in self._sold(sizes=True) if entry.family == item.family])
            size_said = True
            self.skills.append(Skill.SIZES_SAID)
        quantity = self.draws.randint(2, 3) if self._likely(3, 0.2) else 1
        return Wanted(item.sku, quantity, size_said, self._changes(item), self._fillings(item))

    def _something_simple(self, allergens: frozenset[str]) -> Wanted:
        """A single thing that needs no choice and is safe; on a menu without one, anything at all."""
        plain = [item for item in self._sold() if item.meal is None and not item.modifiers]
        simple = [Wanted(item.sku) for item in [item for item in plain if item.vat is VatClass.FOOD] or plain]
        safe = [wanted for wanted in simple if self._is_safe(wanted, allergens)]
        return self.draws.choice(safe or simple) if simple else self._wanted(first=True)

    def _is_safe(self, wanted: Wanted, allergens: frozenset[str]) -> bool:
        return line_allergens(self.menu, wanted_line(wanted, self.menu)).is_safe_for(allergens)

    def _is_a_change_of_another(self, wanted: Wanted, wants: Sequence[Wanted]) -> bool:
        """Whether an item has the name of a change to another one: nobody can hear whether *nuggets and a sweet chilli
        dip* are one item or two."""
        item = self.menu.items[wanted.sku]
        others = [self.menu.items[entry.sku] for entry in wants]
        own = self._change_names(item)
        return any(_names(other) & own or _names(item) & self._change_names(other) for other in others)

    def _change_names(self, item: MenuItem) -> frozenset[tuple[str, str]]:
        """What the changes of an item add, by language and name."""
        if item.sku not in self._changes_of:
            modifiers = [entry for group in self.menu.item_groups(item) for entry in group.modifiers]
            self._changes_of[item.sku] = frozenset(name for entry in modifiers for name in added_names(entry))
        return self._changes_of[item.sku]

    def _sold(self, sizes: bool = False) -> list[MenuItem]:
        """What a customer may walk in for at this hour: no alcohol, nothing that costs nothing."""
        return [
            item
            for item in self.menu.items.values()
            if (item.tile or sizes)
            and not item.retired
            and item.age_limit is None
            and item.price
            and (not item.dayparts or any(self.menu.dayparts[part].holds(self.at) for part in item.dayparts))
        ]

    def _changes(self, item: MenuItem) -> tuple[str, ...]:
        """As many modifiers as each group requires; where none is required, now and then one."""
        chosen: list[str] = []
        for group in self.menu.item_groups(item):
            count = group.minimum or (1 if self._likely(3, 0.3) else 0)
            chosen += [entry.id for entry in self.draws.sample(group.modifiers, min(count, len(group.modifiers)))]
            if count > group.minimum:
                self.skills.append(Skill.CHANGES)
        return tuple(chosen)

    def _fillings(self, item: MenuItem) -> tuple[tuple[str, Sku], ...]:
        """Fillings for slots that have no default, and now and then another filling than the default."""
        found: list[tuple[str, Sku]] = []
        for slot in self.menu.meal_slots(item):
            others = [choice.sku for choice in slot.choices if choice.sku != slot.default]
            if others and (slot.default is None or self._likely(2, 0.3)):
                found.append((slot.id, self.draws.choice(others)))
                self.skills.append(Skill.SLOTS)
        return tuple(found)

    def _speak(self, wants: Sequence[Wanted], allergens: frozenset[str], mode: ServingMode) -> None:
        """Say the order, all at once or thing by thing; then allergies, a question, and eat in or take away."""
        texts = self._breaths(wants)
        if self._likely(4, 0.3):
            self._correct(wants[0], texts[0])
        else:
            self._say(self.draws.choice(_OPENINGS), wishes=texts[0])
        for text in texts[1:]:
            self._say(self.draws.choice(_FURTHER), wishes=text)
        for name in sorted(allergens):
            self._say(_ALLERGY, name=allergen_text(name))
        if self._likely(3, 0.3):
            self._ask(wants[0])
        if self._likely(1, 0.5):
            self._say(_MODE[mode])
        else:
            self.skills.append(Skill.SERVING_MODE)

    def _breaths(self, wants: Sequence[Wanted]) -> list[LocalText]:
        """The order as utterances, all at once or item by item.

        An item with changes is said by itself, so that it is clear what they belong to; so is one with a comma in its
        name (*nuggets, 9 pieces*), which would sound like two items.
        """
        texts = [wanted_text(wanted, self.menu) for wanted in wants]
        plain = not any(wanted.modifiers or wanted.fillings for wanted in wants)
        plain = plain and not any("," in text.nb + text.en for text in texts)
        return [listed(texts)] if plain and self.level > 2 and self.draws.random() < 0.5 else texts

    def _correct(self, wanted: Wanted, text: LocalText) -> None:
        """Ask for something else first, and then correct it."""
        others = [item for item in self._sold() if item.kin != self.menu.items[wanted.sku].kin]
        wrong = small_text(self.draws.choice(others).name, self.menu) if others else text
        self._say(_OPENINGS[0], wishes=wrong)
        self._say(_CHANGE, item=wrong, wishes=LocalText(as_said(text.nb), as_said(text.en)))
        self.skills.append(Skill.CORRECTIONS)

    def _ask(self, wanted: Wanted) -> None:
        item = self.menu.items[wanted.sku]
        self.skills.append(Skill.CUSTOMER_ASKS)
        if self.draws.random() < 0.6 and not names_an_allergen(item):
            allergen = self.draws.choice(["milk", "eggs", "gluten", "nuts", "sesame"])
            query = Query(QueryKind.ALLERGEN, item.sku, allergen)
            self._say(_ASKS_ALLERGEN, query, name=allergen_text(allergen), item=small_text(item.name, self.menu))
        else:
            self._say(_ASKS_PRICE, Query(QueryKind.PRICE, item.sku), item=item_text(item, self.menu))

    def _coupon(self) -> tuple[str, ...]:
        codes = sorted(
            entry.code for entry in self.menu.incentives.values() if isinstance(entry, Bundle) and entry.code
        )
        if not codes or not self._likely(4, 0.15):
            return ()
        code = self.draws.choice(codes)
        self._say(_COUPON, code=LocalText(code, code))
        self.skills.append(Skill.COUPON)
        return (code,)

    def _rest(self) -> Reason | None:
        if not self._likely(2, 0.12):
            return None
        reason = self.draws.choice(HERE_REASONS)
        self._say(_RESTS[reason])
        self.skills.append(Skill.NOT_FOR_CUSTOMER)
        return reason

    def _late(self, wants: Sequence[Wanted], allergens: frozenset[str]) -> LateWish | None:
        if not self._likely(5, 0.2):
            return None
        simple = [item for item in self._sold() if item.meal is None and self.menu.required_group(item) is None]
        safe = [Wanted(item.sku) for item in simple if item.allergens.is_safe_for(allergens)]
        clear = [wanted for wanted in safe if not self._is_a_change_of_another(wanted, wants)]
        if not clear:
            return None
        wanted = self.draws.choice(clear)
        self.skills.append(Skill.CHANGED_MIND)
        return LateWish(filled(_LATE, wishes=wanted_text(wanted, self.menu)), (), (wanted,))

    def _payments(self) -> tuple[Payment, ...]:
        if self._likely(4, 0.2):
            self.skills.append(Skill.SPLIT_PAYMENT)
            part = Money.of(self.draws.choice([20, 50, 100]))
            return Payment(TenderKind.CASH, part, part), Payment(TenderKind.CARD)
        if self._likely(3, 0.15):
            self.skills.append(Skill.CARD)
            return Payment(TenderKind.CARD, declined=True), Payment(TenderKind.CASH, hands=NOTES[2])
        kind = self.draws.choice(list(TenderKind))
        if kind is TenderKind.CASH:
            self.skills.append(Skill.CASH)
            return (Payment(kind, hands=self.draws.choice(NOTES[:3])),)
        self.skills.append(Skill.CARD)
        return (Payment(kind),)
