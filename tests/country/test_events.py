"""The events of the official list: every act that has one gets it, and every verb is either listed or named as having
none."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from pos.country.norway.events import EVENTS, NO_EVENT, events_of
from pos.devices import DrawerState, FakeDrawer
from pos.domain.money import Money
from pos.domain.sale.finished import Paper
from pos.domain.sale.sale import PaperKind
from pos.domain.shift.shift import DrawerReason
from pos.register.verbs import aside, drawer, papers, people, program, ringing, shift
from pos.store.journal.act_log import ActLog
from tests.durability.test_office_acts import verbs_of_the_office
from tests.register.every_act import Till, every_verb

LISTS = Path(__file__).parents[3] / "shared" / "norway" / "code-lists"
LIST_13 = LISTS / "Norwegian SAF-T Cash Register data - Code list - PredefinedBasicID-13.csv"


def codes(till: Till) -> list[tuple[str, tuple[str, ...]]]:
    """The rows of the journal that have an event: verb and codes."""
    rows = ActLog(till.register.store.file).since(till.clock.now.replace(year=2000))
    found = [(row.verb, events_of(row.verb, row.facts)) for row in rows]
    return [entry for entry in found if entry[1]]


def test_every_verb_is_in_the_table_or_named_as_having_no_event() -> None:
    known = {*every_verb(), *verbs_of_the_office(), "time_passes"}
    assert sorted(known - EVENTS.keys() - NO_EVENT) == []
    assert sorted(EVENTS.keys() & NO_EVENT) == []


@pytest.mark.skipif(not LIST_13.exists(), reason="the official code lists are not here: ../shared is absent")
def test_every_code_is_on_the_official_list() -> None:
    with LIST_13.open(encoding="utf-8-sig") as file:
        official = {row[0] for row in csv.reader(file, delimiter=";")}
    worked_out = [events_of("recall", {}), events_of("recall", {"act": {"state": "held"}})]
    facts: list[Mapping[str, object]] = [
        {"signed_in": {}},
        {"menu": {}},
        {"copy_reserved": {}},
        {"refund_paper": {}},
        {"paper": {"of_sale": True, "kind": "receipt"}},
        {"paper": {"of_sale": True, "kind": "kitchen_slip"}},
        {"started": {"version": "2", "before": "1"}},
    ]
    worked_out += [events_of(verb, fact) for verb in EVENTS for fact in facts]
    assert {code for entry in worked_out for code in entry} <= official


def test_a_sale_has_its_receipt_and_its_copy(tmp_path: Path) -> None:
    till = Till(tmp_path)
    till.do(program.start_program, "0.2.0")
    sale = till.sold()
    paper = Paper(PaperKind.RECEIPT, sale)
    till.do(papers.begin_paper, paper)
    till.do(papers.paper_printed, paper)
    till.do(papers.reserve_copy)
    till.do(program.stop_program)
    assert sale.receipt_number == 1
    assert codes(till) == [
        ("start_program", ("13001",)),
        ("paper_printed", ("13012",)),
        ("reserve_copy", ("13014",)),
        ("stop_program", ("13002",)),
    ]


def test_a_recall_has_two_where_it_sets_another_order_aside(tmp_path: Path) -> None:
    till = Till(tmp_path)
    till.rung()
    held = till.register.view.order.id
    till.do(aside.hold)
    till.rung()
    till.do(aside.recall, held)
    assert codes(till) == [("hold", ("13010",)), ("recall", ("13010",)), ("recall", ("13011",))]


def test_a_line_that_is_taken_out_and_an_order_that_is_discarded(tmp_path: Path) -> None:
    till = Till(tmp_path)
    till.do(ringing.void, till.rung())
    till.rung()
    till.do(aside.abandon)
    assert codes(till) == [("void", ("13999",)), ("abandon", ("13028",))]


def test_the_first_start_of_another_version_is_an_update(tmp_path: Path) -> None:
    till = Till(tmp_path)
    for version in ("0.2.0", "0.2.0", "0.3.0", "0.3.0"):
        till.do(program.start_program, version)
    assert [found for _, found in codes(till)] == [("13001",), ("13001",), ("13001", "13007"), ("13001",)]


def test_signing_out_where_nobody_was_there_is_no_event(tmp_path: Path) -> None:
    till = Till(tmp_path)
    till.do(people.sign_out)
    assert codes(till) == []


def test_an_act_that_opens_the_drawer_has_that_event_whatever_else_it_is(tmp_path: Path) -> None:
    till = Till(tmp_path)
    till.register.devices = replace(till.register.devices, drawer=FakeDrawer())
    till.register.drawer = DrawerState.CLOSED
    till.do(shift.enter_float, Money.of(1000))
    till.sold()
    till.do(drawer.open_drawer, DrawerReason.LOOK)
    assert codes(till) == [
        ("enter_float", ("13999", "13005")),
        ("pay_cash", ("13005",)),
        ("open_drawer", ("13005",)),
    ]
