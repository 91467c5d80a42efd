"""The verbs of paper: what is owed, on its way, printed or not; and the one copy that a receipt may have."""

from __future__ import annotations

from pos.domain.errors import DeviceError, Refused
from pos.domain.sale.finished import Finished, Paper
from pos.domain.sale.sale import Document, PaperKind, ReceiptState, Sale
from pos.domain.sale.write_offs import WriteOff
from pos.domain.text import LocalText
from pos.register.gate import Change, by_anyone, verb
from pos.register.scene import Scene, View
from pos.store import CopyRefused, CopyReleased, CopyReserved, PaperMarked, Store
from pos.store.offers.next_visits import without_code
from pos.wording.kitchen_slip import kitchen_slip
from pos.wording.receipt import receipt
from pos.wording.write_off import write_off_paper


@by_anyone
@verb
def begin_paper(scene: Scene, paper: Paper) -> Change[Document]:
    """The document to print, marked as on its way; one that was on its way before may be on paper already."""
    unsure = scene.store.papers.state(paper) is ReceiptState.PRINTING
    return Change(_document(scene, paper, again=unsure), facts=(PaperMarked(paper, ReceiptState.PRINTING),))


def _document(view: View, paper: Paper, *, again: bool) -> Document:
    if paper.kind is PaperKind.KITCHEN_SLIP:
        return kitchen_slip(paper.sale, view.language, again=again)
    if isinstance(paper.sale, WriteOff):
        return write_off_paper(paper.sale, view.country.headings, copy=again)
    return receipt(paper.sale, view.country.headings, copy=again, training=view.setup.is_practice)


@by_anyone
@verb
def paper_printed(scene: Scene, paper: Paper) -> Change[None]:
    """The printer took it."""
    return Change(None, facts=(PaperMarked(paper, ReceiptState.PRINTED),))


@by_anyone
@verb
def paper_failed(scene: Scene, paper: Paper, error: DeviceError) -> Change[None]:
    """The printer did not take it: it is owed, and the order stands. One that broke off may be on paper."""
    problem = error.values.get("problem", "")
    said = problem.in_language(scene.language) if isinstance(problem, LocalText) else str(problem)
    state = ReceiptState.PRINTING if error.values.get("begun") else ReceiptState.OWED
    return Change(None, facts=(PaperMarked(paper, state, said),))


@verb
def reserve_copy(scene: Scene) -> Change[tuple[Finished, Document]]:
    """The last order and its paper marked as a copy, to be printed now. Of a receipt one is the most that the law
    allows (kassasystemforskrifta § 2-6); it is taken before it is printed, and `release_copy` gives it back.

    Raises `Refused` for one too many, which the journal keeps, and where there is no order yet.
    """
    done = scene.finished or last_finished(scene.store, scene.till.id)
    if done is None:
        raise Refused("no-sale-yet")
    if isinstance(done, WriteOff):
        return Change((done, write_off_paper(done, scene.country.headings, copy=True)))
    if scene.store.receipts.copies(done.order_id) >= scene.country.copy_limit:
        facts = (CopyRefused(done.order_id),)
        return Change((done, Document("", ())), facts=facts, refused=Refused("one-copy-only"))
    document = receipt(without_code(done), scene.country.headings, copy=True, training=scene.setup.is_practice)
    return Change((done, document), facts=(CopyReserved(done.order_id),))


@by_anyone
@verb
def release_copy(scene: Scene, done: Finished) -> Change[None]:
    """The printer took nothing of a copy: it may be asked for again. One that broke off may be on paper, and counts.

    Where no copy is reserved there is nothing to give back: a write-off may have any number.
    """
    is_reserved = isinstance(done, Sale) and scene.store.receipts.copies(done.order_id) > 0
    return Change(None, facts=(CopyReleased(done.order_id),) if is_reserved else ())


# look-ups


def last_finished(store: Store, till_id: int) -> Finished | None:
    """The till's last sale, or its last write-off if that came after it."""
    return store.write_offs.last(till_id) or store.sales.last(till_id)


def owes_last(view: View, store: Store) -> bool:
    """Whether the last order's own paper is still missing: then there is nothing to copy."""
    done = view.finished or last_finished(store, view.till.id)
    if done is None:
        return False
    return store.papers.state(Paper(PaperKind.RECEIPT, done)) is not ReceiptState.PRINTED
