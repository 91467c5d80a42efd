"""What a verb is, what it needs, and what it changes. Verbs write nothing: the gate that runs them does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, Generic, ParamSpec, TypeVar

from pos.domain.errors import Refused
from pos.domain.order.order import Tender
from pos.domain.people import Person, Right
from pos.domain.sale.finished import Finished
from pos.domain.value import value
from pos.store import Fact, Move

P = ParamSpec("P")
R = TypeVar("R")
Need = TypeVar("Need")
Seen = TypeVar("Seen")
Scene_contra = TypeVar("Scene_contra", contravariant=True)


@value
class Ask:
    """What to ask the card terminal after the commit. Whoever asks reports the answer by a verb. With `refund`, the id
    of a refund, the terminal is asked to pay money back."""

    tender: Tender
    refund: str | None = None


@value
class OpenDrawer:
    """The drawer is to be opened, after the commit."""


@value
class Change(Generic[R]):
    """What a verb decided: its result, and what is to be written.

    `moves` are at most two orders after the act, the open one last; `facts` everything else that becomes true; `asks`
    what devices are asked after the commit. `finished` is what the open order became, if it is finished. With `refused`
    the facts are written, and then it is raised: the attempt is recorded. Without anything to write there is no act.
    """

    result: R
    moves: tuple[Move, ...] = ()
    facts: tuple[Fact, ...] = ()
    asks: tuple[Ask | OpenDrawer, ...] = ()
    finished: Finished | None = None
    concerns_all: bool = False
    """Whether it changes what every order sees: sold-out marks, rush hours."""
    refused: Refused | None = None
    gives_number: bool = False
    """Whether it gives out a number without finishing the open order, so that the witness is written at once."""
    reason: str = ""
    """The reason, if the verb asks for one: a message id from a closed list, for the act's row."""
    by: Person | None = None
    """Who did it, if not the person who was signed in before."""
    shift: int | None = None
    """The shift of the act, if it begins with the act."""


@value
class Done(Generic[R]):
    """An act on the disk: the verb's result, and what devices are to be asked."""

    result: R
    asks: tuple[Ask | OpenDrawer, ...] = ()


class Verb(Generic[Scene_contra, P, R]):
    """Something that can be done: a named function from a scene to a change.

    `right` is what its approver must hold; None if it needs no approval. With `by_anyone` it can be done while nobody
    is signed in. With `looks_at_drawer` the state of the drawer is read before it.
    """

    def __init__(
        self,
        name: str,
        run: Callable[Concatenate[Scene_contra, P], Change[R]],
        *,
        right: Right | None = None,
        by_anyone: bool = False,
        looks_at_drawer: bool = False,
    ) -> None:
        self.name = name
        self.run = run
        self.right = right
        self.by_anyone = by_anyone
        self.looks_at_drawer = looks_at_drawer


def verb(run: Callable[Concatenate[Seen, P], Change[R]]) -> Verb[Seen, P, R]:
    """A verb that needs nothing."""
    return Verb(run.__name__, run)


def given(
    need: Callable[[Seen], Need],
) -> Callable[[Callable[Concatenate[Seen, Need, P], Change[R]]], Verb[Seen, P, R]]:
    """A verb with a need: a function of the scene that raises `Refused`, or hands the verb what it has proved."""

    def declare(run: Callable[Concatenate[Seen, Need, P], Change[R]]) -> Verb[Seen, P, R]:
        def checked(scene: Seen, /, *args: P.args, **kwargs: P.kwargs) -> Change[R]:
            return run(scene, need(scene), *args, **kwargs)

        right = getattr(need, "right", None)
        return Verb(run.__name__, checked, right=right, looks_at_drawer=getattr(need, "looks_at_drawer", False))

    return declare


def by_anyone(verb: Verb[Seen, P, R]) -> Verb[Seen, P, R]:
    """A verb that can be done while nobody is signed in."""
    return Verb(verb.name, verb.run, right=verb.right, by_anyone=True, looks_at_drawer=verb.looks_at_drawer)
