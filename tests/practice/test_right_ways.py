"""Another right way is scored right, too: how something was keyed is nobody's business but the customer's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pos.counter import State, keys
from pos.domain.menu.items import MenuItem, ServingMode
from pos.domain.money import MINOR_PER_KRONE
from pos.domain.prompts import PaymentPrompt, QuestionPrompt
from pos.practice.sitting.between import ReadyPanel
from pos.training import PracticeWay, Scenario, ScorePart, generate
from tests.practice.rigs import Rig, a_rig
from tests.practice.test_the_reader import a_seat
from tests.reader.player import ReaderAtTheTill
from tests.reader.words import Heard, Wish
from tests.training.shop import menu, scenario, scenarios

LEAST = 95


class ByName(ReaderAtTheTill):
    """Finds everything by its name."""

    def _key_item(self, item: MenuItem, quantity: int) -> None:
        name = item.name.in_language(self.till_language)
        self._press("/", *name)
        hits = self.counter.panel.hits(self.counter)  # type: ignore[union-attr]
        self._press(*[keys.DOWN] * [hit.sku for hit in hits].index(item.sku), keys.ENTER)
        self._press(*["+"] * (quantity - 1))


class ByTile(ReaderAtTheTill):
    """Goes to the page of the tile, and presses its letter."""

    def _key_item(self, item: MenuItem, quantity: int) -> None:
        for _ in self.counter.categories():
            for _ in range(self.counter.pages()):
                letters = [letter for letter, tile in self.counter.tiles().items() if tile.sku == item.sku]
                if letters:
                    self._press(*(str(quantity) if quantity > 1 else ""), letters[0])
                    return
                self._press(keys.PAGE_DOWN)
            self._press(keys.RIGHT)
        super()._key_item(item, quantity)


class ByScan(ReaderAtTheTill):
    """Scans one after the other, where there is a barcode."""

    def _key_item(self, item: MenuItem, quantity: int) -> None:
        if item.barcode is None:
            super()._key_item(item, quantity)
            return
        for _ in range(quantity):
            self.seat.wait(1)
            self.counter.scan(item.barcode)


class BySteps(ReaderAtTheTill):
    """Rings what the tile rings, and goes up or down to the size that was said."""

    def _key_item(self, item: MenuItem, quantity: int) -> None:
        tile = next(
            (
                entry
                for entry in self.menu.items.values()
                if entry.tile and entry.family and entry.family == item.family
            ),
            item,
        )
        super()._key_item(tile, quantity)
        sizes = [entry for entry in self.menu.items.values() if entry.family and entry.family == item.family]
        sizes.sort(key=lambda entry: entry.price)
        up = sizes.index(item) - sizes.index(tile) if sizes else 0
        self._press(*[">" if up > 0 else "<"] * abs(up))
        line = self.counter.line
        if up and line is not None and line.sku != item.sku:  # alcohol has no steps
            self._press(keys.DELETE)
            super()._key_item(item, quantity)

    def _mark(self, wish: Wish) -> None:
        line = self.counter.line
        if line is not None and line.size_said:
            wish = Wish(wish.items, wish.quantity, None, wish.modifiers, wish.fillings)
        super()._mark(wish)


class LastFirst(ReaderAtTheTill):
    """Rings the things in another order than they were said."""

    def _in_turn(self, wishes: Sequence[Wish]) -> list[Wish]:
        return super()._in_turn(wishes[::-1])


class OneByOne(ReaderAtTheTill):
    """Rings two of a thing as one and one more."""

    def _key_item(self, item: MenuItem, quantity: int) -> None:
        super()._key_item(item, 1)
        self._press(*["+"] * (quantity - 1))


class SizeLast(ReaderAtTheTill):
    """Marks the size after all else that was said of the thing."""

    def _mark(self, wish: Wish) -> None:
        super()._mark(Wish(wish.items, wish.quantity, None, wish.modifiers, wish.fillings))
        if wish.size is not None:
            self._press("=")


class TakesBack(ReaderAtTheTill):
    """Rings something else first, and takes it back."""

    def _key_item(self, item: MenuItem, quantity: int) -> None:
        other = next(entry for entry in self.menu.items.values() if entry.plu and entry.kin != item.kin and entry.tile)
        super()._key_item(other, 2)
        self._press(keys.BACKSPACE)
        super()._key_item(item, quantity)


class Voids(ReaderAtTheTill):
    """Rings what nobody wants, and takes it out before checkout."""

    def _ring(self, order: Heard) -> None:
        super()._ring(order)
        wanted = {line.sku for line in self.counter.register.view.order.lines}
        other = next(
            entry
            for entry in self.menu.items.values()
            if entry.plu and entry.tile and entry.meal is None and entry.sku not in wanted and entry.age_limit is None
            if entry.category == "shop"
        )
        self._key_item(other, 1)
        self._press(keys.DELETE)


class TooMany(ReaderAtTheTill):
    """Rings one too many of each, and one fewer again."""

    def _key_item(self, item: MenuItem, quantity: int) -> None:
        super()._key_item(item, quantity)
        self._press("+", "-")


class BackFromTheQuestion(ReaderAtTheTill):
    """Goes back to ringing from each question, rings nothing, and comes to it again."""

    def _question(self) -> None:
        if not self.__dict__.pop("_went", False):
            self._press(keys.ESCAPE)
            assert self.counter.state is State.RINGING
            self.__dict__["_went"] = True
            self._press(keys.ENTER)
            return
        super()._question()


class BackFromPayment(ReaderAtTheTill):
    """Goes back to ringing from payment, and comes to it again."""

    def _payment(self) -> None:
        if not self.__dict__.get("_went", False) and not self.counter.register.view.order.is_frozen:
            self.__dict__["_went"] = True
            self._press(keys.ESCAPE, keys.ENTER)
            return
        super()._payment()


class WrongAnswer(ReaderAtTheTill):
    """Keys the other answer first, and takes it back with one key."""

    def _answer(self, prompt: QuestionPrompt, reply: str) -> None:
        if not (self.reader.is_no(reply) or self.reader.is_yes(reply)):
            super()._answer(prompt, reply)
            return
        if self.reader.is_no(reply) and prompt.choices is None:
            self._press("j", keys.BACKSPACE)
        elif self.reader.is_yes(reply):
            self._press("n", keys.BACKSPACE)
        again = self.counter.prompt
        assert isinstance(again, QuestionPrompt)
        super()._answer(again, reply)


class YesThenFlavour(ReaderAtTheTill):
    """Says yes first, and the flavour when the till asks for it."""

    def _press(self, *pressed: str) -> None:
        prompt = self.counter.prompt
        if (
            isinstance(prompt, QuestionPrompt)
            and prompt.choices is not None
            and pressed
            and pressed[0] in keys.DIGITS[1:]
        ):
            super()._press("y", *pressed)
        else:
            super()._press(*pressed)


class CountsUpAndDown(ReaderAtTheTill):
    """Goes further than meant with `-` and `+`, and back."""

    def _yes(self, prompt: QuestionPrompt, reply: str) -> None:
        if prompt.question.count > 1:
            self._press("-", "+")
        super()._yes(prompt, reply)

    def _choice(self) -> None:
        if getattr(self.counter.prompt, "count", 1) > 1:
            self._press("-", "+")
        super()._choice()


class LooksAtAnother(ReaderAtTheTill):
    """Looks at the next offer and comes back before anything is said."""

    def _question(self) -> None:
        prompt = self.counter.prompt
        assert isinstance(prompt, QuestionPrompt)
        if len(prompt.question.candidates) > 1:
            self._press(keys.RIGHT, keys.LEFT)
        super()._question()


class CountsNotes(ReaderAtTheTill):
    """Lays down notes where the money in the hand is made of them, and keys all else."""

    def _take_cash(self, digits: str) -> None:
        prompt = self.counter.prompt
        assert isinstance(prompt, PaymentPrompt)
        left, notes = int(digits or 0), []
        for key, worth in (("f", 500), ("d", 200), ("s", 100)):
            notes += [key] * (left // worth)
            left %= worth
        if left or not notes or int(digits) * MINOR_PER_KRONE < prompt.due.minor:
            super()._take_cash(digits)
            return
        for note in notes:
            if self.counter.state is State.PAYMENT:
                self._press(note)


class ServingFirst(ReaderAtTheTill):
    """Marks eat in or take away before anything is rung, where it has been said."""

    def _ring(self, order: Heard) -> None:
        mode = order.serving
        if mode is not None and not self.counter.register.view.order.lines:
            self._press(*[keys.SPACE] * (1 if mode.value == "take_away" else 2))
            order.serving = None
        super()._ring(order)


class AllergyFirst(ReaderAtTheTill):
    """Notes an allergy before anything is rung."""

    def _ring(self, order: Heard) -> None:
        for name in dict.fromkeys(order.allergens):
            self._note(name)
        order.allergens.clear()
        super()._ring(order)


class TurnsAtTheQuestion(ReaderAtTheTill):
    """Takes the customer's language when the first question stands on the screen."""

    def _ring(self, order: Heard) -> None:
        own, self.till_language = self.till_language, self.reader.language
        super()._ring(order)
        self.till_language = own

    def _question(self) -> None:
        if self.counter.register.view.order.language is None and self.reader.language != self.till_language:
            self._press("t")
        super()._question()


