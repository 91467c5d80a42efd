"""One till: the gate for everything that is done at it, and its view."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from random import Random
from secrets import randbits, token_bytes
from typing import ParamSpec, TypeAlias, TypeVar

from pos.country import Country
from pos.devices import Devices, DrawerState
from pos.domain.asking.exploring import Draws
from pos.domain.errors import Refused, StoreError
from pos.domain.moment import Moment
from pos.domain.money import Money
from pos.domain.order.order import Order, order_name
from pos.domain.order.questions import OfferKind
from pos.domain.people import Person
from pos.domain.prompts import Prompt, Ringing, next_prompt
from pos.domain.sale.finished import Finished
from pos.domain.text import LocalText
from pos.domain.value import replace, value
from pos.register.acts import Acts, Decided
from pos.register.following import followed, time_passed
from pos.register.gate import Change, Done, Verb
from pos.register.scene import Scene, Setup, View, scene_of
from pos.register.shop_gate import ShopGate
from pos.register.source import MomentSource
from pos.register.timeline import Clock, Jump, Reading, Ticks, Timeline
from pos.register.verbs.stock import begin_marks_again
from pos.register.verbs.tills import till_called
from pos.store import Act, Changes, Move, OrderState, Saved, Store

P = ParamSpec("P")
R = TypeVar("R")

TIME_PASSES = "time_passes"
"""The verb of the act that brings the order up to the moment. No key does it."""

MOST_TRIES = 8
"""How often something may come in between before an act is given up; each time it is something else."""


@value
class PriceChange:
    """The price of one unit of a line, before and now."""

    name: LocalText
    before: Money
    now: Money


@value
class NewPrices:
    """What a new menu changed in the open order: the lines with a new price, and the total before and now."""

    changed: tuple[PriceChange, ...]
    before: Money
    now: Money


@value
class OrderTaken:
    """An order that was open here was recalled at another till."""

    name: LocalText
    till: str


@value
class FileTurnedBack:
    """Another program had put the file in WAL mode, and it was turned back."""


News: TypeAlias = NewPrices | OrderTaken | Jump | FileTurnedBack
"""Something that happened outside the order, reported to the cashier once."""


class Register:
    """One till. `do` does a verb, durably; `view` is what to paint afterwards."""

    def __init__(  # noqa: PLR0913 - what varies is passed in, by name
        self,
        store: Store,
        devices: Devices,
        country: Country,
        clock: Clock,
        *,
        till: str,
        cashier: str = "",
        language: str = "nb",
        setup: Setup | None = None,
        ticks: Ticks | None = None,
        draws: Callable[[int], Draws] | None = None,
        is_running: Callable[[str], bool] = lambda till: False,
    ) -> None:
        """`draws` makes the random draws of an act from its seed; `is_running` says whether another till is running.

        Raises `StoreError`.
        """
        self.store = store
        self.devices = devices
        self.country = country
        self.language = language
        self.opened_for = cashier
        """The name on receipts in a shop where nobody signs in."""
        self.setup = setup or Setup()
        self.is_running = is_running
        self.signer = country.fiscal.signer(store.path, is_practice=self.setup.is_practice)
        self.drawer = DrawerState.UNKNOWN if devices.drawer.is_integrated else DrawerState.NONE
        """The state of the drawer when it was last read."""
        self.timeline = Timeline(clock, ticks, store.orders.last_at(), country.local)
        self.till = till_called(ShopGate(store, country, clock, cashier), till)
        self._draws = draws or draws_from
        self._source = MomentSource(store, country, self.till.id)
        self._news: list[News] = []
        self._has_told_jump = False
        self._acts = Acts(store, self._forget)
        self._seen: Changes | None = None
        """The file's state when this till's order was last known to be the one in the file."""
        self.opened_after = store.asking_sums.last_sale()
        """The number of the last sale, of any till, when this till was opened."""
        self.discards_after = store.orders.last_discard()
        """The number of the last discard, of any till, when this till was opened."""
        self.view = self._picked_up(self.timeline.read())
        self._acted = self.view
        """The view when the order was last brought up to the moment."""
        self._is_up = False
        """Whether the order was brought up to the moment of that view. False for an order found at the start."""
        with suppress(StoreError, Refused):  # the first verb will report it
            self._pass_time(self.timeline.read())

    @property
    def now(self) -> datetime:
        """The time at the counter."""
        return self.timeline.now()

    @property
    def cashier(self) -> str:
        """The name of the person at the till: who signed in, or in a shop without sign-in the name given at the
        start."""
        staff = self._source.staff
        if not staff.has_people:
            return self.opened_for
        return "" if staff.person is None else staff.person.name

    # acts

    def do(self, verb: Verb[Scene, P, R], *args: P.args, **kwargs: P.kwargs) -> Done[R]:
        """Do a verb. When this returns, the act is stored, and `view` shows its result.

        First, the order is brought up to the moment, in an act of its own. Raises `Refused` if the verb does not fit,
        `NeedsRight` if somebody has to approve it, `sign-in-first` if nobody is signed in; then nothing has changed.
        Raises `StoreError` if the file cannot be written.
        """
        return self.do_approved(None, verb, *args, **kwargs)

    def do_approved(
        self, approver: Person | None, verb: Verb[Scene, P, R], *args: P.args, **kwargs: P.kwargs
    ) -> Done[R]:
        """Do a verb that somebody has approved by PIN or badge; see `approve`."""
        if verb.looks_at_drawer and self.devices.drawer.is_integrated:
            self.drawer = self.devices.drawer.state()
        reading = self.timeline.read()

        def run(scene: Scene) -> Change[R]:
            if scene.has_people and scene.person is None and not verb.by_anyone:
                raise Refused("sign-in-first")
            return verb.run(scene, *args, **kwargs)

        for _ in range(MOST_TRIES):
            change = self._act(verb.name, reading, run, approver)
            if change is not None:
                if change.concerns_all:
                    with suppress(StoreError, Refused):  # what is refused is said at the next verb
                        self._pass_time(reading)
                if change.refused is not None:
                    raise change.refused
                return Done(change.result, change.asks)
        raise StoreError("database-locked", path=self.store.path)

    def _act(
        self, name: str, reading: Reading, run: Callable[[Scene], Change[R]], approver: Person | None = None
    ) -> Change[R] | None:
        """One transaction: read, decide, write. Returns None if time had passed, and that was the act."""
        act, draws = self._new_act(name, reading)

        def decide() -> Decided[tuple[Scene, Change[R] | None]]:
            scene = self._scene_of(self._looked(reading), approver)
            passed = time_passed(scene, draws) if self._has_moved_on(scene) else None
            if passed is not None:
                by, shift = scene.cashier, scene.shift_id
                return Decided(TIME_PASSES, scene.day, (scene, None), (passed,), person=by, shift=shift)
            change = run(scene)
            moves = tuple(followed(scene, move, draws) for move in change.moves)
            person = scene.cashier if change.by is None else change.by.name
            approved_by = None if approver is None else approver.id
            shift, reason = change.shift or scene.shift_id, change.reason
            return Decided(name, scene.day, (scene, change), moves, change.facts, person, approved_by, reason, shift)

        try:
            self._source.look(reading.now)  # slow reads come before the lock
        except StoreError:
            self._forget()
            raise
        written = self._acts.write(act, decide)
        scene, change = written.decided.result
        self._take_on(scene, change, written.decided.moves, written.saved)
        return change

    def _new_act(self, name: str, reading: Reading) -> tuple[Act, Draws]:
        """An act, and its random draws."""
        now, seed = reading.now, randbits(63)
        day = self._source.business_day(now)
        act = Act(token_bytes(16), name, now, day, seed, self.till.id)
        return act, self._draws(seed)

    def _forget(self) -> None:
        """After an error, read the file anew."""
        self._seen = None
        self._source.forget()

    def _take_on(self, scene: Scene, change: Change[R] | None, moves: Sequence[Move], saved: Sequence[Saved]) -> None:
        """Continue after an act: with the order that is open after it, or with the next one."""
        seen = self._source.has_written(concerns_all=change is not None and change.concerns_all)
        ours = [place for place, move in enumerate(moves) if is_of_till(scene.order, move)]
        if ours and moves[ours[-1]].state is not OrderState.OPEN:
            self._begin(scene.reading, None if change is None else change.finished)
            self._seen = seen
            self._bear_witness()
            return
        order, seq, parent = scene.order, scene.seq, scene.parent
        if ours:
            last = saved[ours[-1]]
            order, seq, parent = last.order, last.seq, last.parent
        finished = None if ours else self.view.finished
        before = self._acted
        self._show(self._view(scene.reading, order, seq, parent, finished))
        self._seen = seen
        if change is not None and change.gives_number:
            self._bear_witness()
        thawed = before.order.is_frozen and not order.is_frozen
        if order.id == before.order.id and (change is None or thawed):
            self._tell_prices(before)

    def _bear_witness(self) -> None:
        """Write the witness. The act is stored already; if this fails, the next act writes it."""
        if not self.setup.is_practice:
            with suppress(StoreError):
                self.store.witness.bear()

    # looking

    def look(self) -> View:
        """A new view to paint. Looking never writes, and a file that does not answer changes nothing."""
        self.view = self.peek()
        return self.view

    def peek(self) -> View:
        """A new view to compare with the painted one, which stays in `view`."""
        reading, was = self.timeline.read(), self.view
        self._source.look_if_it_answers(reading.now)
        return self._view(reading, was.order, was.seq, was.parent, was.finished)

    def catch_up(self) -> bool:
        """Bring the order up to the moment, between keys. Returns whether anything in the file or the order changed.

        If the file does not answer, the next call tries again.
        """
        reading, seen, before = self.timeline.read(), self._seen, self.view.order
        if self.store.file.is_let_go:
            self.store.file.leave_wal()
        if self._source.is_silent(reading.now):
            return False
        self._note_jump(reading)
        with suppress(StoreError, Refused):  # what is refused is said at the next verb
            self._pass_time(reading)
        self._note_file(seen)
        return self._seen != seen or self.view.order is not before

    def _note_file(self, seen: Changes | None) -> None:
        """Close the file while another program keeps it in WAL mode, and report once when it was turned back."""
        file = self.store.file
        if self._seen is None or seen is None or self._seen[0] != seen[0]:
            file.leave_wal()
        if file.was_wal:
            file.was_wal = False
            self._news.append(FileTurnedBack())

    def _pass_time(self, reading: Reading) -> None:
        """Bring the order up to the moment if it is not. Checking first avoids taking the lock."""
        view = self._looked(reading)
        if self._has_moved_on(view) and time_passed(self._scene_of(view), self._draws(0)) is not None:
            self._act(TIME_PASSES, reading, lambda scene: Change(None))
        else:
            self._show(view)

    def _has_moved_on(self, view: View) -> bool:
        """Whether anything that the order depends on has changed since it was last brought up to the moment."""
        return not self._is_up or not view.moment.holds_at(self._acted.moment)

    def _show(self, view: View) -> None:
        """Continue with a view whose order is up to the moment."""
        self.view = self._acted = view
        self._is_up = True

    def _looked(self, reading: Reading) -> View:
        """The view, checked against the file.

        Raises `Refused` `order-not-open` if the open order was finished or recalled at another till; this till then
        continues with the next order. Raises `StoreError`.
        """
        was = self.view
        order, seq, parent = was.order, was.seq, was.parent
        changes = self._source.look(reading.now)
        if self._seen != changes:
            saved = self.store.orders.current(self.till.id)
            if seq is not None and (saved is None or saved.order.id != order.id):
                self._leave(reading, saved)
                raise Refused("order-not-open")
            if saved is not None and saved.seq != seq:
                order, seq, parent = saved.order, saved.seq, saved.parent
            else:  # recorded only once the view has it
                self._seen = changes
        if seq is None and self._source.business_day(order.opened_at) != self._source.business_day(reading.now):
            order = replace(order, opened_at=reading.now)  # an empty order begins with its first act
        return self._view(reading, order, seq, parent, was.finished)

    def _scene_of(self, view: View, approver: Person | None = None) -> Scene:
        """The scene of an act."""
        return scene_of(
            view, self.store, lambda order: self._source.with_pairings(view.now, order), approver, self.signer
        )

    def _view(
        self, reading: Reading, order: Order, seq: int | None, parent: int | None, finished: Finished | None
    ) -> View:
        """A view of an order. What cannot have changed since the view before is not computed again."""
        was, moment = self.view, self._source.moment(reading.now, order)
        known = was if was.order is order and moment.holds_at(was.moment) else None
        return self._view_at(moment, reading, order, seq, parent, finished, known)

    def _view_at(
        self,
        moment: Moment,
        reading: Reading,
        order: Order,
        seq: int | None,
        parent: int | None,
        finished: Finished | None = None,
        known: View | None = None,
    ) -> View:
        """A view of an order at a moment. `known` is a view whose prompt and prices are still valid."""
        return View(
            till=self.till,
            cashier=self.cashier,
            person=self._source.staff.person,
            has_people=self._source.staff.has_people,
            language=self.language,
            setup=self.setup,
            country=self.country,
            reading=reading,
            day=self._source.business_day(reading.now),
            menu_version=self._source.version,
            order=order,
            seq=seq,
            parent=parent,
            moment=moment,
            prompt=prompt_of(order, moment) if known is None else known.prompt,
            priced=moment.price(order) if known is None else known.priced,
            finished=finished,
            shift=self._source.shift,
            has_shifts=self._source.has_shifts,
            drawer=self.drawer,
        )

    # from one order to the next

    def _picked_up(self, reading: Reading) -> View:
        """A view of this till's open order, priced as it was left, or of a new order."""
        now = reading.now
        self._source.look(now)
        with suppress(StoreError):
            self._source.choosing.update_sums()
        self._source.begin_order(now)
        saved = self.store.orders.current(self.till.id)
        order = saved.order if saved is not None else new_order(now)
        self._source.with_pairings(now, order)
        moment = self._source.moment_of_version(now, order)
        seq, parent = (None, None) if saved is None else (saved.seq, saved.parent)
        return self._view_at(moment, reading, order, seq, parent)

    def _begin(self, reading: Reading, finished: Finished | None = None) -> None:
        """Begin an empty order, which is not stored before its first act. The order before it is stored already."""
        now = reading.now
        self._source.begin_order(now)
        self._show(self._view(reading, new_order(now), None, None, finished))

    def _leave(self, reading: Reading, saved: Saved | None) -> None:
        """Continue with this till's open order in the file, or with the next one if the shown order is no longer open
        here.

        Remembers for the cashier which till has recalled it; shows a sale that this till finished.
        """
        was, mine = self.view, self.till
        finished = self.store.sales.of_order(was.order.id) or self.store.write_offs.of_order(was.order.id)
        is_mine = finished is not None and finished.till == mine.name
        till = self.store.orders.taken_by(mine.id, was.order.id)
        if till is not None and till != mine.name:
            self._news.append(OrderTaken(order_name(was.menu, was.order), till))
        if saved is None:
            self._begin(reading, finished if is_mine else None)
        else:
            self._show(self._view(reading, saved.order, saved.seq, saved.parent, None))
            self._is_up = False

    # news

    def take_news(self) -> tuple[News, ...]:
        """The news since the last call."""
        news, self._news = tuple(self._news), []
        return news

    def _tell_prices(self, before: View) -> None:
        """Record for the cashier which prices have changed. A new menu may also have filled a slot."""
        then, now = before.priced, self.view.priced
        now_of = {new.line.id: new.unit_price for new in now.lines}
        changed = tuple(
            PriceChange(before.menu.items[was.line.sku].full_name, was.unit_price, now_of[was.line.id])
            for was in then.lines
            if now_of.get(was.line.id, was.unit_price) != was.unit_price
        )
        if changed or then.total != now.total:
            self._news.append(NewPrices(changed, then.total, now.total))

    def _note_jump(self, reading: Reading) -> None:
        """Record once that the machine's clock shows an impossible time, and let sold-out marks keep their length. In
        practice the time is that of the customer's scenario."""
        jump, now = self.timeline.take_jump(), reading.now
        if self.setup.is_practice:
            return
        if jump is None and not self._has_told_jump and not self.country.has_taxes(now.date()):
            jump = Jump(None, now)
        if jump is None:
            return
        self._has_told_jump = True
        if jump.before is not None and jump.before > now:
            with suppress(StoreError, Refused):
                self.do(begin_marks_again)
        self._news.append(Jump(jump.before and self.country.local(jump.before), now))

    def prepare(self) -> None:
        """Load in the background what the first payment needs and the start does not."""
        if self.signer is not None:
            self.signer.prepare()

    def tidy(self) -> None:
        """Upkeep for a quiet moment: pack old journal rows, and add answers to the sums. Errors are left for the next
        time."""
        with suppress(StoreError):
            self.store.orders.pack()
            self._source.choosing.update_sums()


def prompt_of(order: Order, moment: Moment) -> Prompt:
    """The prompt of an order. A question that is not proposed yet does not count: the next act proposes it."""
    found = next_prompt(order, moment)
    return Ringing() if isinstance(found, OfferKind) else found


def is_of_till(order: Order, move: Move) -> bool:
    """Whether a move concerns the till's open order, or one that is open after it."""
    return move.order.id == order.id or move.state is OrderState.OPEN


def new_order(now: datetime) -> Order:
    """An empty order with a unique id. Later ids sort later, which keeps a large file fast."""
    return Order(f"{int(now.timestamp() * 1000):012x}{uuid.uuid4().hex[:20]}", 0, now)


def draws_from(seed: int) -> Draws:
    """The random draws of an act. The generator is made at the first draw, because few acts draw."""
    made: list[Random] = []

    def draw() -> float:
        if not made:
            made.append(Random(seed))
        return made[0].random()

    return draw
