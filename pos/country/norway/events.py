"""The events of the official list (SAF-T Cash Register, code list 13), derived from the journal.

Codes are not stored: they follow from an act's verb and facts. An act that moves two orders has two rows, and each row
its own event: a recall that sets another order aside is 13010 and 13011.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

Facts: TypeAlias = Mapping[str, object]
"""The facts of a row, by name."""

START, STOP, LOG_IN, LOG_OUT = "13001", "13002", "13003", "13004"
DRAWER_OPENED, UPDATE = "13005", "13007"
X_REPORT, Z_REPORT = "13008", "13009"
SUSPEND, RESUME = "13010", "13011"
SALES_RECEIPT, RETURN_RECEIPT, COPY_RECEIPT = "13012", "13013", "13014"
TRAINING_RECEIPT, OTHER_PAPER = "13017", "13018"
CASH_WITHDRAWAL, EXPORT, PRICE_CHANGE = "13019", "13020", "13021"
TRAINING_ON, TRAINING_OFF = "13023", "13024"
VOID, OTHER = "13028", "13999"

Codes: TypeAlias = tuple[str, ...]


def _if(name: str, *codes: str) -> Callable[[Facts], Codes]:
    """These codes if the act has the fact `name`; none if it was refused or changed nothing."""
    return lambda facts: codes if name in facts else ()


def _printed(facts: Facts) -> Codes:
    """The codes of a printed paper."""
    paper, of_refund = facts.get("paper"), facts.get("refund_paper")
    if isinstance(of_refund, Mapping):
        return (RETURN_RECEIPT,)
    if not isinstance(paper, Mapping):
        return ()
    is_receipt = paper.get("of_sale") is True and paper.get("kind") == "receipt"
    return (SALES_RECEIPT,) if is_receipt else (OTHER_PAPER,)


def _recalled(facts: Facts) -> Codes:
    """The code of one of a recall's two rows: it sets the open order aside, or resumes the recalled one."""
    act = facts.get("act")
    state = act.get("state", "open") if isinstance(act, Mapping) else "open"
    return {"open": (RESUME,), "held": (SUSPEND,)}.get(str(state), ())


def _started(facts: Facts) -> Codes:
    """A start; the first start of another version is an update as well."""
    started = facts.get("started")
    before = started.get("before") if isinstance(started, Mapping) else None
    return (START, UPDATE) if before else (START,)


def _copied(facts: Facts) -> Codes:
    """The code of a copy of a sale's or a return's receipt. A copy of a write-off's paper has none."""
    return (COPY_RECEIPT,) if "copy_reserved" in facts or "refund_copied" in facts else ()


def _opened(facts: Facts) -> bool:
    """Whether the act opened the drawer, for a sale or otherwise."""
    tallied = facts.get("tallied")
    rows = tallied.get("rows") if isinstance(tallied, Mapping) else None
    return isinstance(rows, list) and any(row["what"] == "drawer" for row in rows)


Event: TypeAlias = str | Callable[[Facts], Codes]

EVENTS: Mapping[str, Event] = {
    "start_program": _started,
    "stop_program": STOP,
    "sign_in": _if("signed_in", LOG_IN),
    "sign_out": _if("signed_in", LOG_OUT),
    "open_drawer": DRAWER_OPENED,
    "x_report": X_REPORT,
    "read_shift": X_REPORT,
    "z_report": Z_REPORT,
    "hold": SUSPEND,
    "recall": _recalled,
    "paper_printed": _printed,
    "reserve_copy": _copied,
    "drop": CASH_WITHDRAWAL,
    "pay_out": CASH_WITHDRAWAL,
    "export": EXPORT,
    "back_up": EXPORT,
    "publish": _if("menu", PRICE_CHANGE),
    "change_price": PRICE_CHANGE,
    "practice_on": TRAINING_ON,
    "practice_off": TRAINING_OFF,
    "abandon": VOID,
    "discard_held": VOID,
    "void": OTHER,
    "change_quantity": OTHER,
    "take_back": OTHER,
    "release_copy": OTHER,
    "restore_file": OTHER,
    "accept_file": OTHER,
    "enter_float": OTHER,
    "pay_in": OTHER,
    "count_drawer": OTHER,
    "explain_count": OTHER,
    "book_disputed": OTHER,
    "drawer_failed": OTHER,
    "enter_signing_key": OTHER,
}
"""The code of a verb's acts, or the function that derives it from the facts. *Other* events also have the verb."""

NO_EVENT = frozenset(
    {
        # building an order, and asking: the sale's receipt has the outcome
        *("add_code", "change_offer_count", "checkout", "choose", "come_from", "confirm", "confirm_size", "fill"),
        *(
            "go_back",
            "modify",
            "next_candidate",
            "drop_discount",
            "give_discount",
            "note_tip",
            "no",
            "not_asked",
            "not_for_customer",
            "note",
            "note_allergen",
        ),
        *("redeem", "ring", "same_again", "serve", "set_purpose", "speak", "step", "time_passes", "yes"),
        # payment and refunds: they are in the transaction and its receipt
        *("ask_terminal", "give_back", "pay_by_platform", "pay_cash", "terminal_says", "write_off"),
        *("drop_refund", "exchange", "refund", "refund_again", "refund_in_cash", "refund_says"),
        # paper that is being printed, or failed
        *("begin_paper", "paper_failed"),
        # what is sold out, queues, and the kitchen
        *("begin_marks_again", "eighty_six", "restore", "set_rush"),
        *("say_done", "send_to_kitchen", "take_done_back"),
        # an approval: what was approved has its own event
        "approve",
        # the office's own work, with tills, people, past orders, learning and settings
        *(
            "allow_unapproved",
            "ask_of_learned",
            "begin_import",
            "drop_file",
            "drop_items",
            "enter_person",
            "enter_till",
        ),
        *("forget_orders", "give_key", "import_orders", "let_go", "match_names", "put_offer", "put_proposals"),
        *("say_proposal", "set_control", "set_learning", "set_line", "set_share", "start_file_again"),
        # in a practice file, which is not for the tax office
        *("begin_period", "begin_round", "drop_round", "finish_round", "forget_trainee", "join_practice", "listen"),
        *("menu_copied", "save_round", "set_scenario", "set_the_scene", "settle_by_hand"),
    }
)
"""The verbs for which the official list has no event."""


def events_of(verb: str, facts: Facts) -> Codes:
    """The codes of a row of the journal."""
    event = EVENTS.get(verb, ())
    codes = event(facts) if callable(event) else (event,) if isinstance(event, str) else event
    return (*codes, DRAWER_OPENED) if _opened(facts) and DRAWER_OPENED not in codes else codes
