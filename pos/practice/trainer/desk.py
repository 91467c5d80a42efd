"""The trainer's desk: the list of people, a person's page, the replay of a round, and setting scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from pos.counter import Say, keys, say
from pos.domain.menu.menu import Menu
from pos.practice.sitting.trainees import forget_trainee, set_scenario
from pos.practice.trainer.overview import Replay, TraineeOverview, people, replay
from pos.register import ShopGate
from pos.training import Scenario


class DeskPage(StrEnum):
    """The page shown on the desk."""

    PEOPLE = "people"
    PERSON = "person"
    REPLAY = "replay"
    SCENARIOS = "scenarios"


BACK = {DeskPage.PERSON: DeskPage.PEOPLE, DeskPage.REPLAY: DeskPage.PERSON, DeskPage.SCENARIOS: DeskPage.PERSON}


class TrainerDesk:
    """The state of the trainer's desk. `place` is the selected row."""

    def __init__(self, gate: ShopGate, menu: Menu, scenarios: Sequence[Scenario], language: str) -> None:
        self.gate = gate
        self.store = gate.store
        self.menu = menu
        self.scenarios = scenarios
        self.clock = gate.clock
        self.language = language
        self.page = DeskPage.PEOPLE
        self.place = 0
        self.person_place = 0
        self.round_place = 0
        self.closing = False
        self.message: Say | None = None
        self.sure = False
        """Whether a name's removal has been asked for once."""
        self.replay_rows = 1
        """How many rows a replayed round can be moved by; the page counts them."""
        self.people: tuple[TraineeOverview, ...] = ()
        self.look()

    def look(self) -> None:
        """Read again what everybody has done."""
        self.people = people(self.store, self.clock())

    @property
    def person(self) -> TraineeOverview | None:
        """The person whose page is shown."""
        return self.people[self.person_place] if self.person_place < len(self.people) else None

    @property
    def replay(self) -> Replay | None:
        """The round that is shown."""
        person = self.person
        if person is None or self.round_place >= len(person.rounds):
            return None
        return replay(self.store, person.rounds[self.round_place])

    def open_person(self, place: int) -> None:
        """Show a person's page."""
        self.person_place, self.round_place = place, 0
        self._turn(DeskPage.PERSON)

    def press(self, key: str) -> None:
        """Handle a key."""
        self.message = None
        sure, self.sure = self.sure, False
        if key in (keys.UP, keys.DOWN):
            self.place = max(0, min(self._rows() - 1, self.place + (1 if key == keys.DOWN else -1)))
        elif key == keys.ESCAPE:
            self.closing = self.page is DeskPage.PEOPLE
            self._turn(BACK.get(self.page, DeskPage.PEOPLE))
        elif key == "q":
            self.closing = True
        elif key in ("l", "f12"):
            self.language = "en" if self.language == "nb" else "nb"
        elif not (self._enter() if key == keys.ENTER else self._of_person(key, sure)):
            self.message = say("trainer-wrong-key", key=key[:12])

    def point(self, place: int) -> None:
        """Select the row that was touched; open it if it was selected already."""
        if place == self.place:
            self.press(keys.ENTER)
        else:
            self.message, self.sure = None, False
            self.place = place

    def _of_person(self, key: str, sure: bool) -> bool:
        """Handle a key on a person's pages; returns False if it does nothing there."""
        person = self.person
        if person is None or self.page is DeskPage.PEOPLE:
            return False
        if key == "s" and self.page is DeskPage.PERSON:
            self._turn(DeskPage.SCENARIOS)
        elif key == "x" and self.page is DeskPage.PERSON and person.name is not None:
            self.sure, self.message = True, say("trainer-sure", name=person.name)
        elif key == keys.DELETE and sure and person.name is not None:
            self._forget(person)
        elif key in (keys.LEFT, keys.RIGHT) and self.page is DeskPage.REPLAY:
            step = 1 if key == keys.LEFT else -1
            self.round_place = max(0, min(len(person.rounds) - 1, self.round_place + step))
            self.place = 0
        else:
            return False
        return True

    def _forget(self, person: TraineeOverview) -> None:
        """Remove a name, confirmed by another key than the one that asked for it. The figures stay."""
        self.gate.do(forget_trainee, person.id)
        self.message = say("trainer-forgotten")
        self.look()

    def _enter(self) -> bool:
        """Open or set what is selected; returns False if nothing is."""
        person = self.person
        if self.page is DeskPage.PEOPLE and self.people:
            self.open_person(self.place)
        elif self.page is DeskPage.PERSON and person is not None and person.rounds:
            self.round_place = self.place
            self._turn(DeskPage.REPLAY)
        elif self.page is DeskPage.SCENARIOS and person is not None and self.scenarios:
            chosen = self.scenarios[self.place]
            self.gate.do(set_scenario, person.id, chosen.id)
            self.look()
            self._turn(DeskPage.PERSON)
            self.message = say("trainer-set", name=chosen.title)
        else:
            return False
        return True

    def _turn(self, page: DeskPage) -> None:
        self.page, self.place = page, 0
        if page is DeskPage.PEOPLE:
            self.place = self.person_place

    def _rows(self) -> int:
        person = self.person
        match self.page:
            case DeskPage.PEOPLE:
                return max(1, len(self.people))
            case DeskPage.SCENARIOS:
                return max(1, len(self.scenarios))
            case DeskPage.PERSON:
                return max(1, len(person.rounds) if person is not None else 0)
        return self.replay_rows