WAYS: dict[type[ReaderAtTheTill], tuple[str, ...]] = {
    ByName: ("kids-meal", "five-alike"),
    ByTile: ("kids-meal", "family-of-five"),
    ByScan: ("one-of-four-allergic", "shake-and-fries"),
    BySteps: ("medium-number-two", "small-on-purpose", "large-everything", "kids-meal"),
    LastFirst: ("family-of-five", "shake-and-fries"),
    OneByOne: ("five-alike", "kids-meal"),
    SizeLast: ("medium-number-two", "onion-off"),
    TakesBack: ("kids-meal", "family-of-five"),
    Voids: ("kids-meal", "one-of-four-allergic"),
    TooMany: ("five-alike", "kids-meal"),
    BackFromTheQuestion: ("kids-meal", "five-alike", "chocolate-instead"),
    BackFromPayment: ("mind-changed-at-payment", "kids-meal"),
    WrongAnswer: ("kids-meal", "five-alike", "rude-no", "chocolate-instead"),
    YesThenFlavour: ("chocolate-instead", "large-everything"),
    CountsUpAndDown: ("kids-drink-not-said", "five-alike"),
    LooksAtAnother: ("kids-meal", "soft-ice-instead"),
    CountsNotes: ("note-bigger-than-needed", "everything-at-once"),
    ServingFirst: ("one-of-four-allergic", "kids-meal"),
    TurnsAtTheQuestion: ("tourist",),
    AllergyFirst: ("one-of-four-allergic", "milk-in-it"),
}
"""Each way, with some customers for whom it differs from the plain way."""

