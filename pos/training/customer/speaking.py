"""Names, numbers, amounts and wishes as customers say them, in both languages at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from pos.domain.menu.allergens import ALLERGENS
from pos.domain.menu.items import MenuItem, Modifier
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from pos.domain.text import LANGUAGES, LocalText
from pos.training.customer.scenarios import Wanted
from pos.wording import Wording, wording
from pos.wording.filling import fill

_SAYS_HOW = ("uten ", "med ", "no ", "with ", "add ", "dressing ")
_ADDS = {"nb": ("med ", "ekstra "), "en": ("with ", "extra ", "add ")}
"""The words with which the name of a modifier may begin if the modifier adds what the rest of the name says."""
_EXTRA = ("ekstra ", "extra ")
"""The words with which a modifier's name may begin and needs no *with* in front; among several changes it needs one."""


def both(say: Callable[[Wording], str]) -> LocalText:
    """A text in both languages from what one language makes of it."""
    texts = {language: say(wording(language)) for language in LANGUAGES}
    return LocalText(texts["nb"], texts["en"])


def filled(words: LocalText, **values: LocalText) -> LocalText:
    """The words with their gaps filled, in each language; each text begins with a capital."""
    nb = fill(words.nb, {name: value.nb for name, value in values.items()})
    en = fill(words.en, {name: value.en for name, value in values.items()})
    return LocalText(as_said(nb), as_said(en))


def as_said(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def small(name: str, shop: str = "") -> str:
    """A menu's name in the middle of a sentence: `cheeseburger`. `BBQ-dip` keeps its capital, and so does a name that
    begins with the shop's."""
    own = shop.split()[:1]
    stands = name[1:2].isupper() or (own and name.startswith(own[0]))
    return name if stands else name[:1].lower() + name[1:]


def small_text(name: LocalText, menu: Menu) -> LocalText:
    """A name in the middle of a sentence, in both languages."""
    return LocalText(small(name.nb, menu.shop.name), small(name.en, menu.shop.name))


def number_text(number: int) -> LocalText:
    """`to`, `two`."""
    return both(lambda words: words.number_word(number))


def money_text(amount: Money) -> LocalText:
    """`200 kroner`."""
    return both(lambda words: words.spoken(amount))


def allergen_text(name: str) -> LocalText:
    """`melk`, `milk`."""
    return both(lambda words: words.allergen(name))


def names_an_allergen(item: MenuItem) -> bool:
    """Whether an item's name contains an allergen's: *any milk in the milk?* is no question."""
    return any(
        wording(language).allergen(name) in item.name.in_language(language).lower()
        for language in LANGUAGES
        for name in ALLERGENS
    )


def added_names(modifier: Modifier) -> Iterator[tuple[str, str]]:
    """What a change adds, as an item of that name would be called: its language and its name in small letters, with and
    without the *with* in front."""
    for language, words in _ADDS.items():
        name = modifier.name.in_language(language).lower()
        yield language, name
        yield from ((language, name.removeprefix(word)) for word in words if name.startswith(word))


def change_text(modifier: Modifier) -> LocalText:
    """What a change adds, in the middle of a sentence: `BBQ-dip` of *Med BBQ-dip*, `ekstra bacon`."""
    name = modifier.name
    return LocalText(small(name.nb).removeprefix("med "), small(name.en).removeprefix("with ").removeprefix("add "))


def is_change_to(modifier: Modifier, item: MenuItem) -> bool:
    """Whether a change is named as an item is, with *with* in front: *with BBQ dip* and the *BBQ dip*."""
    return any(name == item.name.in_language(language).lower() for language, name in added_names(modifier))


def item_text(item: MenuItem, menu: Menu) -> LocalText:
    """An item with its size, as a customer says it: `stor cola`, `nuggets, 6 biter`."""
    if item.size is None:
        return small_text(item.name, menu)
    name = small_text(item.name, menu)
    return LocalText(_sized(name.nb, item.size.nb), _sized(name.en, item.size.en))


def _sized(name: str, size: str) -> str:
    return f"{name}, {size}" if size[:1].isdigit() else f"{size} {name}"


def wanted_text(wanted: Wanted, menu: Menu) -> LocalText:
    """A wish in words: how many, the size if it is said, changes and fillings."""
    item = menu.items[wanted.sku]
    named = item_text(item, menu) if wanted.size_said else small_text(item.name, menu)
    counted = LocalText(_counted_nb(named.nb, wanted.quantity), _counted_en(named.en, wanted.quantity))
    changes = [menu.modifiers[name].name for name in wanted.modifiers]
    fillings = [small_text(menu.items[sku].name, menu) for _, sku in wanted.fillings]
    nb, en = [counted.nb], [counted.en]
    if changes:
        nb.append(_joined([_with(name.nb, "med", len(changes)) for name in changes], "og"))
        en.append(_joined([_with(name.en, "with", len(changes)) for name in changes], "and"))
    if fillings:
        nb.append(_joined([f"med {name.nb}" for name in fillings], "og") + " til")
        en.append(_joined([f"with {name.en}" for name in fillings], "and"))
    return LocalText(", ".join(nb), ", ".join(en))


def listed(texts: Iterable[LocalText]) -> LocalText:
    """Several wishes in one breath."""
    found = list(texts)
    return LocalText(_joined([text.nb for text in found], "og"), _joined([text.en for text in found], "and"))


def _joined(texts: Sequence[str], word: str) -> str:
    """`uten løk, med ost og med ekstra bacon`."""
    return f"{', '.join(texts[:-1])} {word} {texts[-1]}" if len(texts) > 1 else texts[0]


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


def _with(name: str, word: str, of: int) -> str:
    """A change as it is said: `uten løk`, `med havremelk`; of several, *extra* has a *with* too, or *no onion and extra
    bacon* could be heard as neither."""
    text = small(name)
    stands_alone = _SAYS_HOW if of > 1 else (*_SAYS_HOW, *_EXTRA)
    return text if text.lower().startswith(stands_alone) else f"{word} {text}"
