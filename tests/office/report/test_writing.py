"""The report as people and programs read it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from pos.domain.text import LocalText
from pos.insights.figures.wordings import Apart, Comparison
from pos.insights.intervals import Interval
from pos.office.report import Report, bring_up_to_date, make_report
from pos.office.report.files import report_csv, report_json
from pos.office.report.page import report_page
from pos.office.report.sections import sections
from pos.office.report.summary import sentences, verdict_sentence
from pos.office.report.tables import Table
from pos.office.report.text import report_lines
from pos.store import Store
from pos.wording import wording
from tests.builders import TODAY
from tests.office.report.sales import sell_many

NB, EN = wording("nb"), wording("en")


@pytest.fixture
def report(store: Store) -> Report:
    sell_many(store, 900, a_day=300, control=0.1)
    bring_up_to_date(store)
    return make_report(store, TODAY)


def test_a_shop_without_sales_is_told_in_one_line(store: Store) -> None:
    assert [*report_lines(make_report(store, TODAY), EN, 80)] == [EN.text("report-nothing")]


def test_no_sentence_is_wider_than_the_terminal(report: Report) -> None:
    lines = [*report_lines(report, NB, 72)]
    sentences = lines[: lines.index("")]
    assert sentences
    assert max(len(line) for line in sentences) <= 72


@pytest.mark.parametrize("language", ["nb", "en"])
def test_what_fits_a_screen_is_nowhere_wider_and_says_that_columns_are_missing(report: Report, language: str) -> None:
    lines = [*report_lines(report, wording(language), 74, fits=True)]
    assert max(len(line) for line in lines) <= 74
    assert lines[-1] == wording(language).text("report-wider")


def test_a_wide_screen_leaves_nothing_out(report: Report) -> None:
    assert [*report_lines(report, NB, 140, fits=True)] == [*report_lines(report, NB, 140)]


def test_the_text_says_interval_and_sample_size(report: Report) -> None:
    text = " ".join(" ".join(report_lines(report, EN, 100)).split())
    assert re.search(r"Uplift \d+\.\d%: .* 95% interval -?\d+\.\d% to \d+\.\d%, 900 orders\.", text)
    assert EN.text("report-few") not in EN.text("report-uplift")


def test_a_handful_of_orders_is_called_too_few(store: Store) -> None:
    sell_many(store, 12)
    bring_up_to_date(store)
    text = " ".join(" ".join(report_lines(make_report(store, TODAY), EN, 100)).split())
    assert "of only 12 orders: too few to say anything" in text


def test_json_holds_the_same_figures(report: Report) -> None:
    found = json.loads(report_json(report, EN))
    assert found["orders"] == 900
    assert found["uplift"]["value"] == pytest.approx(report.orders.gain_minor / report.orders.base_minor)
    assert found["uplift"]["low"] <= found["uplift"]["value"] <= found["uplift"]["high"]
    assert {entry["kind"] for entry in found["offers"]} == {"upsell", "cross_sell"}
    assert found["distance"]["verdict"] in ("reached", "unsure", "ask_more", "better_offers", "neither")
    assert sum(entry["orders"] for entry in found["days"]) == 900


def test_csv_has_a_row_for_every_figure(report: Report) -> None:
    rows = [*csv.DictReader(io.StringIO(report_csv(report, EN)))]
    shown = {row["kind"]: int(row["value"]) for row in rows if (row["part"], row["figure"]) == ("kind", "shown")}
    assert shown == {kind: sums.shown for kind, sums in report.kinds.items()}
    (uplift,) = [row for row in rows if (row["part"], row["figure"]) == ("orders", "uplift")]
    assert float(uplift["low"]) < float(uplift["value"]) < float(uplift["high"])


def test_programs_get_the_figures_of_each_cashier_by_kind_and_what_would_close_the_distance(report: Report) -> None:
    rows = [*csv.DictReader(io.StringIO(report_csv(report, EN)))]
    shown = {(row["name"], row["kind"]): int(row["value"]) for row in rows if row["figure"] == "shown"}
    for name, person in report.persons.items():
        by_kind = {(name, kind): sums.shown for kind, sums in person.kinds.items()}
        assert by_kind.items() <= shown.items()
        assert shown[name, ""] == sum(by_kind.values())
    assert {row["figure"] for row in rows if row["part"] == "distance"} == {"now", "asking_always", "best_offers"}


def test_whoever_leaves_out_more_than_the_others_is_told_under_the_table(report: Report) -> None:
    def said(share: float) -> tuple[str, ...]:
        """Under the table, had the first by name left out so much, and nobody else anything."""
        name, person = next(iter(report.persons.items()))
        left = {kind: round(sums.shown * share) for kind, sums in person.kinds.items()}
        mine = {kind: replace(sums, not_asked=left[kind]) for kind, sums in person.kinds.items()}
        whole = {kind: replace(sums, not_asked=left[kind]) for kind, sums in report.kinds.items()}
        persons = {**report.persons, name: replace(person, kinds=mine)}
        return sections_of(replace(report, kinds=whole, persons=persons))["persons"].notes

    assert "left out 50.1% of the questions, against 0.0% by the others." in said(0.5)[0]
    assert EN.text("report-skips-practice") in said(0.5)
    assert not any("left out" in note for note in said(0.05))


def test_an_empty_report_is_still_json_and_csv(store: Store) -> None:
    empty = make_report(store, TODAY)
    assert json.loads(report_json(empty, EN))["uplift"] is None
    assert report_csv(empty, EN).startswith("part,name,kind,figure,value,low,high,count")


def test_the_text_shows_the_words_side_by_side_and_says_what_came_of_it(report: Report) -> None:
    text = " ".join(" ".join(report_lines(report, EN, 100)).split())
    assert re.search(r"1 cheeseburger-meal-m, m A +\d+ +\d+", text)
    assert re.search(r"[AB] “Make it a meal\? … more”.* No difference shown: of a hundred asked, [AB] may get", text)


def test_few_answers_are_not_compared(store: Store) -> None:
    sell_many(store, 60)
    bring_up_to_date(store)
    text = " ".join(" ".join(report_lines(make_report(store, TODAY), NB, 100)).split())
    assert "For få svar til å sammenligne ennå" in text
    assert NB.text("report-compared-how") not in text


def test_programs_get_each_wording_and_the_verdict(report: Report) -> None:
    found = json.loads(report_json(report, EN))
    (entry,) = report.compared
    assert [(row["wording"], row["shown"]) for row in found["wordings"]] == [
        (f"meal:1|{said.id}", said.sums.shown) for said in entry.said
    ]
    (told,) = found["wordings_compared"]
    assert (told["offer"], told["verdict"]) == ("meal:1", "same")
    assert told["yes_apart"]["low"] < 0 < told["yes_apart"]["high"]
    rows = [*csv.DictReader(io.StringIO(report_csv(report, EN)))]
    shown = {row["name"]: int(row["value"]) for row in rows if (row["part"], row["figure"]) == ("wordings", "shown")}
    assert shown == {row["wording"]: row["shown"] for row in found["wordings"]}


def test_a_better_wording_is_named_with_its_interval(report: Report) -> None:
    (entry,) = report.compared
    one, other = (said.id for said in entry.said)
    yes, seconds = Apart(one, other, Interval(0.1, 0.02, 0.18, 900)), Apart(other, one, Interval(1.2, 0.4, 2.0, 900))
    better = replace(report, compared=(replace(entry, comparison=Comparison(yes, seconds)),))
    told = " ".join(sections_of(better)["compared"].notes)
    assert "A gets more yeses than B: 10.0 more of a hundred asked (2.0 to 18.0)." in told
    assert "A is quicker than B: 1.2 seconds (0.4 to 2.0)." in told


def sections_of(report: Report) -> dict[str, Table]:
    return {table.id: table for table in sections(report, EN)}


class Page(HTMLParser):
    """What a page refers to, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.refers: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.refers += [value or "" for name, value in attrs if name in ("src", "href")]
        assert tag not in ("script", "link", "img", "iframe")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_needs_nothing_but_itself(report: Report) -> None:
    page = Page()
    written = report_page(report, NB)
    page.feed(written)
    assert page.refers == []
    assert "url(" not in written
    assert "<polyline" in written
    assert verdict_sentence(report, NB) in page.words
    assert any("Ingen forskjell påvist" in text for text in page.words)


