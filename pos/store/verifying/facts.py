"""The facts of the journal's rows, decoded."""

from __future__ import annotations

import msgspec

from pos.domain.sale.in_kitchen import PartRef
from pos.store.acts import OrderState
from pos.store.file.codec import Json


class ActTold(msgspec.Struct):
    """The business day of an act, and the state in which it leaves its order."""

    day: str | None = None
    state: str = OrderState.OPEN


class OrderTold(msgspec.Struct):
    """A fact of which only the order is needed."""

    order_id: str


class SoldTold(msgspec.Struct):
    """A sale, the code of the next-visit offer that it gave as stored, and the digest of its rows ('' in older
    files)."""

    sale: msgspec.Raw
    code: str
    rows: str = ""


class MoneyTold(msgspec.Struct):
    """An amount."""

    minor: int


class DiscardTold(msgspec.Struct):
    """A discard. In older files it has its day, and the time at which it was brought back."""

    order_id: str
    reason: str
    units: int
    total: MoneyTold
    cashier: str
    day: str | None = None
    recalled_at: str | None = None


class PaperTold(msgspec.Struct):
    """The state of a paper."""

    order: str
    kind: str
    of_sale: bool
    state: str
    problem: str


class OldPaperTold(msgspec.Struct):
    """The state of a paper in a file from before the journal."""

    kind: str
    state: str
    attempts: int
    problem: str
    changed_at: str


class EventTold(msgspec.Struct):
    """An event of an offer, with the columns of `offer_event`."""

    name: str
    kind: str
    offer_id: str
    at: str
    outcome: str | None
    reason: str | None
    count: int
    units: int


class TenderTold(msgspec.Struct):
    """A tender and its outcome."""

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
    """The series and number of a refund."""

    series: str
    number: int


class RefundPaperTold(RefundNamed):
    """The state of a refund's paper."""

    state: str
    problem: str


class KeyTold(msgspec.Struct):
    """A key that signs from now on."""

    version: str
    public: str


class SignedTold(msgspec.Struct):
    """A signature in base64, and what it signs."""

    series: str
    number: int
    at_us: int
    offset_s: int
    total_minor: int
    net_minor: int
    key: str
    signature: str


class TicketTold(msgspec.Struct):
    """A kitchen ticket, and whether a printer owes it."""

    ticket: msgspec.Raw
    has_paper: bool


class TicketPaperTold(msgspec.Struct):
    """The state of a ticket's paper."""

    id: int
    state: str
    problem: str


class KitchenMarkTold(msgspec.Struct):
    """Parts of an order that were marked as done, or whose mark was taken back."""

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
    """The file was restored from a backup; see `FileRestored`."""

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
    """An addition to a tally."""

    what: str
    count: int
    amount: MoneyTold
    reason: str


class TalliedTold(msgspec.Struct):
    """Additions to the tallies of a shift."""

    shift_id: int
    rows: list[TallyTold]


class MovedTold(msgspec.Struct):
    """Money that one till took for an order of another."""

    taken: int | None
    other: int | None
    rows: list[TallyTold]


class CountedTold(msgspec.Struct):
    """A count of the drawer; `pieces` and `terminals` are the stored text."""

    shift_id: int
    cash: MoneyTold
    expected: MoneyTold
    pieces: msgspec.Raw
    terminals: msgspec.Raw


class ExplainedTold(msgspec.Struct):
    """The reason for the difference of a count."""

    count_id: int
    reason: str


class ReportTold(msgspec.Struct):
    """A report; `report` is the stored text."""

    shift_id: int
    report: msgspec.Raw


NO_TEXT = msgspec.Raw()


class ToldFact(msgspec.Struct):
    """The facts of a row by name; None or empty for those that it lacks."""

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
    money_moved: MovedTold | None = None
    counted: CountedTold | None = None
    count_explained: ExplainedTold | None = None
    report: ReportTold | None = None


FACTS = Json(list[ToldFact])
NOTHING = ToldFact()
NAMES = ToldFact.__struct_fields__


def read_facts(text: str) -> ToldFact:
    """The facts of a row, out of the stored JSON list. Raises `Unreadable`."""
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
    """The state in which a row leaves its order."""
    return OrderState.OPEN if told.act is None else told.act.state


def text_of(told: msgspec.Raw) -> str:
    """A fact's stored text."""
    return bytes(told).decode()
