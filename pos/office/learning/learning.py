"""Learning from the shop's orders: count them, propose questions to the manager, and ask the approved ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from pos.domain.errors import BadInput, Refused
from pos.domain.menu.items import Sku
from pos.domain.menu.menu import Menu
from pos.domain.menu.paths import Pairing
from pos.domain.proposal import Proposal
from pos.domain.text import LocalText
from pos.domain.value import replace
from pos.insights.pairing.baskets import Basket
from pos.insights.pairing.guess import pair_scores
from pos.insights.pairing.own_parts import OwnPart, own_parts
from pos.insights.pairing.proposals import best_of, proposals
from pos.office.learning.counting import Tell, count_orders
from pos.office.learning.orders import latest_orders
from pos.office.learning.pairings import OnMenu
from pos.register import Change, ShopGate, ShopScene, verb
from pos.store import Store
from pos.store.learning.counts import UnapprovedLet
from pos.store.learning.learned import ProposalSaid, ProposalsPut, ProposalState, StoredProposal
from pos.store.slices import Slices

Pair = tuple[str, str]
NO_PAIR = (0, 0)


@dataclass(frozen=True, slots=True)
class Learned:
    """A proposal as a manager sees it. `can_be_asked` is false if the menu does not sell both items. `is_written` is
    true if the menu file has this pairing already. `part` is the part of the day in which most of these orders are, if
    there is one."""

    id: str
    state: ProposalState
    proposal: Proposal
    trigger: LocalText
    offered: LocalText
    can_be_asked: bool
    is_written: bool
    part: OwnPart | None = None


@verb
def put_proposals(scene: ShopScene, found: tuple[StoredProposal, ...]) -> Change[None]:
    """Record the proposals just learned. Earlier ones that nobody has decided on are dropped."""
    return Change(None, facts=(ProposalsPut(found),))


@verb
def say_proposal(scene: ShopScene, proposal: str, state: ProposalState) -> Change[None]:
    """Approve a proposal, or switch it off."""
    return Change(None, facts=(ProposalSaid(proposal, state),))


@verb
def allow_unapproved(scene: ShopScene, unapproved: bool) -> Change[None]:
    """Allow or forbid asking proposals that nobody has approved."""
    return Change(None, facts=(UnapprovedLet(unapproved),))


@verb
def ask_of_learned(scene: ShopScene, asking: Slices) -> Change[None]:
    """Change a slice of the learned pairings that the till asks."""
    return Change(None, facts=(asking,))


def learn(gate: ShopGate, tell: Tell = lambda done, size: None) -> list[Learned]:
    """Count the new orders, and return the proposals that follow from all counts. The manager's decisions on earlier
    proposals stand.

    Raises `BadInput` `learn-nothing-yet` if there are no orders.
    """
    store = gate.store
    count_orders(store, tell)
    counted = store.counts.counted()
    if not counted.orders:
        raise BadInput("learn-nothing-yet")
    menu = store.menu.load()
    on_menu = OnMenu.of(store, menu)
    found = [one for one in proposals(counted.orders, counted.kins, counted.pairs) if on_menu.is_sensible(one)]
    numbers = {kin: number for number, (kin, _) in counted.kins.items()}
    pairs = {(one.trigger, one.offered): (numbers[one.trigger], numbers[one.offered]) for one in found}
    latest = latest_orders(store, menu, numbers) if found else []
    best = _best(store, on_menu, found, _scores(pairs, latest))
    gate.do(put_proposals, tuple(_stored(one) for one in best))
    ask_learned(gate, menu)
    parts = own_parts(latest, pairs.values())
    return [
        replace(one, part=parts.get(pairs.get((one.proposal.trigger, one.proposal.offered), NO_PAIR)))
        for one in learned(store, menu)
    ]


def _scores(pairs: Mapping[Pair, tuple[int, int]], latest: Sequence[Basket]) -> dict[Pair, float]:
    """For each pair of names the chance that an order with the trigger gets the offered item, by the latest orders."""
    scores = pair_scores(latest, {trigger for trigger, _ in pairs.values()})
    return {names: scores[pair] for names, pair in pairs.items() if pair in scores}


def _best(store: Store, on_menu: OnMenu, found: Sequence[Proposal], scores: Mapping[Pair, float]) -> list[Proposal]:
    """The reliable pairs that a manager sees, first those that the till can ask and does not ask yet. If the manager or
    the menu has decided on a pair, the decision is about its direction only."""

    def group_of(one: Proposal) -> int:
        return 2 if not on_menu.can_ask(one) else 1 if on_menu.is_written(one) else 0

    said = [one for one in store.learned.proposals() if one.state is not ProposalState.PROPOSED]
    settled = {(one.proposal.trigger, one.proposal.offered) for one in said} | on_menu.written
    return best_of(found, scores, group_of, settled)


def learned(store: Store, menu: Menu) -> list[Learned]:
    """All proposals: first the new ones that can be asked, the most interesting first."""
    on_menu = OnMenu.of(store, menu)
    found = [
        Learned(
            one.id,
            one.state,
            one.proposal,
            on_menu.name(one.proposal.trigger),
            on_menu.name(one.proposal.offered),
            on_menu.can_ask(one.proposal),
            on_menu.is_written(one.proposal),
        )
        for one in store.learned.proposals()
    ]

    def place(one: Learned) -> tuple[bool, bool, float, str]:
        return not one.can_be_asked, one.is_written, -one.proposal.interest, one.id

    return sorted(found, key=place)


def say(gate: ShopGate, proposal: str, state: ProposalState) -> Learned:
    """Approve a proposal or switch it off, and change what the till asks.

    Raises `Refused` `learn-unknown` for an unknown proposal, and `learn-not-sold` when approving one that the menu does
    not sell.
    """
    store = gate.store
    menu = store.menu.load()
    found = next((one for one in learned(store, menu) if one.id == proposal), None)
    if found is None:
        raise Refused("learn-unknown", id=proposal[:20])
    if state is ProposalState.APPROVED and not found.can_be_asked:
        raise Refused("learn-not-sold", trigger=found.trigger, offered=found.offered)
    gate.do(say_proposal, proposal, state)
    ask_learned(gate, menu)
    return replace(found, state=state)


def let_unapproved(gate: ShopGate, unapproved: bool) -> None:
    """Allow or forbid the till to ask proposals that nobody has approved."""
    gate.do(allow_unapproved, unapproved)
    ask_learned(gate, gate.store.menu.load())


def ask_learned(gate: ShopGate, menu: Menu) -> None:
    """Set the learned pairings that the till asks: the approved ones, and if the manager allows it the proposed
    ones."""
    store = gate.store
    asked = {ProposalState.APPROVED}
    if store.counts.state().unapproved:
        asked.add(ProposalState.PROPOSED)
    on_menu = OnMenu.of(store, menu)
    chosen = [one for one in store.learned.proposals() if one.state in asked]
    pairings = [pairing for one in chosen for pairing in on_menu.pairings(one.id, one.proposal)]
    gate.do_in_slices(ask_of_learned, store.learned.asking(pairings, menu.items))


def pairings_of(store: Store, found: Sequence[Learned], menu: Menu) -> dict[Sku, list[Pairing]]:
    """The pairings by trigger that the till would ask if everything not switched off were approved."""
    on_menu = OnMenu.of(store, menu)
    by_trigger: dict[Sku, list[Pairing]] = {}
    for one in found:
        if one.state is not ProposalState.OFF:
            for pairing in on_menu.pairings(one.id, one.proposal):
                by_trigger.setdefault(pairing.sku or "", []).append(pairing)
    return by_trigger


def _stored(one: Proposal) -> StoredProposal:
    key = blake2b(f"{one.trigger}\n{one.offered}".encode(), digest_size=4).hexdigest()
    return StoredProposal(f"l-{key}", ProposalState.PROPOSED, one)
