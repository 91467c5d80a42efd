"""The trainer's view from the command line: a screen, or figures and papers without one."""

from __future__ import annotations

import sys
from contextlib import closing, suppress
from time import sleep
from typing import TYPE_CHECKING

from pos.cli.shop import gate_of, is_terminal, is_there, now, opened, practice_opened
from pos.domain.errors import BadInput
from pos.wording import wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker
    from pos.practice.trainer.listening import Overheard
    from pos.practice.trainer.overview import TraineeOverview
    from pos.store import Store
    from pos.wording import Wording

YES, NO = ("j", "ja", "y", "yes"), ("n", "nei", "no")
"""What a trainer who listens may type, in either language."""


def add_trainer(command: ParserMaker) -> None:
    """`pos trainer [NAME]` and its options."""
    parser = command("trainer")
    parser.add_argument("name", nargs="?")
    for option, value in (
        ("set-scenario", "id"),
        ("certificate", "file"),
        ("checklist", "file"),
        ("csv", "file"),
        ("forget", "name"),
    ):
        parser.add_argument(f"--{option}", metavar=value)
    for switch in ("json", "listen"):
        parser.add_argument(f"--{switch}", action="store_true")
    parser.add_argument("--practice-db", metavar="file")
    parser.set_defaults(run=trainer, stopped="")


def trainer(arguments: Arguments) -> int:
    """Show how everybody's practice goes."""
    from pos.practice.trainer.overview import people

    if not is_there(arguments.practice_database):
        return _first_day(arguments)
    exports = any(map(arguments.text, ("csv", "certificate", "checklist"))) or arguments.flag("json")
    with practice_opened(arguments, changes=not exports) as store:
        found = people(store, now())
        if arguments.flag("json") or arguments.text("csv"):
            return _export(arguments, found)
        if arguments.text("forget"):
            return _forget(arguments, store)
        if arguments.text("set_scenario"):
            return _assign(arguments, store)
        if arguments.text("certificate"):
            return _certify(arguments, store, found)
        if arguments.text("checklist"):
            return _check_list(arguments, store, found)
        if arguments.flag("listen"):
            return _listen(arguments, store)
        return _screen(arguments, store)


def _first_day(arguments: Arguments) -> int:
    """Before anybody has practised: empty figures, or the screen with instructions. Raises `BadInput` `trainer-no-file`
    for a command that needs a trainee."""
    from pos.practice import open_practice

    wants = [arguments.text(name) for name in ("name", "forget", "set_scenario", "certificate", "checklist")]
    if any(wants) or arguments.flag("listen"):
        raise BadInput("trainer-no-file", path=str(arguments.practice_database))
    if arguments.flag("json") or arguments.text("csv"):
        return _export(arguments, ())
    if not is_terminal(sys.stdin, sys.stdout):
        raise BadInput("trainer-no-terminal")
    with opened(arguments) as shop:
        gate = open_practice(arguments.practice_database, gate_of(arguments, shop))
        with closing(gate.store) as store:
            return _screen(arguments, store)


def _check_list(arguments: Arguments, store: Store, found: tuple[TraineeOverview, ...]) -> int:
    """Write the page to print, go through it with the trainee, and sign."""
    from pos.office.written import write
    from pos.practice.trainer.checklist import checklist

    words, path = wording(arguments.language), arguments.path("checklist")
    assert path is not None
    trainee = _known(store, arguments.text("name"))
    person = next(entry for entry in found if entry.id == trainee)
    write(path, checklist(person, store.menu.load().shop.name, now(), words))
    print(words.text("checklist-written", path=str(path)))
    return 0


