"""The panels of practice: an answer for the customer, what could be asked, a colleague's ticks, the score."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from pos.counter import Counter, Say, State, keys, panels_more, say
from pos.counter.panels import Entry, Panel
from pos.domain.items import Sku
from pos.domain.money import Money
from pos.domain.offers import MOST_CANDIDATES
from pos.domain.questions import SAID_REASONS, OfferKind, Outcome, Reason
from pos.domain.text import LocalText
from pos.practice.asking import ByHand
from pos.register import PATIENCE, is_within
from pos.training import QueryKind, Tick, Way, answers_for, laid_out, survey

if TYPE_CHECKING:
    from pos.practice.counter import PracticeCounter
    from pos.training import Choice, Survey


def practice(counter: Counter) -> PracticeCounter:
    """The counter as what it is."""
    from pos.practice.counter import PracticeCounter

    assert isinstance(counter, PracticeCounter)
    return counter


class AnswerQuery(Panel):
    """What the customer is told: one of several answers, of which one is right."""

    state = State.HELD
    title = say("practice-title-answer")

    def entries(self, counter: Counter) -> list[Entry]:
        """The answers to choose from."""
        visit = practice(counter).visit
        if visit.query is None:
            return []
        place, query = visit.query
        menu, mode = counter.register.menu, visit.scenario.serving_mode
        given = answers_for(query, menu, visit.round.seed + place, mode)
        return [
            Entry(key, self._label(counter, query.kind, answer), partial(self._tell, given=answer))
            for key, answer in zip(keys.CHOICE_KEYS, given, strict=False)
        ]

    def _label(self, counter: Counter, kind: QueryKind, answer: str) -> Say:
        if kind is QueryKind.ALLERGEN:
            return say(f"practice-answer-{answer.replace('_', '-')}")
        if kind is QueryKind.PRICE:
            return say("plain-row", name=Money(int(answer)))
        return say("plain-row", name=counter.register.menu.items[answer].full_name)

    def _tell(self, counter: Counter, given: str) -> None:
        there = practice(counter)
        counter.panel = None
        there.visit.tell(given)
        there.changed()


class Candidates(Panel):
    """What could be asked of this order, rightly or not, shuffled; or that nothing should be."""

    state = State.HELD

    def __init__(self, kind: OfferKind) -> None:
        self.kind = kind
        self.title = say("practice-title-ask", number=kind.number)

    def entries(self, counter: Counter) -> list[Entry]:
        """A key each; `0` for nothing, and the reasons for which nobody asks."""
        there = practice(counter)
        found = self._survey(there)
        rows = [
            Entry(key, say("plain-row", name=_name(counter, choice)), partial(self._choose, choice=choice, found=found))
            for key, choice in zip(keys.CHOICE_KEYS, laid_out(found, there.visit.round.seed), strict=False)
        ]
        rows.append(Entry("0", say("practice-nothing-fits"), partial(self._leave, reason=None)))
        for key, reason in zip("jkv", SAID_REASONS, strict=True):
            rows.append(Entry(key, say("practice-not-them", reason=reason), partial(self._leave, reason=reason)))
        return rows

    def _survey(self, there: PracticeCounter) -> Survey:
        register = there.register
        return survey(register.order, self.kind, register.moment())

    def _choose(self, counter: Counter, choice: Choice, found: Survey) -> None:
        there = practice(counter)
        others = [entry.offer for entry in found.choices if entry.offer is not None and entry is not choice]
        by_hand = ByHand(there.visit, choice, others[: MOST_CANDIDATES - 1])
        by_hand.begin(found)
        there.changed()
        counter.panel = Asking(by_hand)

    def _leave(self, counter: Counter, reason: Reason | None) -> None:
        there = practice(counter)
        counter.panel = None
        kinds = [self.kind] if reason is None else list(OfferKind)
        for kind in kinds:
            there.visit.leave(kind, reason)
        there.changed()


class Asking(Panel):
    """Asked by hand: Space when the words are said, then what the customer answered."""

    state = State.HELD
    title = say("practice-title-asking")

    def __init__(self, by_hand: ByHand) -> None:
        self.by_hand = by_hand

    def entries(self, counter: Counter) -> list[Entry]:
        """Yes, with its flavours where there are some; no."""
        group = self.by_hand.choices
        rows = [Entry(keys.SPACE, say("practice-said-it"), self._say)]
        if group is None:
            rows.append(Entry("j", say("do-yes"), partial(self._answer, outcome=Outcome.ACCEPTED)))
        else:
            for key, entry in zip(keys.DIGITS[1:], group.modifiers, strict=False):
                label = say("practice-yes-in", choice=entry.name)
                act = partial(self._answer, outcome=Outcome.ACCEPTED, choice=entry.id)
                rows.append(Entry(key, label, act))
        rows.append(Entry("n", say("do-no"), partial(self._answer, outcome=Outcome.DECLINED)))
        return rows

    def press(self, counter: Counter, key: str) -> bool:
        """`+` and `-` say how many; the rest is a row's."""
        if key in ("+", "-"):
            self.by_hand.mean(1 if key == "+" else -1)
            return True
        return super().press(counter, key)

    def words(self, counter: Counter) -> str:
        """What the trainee says."""
        return self.by_hand.words(counter.register.order.language or counter.language)

    def _say(self, counter: Counter) -> None:
        self.by_hand.say()
        practice(counter).changed()

    def _answer(self, counter: Counter, outcome: Outcome, choice: str | None = None) -> None:
        self.by_hand.answer(outcome, choice)
        practice(counter).changed()
        counter.panel = None


