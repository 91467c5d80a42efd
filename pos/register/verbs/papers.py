"""The verbs of papers: printing, printed or failed; and the one copy that a receipt may have."""

from __future__ import annotations

from typing import TypeAlias

from pos.domain.errors import DeviceError, Refused
from pos.domain.refunds.refund import Refund, RefundPaper
from pos.domain.sale.finished import Finished, Paper
from pos.domain.sale.sale import Document, PaperKind, ReceiptState, Sale
from pos.domain.sale.tickets import OwedTicket
from pos.domain.sale.write_offs import WriteOff
from pos.domain.shift.shift import Tallied
from pos.domain.text import LocalText
from pos.register.gate import Change, by_anyone, verb
from pos.register.scene import Scene, View
from pos.store import (
    CopyRefused,
    CopyReleased,
    CopyReserved,
    Fact,
    PaperMarked,
    RefundCopied,
    RefundCopyReleased,
    RefundPaperMarked,
    Store,
    TallyRow,
    TicketMarked,
)
from pos.store.offers.next_visits import without_code
from pos.wording.kitchen_slip import kitchen_slip, ticket_paper
from pos.wording.receipt import receipt
from pos.wording.refund import refund_paper
from pos.wording.write_off import write_off_paper

Owing: TypeAlias = Paper | RefundPaper | OwedTicket
"""What a printer can owe."""

Copied: TypeAlias = Finished | Refund
"""What can be copied."""


@by_anyone
@verb
def begin_paper(scene: Scene, paper: Owing) -> Change[Document]:
    """The document to print, marked as printing. If it was printing already, it is marked as possibly printed
    before."""
    unsure = _state(scene.store, paper) is ReceiptState.PRINTING
    return Change(_document(scene, paper, again=unsure), facts=(_marked(paper, ReceiptState.PRINTING),))


def _state(store: Store, paper: Owing) -> ReceiptState | None:
    if isinstance(paper, OwedTicket):
        return store.kitchen.paper_state(paper.id)
    return store.refund_papers.state(paper.refund) if isinstance(paper, RefundPaper) else store.papers.state(paper)


def _marked(paper: Owing, state: ReceiptState, problem: str = "") -> Fact:
    if isinstance(paper, OwedTicket):
        return TicketMarked(paper, state, problem)
    if isinstance(paper, RefundPaper):
        refund = paper.refund
        return RefundPaperMarked(refund.of_order, refund.series, refund.number, state, problem)
    return PaperMarked(paper, state, problem)


def _document(view: View, paper: Owing, *, again: bool) -> Document:
    if isinstance(paper, OwedTicket):
        return ticket_paper(paper.ticket, f"kitchen-{paper.id}", view.language, again=again)
    if isinstance(paper, RefundPaper):
        return refund_paper(paper.refund, view.country.headings, copy=again)
    if paper.kind is PaperKind.KITCHEN_SLIP:
        return kitchen_slip(paper.sale, view.language, again=again)
    if isinstance(paper.sale, WriteOff):
        return write_off_paper(paper.sale, view.country.headings, copy=again)
    return receipt(paper.sale, view.country.headings, copy=again, training=view.setup.is_practice)


@by_anyone
@verb
def paper_printed(scene: Scene, paper: Owing) -> Change[None]:
    """The printer took the paper."""
    return Change(None, facts=(_marked(paper, ReceiptState.PRINTED),))


@by_anyone
@verb
def paper_failed(scene: Scene, paper: Owing, error: DeviceError) -> Change[None]:
    """The printer did not take the paper: it is owed, and the order stands. If printing broke off, part of it may be on
    paper."""
    problem = error.values.get("problem", "")
    said = problem.in_language(scene.language) if isinstance(problem, LocalText) else str(problem)
    state = ReceiptState.PRINTING if error.values.get("begun") else ReceiptState.OWED
    return Change(None, facts=(_marked(paper, state, said),))


@verb
def reserve_copy(scene: Scene) -> Change[tuple[Copied, Document]]:
    """The last order or refund, and its document marked as a copy, to be printed now. The law allows one copy of a
    receipt (kassasystemforskrifta § 2-6): it is reserved before it is printed, and `release_copy` releases it.

    Raises `Refused` for one too many, which is recorded, and if there is no order yet.
    """
    done = last_done(scene, scene.store)
    if done is None:
        raise Refused("no-sale-yet")
    if isinstance(done, WriteOff):
        return Change((done, write_off_paper(done, scene.country.headings, copy=True)))
    if isinstance(done, Refund):
        return _refund_copy(scene, done)
    if scene.store.receipts.copies(done.order_id) >= scene.country.copy_limit:
        facts = (CopyRefused(done.order_id),)
        return Change((done, Document("", ())), facts=facts, refused=Refused("one-copy-only"))
    document = receipt(without_code(done), scene.country.headings, copy=True, training=scene.setup.is_practice)
    counted = scene.tallied(TallyRow(Tallied.COPY, 1, done.total))
    return Change((done, document), facts=(CopyReserved(done.order_id), *counted))


@by_anyone
@verb
def release_copy(scene: Scene, done: Copied) -> Change[None]:
    """The printer took nothing of a copy, so that it may be asked for again. A copy that broke off may be on paper, and
    counts.

    Changes nothing for a write-off, which may have any number of copies.
    """
    if isinstance(done, Refund):
        named = done.of_order, done.series, done.number
        if not scene.store.refund_papers.copies(done):
            return Change(None)
        counted = scene.tallied(TallyRow(Tallied.COPY, -1, done.total))
        return Change(None, facts=(RefundCopyReleased(*named), *counted))
    if not isinstance(done, Sale) or not scene.store.receipts.copies(done.order_id):
        return Change(None)
    counted = scene.tallied(TallyRow(Tallied.COPY, -1, -done.total))
    return Change(None, facts=(CopyReleased(done.order_id), *counted))


def _refund_copy(scene: Scene, done: Refund) -> Change[tuple[Copied, Document]]:
    if scene.store.refund_papers.copies(done) >= scene.country.copy_limit:
        facts = (CopyRefused(done.of_order),)
        return Change((done, Document("", ())), facts=facts, refused=Refused("one-copy-only"))
    document = refund_paper(done, scene.country.headings, copy=True)
    counted = scene.tallied(TallyRow(Tallied.COPY, 1, -done.total))
    return Change((done, document), facts=(RefundCopied(done.of_order, done.series, done.number), *counted))


# look-ups


def last_finished(store: Store, till_id: int) -> Finished | None:
    """The till's last sale, or its last write-off if that is later."""
    return store.write_offs.last(till_id) or store.sales.last(till_id)


def last_done(view: View, store: Store) -> Copied | None:
    """The till's last sale, write-off or refund."""
    done, refund = view.finished or last_finished(store, view.till.id), store.refunds.last(view.till.id)
    if done is None or refund is None:
        return done or refund
    return refund if refund.at > (done.paid_at if isinstance(done, Sale) else done.at) else done


def owes_last(view: View, store: Store) -> bool:
    """Whether the last paper was not printed yet. Then there is nothing to copy."""
    done = last_done(view, store)
    if done is None:
        return False
    paper = RefundPaper(done) if isinstance(done, Refund) else Paper(PaperKind.RECEIPT, done)
    return _state(store, paper) is not ReceiptState.PRINTED