PUT_RIGHT = (TakesBack, Voids, WrongAnswer)
"""Ways on which something was wrong for a moment; on the others nothing was different to the customer."""


def play(rig: Rig, way: type[ReaderAtTheTill], entry: Scenario, language: str) -> list[str]:
    """What was lost on one way with a customer; nothing where it was scored right.

    Where nothing was different to the customer, only pace may be: more keys take more seconds.
    """
    rig.counter.language = rig.counter.register.language = language
    rig.room.only = entry
    rig.next_customer()
    if isinstance(rig.counter.panel, ReadyPanel):
        rig.press("enter")
    way(a_seat(rig)).serve()
    result = rig.sitting.result
    assert result is not None
    lost = [line for line in result.lines if line.lost > 0]
    if result.total >= LEAST and (way in PUT_RIGHT or all(line.part is ScorePart.PACE for line in lost)):
        return []
    return [str(result.total), *(line.words.in_language("en") for line in lost)]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_another_right_way_is_scored_right(folder: Path, way: type[ReaderAtTheTill]) -> None:
    rig = a_rig(folder)
    rig.room.way = PracticeWay.DRILL if len(WAYS[way]) > 2 else PracticeWay.GUIDED
    for place, name in enumerate(WAYS[way]):
        assert play(rig, way, scenario(name), ("nb", "en")[place % 2]) == [], name


