"""How amounts, numbers, times and sentences read in each language."""

from datetime import UTC, date, datetime

import pytest

from pos.domain.errors import BadInput
from pos.domain.money import Money
from pos.domain.order.order import TenderKind
from pos.domain.order.questions import Reason
from pos.domain.text import LocalText
from pos.wording import Wording, wording
from pos.wording.filling import fill

NB, EN = wording("nb"), wording("en")
GAP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("minor", "nb", "en"),
    [
        (0, "0,00", "0.00"),
        (5, "0,05", "0.05"),
        (119_00, "119,00", "119.00"),
        (-15_50, "-15,50", "-15.50"),
        (-50, "-0,50", "-0.50"),
        (1_234_567_89, f"1{GAP}234{GAP}567,89", "1,234,567.89"),
    ],
)
def test_an_amount_for_a_column(minor: int, nb: str, en: str) -> None:
    assert (NB.money(Money(minor)), EN.money(Money(minor))) == (nb, en)


@pytest.mark.parametrize(
    ("minor", "nb", "en"),
    [
        (15_00, "15 kroner", "15 kroner"),
        (1_00, "1 krone", "1 krone"),
        (0, "0 kroner", "0 kroner"),
        (15_50, "15 kroner og 50 øre", "15 kroner and 50 øre"),
        (1_50, "1 krone og 50 øre", "1 krone and 50 øre"),
        (50, "50 øre", "50 øre"),
        (-5_00, "minus 5 kroner", "minus 5 kroner"),
        (1250_00, f"1{GAP}250 kroner", "1,250 kroner"),
    ],
)
def test_an_amount_as_it_is_said(minor: int, nb: str, en: str) -> None:
    assert (NB.spoken(Money(minor)), EN.spoken(Money(minor))) == (nb, en)


def test_numbers_from_two_to_twelve_are_said_in_words() -> None:
    assert [NB.number_word(number) for number in (1, 2, 5, 12, 13)] == ["1", "to", "fem", "tolv", "13"]
    assert [EN.number_word(number) for number in (1, 2, 5, 12, 13)] == ["1", "two", "five", "twelve", "13"]


@pytest.mark.parametrize(
    ("ppm", "said"), [(150_000, "15"), (88_750, "8,875"), (99_750, "9,975"), (0, "0"), (1, "0,0001")]
)
def test_a_rate_has_the_decimals_that_it_needs(ppm: int, said: str) -> None:
    assert wording("nb").rate(ppm) == f"{said}\N{NO-BREAK SPACE}%"
    assert wording("en").rate(ppm) == f"{said.replace(',', '.')}%"


@pytest.mark.parametrize(("rate", "nb", "en"), [(1500, "15", "15"), (1111, "11,11", "11.11"), (1250, "12,5", "12.5")])
def test_a_rate_has_decimals_only_where_it_needs_them(rate: int, nb: str, en: str) -> None:
    assert (NB.percent(rate), EN.percent(rate)) == (f"{nb}{GAP}%", f"{en}%")


def test_times_and_dates_cannot_be_read_the_wrong_way_round() -> None:
    at = datetime(2026, 11, 6, 9, 5, tzinfo=UTC)
    assert (NB.time(at), NB.date(at), EN.date(at)) == ("09:05", "06.11.2026", "2026-11-06")


def test_an_error_becomes_a_sentence_in_the_language() -> None:
    error = BadInput("unknown-plu", code="204")
    assert (NB.error(error), EN.error(error)) == ("Ingen vare har nummer 204.", "No item has the number 204.")


def test_values_are_written_as_the_language_writes_them() -> None:
    sold_out = BadInput("sold-out-item", name=LocalText("Ost", "Cheese"))
    assert (NB.error(sold_out), EN.error(sold_out)) == ("Ost er utsolgt.", "Cheese is sold out.")
    assert EN.error(BadInput("cash-absurd", amount=Money.of(30_000))).startswith("30,000 kroner cannot")
    assert "01.01.1970" in NB.error(BadInput("next-visit-ended", day=date(1970, 1, 1)))
    assert "1\N{NO-BREAK SPACE}234" in NB.text("quantity-absurd", quantity=1234, most=999)
    assert "Kort" in NB.text("unknown-item", code=TenderKind.CARD)
    assert "09:05" in NB.text("unknown-item", code=datetime(2026, 11, 6, 9, 5, tzinfo=UTC))


def test_one_of_a_thing_has_its_own_message() -> None:
    saving = Money.of(5)
    assert NB.text("ask-saving", count=1, saving=saving) == "Du sparer 5 kroner."
    assert NB.text("ask-saving", count=2, saving=saving) == "Dere sparer 5 kroner."
    assert NB.text("unknown-plu", count=1, code=7) == "Ingen vare har nummer 7."


def test_an_id_that_no_catalogue_has_is_shown_with_its_values() -> None:
    assert NB.text("no-such-message", path="x") == "no-such-message(path=x)"


def test_braces_in_a_value_are_left_alone() -> None:
    assert NB.error(BadInput("not-an-amount", text="{text}{code.__class__}")).startswith("«{text}{code.__class__}»")


def test_a_text_is_filled_and_nothing_in_it_is_run() -> None:
    template = "{more} {more.__class__} {more!r} {0} {} {{more}} {other} {"
    assert fill(template, {"more": "15 kroner"}) == ("15 kroner {more.__class__} {more!r} {0} {} {15 kroner} {other} {")


@pytest.mark.parametrize("language", ["de", "", "NB"])
def test_any_other_language_reads_english(language: str) -> None:
    assert wording(language).text("order-empty") == EN.text("order-empty")


def test_a_language_is_loaded_once() -> None:
    assert wording("nb") is NB
    assert isinstance(NB, Wording)


def test_labels_and_keys() -> None:
    assert (NB.reason(Reason.SIZE_STATED), EN.tender_kind(TenderKind.MOBILE)) == ("størrelsen er sagt", "Vipps")
    assert (NB.serving_mode(None), NB.key("escape"), NB.key("j"), NB.key("!"), EN.key("left")) == (
        "",
        "Esc",
        "J",
        "!",
        "←",
    )
