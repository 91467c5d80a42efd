"""The commands of practice: a round with simulated customers, and checking a scenario file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pos.cli.shop import gate_of, is_terminal, now, of_practice, opened, tell
from pos.domain.errors import BadInput, PosError
from pos.wording import wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker
    from pos.counter import Counter, Say
    from pos.domain.menu.menu import Menu
    from pos.practice import PracticeCounter, Room
    from pos.store import Store
    from pos.training import Scenario


def add_practice(command: ParserMaker) -> None:
    """`pos practice [NAME]` and `pos scenario check FILE`."""
    practising, checking = command("practice"), command("scenario", "check")
    practising.add_argument("name", nargs="?")
    practising.add_argument("--way", choices=("guided", "on-your-own", "drill", "pair"))
    practising.add_argument("--scenario", metavar="customer")
    practising.add_argument("--speak", action="store_true")
    practising.add_argument("--practice-db", metavar="file")
    practising.set_defaults(run=practise, stopped="")
    checking.add_argument("file")
    checking.set_defaults(run=check_scenarios)


def practise(arguments: Arguments) -> int:
    """Practise with simulated customers. Without a name, it asks who."""
    from pos.practice import check_name
    from pos.practice.sitting.aloud import speaker

    if not is_terminal(sys.stdin, sys.stdout, sys.stderr):
        raise BadInput("practice-no-terminal")
    if arguments.flag("speak"):
        speaker()
    name = check_name(arguments.text("name") or _ask_name(arguments))
    with _alone(arguments), opened(arguments) as shop, _room(arguments, shop, name) as room:
        from pos.practice import PracticeCounter
        from pos.ui.practice import run

        counter = PracticeCounter(room, language=arguments.language)
        code = run(counter, speaks=arguments.flag("speak"))
        _farewell(arguments, counter)
    return code


def practise_beside(arguments: Arguments, shop: Store, till: Counter) -> Say | None:
    """Practise at an open till, under its cashier's name. Returns a message for the counter if it could not."""
    from pos.counter import say_error
    from pos.practice import PracticeCounter
    from pos.ui.practice import run

    words = wording(till.language)
    name = till.register.cashier or words.text("practice-no-name")
    try:
        with _alone(arguments), _room(arguments, shop, name) as room:
            counter = PracticeCounter(room, language=till.language)
            counter.dark = till.dark
            run(counter)
    except PosError as error:
        return say_error(error)
    return None


def _ask_name(arguments: Arguments) -> str:
    try:
        return input(wording(arguments.language).text("practice-who") + " ")
    except EOFError:
        return ""


def _farewell(arguments: Arguments, counter: PracticeCounter) -> None:
    """One sentence on how the round went."""
    room = counter.sitting.room
    rounds = room.store.rounds.of_trainee(room.trainee, most=counter.sitting.served)
    if rounds:
        points = round(sum(row.score or 0 for row in rounds) / len(rounds))
        print(wording(arguments.language).text("practice-farewell", count=len(rounds), points=points))


@contextmanager
def _alone(arguments: Arguments) -> Iterator[None]:
    """Allow one trainee at a time at a till of a practice file."""
    from filelock import FileLock, Timeout

    path = arguments.practice_database.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(f"{path.name}.{arguments.till.encode().hex()}.lock"))
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BadInput("practice-in-use", till=arguments.till) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _room(arguments: Arguments, shop: Store, name: str) -> Iterator[Room]:
    """The practice room. In the shop's file, practice is on while it is open."""
    from pos.practice import SERIES_LETTER, Period, open_practice, trainee_called
    from pos.register import till_called

    with of_practice():
        practice = open_practice(arguments.practice_database, gate_of(arguments, shop))
    with closing(practice.store) as store:
        till = till_called(practice, arguments.till, SERIES_LETTER)
        trainee = trainee_called(practice, name)
        period = Period.begin(gate_of(arguments, shop), practice, arguments.till, till.id, trainee)
        try:
            yield _furnished(arguments, shop, store, trainee, name)
        finally:
            period.end()


def _furnished(arguments: Arguments, shop: Store, store: Store, trainee: int, name: str) -> Room:
    from time import monotonic

    from pos.country import norway
    from pos.devices import Devices, ManualTerminal, printer_from
    from pos.office.scenario_file import shipped_scenarios
    from pos.practice import PracticeClock, Room, practice_setup
    from pos.register import Register

    clock = PracticeClock(now, norway())
    printer = printer_from(f"text:{arguments.practice_database.parent / 'practice-receipts.txt'}")
    register = Register(
        store,
        Devices(printer, ManualTerminal()),
        norway(),
        clock,
        till=arguments.till,
        cashier=name,
        language=arguments.language,
        setup=practice_setup(),
        ticks=monotonic,
    )
    room = Room(register, clock, trainee, shipped_scenarios(register.view.menu), lambda: shop.stock.sold_out(now()))
    room.own = _own(arguments, register.view.menu)
    if room.own and not any(map(room.is_in_stock, room.own)):
        raise BadInput("practice-own-sold-out", path=arguments.text("scenario"))
    _as_asked(arguments, room)
    return room


def _own(arguments: Arguments, menu: Menu) -> tuple[Scenario, ...]:
    """A trainer's own customers, if `--scenario` names a file. Raises `BadInput` `practice-scenarios-wrong`."""
    from pos.office.scenario_file import read_scenario_file

    wanted = arguments.text("scenario")
    if not wanted.endswith(".toml"):
        return ()
    found, problems = read_scenario_file(Path(wanted), menu)
    if problems or not found:
        raise BadInput("practice-scenarios-wrong", path=wanted, count=len(problems))
    return found


def _as_asked(arguments: Arguments, room: Room) -> None:
    """Set the way and the scenario from the command line. Raises `BadInput` `practice-no-scenario`."""
    from pos.training import PracticeWay

    if arguments.text("way"):
        room.way = PracticeWay(arguments.text("way"))
    wanted = arguments.text("scenario")
    if wanted and not wanted.endswith(".toml"):
        room.only = next((entry for entry in room.scenarios if entry.id == wanted), None)
        if room.only is None:
            raise BadInput("practice-no-scenario", name=wanted[:40])
        if not room.is_in_stock(room.only):
            raise BadInput("practice-scenario-sold-out", name=wanted[:40])


def check_scenarios(arguments: Arguments) -> int:
    """List every mistake of a scenario file, with its place. Returns 1 if there is one."""
    from pos.office.scenario_file import read_scenario_file

    with opened(arguments) as shop:
        menu = shop.menu.load(retired=False)
    found, problems = read_scenario_file(Path(arguments.text("file")), menu)
    if problems:
        return tell(arguments, problems)
    print(wording(arguments.language).text("scenarios-fine", count=len(found)))
    return 0
