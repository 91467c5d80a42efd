"""Names, numbers, amounts and wishes as customers say them, in both languages at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pos.domain.items import MenuItem
from pos.domain.menu import Menu
from pos.domain.money import Money
from pos.domain.text import LANGUAGES, LocalText
from pos.training.scenarios import Wanted
from pos.wording import Wording, wording
from pos.wording.filling import fill

_WITHOUT_WITH = ("uten ", "med ", "no ", "with ", "ekstra ", "extra ", "add ", "dressing ")
"""How a modifier's name may begin that needs no *with* in front."""


def both(say: Callable[[Wording], str]) -> LocalText:
    """A text in both languages from what one language makes of it."""
    texts = {language: say(wording(language)) for language in LANGUAGES}
    return LocalText(texts["nb"], texts["en"])


def filled(words: LocalText, **values: LocalText) -> LocalText:
    """The words with their gaps filled in each language, as sentences."""
    nb = fill(words.nb, {name: value.nb for name, value in values.items()})
    en = fill(words.en, {name: value.en for name, value in values.items()})
    return LocalText(as_said(nb), as_said(en))


def as_said(text: str) -> str:
    """A capital in front; the rest stands."""
    return text[:1].upper() + text[1:]


def small(name: str) -> str:
    """A menu's name in the middle of a sentence: `cheeseburger`; `BBQ-dip` stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def small_text(name: LocalText) -> LocalText:
    """The same in both languages."""
    return LocalText(small(name.nb), small(name.en))


def number_text(number: int) -> LocalText:
    """`to`, `two`."""
    return both(lambda words: words.number_word(number))


def money_text(amount: Money) -> LocalText:
    """`200 kroner`."""
    return both(lambda words: words.spoken(amount))


def allergen_text(name: str) -> LocalText:
    """`melk`, `milk`."""
    return both(lambda words: words.allergen(name))


def item_text(item: MenuItem) -> LocalText:
    """A thing with its size, as it is asked for: `stor cola`, `nuggets, 6 biter`."""
    if item.size is None:
        return small_text(item.name)
    return LocalText(_sized(item.name.nb, item.size.nb), _sized(item.name.en, item.size.en))


def _sized(name: str, size: str) -> str:
    return f"{small(name)}, {size}" if size[:1].isdigit() else f"{size} {small(name)}"


def wanted_text(wanted: Wanted, menu: Menu) -> LocalText:
    """A wish in words: how many, the size if it is said, changes and fillings."""
    item = menu.items[wanted.sku]
    named = item_text(item) if wanted.size_said else small_text(item.name)
    counted = LocalText(_counted_nb(named.nb, wanted.quantity), _counted_en(named.en, wanted.quantity))
    changes = [menu.modifiers[name].name for name in wanted.modifiers]
    fillings = [small_text(menu.items[sku].name) for _, sku in wanted.fillings]
    nb = [counted.nb, *(_with(name.nb, "med") for name in changes), *(f"med {name.nb} til" for name in fillings)]
    en = [counted.en, *(_with(name.en, "with") for name in changes), *(f"with {name.en}" for name in fillings)]
    return LocalText(", ".join(nb), ", ".join(en))


def listed(texts: Iterable[LocalText]) -> LocalText:
    """Several wishes in one breath."""
    found = list(texts)
    nb, en = [text.nb for text in found], [text.en for text in found]
    if len(found) == 1:
        return found[0]
    return LocalText(f"{', '.join(nb[:-1])} og {nb[-1]}", f"{', '.join(en[:-1])} and {en[-1]}")


def _counted_nb(name: str, quantity: int) -> str:
    return name if quantity == 1 else f"{wording('nb').number_word(quantity)} ganger {name}"


def _counted_en(name: str, quantity: int) -> str:
    thing, comma, rest = name.partition(",")
    plural = thing.endswith("s")
    if quantity > 1:
        return f"{wording('en').number_word(quantity)} {thing}{'' if plural else 's'}{comma}{rest}"
    if plural:
        return name
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def _with(name: str, word: str) -> str:
    text = small(name)
    return text if text.lower().startswith(_WITHOUT_WITH) else f"{word} {text}"
