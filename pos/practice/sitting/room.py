"""The practice room: a trainee with their own register, customers one after another, and the results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pos.domain.errors import BadInput, StoreError
from pos.domain.menu.items import Sku
from pos.domain.order.discards import DiscardReason
from pos.domain.order.order import TenderState
from pos.domain.text import LocalText, is_safe
from pos.domain.value import replace
from pos.practice.customer.register import PracticeClock, practice_setup, set_the_scene
from pos.practice.customer.visit import Visit
from pos.practice.sitting.plan import TRIES, Pick, Progress, next_customer, next_of_own
from pos.practice.sitting.result import Result, result_of
from pos.practice.sitting.schedule import reviewed, standings
from pos.practice.sitting.trainees import trainee_called
from pos.register import Change, Register, ShopGate, ShopScene, verb
from pos.register.verbs import aside, paying
from pos.store import RoundBegun, RoundDropped, RoundFinished, RoundSaved, Store
from pos.store.file.codec import Json, to_json
from pos.training import Pace, PracticeWay, Round, Scenario, Tick, lost_names, score, skills_shown
from pos.training.customer.speaking import both

LONGEST_NAME = 40
LATEST = 100
"""The number of rounds that count for the choice of the next customer."""

ROUND = Json(Round)
WHY = Json(LocalText)


@dataclass(frozen=True, slots=True)
class Guest:
    """A customer at the counter: their visit, their row in the file, and why they came."""

    visit: Visit
    row: int
    why: LocalText
    resumed: bool = False


@verb
def begin_round(
    scene: ShopScene, trainee: int, till_id: int, way: str, scenario: Scenario, why: str, body: str
) -> Change[int]:
    """Record that a customer comes. An earlier one who was not finished is dropped."""
    number = scene.store.rounds.next_number()
    return Change(number, facts=(RoundBegun(number, trainee, till_id, way, scenario.id, scenario.level, why, body),))


@verb
def save_round(scene: ShopScene, number: int, body: str) -> Change[None]:
    """Store the state of the open round."""
    return Change(None, facts=(RoundSaved(number, body),))


@verb
def drop_round(scene: ShopScene, number: int) -> Change[None]:
    """Drop the round of a customer who was left; it is not scored."""
    return Change(None, facts=(RoundDropped(number),))


@verb
def finish_round(scene: ShopScene, done: RoundFinished) -> Change[None]:
    """Store the score of a round."""
    return Change(None, facts=(done,))


class Room:
    """One trainee's practice at one till."""

    def __init__(
        self,
        register: Register,
        clock: PracticeClock,
        trainee: int,
        scenarios: Sequence[Scenario],
        shop_sold_out: Callable[[], frozenset[Sku]] = frozenset,
    ) -> None:
        self.register = register
        self.store: Store = register.store
        self.gate = ShopGate(register.store, register.country, clock.real)
        self.clock = clock
        self.trainee = trainee
        self.way = PracticeWay.GUIDED
        self.sold_out: frozenset[Sku] = frozenset()
        """What the shop has run out of; looked up again for every customer."""
        self._shop_sold_out = shop_sold_out
        self.look_at_shop()
        self.scenarios = [entry for entry in scenarios if not lost_names(entry, register.view.menu)]
        self.only: Scenario | None = None
        """A scenario that is played whatever is due."""
        self.own: tuple[Scenario, ...] = ()
        """A trainer's own customers, played in turn whatever is due and whatever their level."""

    def look_at_shop(self) -> None:
        """Copy the list of items sold out in the shop. If its file cannot be read, the last copy stays."""
        with suppress(StoreError):
            self.sold_out = self._shop_sold_out()

    def is_in_stock(self, scenario: Scenario) -> bool:
        """Whether the shop has what the customer wants."""
        late = scenario.late.wants if scenario.late is not None else ()
        wanted = {wanted.sku for wanted in (*scenario.wants, *late)}
        filled = {sku for entry in (*scenario.wants, *late) for _, sku in entry.fillings}
        return not (wanted | filled) & self.sold_out

    def seat(self, name: str) -> None:
        """Seat a trainee by name: rounds and skills count for them, and their name is printed."""
        self.trainee = trainee_called(self.gate, name)
        self.register.opened_for = name

    # customers come and go

    def next_guest(self, *, waits: bool = False) -> Guest:
        """The customer who was interrupted, else the next one. With `waits`, a customer in a drill does not speak
        yet."""
        return self._interrupted() or self._new_guest(waits and self.way is PracticeWay.DRILL)

    def _interrupted(self) -> Guest | None:
        row = self.store.rounds.open(self.register.till.id)
        if row is None:
            return None
        with self.store.file.errors():
            played, why = ROUND.read(row.body), WHY.read(row.why)
        wrong = row.trainee != self.trainee or played.order.id != self.register.view.order.id
        # During a drill's interruption the trainee could think without the clock running.
        wrong = wrong or played.way is PracticeWay.DRILL
        if wrong or played.is_finished or lost_names(played.scenario, self.register.view.menu):
            self.gate.do(drop_round, row.id)
            self._clear()
            return None
        self._set_scene(played.scenario, played.way)
        return Guest(Visit.resume(self.register, played), row.id, why, resumed=True)

    def _new_guest(self, waits: bool) -> Guest:
        self._clear()
        self.look_at_shop()
        seed = self.seed
        chosen = self.pick(seed)
        self._set_scene(chosen.scenario, self.way)
        visit = Visit.begin(self.register, chosen.scenario, seed, self.way, waits=waits)
        return self._kept(visit, chosen.why)

    def _kept(self, visit: Visit, why: LocalText) -> Guest:
        """A guest for a visit, with a row in the file."""
        till, way, body = self.register.till.id, visit.round.way.value, to_json(visit.round)
        begun = self.gate.do(begin_round, self.trainee, till, way, visit.scenario, to_json(why), body)
        return Guest(visit, begun.result, why)

    def in_another_way(self, guest: Guest) -> Guest:
        """The same customer, for whom nothing was rung yet, in another way of practice. What they have said stands, and
        their time continues."""
        self.drop(guest)
        self.register.setup = practice_setup(by_hand=self.way is PracticeWay.ON_YOUR_OWN)
        visit = Visit(self.register, replace(guest.visit.round, way=self.way), guest.visit.came)
        if visit.came is None:
            visit.start()
        return self._kept(visit, guest.why)

    def _clear(self) -> None:
        """Clear an unfinished order before the next customer."""
        register = self.register
        if register.view.order.lines:
            if register.view.order.open_tender is not None:
                register.do(paying.terminal_says, TenderState.DECLINED)
            for tender in register.view.order.tenders:
                if tender.counts:
                    register.do(paying.give_back)
            register.do(aside.abandon, DiscardReason.TEST)

    def _set_scene(self, scenario: Scenario, way: PracticeWay) -> None:
        self.clock.set_to(scenario.at)
        self.register.setup = practice_setup(by_hand=way is PracticeWay.ON_YOUR_OWN)
        self.register.do(set_the_scene, scenario.sold_out | self.sold_out, rush=scenario.rush)

    @property
    def seed(self) -> int:
        """The seed for the next customer, different for each."""
        return self.store.rounds.count(self.trainee)

    def pick(self, seed: int) -> Pick:
        """The next customer and why: if possible one who wants nothing that is sold out in the shop."""
        if self.only is not None:
            return Pick(self.only, LocalText("", ""))
        progress, menu = self.progress(), self.register.view.menu
        own = [entry for entry in self.own if self.is_in_stock(entry)]
        if own:
            return next_of_own(own, progress)
        served = [entry for entry in self.scenarios if self.is_in_stock(entry)]
        picks = (next_customer(served, progress, menu, seed + number) for number in range(TRIES))
        found = next((chosen for chosen in picks if self.is_in_stock(chosen.scenario)), None)
        chosen = found or next_customer(served, progress, menu, seed)
        missing = [name for name in progress.waiting if all(entry.id != name for entry in served)]
        if self.own or missing:
            return replace(chosen, why=both(lambda words: words.text("practice-why-another")))
        return chosen

    def progress(self) -> Progress:
        """The trainee's progress."""
        now, store = self.clock.real(), self.store
        skills = standings(store.rounds.cards(self.trainee), now)
        rounds = store.rounds.of_trainee(self.trainee, most=LATEST)
        met = store.rounds.latest(self.trainee, LATEST)
        return Progress(rounds, skills, store.trainees.waiting(self.trainee), now, met)

    # what is kept

    def save(self, guest: Guest) -> None:
        """Store the round as it stands, so that a crash loses nothing."""
        self.gate.do(save_round, guest.row, to_json(guest.visit.round))

    def drop(self, guest: Guest) -> None:
        """Drop the round of a customer who left without paying; it is never scored."""
        self.gate.do(drop_round, guest.row)

    def finish(self, guest: Guest, ticks: frozenset[Tick] = frozenset()) -> Result:
        """Score a paid round and store the result. Raises `Refused` `round-unfinished` for an unpaid one."""
        played = replace(guest.visit.round, ticks=ticks)
        store, menu, now = self.store, self.register.view.menu, self.clock.real()
        scored = score(played, menu, self._last_pace())
        grades = skills_shown(played, scored)
        result = result_of(scored, grades)
        cards = reviewed(store.rounds.cards(self.trainee), grades, now)
        done = RoundFinished(
            guest.row,
            self.trainee,
            played.scenario.id,
            to_json(played),
            to_json(result.lines),
            result.total,
            scored.pace.item,
            scored.pace.question,
            {skill.value: int(grade) for skill, grade in grades.items()},
            cards,
        )
        self.gate.do(finish_round, done)
        return result

    def _last_pace(self) -> Pace | None:
        rounds = self.store.rounds.of_trainee(self.trainee, most=1)
        return Pace(rounds[0].item_seconds, rounds[0].question_seconds) if rounds else None


def check_name(name: str) -> str:
    """A trainee's name as it is stored. Raises `BadInput`: `practice-name-empty`, or `usage-name` for an unsafe one."""
    if not is_safe(name) or len(name) > LONGEST_NAME:
        raise BadInput("usage-name", name=name[:LONGEST_NAME], most=LONGEST_NAME)
    found = " ".join(name.split())
    if not found:
        raise BadInput("practice-name-empty")
    return found