@pytest.mark.soak
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_another_right_way_is_scored_right_with_everybody(
    folder: Path, way: type[ReaderAtTheTill], language: str
) -> None:
    rig = a_rig(folder)
    made = (generate(menu(), number, 1 + number % 5) for number in range(2000, 2060))
    found = {entry.id: play(rig, way, entry, language) for entry in (*scenarios(), *made)}
    assert {name: lost for name, lost in found.items() if lost} == {}


class OtherAnswer(ReaderAtTheTill):
    """Keys yes after a no, and no after a yes."""

    def _answer(self, prompt: QuestionPrompt, reply: str) -> None:
        self._press("j" if self.reader.is_no(reply) else "n")
        if isinstance(self.counter.prompt, QuestionPrompt) and self.counter.prompt.question is prompt.question:
            self._press("1")


class OtherFlavour(ReaderAtTheTill):
    """Gives everybody the last flavour there is, or the first who asked for the last."""

    def _yes(self, prompt: QuestionPrompt, reply: str) -> None:
        if prompt.choices is None:
            super()._yes(prompt, reply)
            return
        names = [entry.name.in_language(self.reader.language) for entry in prompt.choices.modifiers]
        meant = self.reader.named_in(reply, names)
        self._press(str(len(names)) if meant != len(names) - 1 else "1")


class OneTooMany(ReaderAtTheTill):
    """Rings one more of each than was said."""

    def _ring_wish(self, wish: Wish) -> None:
        super()._ring_wish(Wish(wish.items, wish.quantity + 1, wish.size, wish.modifiers, wish.fillings))


class AsksNobody(ReaderAtTheTill):
    """Keys *not asked* at each question."""

    def _question(self) -> None:
        self._press("0")


class RestsEverybody(ReaderAtTheTill):
    """Keys *a child alone* of everybody."""

    def _question(self) -> None:
        self._press("x", "1")


class UnmarkedSize(ReaderAtTheTill):
    """Marks no size."""

    def _mark(self, wish: Wish) -> None:
        super()._mark(Wish(wish.items, wish.quantity, None, wish.modifiers, wish.fillings))


class NothingChanged(ReaderAtTheTill):
    """Rings everything as it stands on the menu."""

    def _mark(self, wish: Wish) -> None:
        super()._mark(Wish(wish.items, wish.quantity, wish.size))


class DeafToAllergies(ReaderAtTheTill):
    """Notes no allergy."""

    def _note(self, allergen: str) -> None:
        pass


class OtherMode(ReaderAtTheTill):
    """Gives to take away what is eaten here, and the other way round."""

    def _ring(self, order: Heard) -> None:
        if order.serving is not None:
            others = {ServingMode.EAT_IN: ServingMode.TAKE_AWAY, ServingMode.TAKE_AWAY: ServingMode.EAT_IN}
            order.serving = others[order.serving]
        super()._ring(order)


class ThousandForCash(ReaderAtTheTill):
    """Keys a thousand whatever was handed over."""

    def _take_cash(self, digits: str) -> None:
        self._press(*"1000", "a")


WRONG_WAYS: tuple[tuple[type[ReaderAtTheTill], str, int], ...] = (
    (OtherAnswer, "rude-no", 0),
    (OtherAnswer, "kids-meal", 94),
    (OtherFlavour, "chocolate-instead", 94),
    (OneTooMany, "shake-and-fries", 85),
    (AsksNobody, "plain-meal", 60),
    (RestsEverybody, "plain-meal", 50),
    (UnmarkedSize, "medium-number-two", 94),
    (NothingChanged, "onion-off", 94),
    (DeafToAllergies, "milk-in-it", 0),
    (OtherMode, "one-of-four-allergic", 94),
    (ThousandForCash, "note-bigger-than-needed", 0),
)
"""Each wrong way with a customer, and what it may come to at most."""


@pytest.mark.parametrize(("way", "name", "most"), WRONG_WAYS)
def test_a_wrong_way_costs_points_and_says_what_for(
    folder: Path, way: type[ReaderAtTheTill], name: str, most: int
) -> None:
    total, *lost = play(a_rig(folder), way, scenario(name), "nb")
    assert int(total) <= most, lost
    assert lost