def test_what_people_typed_is_text_in_the_page(store: Store) -> None:
    sell_many(store, 700)
    store.file.conn.execute("UPDATE person SET name = '<b>Kari</b>' WHERE name = 'Ola'")
    bring_up_to_date(store)
    assert "&lt;b&gt;Kari&lt;/b&gt;" in report_page(make_report(store, TODAY), NB)


def test_a_table_whose_rows_come_to_another_sum_says_why(report: Report) -> None:
    def notes(of: Report) -> dict[str, tuple[str, ...]]:
        return {table.id: table.notes for table in sections(of, EN) if table.id in ("persons", "dayparts")}

    name, person = next(iter(report.persons.items()))
    found = replace(
        report,
        persons={name: person},
        dayparts={"all": report.kinds["upsell"], "again": report.kinds["cross_sell"]},
        daypart_names={part: LocalText(part, part) for part in ("all", "again", "more")},
    )
    assert notes(found) == {"persons": (EN.text("report-persons-not-all"),), "dayparts": ()}
    more = replace(found, dayparts={**found.dayparts, "more": report.kinds["upsell"]})
    assert notes(more)["dayparts"] == (EN.text("report-dayparts-overlap"),)


def test_many_fast_noes_are_said_to_make_the_share_of_yeses_doubtful(report: Report) -> None:
    def doubts(too_fast: int) -> bool:
        kinds = {name: replace(sums, too_fast=too_fast) for name, sums in report.kinds.items()}
        return any("yes % is too high" in sentence for sentence in sentences(replace(report, kinds=kinds), EN))

    least = min(sums.shown for sums in report.kinds.values())
    assert (doubts(0), doubts(least // 10), doubts(least // 2)) == (False, False, True)
