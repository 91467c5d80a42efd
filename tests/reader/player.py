"""Plays a practice customer by keys, from nothing but what is heard and what stands on the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pos.counter import Counter, State, keys
from pos.domain.menu.items import MenuItem, ServingMode
from pos.domain.order.order import line_allergens, new_line
from pos.domain.order.questions import SAID_REASONS
from pos.domain.prompts import ModifierPrompt, QuestionPrompt, SlotPrompt
from pos.wording import wording
from tests.reader.words import Heard, Reader, Wish, language_of

WORDS_A_SECOND = 3
MOST_STEPS = 120


@dataclass
class Seat:
    """Where a trainee sits: the screen and its keys, what has been heard so far, and time that can pass."""

    counter: Counter
    heard: Callable[[], Sequence[str]]
    press: Callable[[str], None]
    wait: Callable[[float], None]
    over: Callable[[], bool]


class ReaderAtTheTill:
    """Serves one customer."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.counter = seat.counter
        self.menu = seat.counter.register.view.menu
        self.till_language = seat.counter.language
        self.answered = 0

    def serve(self) -> None:
        """From the first word to the paid order."""
        self._hear_all()
        self._ring(self.order)
        self._press(keys.ENTER)
        for _ in range(MOST_STEPS):
            if self.seat.over():
                return
            self._step()
        raise AssertionError(f"never paid, at {self.counter.state}: {list(self.seat.heard())}")

    # listening

    def _hear_all(self) -> None:
        for _ in range(MOST_STEPS):
            if self._can("practice-answer"):
                self._tell(self.seat.heard()[-1])
                self.answered += 1
            elif self._can("practice-go-on"):
                self._press("j")
            else:
                break
        said = [text for text in self.seat.heard() if not text.endswith("?") or not self._is_query(text)]
        self.reader = Reader(self.menu, language_of(said, self.till_language))
        self.order = self.reader.read(said)
        self.since = len(self.seat.heard())

    def _is_query(self, text: str) -> bool:
        return text in self._queries

    @property
    def _queries(self) -> set[str]:
        return self.__dict__.setdefault("_asked", set())

    def _tell(self, question: str) -> None:
        """Look the answer up in the menu, and choose it among those on the screen."""
        self._queries.add(question)
        reader = Reader(self.menu, self.till_language)
        self._press("a")
        panel = self.counter.panel
        assert panel is not None
        rows = [(entry.key, entry.label) for entry in panel.entries(self.counter)]
        words = reader.stems(question)
        items = [items for place in range(len(words)) if (items := reader.item_at(words, place)[1])]
        allergen = next(
            (
                name
                for at in range(len(words))
                for name, stems in reader.allergens.items()
                if words[at : at + len(stems)] == stems
            ),
            None,
        )
        cheapest = re.search(r"billigst|cheapest", question.lower())
        price = re.search(r"koster|prisen|how much|price", question.lower())
        if allergen is not None and not cheapest and not price:
            named = [entry for entry in items if self._stems_of(reader, entry) != reader.allergens[allergen]]
            longest = max(named or items, key=lambda entry: len(self._stems_of(reader, entry)))
            state = self._allergen_state(_rung(longest), allergen)
            key = next(key for key, label in rows if label.message_id.endswith(state.replace("_", "-")))
        elif cheapest:
            shown = [(key, label.values["name"]) for key, label in rows]
            prices = {str(item.full_name): item.price.minor for item in self.menu.items.values()}
            key = min(shown, key=lambda row: prices[str(row[1])])[0]
        else:
            longest = max(items, key=lambda entry: len(self._stems_of(reader, entry)))
            found = {item.price.minor for item in _in_size_said(reader, words, longest)}
            key = next(key for key, label in rows if label.values["name"].minor in found)
        self._press(key)

    def _stems_of(self, reader: Reader, items: Sequence[MenuItem]) -> list[str]:
        return reader.stems(items[0].name.in_language(self.till_language))

    def _allergen_state(self, item: MenuItem, allergen: str) -> str:
        return line_allergens(self.menu, replace(new_line(self.menu, item), id=1)).state(allergen).value

    # ringing

    def _ring(self, order: Heard) -> None:
        for wish in self._in_turn(order.wishes):
            self._ring_wish(wish)
        for name in dict.fromkeys(order.allergens):
            self._note(name)
        for code in order.codes:
            self._press(",", "c", *code.lower(), keys.ENTER)
        if order.serving is not None:
            self._press(keys.SPACE)
            if order.serving is ServingMode.EAT_IN:
                self._press(keys.SPACE)
        if self.reader.language != self.till_language:
            self._press(",", "w")

    def _in_turn(self, wishes: Sequence[Wish]) -> list[Wish]:
        """A drink rung right after a meal goes into it: meals come last."""
        return sorted(wishes, key=lambda wish: wish.item.meal is not None)

    def _note(self, allergen: str) -> None:
        self._press("!")
        self._choose(lambda label: label.message_id == f"allergen-{allergen}")
        self._press(keys.ENTER)

    def _key_item(self, item: MenuItem, quantity: int) -> None:
        """Ring so many of an item by the number that it has on the menu."""
        if quantity > 1:
            self._press(*str(quantity), "*")
        self._press(*(item.plu or ""), keys.ENTER)

    def _ring_wish(self, wish: Wish) -> None:
        item = wish.item
        before = self.counter.register.view.order.lines
        # One drink rung right after a meal goes into the meal; two do not.
        chosen = self.counter.line
        into_meal = wish.quantity == 1 and chosen is not None and bool(chosen.fillings)
        self._key_item(item, wish.quantity + into_meal)
        if self.counter.register.view.order.lines == before:
            return
        if into_meal:
            self._press("-")
        if item.age_limit is not None and self._can("practice-ask-age"):
            self._press("k")
            if self._is_too_young(item.age_limit):
                self._press(keys.DELETE)
                return
        self._mark(wish)

    def _mark(self, wish: Wish) -> None:
        """What was said of the thing: its size, its changes, what goes into it."""
        if wish.size is not None:
            self._press("=")
        if wish.modifiers or wish.fillings:
            self._change(wish)

    def _is_too_young(self, limit: int) -> bool:
        years = [int(found) for found in re.findall(r"\b\d+\b", self.seat.heard()[-1])]
        words = {wording(self.till_language).number_word(number): number for number in range(2, 13)}
        years += [number for word, number in words.items() if word in self.seat.heard()[-1].lower().split()]
        return not years or min(years) < limit

    def _change(self, wish: Wish) -> None:
        self._press(".")
        for slot, name in wish.fillings.items():
            title = self.menu.slots[slot].name
            self._choose(lambda label, title=title: label.values.get("slot") == title)
            self._choose(lambda label, name=name: self._says(label.values.get("name"), name))
        for modifier in wish.modifiers:
            named = self.menu.modifiers[modifier].name
            self._choose(lambda label, named=named: label.values.get("name") == named)
        self._press(keys.ENTER)

    def _says(self, shown: object, name: str) -> bool:
        said = shown.in_language(self.reader.language) if shown is not None else ""  # type: ignore[attr-defined]
        return said == name or said.startswith(f"{name},")

    def _choose(self, wanted: Callable[..., bool]) -> None:
        """The key of a row that the open panel shows."""
        panel = self.counter.panel
        assert panel is not None, self.counter.message
        self._press(next(entry.key for entry in panel.entries(self.counter) if wanted(entry.label)))

    # checkout

    def _step(self) -> None:
        match self.counter.state:
            case State.QUESTION:
                self._question()
            case State.STOP:
                self._press("=" if self.reader.is_yes(self._say()) else keys.DELETE)
            case State.SERVING:
                reply = self._say()
                self._press("1" if self.reader.read([reply]).serving is ServingMode.EAT_IN else "2")
            case State.CHOICE:
                self._choice()
            case State.PAYMENT:
                self._payment()
            case State.TERMINAL:
                shown = self.seat.heard()[-1].upper()
                self._press("+" if "GODKJENT" in shown or "APPROVED" in shown else "-")
            case State.RINGING:
                self._press(keys.ENTER)
            case _:
                self._press(keys.ESCAPE)

    def _say(self, words: int = 0) -> str:
        """Say what stands on the screen, and hear what comes back."""
        self.seat.wait(words / WORDS_A_SECOND)
        self._press(keys.SPACE)
        reply = self.seat.heard()[-1]
        self.seat.wait(len(reply.split()) / WORDS_A_SECOND)
        return reply

    def _question(self) -> None:
        prompt = self.counter.prompt
        assert isinstance(prompt, QuestionPrompt)
        if self.order.rest is not None:
            self._press("x", str(SAID_REASONS.index(self.order.rest) + 1))
            return
        language = self.counter.register.view.order.language or self.counter.language
        reply = self._say(len(wording(language).question(prompt, self.menu).split()))
        self._answer(prompt, reply)

    def _answer(self, prompt: QuestionPrompt, reply: str) -> None:
        """The key for what was heard."""
        if self.reader.is_no(reply):
            self._press("n")
        elif self.reader.is_yes(reply):
            self._yes(prompt, reply)
        else:
            self._something_else(reply)

    def _yes(self, prompt: QuestionPrompt, reply: str) -> None:
        count = self.reader.number_in(reply) if prompt.question.count > 1 else None
        for _ in range(prompt.question.count - (count or prompt.question.count)):
            self._press("-")
        if prompt.choices is not None:
            names = [entry.name.in_language(self.reader.language) for entry in prompt.choices.modifiers]
            place = self.reader.named_in(reply, names)
            if place is not None:
                self._press(str(place + 1))
                return
        self._press("j")

    def _something_else(self, reply: str) -> None:
        wanted = next(iter(self.reader.mentions(reply)), ())
        for _ in range(3):
            prompt = self.counter.prompt
            assert isinstance(prompt, QuestionPrompt)
            if prompt.question.offer.sku in {item.sku for item in wanted}:
                self._press("j")
                return
            self._press(keys.RIGHT)
        raise AssertionError(f"not understood: {reply}")

    def _choice(self) -> None:
        prompt = self.counter.prompt
        reply = self._say()
        if isinstance(prompt, SlotPrompt):
            names = [self.menu.items[sku].name.in_language(self.reader.language) for sku in prompt.choices]
        else:
            assert isinstance(prompt, ModifierPrompt)
            names = [entry.name.in_language(self.reader.language) for entry in prompt.group.modifiers]
        place = self.reader.named_in(reply, names)
        assert place is not None, reply
        for _ in range(prompt.count - (self.reader.number_in(reply) or prompt.count)):
            self._press("-")
        self._press(keys.CHOICE_KEYS[place])

    # money

    def _payment(self) -> None:
        reply = self._say()
        low = reply.lower()
        amount = re.search(r"(\d[\d \u00a0\u202f]*) ?(kroner|kr)", low)
        digits = re.sub(r"\D", "", amount[1]) if amount is not None else ""
        if re.search(r"kontant|\bcash\b", low):
            self._take_cash(digits)
        elif re.search(r"\bkort", low) or "card" in low:
            self._press(*digits, "k")
        elif re.search(r"mobil|phone", low):
            self._press(*digits, "v")
        else:
            self._change_order(reply)

    def _take_cash(self, digits: str) -> None:
        """So much in the hand; exactly what is due without a number."""
        self._press(*digits, "a")

    def _change_order(self, reply: str) -> None:
        """A change of mind at payment: back, do it, and on again."""
        heard = self.reader.read([reply])
        self._press(keys.ESCAPE)
        for items in heard.dropped:
            skus = {item.sku for item in items}
            lines = [line.sku for line in self.counter.register.view.order.lines]
            place = next(place for place, sku in enumerate(lines) if sku in skus)
            self._press(*[keys.UP] * len(lines), *[keys.DOWN] * place, "-")
        self._ring(Heard(wishes=heard.wishes))
        self._press(keys.ENTER)

    # keys

    def _can(self, command: str) -> bool:
        return any(entry.id == command for entry in self.counter.commands())

    def _press(self, *pressed: str) -> None:
        for key in pressed:
            self.seat.press(key)


def _rung(items: Sequence[MenuItem]) -> MenuItem:
    return next((item for item in items if item.tile), items[0])


def _in_size_said(reader: Reader, words: list[str], items: Sequence[MenuItem]) -> Sequence[MenuItem]:
    """Those of the size that a question names; else the one that the tile rings."""
    for place in range(len(words)):
        length, size = reader.size_at(words, place)
        if length:
            found = [item for item in items if item.size is not None and size in (item.size.nb, item.size.en)]
            if found:
                return found
    return [_rung(items)]