class Ticks(Panel):
    """A colleague who played the customer ticks what was good."""

    state = State.HELD
    title = say("practice-title-ticks")

    def __init__(self) -> None:
        self.ticked: frozenset[Tick] = frozenset()

    def entries(self, counter: Counter) -> list[Entry]:
        """Clear, friendly, no pressing; Enter when it is done."""
        rows = [
            Entry(str(place), say(f"practice-tick-{tick.value}"), partial(self._tick, tick=tick), tick in self.ticked)
            for place, tick in enumerate(Tick, start=1)
        ]
        return [*rows, Entry(keys.ENTER, say("practice-ticks-done"), self._done)]

    def _tick(self, counter: Counter, tick: Tick) -> None:
        self.ticked ^= {tick}

    def _done(self, counter: Counter) -> None:
        there = practice(counter)
        there.ticks = self.ticked
        counter.panel = None
        there.show_result()

    def close(self, counter: Counter) -> None:
        """Without a tick it is no pair's round: Esc takes what is ticked."""
        self._done(counter)


class Card(Panel):
    """The card of a pair, for the colleague's eyes."""

    state = State.HELP
    title = say("practice-title-card")

    def entries(self, counter: Counter) -> list[Entry]:
        """Nothing to choose."""
        return []

    def press(self, counter: Counter, key: str) -> bool:
        """Any key puts the card away."""
        counter.panel = None
        return True


class Feedback(Panel):
    """The score of a customer, line by line. `top` is its first line in sight."""

    state = State.HELP
    title = say("practice-title-score")

    def __init__(self, opened_at: datetime) -> None:
        self.opened_at = opened_at
        self.top = 0

    def entries(self, counter: Counter) -> list[Entry]:
        """Nothing to choose."""
        return []

    def press(self, counter: Counter, key: str) -> bool:
        """Arrows move it, Enter goes on; nobody has read it in the first moment."""
        there = practice(counter)
        result = there.result
        if key in (keys.DOWN, keys.UP):
            most = len(result.lines) - 1 if result is not None else 0
            self.top = max(0, min(most, self.top + (1 if key == keys.DOWN else -1)))
        elif key in (keys.ENTER, keys.SPACE):
            if counter.deliberate or not is_within(PATIENCE, self.opened_at, counter.register.now):
                there.go_on()
        elif key in (keys.ESCAPE, ",", "q"):
            counter.panel = MoreInPractice()
        return True


class MoreInPractice(panels_more.More):
    """Everything else: the ways to practise, and what the shop's counter has that makes sense here."""

    title = say("practice-title-more")
    kept = ("n", "c", "p", "l", "w", "d")

    def entries(self, counter: Counter) -> list[Entry]:
        """A letter each; the ways by digit."""
        there = practice(counter)
        rows = [
            Entry(str(place), say(way.message_id), partial(self._set_way, way=way), way is there.room.way)
            for place, way in enumerate(Way, start=1)
        ]
        rows += [entry for entry in super().entries(counter) if entry.key in self.kept]
        rows.append(Entry("o", say("practice-leave-customer"), self._leave))
        rows.append(Entry("q", say("more-quit"), partial(self._do, act=panels_more.quit_till)))
        return rows

    def close(self, counter: Counter) -> None:
        """Back to the score where there is one."""
        there = practice(counter)
        counter.panel = Feedback(counter.register.now) if there.result is not None else None

    def _set_way(self, counter: Counter, way: Way) -> None:
        """The next customer is served that way; this one too, while nothing has been rung."""
        there = practice(counter)
        there.room.way = way
        self.close(counter)
        if there.result is None and not counter.register.order.lines:
            there.room.drop(there.guest)
            there.receive_next()

    def _leave(self, counter: Counter) -> None:
        there = practice(counter)
        if there.result is None:
            there.room.drop(there.guest)
        there.receive_next()


def _name(counter: Counter, choice: Choice) -> LocalText:
    menu = counter.register.menu
    if choice.modifier is not None:
        return menu.modifiers[choice.modifier].name
    sku: Sku = choice.sku or ""
    return menu.items[sku].full_name
