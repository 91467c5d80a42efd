"""Verbs for trainees: who practises, which customer a trainer has set, and what a trainer has heard."""

from __future__ import annotations

from pos.register import Change, ShopGate, ShopScene, verb
from pos.store import HeardQuestion, Listened, ScenarioSet, TraineeForgotten, TraineeJoined


@verb
def join_practice(scene: ShopScene, name: str) -> Change[int]:
    """Give a trainee a number, and return it; a known name keeps its number."""
    found = scene.store.trainees.find(name)
    if found is not None:
        return Change(found)
    number = scene.store.trainees.next_number()
    return Change(number, facts=(TraineeJoined(number, name),))


@verb
def forget_trainee(scene: ShopScene, trainee: int) -> Change[None]:
    """Forget the name of a trainee. All figures stay, without a name."""
    return Change(None, facts=(TraineeForgotten(trainee),))


@verb
def set_scenario(scene: ShopScene, trainee: int, scenario: str) -> Change[None]:
    """Set the customer whom a trainee meets next."""
    return Change(None, facts=(ScenarioSet(trainee, scenario),))


@verb
def listen(scene: ShopScene, trainee: int, heard: HeardQuestion) -> Change[None]:
    """Keep what a trainer has heard of one question at the live counter."""
    return Change(None, facts=(Listened(trainee, (heard,)),))


def trainee_called(gate: ShopGate, name: str) -> int:
    """A trainee's number, created on first use. Raises `StoreError`."""
    found = gate.store.trainees.find(name)
    return gate.do(join_practice, name).result if found is None else found
