"""The sentences of one language, with amounts, numbers and times in its notation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from gettext import GNUTranslations

from pos.domain.errors import PosError
from pos.domain.menu.allergens import AllergenNames, AllergenState, base
from pos.domain.menu.items import ArticleGroup, ServingMode
from pos.domain.money import MINOR_PER_KRONE, Money
from pos.domain.order.discards import DiscardReason
from pos.domain.order.discounts import DiscountReason
from pos.domain.order.exchange import RefundReason
from pos.domain.order.order import Purpose, TenderKind, TenderState
from pos.domain.order.questions import OfferKind, Outcome, Reason
from pos.domain.people import Right, Role
from pos.domain.pricing.taxes import Tax
from pos.domain.refunds.refund import CashReason
from pos.domain.shift.shift import CorrectionKind, CountReason, DrawerReason, MoneyReason
from pos.domain.text import LocalText, shown
from pos.wording.filling import fill

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
LARGEST_NUMBER_WORD = 12

FAMILIES: Mapping[type[StrEnum], str] = {
    DiscountReason: "discount",
    Right: "right",
    Role: "role",
    Reason: "reason",
    DiscardReason: "discard",
    RefundReason: "refund-reason",
    CashReason: "cash-reason",
    Purpose: "purpose",
    Outcome: "outcome",
    OfferKind: "kind",
    TenderKind: "tender",
    TenderState: "tender-state",
    ServingMode: "serving",
    AllergenState: "state",
    MoneyReason: "money-reason",
    DrawerReason: "drawer-reason",
    CountReason: "count-reason",
    CorrectionKind: "correction",
    ArticleGroup: "article-group",
}
"""Each member has a message: `Reason.TOP_STEP` is `reason-top-step`."""


def label_id(member: StrEnum) -> str:
    """The message id of an enum member of one of the families. Raises `KeyError` for other members."""
    return f"{FAMILIES[type(member)]}-{member.value.replace('_', '-')}"


class Sentences:
    """The messages of one language. Values may be text, numbers, Money, LocalText, times, dates and enum members."""

    __slots__ = ("_catalogue", "language")

    def __init__(self, language: str, catalogue: GNUTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def text(self, message_id: str, /, **values: object) -> str:
        """The message with its values filled in; with `count=1` the message `<id>-one`, if there is one.

        A message id that is in no catalogue is returned as it is, with its values: a missing text must not stop the
        till.
        """
        found = self._message(f"{message_id}-one") if values.get("count") == 1 else None
        template = found or self._message(message_id)
        if template is None:
            return str(PosError(message_id, **values))
        return fill(template, {name: self._shown(value) for name, value in values.items()})

    def error(self, error: PosError) -> str:
        """The error as a sentence for a cashier."""
        return self.text(error.message_id, **error.values)

    def local(self, text: LocalText) -> str:
        """A menu's text in this language."""
        return text.in_language(self.language)

    def quoted(self, text: str) -> str:
        """Spoken words in quotes: `«Ja takk.»` (nb) or `“Yes, please.”` (en)."""
        return f"«{text}»" if self.language == "nb" else f"“{text}”"

    def label(self, member: StrEnum) -> str:
        """The name of a reason, purpose, outcome, kind, tender, serving mode or allergen state."""
        return self.text(label_id(member))

    def money(self, amount: Money) -> str:
        """An amount for columns: `1 234,50` (nb) or `1,234.50` (en). The minus is a hyphen, because printers have no
        other."""
        kroner, ore = divmod(abs(amount.minor), MINOR_PER_KRONE)
        point = "," if self.language == "nb" else "."
        return f"{'-' if amount.minor < 0 else ''}{self.number(kroner)}{point}{ore:02}"

    def spoken(self, amount: Money) -> str:
        """An amount in words: `15 kroner`, `1 krone`, `15 kroner og 50 øre`."""
        kroner, ore = divmod(abs(amount.minor), MINOR_PER_KRONE)
        words = self.text("amount-kroner", count=kroner, kroner=self.number(kroner))
        if ore:
            in_ore = self.text("amount-ore", ore=ore)
            words = self.text("amount-kroner-and-ore", kroner=words, ore=in_ore) if kroner else in_ore
        return self.text("amount-minus", amount=words) if amount.minor < 0 else words

    def number(self, number: int) -> str:
        """A whole number with separated thousands."""
        return f"{number:,}".replace(",", NO_BREAK_SPACE) if self.language == "nb" else f"{number:,}"

    def decimal(self, number: float, form: str = ".1f") -> str:
        """A number with one decimal, or in another Python format: `4,5` (nb) or `4.5` (en)."""
        text = format(number, form)
        return text.replace(".", ",") if self.language == "nb" else text

    def number_word(self, number: int) -> str:
        """A number from two to twelve as a word (`fem`, `five`); others in digits."""
        return self.text(f"number-{number}") if 2 <= number <= LARGEST_NUMBER_WORD else self.number(number)

    def percent(self, points: int) -> str:
        """A share in basis points: `15 %` (nb) or `15%` (en); with decimals only if needed."""
        return self.rate(points * 100)

    def rate(self, ppm: int) -> str:
        """The same of a rate in parts per million: `9,975 %` (nb)."""
        whole, rest = divmod(ppm, 10_000)
        digits = f"{whole}.{rest:04}".rstrip("0") if rest else str(whole)
        return f"{digits.replace('.', ',')}{NO_BREAK_SPACE}%" if self.language == "nb" else f"{digits}%"

    def tax(self, tax: Tax) -> str:
        """The name of a tax in a list: `15 %`; of one that comes on top `GST 5 %`, because several may have one
        rate."""
        return f"{tax.id} {self.rate(tax.ppm)}" if tax.on_top else self.rate(tax.ppm)

    def time(self, at: datetime) -> str:
        """A time of day: `12:41`. `at` must be local; it is not converted."""
        return f"{at:%H:%M}"

    def date(self, day: date) -> str:
        """A date: `06.11.2026` in Norwegian; `2026-11-06` in English, which no tourist misreads."""
        return f"{day:%d.%m.%Y}" if self.language == "nb" else f"{day:%Y-%m-%d}"

    def _message(self, message_id: str) -> str | None:
        found = self._catalogue.gettext(message_id)
        return None if found == message_id else found

    def _shown(self, value: object) -> str:
        match value:
            case Money():
                return self.spoken(value)
            case LocalText():
                return self.local(value)
            case AllergenNames() | tuple():
                return self._listed(value)
            case datetime():
                return self.time(value)
            case date():
                return self.date(value)
            case StrEnum() if type(value) in FAMILIES:
                return self.label(value)
            case int() if not isinstance(value, bool):
                return self.number(value)
        return shown(str(value))

    def _listed(self, values: AllergenNames | tuple[object, ...]) -> str:
        """Names separated by commas."""
        if isinstance(values, AllergenNames):
            return ", ".join(self.text(f"allergen-{base(name)}") for name in values.names)
        return ", ".join(map(self._shown, values))
