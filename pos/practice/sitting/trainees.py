"""Who practises, and what a trainer has set and heard: what can be done about them."""

from __future__ import annotations

from pos.register import Change, ShopGate, ShopScene, verb
from pos.store import HeardQuestion, Listened, ScenarioSet, TraineeForgotten, TraineeJoined


@verb
def join_practice(scene: ShopScene, name: str) -> Change[int]:
    """Start a trainee under a number; a known name keeps its number."""
    found = scene.store.trainees.find(name)
    if found is not None:
        return Change(found)
    number = scene.store.trainees.next_number()
    return Change(number, facts=(TraineeJoined(number, name),))


@verb
def forget_trainee(scene: ShopScene, trainee: int) -> Change[None]:
    """A name goes. All figures stay, as somebody's."""
    return Change(None, facts=(TraineeForgotten(trainee),))


@verb
def set_scenario(scene: ShopScene, trainee: int, scenario: str) -> Change[None]:
    """A trainer wants somebody to meet this customer next."""
    return Change(None, facts=(ScenarioSet(trainee, scenario),))


@verb
def listen(scene: ShopScene, trainee: int, heard: HeardQuestion) -> Change[None]:
    """A trainer has heard one question of the live counter."""
    return Change(None, facts=(Listened(trainee, (heard,)),))


def trainee_called(gate: ShopGate, name: str) -> int:
    """A trainee's number, created on first use. Raises `StoreError`."""
    found = gate.store.trainees.find(name)
    return gate.do(join_practice, name).result if found is None else found