def _listen(arguments: Arguments, store: Store) -> int:
    """Listen to ten orders of the live counter: J or N for each question, and at the end how often the till's guess was
    right."""
    if not is_terminal(sys.stdin):
        raise BadInput("listen-no-terminal")
    from pos.practice.sitting.trainees import listen
    from pos.practice.trainer.listening import ORDERS, agreement, overheard
    from pos.store import open_store

    words, trainee, began = wording(arguments.language), _known(store, arguments.text("name")), now()
    print(words.text("listen-begin", count=ORDERS))
    seen: set[tuple[str, str]] = set()
    with closing(open_store(arguments.database)) as shop, suppress(EOFError, KeyboardInterrupt):
        while len({order for order, _ in seen}) < ORDERS:
            fresh = [
                entry
                for entry in overheard(shop, began, arguments.cashier)
                if (entry.entry.order_id, entry.kind.value) not in seen
            ]
            for entry in fresh:
                seen.add((entry.entry.order_id, entry.kind.value))
                said = _is_said(words, entry)
                gate_of(arguments, store).do(listen, trainee, entry.heard(said))
            if not fresh:
                sleep(1.0)
    right, count = agreement(store.trainees.heard(trainee))
    print(words.text("listen-end", right=right, count=count))
    return 0


def _is_said(words: Wording, overheard: Overheard) -> bool:
    """Whether the trainer heard a question being asked. Repeats until the answer is one of the keys."""
    question = words.text("listen-said", number=overheard.kind.number, outcome=overheard.entry.row.outcome)
    while True:
        answer = input(f"{question} ").strip().casefold()
        if answer in YES or answer in NO:
            return answer in YES
        print(words.text("listen-which"))


def _export(arguments: Arguments, found: tuple[TraineeOverview, ...]) -> int:
    from pos.office.written import write
    from pos.practice.trainer.export import as_csv, as_json

    path = arguments.path("csv")
    if path is None:
        print(as_json(found))
    elif str(path) == "-":
        print(as_csv(found), end="")
    else:
        write(path, as_csv(found))
    return 0


def _known(store: Store, name: str) -> int:
    trainee = store.trainees.find(" ".join(name.split()))
    if trainee is None:
        raise BadInput("trainer-nobody-called", name=name[:40])
    return trainee


def _forget(arguments: Arguments, store: Store) -> int:
    from pos.practice.sitting.trainees import forget_trainee

    gate_of(arguments, store).do(forget_trainee, _known(store, arguments.text("forget")))
    print(wording(arguments.language).text("trainer-forgotten"))
    return 0


def _assign(arguments: Arguments, store: Store) -> int:
    from pos.office.scenario_file import shipped_scenarios
    from pos.practice.sitting.trainees import set_scenario

    wanted, trainee = arguments.text("set_scenario"), _known(store, arguments.text("name"))
    found = next((entry for entry in shipped_scenarios(store.menu.load()) if entry.id == wanted), None)
    if found is None:
        raise BadInput("practice-no-scenario", name=wanted[:40])
    gate_of(arguments, store).do(set_scenario, trainee, wanted)
    words = wording(arguments.language)
    print(words.text("trainer-set", name=words.local(found.title)))
    return 0


def _certify(arguments: Arguments, store: Store, found: tuple[TraineeOverview, ...]) -> int:
    """Write the certificate if every criterion is met. Otherwise list those that are not, and return 1."""
    from pos.office.written import write
    from pos.practice.trainer.certificate import criteria, page

    words, path = wording(arguments.language), arguments.path("certificate")
    assert path is not None
    trainee = _known(store, arguments.text("name"))
    person = next(entry for entry in found if entry.id == trainee)
    missing = [entry for entry in criteria(person, words) if not entry.met]
    if missing:
        print(words.text("certificate-not-yet"), file=sys.stderr)
        for entry in missing:
            print(f"  – {entry.words}", file=sys.stderr)
        return 1
    write(path, page(person, store.menu.load().shop.name, now(), words))
    print(words.text("certificate-written", path=str(path)))
    return 0


def _screen(arguments: Arguments, store: Store) -> int:
    from pos.office.scenario_file import shipped_scenarios
    from pos.practice.trainer.desk import TrainerDesk
    from pos.ui.trainer import run as run_screen

    if not is_terminal(sys.stdin, sys.stdout):
        raise BadInput("trainer-no-terminal")
    menu = store.menu.load()
    desk = TrainerDesk(gate_of(arguments, store), menu, shipped_scenarios(menu), arguments.language)
    if arguments.text("name"):
        trainee = _known(store, arguments.text("name"))
        desk.open_person(next(place for place, entry in enumerate(desk.people) if entry.id == trainee))
    return run_screen(desk)
