"""The facts of the journal's rows, as values."""

from __future__ import annotations

import msgspec

from pos.domain.sale.in_kitchen import PartRef
from pos.store.acts import OrderState
from pos.store.file.codec import Json


class ActTold(msgspec.Struct):
    """The business day of an act, and where it leaves its order."""

    day: str | None = None
    state: str = OrderState.OPEN


class OrderTold(msgspec.Struct):
    """Which order something happened to."""

    order_id: str


class SoldTold(msgspec.Struct):
    """A sale, under what the code that it gave is kept, and the digest of its rows: '' in one from an older file."""

    sale: msgspec.Raw
    code: str
    rows: str = ""


class MoneyTold(msgspec.Struct):
    """An amount."""

    minor: int


class DiscardTold(msgspec.Struct):
    """A discard; of an older file with its day, and when it was brought back."""

    order_id: str
    reason: str
    units: int
    total: MoneyTold
    cashier: str
    day: str | None = None
    recalled_at: str | None = None


class PaperTold(msgspec.Struct):
    """How far a paper has come."""

    order: str
    kind: str
    of_sale: bool
    state: str
    problem: str


class OldPaperTold(msgspec.Struct):
    """How far a paper had come in an older file."""

    kind: str
    state: str
    attempts: int
    problem: str
    changed_at: str


class EventTold(msgspec.Struct):
    """An event of an offer, as `offer_event` has it."""

    name: str
    kind: str
    offer_id: str
    at: str
    outcome: str | None
    reason: str | None
    count: int
    units: int


class TenderTold(msgspec.Struct):
    """The result of a tender, and who did it."""

    number: int
    person: int | None
    till_id: int
    kind: str
    state: str
    amount_minor: int
    handed_minor: int
    rounding_minor: int
    change_minor: int
    at: str
    changed_at: str
    business_day: str


class RefundNamed(msgspec.Struct):
    """A refund by its number."""

    series: str
    number: int


class RefundPaperTold(RefundNamed):
    """How far the paper of a refund has come."""

    state: str
    problem: str


class KeyTold(msgspec.Struct):
    """A key that signs from then on."""

    version: str
    public: str


class SignedTold(msgspec.Struct):
    """A signature in base64, and what was signed."""

    series: str
    number: int
    at_us: int
    offset_s: int
    total_minor: int
    net_minor: int
    key: str
    signature: str


class TicketTold(msgspec.Struct):
    """What the kitchen was told, and whether a printer owes it."""

    ticket: msgspec.Raw
    has_paper: bool


class TicketPaperTold(msgspec.Struct):
    """How far a ticket's paper has come."""

    id: int
    state: str
    problem: str


class KitchenMarkTold(msgspec.Struct):
    """Parts of an order that the kitchen says are done, or are not."""

    order_id: str
    is_done: bool
    parts: tuple[PartRef, ...]


class BackedUpTold(msgspec.Struct):
    """A backup that was made."""

    name: str
    bytes: int
    head_seq: int
    head_hash: str


class FileRestoredTold(msgspec.Struct):
    """From which row of which journal the file was restored, and how far the one before it went."""

    head_seq: int
    head_hash: str
    lost_to: int


class ShiftTold(msgspec.Struct):
    """A shift that began."""

    id: int
    till_id: int
    number: int
    after_receipt: int
    after_refund: int
    sales_before: int
    returns_before: int


class TallyTold(msgspec.Struct):
    """So many of something, which come to so much."""

    what: str
    count: int
    amount: MoneyTold
    reason: str


class TalliedTold(msgspec.Struct):
    """What a shift has counted."""

    shift_id: int
    rows: list[TallyTold]


class CountedTold(msgspec.Struct):
    """A count of the drawer; pieces and terminals as they are stored."""

    shift_id: int
    cash: MoneyTold
    expected: MoneyTold
    pieces: msgspec.Raw
    terminals: msgspec.Raw


class ExplainedTold(msgspec.Struct):
    """What the difference of a count is put down to."""

    count_id: int
    reason: str


class ReportTold(msgspec.Struct):
    """A report, as it is stored."""

    shift_id: int
    report: msgspec.Raw


NO_TEXT = msgspec.Raw()


class ToldFact(msgspec.Struct):
    """One fact: the one that is not empty is what it is."""

    act: ActTold | None = None
    asked: list[EventTold] | None = None
    tendered: list[TenderTold] | None = None
    sold: SoldTold | None = None
    written_off: msgspec.Raw = NO_TEXT
    discarded: DiscardTold | None = None
    brought_back: OrderTold | None = None
    paper: PaperTold | None = None
    papers: list[OldPaperTold] | None = None
    copied: str | None = None
    copy_reserved: OrderTold | None = None
    copy_released: OrderTold | None = None
    refunded: msgspec.Raw = NO_TEXT
    refund_begun: msgspec.Raw = NO_TEXT
    refund_dropped: msgspec.Raw = NO_TEXT
    refund_paper: RefundPaperTold | None = None
    refund_copied: RefundNamed | None = None
    refund_copy_released: RefundNamed | None = None
    signing_key: KeyTold | None = None
    signed: list[SignedTold] | None = None
    kitchen_ticket: TicketTold | None = None
    kitchen_paper: TicketPaperTold | None = None
    kitchen_mark: KitchenMarkTold | None = None
    backed_up: BackedUpTold | None = None
    file_restored: FileRestoredTold | None = None
    shift: ShiftTold | None = None
    tallied: TalliedTold | None = None
    counted: CountedTold | None = None
    count_explained: ExplainedTold | None = None
    report: ReportTold | None = None


FACTS = Json(list[ToldFact])
NOTHING = ToldFact()
NAMES = ToldFact.__struct_fields__


def read_facts(text: str) -> ToldFact:
    """The facts in a text, put together. Raises `Unreadable`."""
    facts = FACTS.read(text)
    told = facts[0] if facts else NOTHING
    for fact in facts[1:]:
        for name in NAMES:
            found = getattr(fact, name)
            if found is not None and found is not NO_TEXT:
                setattr(told, name, found)
                break
    return told


def state_of(told: ToldFact) -> str:
    """Where a row leaves its order."""
    return OrderState.OPEN if told.act is None else told.act.state


def text_of(told: msgspec.Raw) -> str:
    """A fact as stored."""
    return bytes(told).decode()
