"""The trainer's view from the command line: a screen, or figures and papers without one."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

from pos.domain.errors import BadInput
from pos.wording import wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments
    from pos.practice.overview import Person
    from pos.store import Store


def run(arguments: Arguments) -> int:
    """How everybody's practice goes."""
    from pos.cli.practice import now, practice_path
    from pos.practice.overview import people
    from pos.store import open_store

    path = practice_path(arguments)
    if not path.exists():
        raise BadInput("trainer-no-file", path=str(path))
    asked = arguments.rehearsal
    with closing(open_store(path, practice=True)) as store:
        found = people(store, now())
        if asked.as_json or asked.csv is not None:
            return _export(arguments, found)
        if asked.forget:
            return _forget(arguments, store)
        if asked.assign:
            return _assign(arguments, store)
        if asked.certificate is not None:
            return _certify(arguments, store, found)
        if asked.listen:
            return _listen(arguments, store)
        return _screen(arguments, store)


def _listen(arguments: Arguments, store: Store) -> int:
    """Ten orders of the live counter, one question a line: J or N, and at the end how often the till guessed right."""
    from pos.cli.practice import now
    from pos.practice.listening import ORDERS, agreement, overheard
    from pos.store import open_store

    words, trainee, began = wording(arguments.language), _known(store, arguments.rehearsal.name), now()
    print(words.text("listen-begin", count=ORDERS))
    seen: set[tuple[str, str]] = set()
    with closing(open_store(arguments.database)) as shop:
        while len({order for order, _ in seen}) < ORDERS:
            fresh = [
                entry
                for entry in overheard(shop, began, arguments.cashier)
                if (entry.entry.order_id, entry.kind.value) not in seen
            ]
            for entry in fresh:
                seen.add((entry.entry.order_id, entry.kind.value))
                asked = words.text("listen-said", number=entry.kind.number, outcome=entry.entry.row.outcome)
                answer = input(f"{asked} ").strip().lower()
                if answer in ("j", "y", "n"):
                    store.trainees.add_heard(trainee, [entry.heard(answer != "n")], now())
            if not fresh:
                sleep(1.0)
    right, count = agreement(store.trainees.heard(trainee))
    print(words.text("listen-end", right=right, count=count))
    return 0


def _export(arguments: Arguments, found: tuple[Person, ...]) -> int:
    from pos.practice.export import as_csv, as_json

    if arguments.rehearsal.csv is None:
        print(as_json(found))
    elif str(arguments.rehearsal.csv) == "-":
        print(as_csv(found), end="")
    else:
        _write(arguments.rehearsal.csv, as_csv(found))
    return 0


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise BadInput("file-unwritable", path=str(path), reason=error.strerror or "") from error


def _known(store: Store, name: str) -> int:
    trainee = store.trainees.find(" ".join(name.split()))
    if trainee is None:
        raise BadInput("trainer-nobody-called", name=name[:40])
    return trainee


def _forget(arguments: Arguments, store: Store) -> int:
    store.trainees.forget(_known(store, arguments.rehearsal.forget))
    print(wording(arguments.language).text("trainer-forgotten"))
    return 0


def _assign(arguments: Arguments, store: Store) -> int:
    from pos.cli.practice import now
    from pos.office.scenario_file import shipped_scenarios

    wanted, trainee = arguments.rehearsal.assign, _known(store, arguments.rehearsal.name)
    found = next((entry for entry in shipped_scenarios(store.menu.load()) if entry.id == wanted), None)
    if found is None:
        raise BadInput("practice-no-scenario", name=wanted[:40])
    store.trainees.set_scenario(trainee, wanted, now())
    words = wording(arguments.language)
    print(words.text("trainer-set", name=words.local(found.title)))
    return 0


def _certify(arguments: Arguments, store: Store, found: tuple[Person, ...]) -> int:
    """Write the page when every criterion is met; else say which are not, and return 1."""
    from pos.cli.practice import now
    from pos.practice.certificate import criteria, page

    words, path = wording(arguments.language), arguments.rehearsal.certificate
    assert path is not None
    trainee = _known(store, arguments.rehearsal.name)
    person = next(entry for entry in found if entry.id == trainee)
    missing = [entry for entry in criteria(person, words) if not entry.met]
    if missing:
        print(words.text("certificate-not-yet"), file=sys.stderr)
        for entry in missing:
            print(f"  – {entry.words}", file=sys.stderr)
        return 1
    _write(path, page(person, store.menu.load().shop.name, now(), words))
    print(words.text("certificate-written", path=str(path)))
    return 0


def _screen(arguments: Arguments, store: Store) -> int:
    from pos.cli.practice import now
    from pos.office.scenario_file import shipped_scenarios
    from pos.practice.desk import TrainerDesk
    from pos.ui.trainer import run as run_screen

    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout)):
        raise BadInput("trainer-no-terminal")
    menu = store.menu.load()
    desk = TrainerDesk(store, menu, shipped_scenarios(menu), now, arguments.language)
    if arguments.rehearsal.name:
        trainee = _known(store, arguments.rehearsal.name)
        desk.open_person(next(place for place, entry in enumerate(desk.people) if entry.id == trainee))
    return run_screen(desk)
