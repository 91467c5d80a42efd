"""The codes of the official lists, by our own ids."""

from __future__ import annotations

from collections.abc import Mapping

from pos.country.norway.events import OTHER
from pos.domain.menu.items import ArticleGroup
from pos.domain.pricing.taxes import Tax
from pos.domain.shift.report import ReportRow

ARTICLE_GROUPS: Mapping[ArticleGroup, tuple[str, str]] = {
    ArticleGroup.FOOD: ("04006", "Mat"),
    ArticleGroup.BEER: ("04007", "Øl"),
    ArticleGroup.WINE: ("04008", "Vin"),
    ArticleGroup.SPIRITS: ("04009", "Brennevin"),
    ArticleGroup.CIDER: ("04010", "Rusbrus/Cider"),
    ArticleGroup.SOFT_DRINK: ("04011", "Mineralvann (brus)"),
    ArticleGroup.OTHER_DRINK: ("04012", "Annen drikke (te, kaffe etc)"),
    ArticleGroup.TOBACCO: ("04013", "Tobakk"),
    ArticleGroup.OTHER_GOODS: ("04014", "Andre varer"),
    ArticleGroup.OTHER: ("04999", "Øvrige"),
    ArticleGroup.DEPOSIT: ("04999", "Pant"),  # list 04 has no code for it; 12008 is a means of payment
}
"""The groups of bokføringsforskriften § 8-5-2, with their codes and names on list 04."""
STANDARD_VAT = {"mva-25": "3", "mva-15": "31", "mva-14": "31", "mva-12": "33", "mva-0": "7"}
"""The standard VAT codes by tax. 14 % was the rate before 2012 for what is now 15 %. Only deposits
have no tax here: they are outside the tax (7), not exempt from it (5); see `DEPOSITS` in the country's rules."""

DEPOSIT_ARTICLE = "PANT"
"""Our id of deposits among the articles. No SKU has a capital letter."""

PAYMENT = {"cash": "12001", "card": "12002", "mobile": "12011"}
OTHER_PAYMENT = "12999"

SALE, RETURN = "CASHSAL", "RETURN"
TRANSACTIONS = {SALE: ("11001", "Kontantsalg"), RETURN: ("11006", "Retur av varer")}
SALE_LINE, RETURN_LINE = "SAL", "RET"
LINES = {SALE_LINE: "Salgslinje", RETURN_LINE: "Returlinje"}
DISCOUNT = "DISCOUNT"
TIP, TIP_CODE = "TIP", "10001"

EVENT_NAMES: Mapping[str, str] = {
    "13001": "Kassa startet",
    "13002": "Kassa avsluttet",
    "13003": "Logget på",
    "13004": "Logget av",
    "13005": "Skuff åpnet",
    "13007": "Ny versjon",
    "13008": "X-rapport",
    "13009": "Z-rapport",
    "13010": "Ordre satt til side",
    "13011": "Ordre hentet fram",
    "13012": "Salgskvittering",
    "13013": "Returkvittering",
    "13014": "Kopi av kvittering",
    "13017": "Treningskvittering",
    "13018": "Annen utskrift",
    "13019": "Kontanter tatt ut",
    "13020": "Eksport",
    "13021": "Prisendring",
    "13023": "Trening på",
    "13024": "Trening av",
    "13028": "Ordre forkastet",
}

OTHER_EVENTS: Mapping[str, str] = {
    "accept_file": "Fil godtatt etter en advarsel",
    "book_disputed": "Betaling ført som omtvistet",
    "change_quantity": "Antall endret",
    "count_drawer": "Skuffen talt",
    "drawer_failed": "Skuffen åpnet seg ikke",
    "enter_float": "Vekselbeholdning lagt inn",
    "enter_signing_key": "Ny signeringsnøkkel",
    "explain_count": "Kassedifferanse forklart",
    "pay_in": "Kontanter lagt i skuffen",
    "release_copy": "Kopien kom ikke ut",
    "restore_file": "Sikkerhetskopi lagt tilbake",
    "take_back": "Siste handling angret",
    "void": "Linje fjernet",
}
"""The texts of *other* events, by verb."""


def event_id(code: str, verb: str) -> str:
    """Our id of an event: the official code; for *other* events followed by the verb."""
    return f"{code}-{verb}"[:35] if code == OTHER else code


def payment_id(kind: str) -> str:
    """Our id of a kind of payment. The prefix keeps it apart from the file's other ids."""
    return f"PAY-{kind}"[:35]


def group_id(group: ArticleGroup) -> str:
    """Our id of a group of articles."""
    return f"VG-{group}"


def category_id(category: str) -> str:
    """Our id of a category, by which goods were grouped before the menu said their groups."""
    return f"GRP-{category}"[:35]


def report_group_id(row: ReportRow) -> str:
    """Our id of a group on an X or a Z: of those from before the menu said groups, a category's."""
    is_group = row.name is None and row.id in set(ArticleGroup)
    return group_id(ArticleGroup(row.id)) if is_group else category_id(row.id)


def vat_id(tax: Tax) -> str:
    """The file's id of a tax: `25`, `15`."""
    return f"{tax.ppm / 10_000:g}"


def percent(tax: Tax) -> str:
    """The rate of a tax in percent, with two decimals."""
    return f"{tax.ppm / 10_000:.2f}"
