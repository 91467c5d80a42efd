"""Reads an order out of what a customer said, with the menu's names in that language and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pos.domain.menu.allergens import ALLERGENS
from pos.domain.menu.items import MenuItem, ServingMode
from pos.domain.menu.menu import Menu
from pos.domain.order.questions import Reason
from pos.domain.text import LocalText
from pos.wording import wording

ENDINGS = {"nb": ("ene", "er", "en", "et", "s", "r", "e"), "en": ("es", "s", "e")}
NUMBERS = {
    "nb": {"en": 1, "ei": 1, "et": 1, "én": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "åtte": 8},
    "en": {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8},
}
LEAST_STEM = 3
SHORT_WORDS = ("nei", "no", "eller", "or", "jo", "yes")
WITH = {"nb": ("med",), "en": ("with",)}
NOT = {"nb": ("ikke",), "en": ("not",)}
INSTEAD_OF = {"nb": ("i", "stedet", "for"), "en": ("instead", "of")}
CORRECTING = {"nb": r"^(eller )?(nei|jo)\b", "en": r"^(or )?(no|yes)\b"}
DROPPING = {"nb": r"\b(stryk|dropp|dropper)\b", "en": r"\b(drop|forget|leave)\b"}
NOT_AFTER_ALL = {"nb": r"\bikke (.+?) likevel", "en": r"\bnot the (.+?)$"}
EAT_IN = {"nb": r"\bspiser? her\b|^her\b", "en": r"\beat(ing)? (in|here)\b|\bfor here\b"}
TAKE_AWAY = {"nb": r"\bta med\b|\bvære med\b", "en": r"\btake away\b|\bto go\b"}
ALLERGIC = {"nb": r"allergisk mot (.+)", "en": r"allergic to (.+)"}
RESTS = {
    Reason.CHILD: {"nb": r"\balene\b", "en": r"\bon my own\b"},
    Reason.LEFT_ALONE: {"nb": r"\bikke spør\b", "en": r"\bdon't ask\b"},
    Reason.STAFF: {"nb": r"\bpersonalmat\b|\bomlaging\b", "en": r"\bstaff meal\b|\bremake\b"},
}
CODE = re.compile(r"\b[A-ZÆØÅ][A-ZÆØÅ0-9]{3,}\b")
SENTENCE = re.compile(r"(?<=[.!?…])\s+")
LANGUAGE_WORDS = re.compile(r"don't speak norwegian", re.IGNORECASE)


@dataclass
class Wish:
    """One thing wished for: the items of that name, one for each size; what is said of it."""

    items: tuple[MenuItem, ...]
    quantity: int = 1
    size: str | None = None
    modifiers: list[str] = field(default_factory=list)
    fillings: dict[str, str] = field(default_factory=dict)

    @property
    def item(self) -> MenuItem:
        """The one that was meant: of the size said, else what the tile rings."""
        if self.size is not None:
            return next(item for item in self.items if item.size is not None and self.size in _both(item.size))
        return next((item for item in self.items if item.tile), self.items[0])


@dataclass
class Told:
    """What stands in front of the next thing: how many, which size, which flavour; and whether all is a number."""

    number: int | None = None
    size: str | None = None
    modifiers: list[str] = field(default_factory=list)
    alone: bool = True


@dataclass
class Heard:
    """What was understood of all that a customer said."""

    wishes: list[Wish] = field(default_factory=list)
    serving: ServingMode | None = None
    allergens: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    rest: Reason | None = None
    dropped: list[tuple[MenuItem, ...]] = field(default_factory=list)


class Reader:
    """One language of one menu."""

    def __init__(self, menu: Menu, language: str) -> None:
        self.menu = menu
        self.language = language
        sold = [item for item in menu.items.values() if not item.retired]
        by_name: dict[tuple[str, ...], list[MenuItem]] = {}
        for item in sold:
            by_name.setdefault(tuple(self.stems(item.name.in_language(language))), []).append(item)
        self.items = {name: tuple(found) for name, found in by_name.items()}
        sizes = {item.size.in_language(language) for item in sold if item.size is not None}
        self.sizes = {tuple(self.stems(size)): size for size in sizes}
        self.numbers = {self.stem(word): number for word, number in NUMBERS[language].items()}
        self.allergens = {name: self.stems(wording(language).allergen(name)) for name in ALLERGENS}

    # words

    def stem(self, word: str) -> str:
        """A word without the endings of number and of definite form."""
        word = word.lower().strip("«»“”\"'’,.!?…:;()–-")
        changed = True
        while changed:
            changed = False
            for ending in ENDINGS[self.language]:
                if len(word) - len(ending) >= LEAST_STEM and word.endswith(ending):
                    word, changed = word[: -len(ending)], True
                    break
        return word

    def stems(self, text: str) -> list[str]:
        """The stems of all words."""
        return [stem for word in text.split() if (stem := self.stem(word))]

    def item_at(self, words: list[str], place: int) -> tuple[int, tuple[MenuItem, ...]]:
        """The longest name of an item that begins at a place: how many words, and the items."""
        for length in range(min(6, len(words) - place), 0, -1):
            found = self.items.get(tuple(words[place : place + length]))
            if found is not None:
                return length, found
        return 0, ()

    def modifier_at(self, words: list[str], place: int, items: Sequence[MenuItem]) -> tuple[int, str]:
        """The longest name of a modifier that one of the items takes and that begins at a place."""
        best, name = 0, ""
        for item in items:
            for group in self.menu.item_groups(item):
                for modifier in group.modifiers:
                    full = self.stems(modifier.name.in_language(self.language))
                    bare = full[1:] if full[0] in ("med", "with", "add") else full
                    for stems in (full, bare):
                        if stems and words[place : place + len(stems)] == stems and len(stems) > best:
                            best, name = len(stems), modifier.id
        return best, name

    def size_at(self, words: list[str], place: int) -> tuple[int, str]:
        """A size's name at a place."""
        for stems, size in self.sizes.items():
            if tuple(words[place : place + len(stems)]) == stems:
                return len(stems), size
        return 0, ""

    # an order

    def read(self, utterances: Sequence[str]) -> Heard:
        """Everything that was said, in turn."""
        heard = Heard()
        for utterance in utterances:
            for sentence in SENTENCE.split(utterance):
                self._sentence(sentence, heard)
        return heard

    def _sentence(self, sentence: str, heard: Heard) -> None:
        low, language = sentence.lower(), self.language
        for mode, pattern in ((ServingMode.EAT_IN, EAT_IN), (ServingMode.TAKE_AWAY, TAKE_AWAY)):
            heard.serving = mode if re.search(pattern[language], low) else heard.serving
        found = [reason for reason, patterns in RESTS.items() if re.search(patterns[language], low)]
        heard.rest = found[0] if found else heard.rest
        if not self._is_about_more(sentence, heard):
            self._wishes(sentence, heard, correcting=bool(re.search(CORRECTING[language], low)))

    def _is_about_more(self, sentence: str, heard: Heard) -> bool:
        """Whether a sentence is about an allergy, a coupon or something that goes, and was taken in as that."""
        low, language = sentence.lower(), self.language
        allergic = re.search(ALLERGIC[language], low)
        gone = re.search(NOT_AFTER_ALL[language], low)
        if allergic is not None:
            stems = self.stems(allergic[1])
            heard.allergens += [name for name, known in self.allergens.items() if stems[: len(known)] == known]
        elif re.search(r"kupong|kode|coupon|code", low):
            heard.codes += CODE.findall(sentence)
        elif gone is not None:
            _, items = self.item_at(self.stems(gone[1]), 0)
            heard.wishes = [wish for wish in heard.wishes if wish.items != items]
        elif re.search(DROPPING[language], low):
            self._drop(low, heard)
        else:
            return False
        return True

    def _drop(self, sentence: str, heard: Heard) -> None:
        """*Drop that* is the last thing said; *drop the nuggets* names it."""
        words = self.stems(sentence)
        named = next((items for place in range(len(words)) if (items := self.item_at(words, place)[1])), None)
        if named is not None:
            heard.dropped.append(named)
        elif heard.wishes and re.search(CORRECTING[self.language], sentence):
            heard.wishes.pop()

    def _wishes(self, sentence: str, heard: Heard, *, correcting: bool) -> None:
        """Word by word: a size, a change, a thing or a number, whichever has the longest name there."""
        words, place = self.stems(sentence), 0
        told = Told()
        while place < len(words):
            for take in (self._size, self._modifier, self._thing):
                taken = take(words, place, told, heard, correcting)
                if taken:
                    told.alone = False
                    break
            else:
                taken = 1
                number = self.numbers.get(words[place])
                told.number = number if number is not None else told.number
                told.alone = told.alone and (number is not None or words[place] in SHORT_WORDS)
            place += taken
        if told.number is not None and heard.wishes and (correcting or told.alone):
            heard.wishes[-1].quantity = told.number

    def _size(self, words: list[str], place: int, told: Told, heard: Heard, correcting: bool) -> int:
        length, said = self.size_at(words, place)
        if not length or length < self.item_at(words, place)[0]:
            return 0
        following = self.item_at(words, place + length)[1]
        current = heard.wishes[-1] if heard.wishes else None
        if any(item.size is not None and said in _both(item.size) for item in following):
            told.size = said
        elif current is not None and current.size is None and _has_size(current, said):
            current.size = said
        return length

    def _modifier(self, words: list[str], place: int, told: Told, heard: Heard, correcting: bool) -> int:
        current = heard.wishes[-1] if heard.wishes else None
        thing = self.item_at(words, place)[0]
        prefix, flavour = self._prefix(words, place)
        if prefix and prefix >= thing:
            told.modifiers.append(flavour)
            return prefix
        taken, modifier = self.modifier_at(words, place, current.items if current is not None else ())
        is_with = words[place - 1 : place] in [[word] for word in WITH[self.language]]
        if current is None or not taken or thing > taken or (thing == taken and not is_with):
            return 0
        current.modifiers.append(modifier)
        return taken

    def _thing(self, words: list[str], place: int, told: Told, heard: Heard, correcting: bool) -> int:
        count, items = self.item_at(words, place)
        if not count or self._is_left_out(words, place):
            return count
        wish = self._take(words, place, count, items, heard, correcting=correcting)
        if wish is not None:
            wish.quantity, wish.size, wish.modifiers = told.number or 1, told.size, told.modifiers
            heard.wishes.append(wish)
        told.number, told.size, told.modifiers = None, None, []
        return count

    def _prefix(self, words: list[str], place: int) -> tuple[int, str]:
        """A flavour in front of what it goes with: *a chocolate shake*."""
        for length in (2, 1):
            items = self.item_at(words, place + length)[1]
            found, modifier = self.modifier_at(words, place, items)
            if items and found == length:
                return found, modifier
        return 0, ""

    def _is_left_out(self, words: list[str], place: int) -> bool:
        """Whether what is named is what they do not want: *not cola*, *instead of cola*."""
        before = list(words[max(0, place - 3) : place])
        instead = [self.stem(word) for word in INSTEAD_OF[self.language]]
        return before[-1:] in [[self.stem(word)] for word in NOT[self.language]] or before[-len(instead) :] == instead

    def _take(
        self,
        words: list[str],
        place: int,
        count: int,
        items: tuple[MenuItem, ...],
        heard: Heard,
        *,
        correcting: bool,
    ) -> Wish | None:
        """A new wish; None where it fills a slot of the last one, or speaks of that one again."""
        current = heard.wishes[-1] if heard.wishes else None
        with_it = any(word in WITH[self.language] for word in words[max(0, place - 2) : place])
        instead = [self.stem(word) for word in INSTEAD_OF[self.language]]
        in_place = words[place + count : place + count + len(instead)] == instead
        if current is not None and (with_it or in_place or correcting):
            slot = self._slot_for(current, items)
            if slot is not None:
                current.fillings[slot] = items[0].name.in_language(self.language)
                return None
        if correcting and current is not None:
            same = next((wish for wish in heard.wishes if wish.items == items), None)
            if same is not None:
                heard.wishes.remove(same)
                heard.wishes.append(same)
                return None
        return Wish(items)

    def _slot_for(self, wish: Wish, items: tuple[MenuItem, ...]) -> str | None:
        skus = {item.sku for item in items}
        for slot in self.menu.meal_slots(wish.item):
            if any(choice.sku in skus for choice in slot.choices):
                return slot.id
        return None

    # answers

    def mentions(self, text: str) -> Iterator[tuple[MenuItem, ...]]:
        """Every item named in a text that is not ruled out by *not*."""
        words, place = self.stems(text), 0
        while place < len(words):
            count, items = self.item_at(words, place)
            if count and not self._is_left_out(words, place) and words[max(0, place - 2) : place][:1] != ["not"]:
                yield items
            place += count or 1

    def is_yes(self, text: str) -> bool:
        """Whether somebody said yes."""
        low = text.lower()
        yes, no = ("ja", "nei") if self.language == "nb" else ("yes", "no")
        return bool(re.search(rf"\b{yes}\b", low)) and not re.search(rf"\b{no}\b", low)

    def is_no(self, text: str) -> bool:
        """Whether somebody said no."""
        return bool(re.search(r"\bnei(da)?\b" if self.language == "nb" else r"\b(no|nah)\b", text.lower()))

    def number_in(self, text: str) -> int | None:
        """A number of two or more words' *only for two*, or 1 where it says so."""
        nb, en = r"\b(?:på|til) (\w+)|^(\w+) med", r"\bfor (\w+)|^(\w+) with"
        pattern = nb if self.language == "nb" else en
        found = re.search(pattern, text.lower())
        if found is None:
            return None
        word = found[1] or found[2]
        return int(word) if word.isdigit() else NUMBERS[self.language].get(word)

    def named_in(self, text: str, names: Sequence[str]) -> int | None:
        """The place of the one among several names that a text speaks of last, and not with *not* in front."""
        words = self.stems(text)
        best: tuple[int, int, int] | None = None
        for place, name in enumerate(names):
            stems = self.stems(name)
            for at in range(len(words) - len(stems) + 1):
                if words[at : at + len(stems)] == stems and words[max(0, at - 1) : at] not in [
                    [self.stem(word)] for word in NOT[self.language]
                ]:
                    best = max(best or (-1, -1, -1), (len(stems), at, place))
        return best[2] if best is not None else None


def _has_size(wish: Wish, size: str) -> bool:
    return any(item.size is not None and size in _both(item.size) for item in wish.items)


def language_of(utterances: Sequence[str], language: str) -> str:
    """The language that the customer speaks: the till's, unless they say that they know no Norwegian."""
    return "en" if any(LANGUAGE_WORDS.search(text) for text in utterances) else language


def _both(text: LocalText) -> tuple[str, str]:
    return text.nb, text.en
