"""The commands of the menu: check, load and export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pos.cli.confirming import confirmed
from pos.cli.shop import gate_of, opened, tell
from pos.wording import wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker


def add_menus(command: ParserMaker) -> None:
    """`pos menu check FILE`, `load FILE [--yes]` and `export [FILE] [--yes]`."""
    for name, run, count in (("check", _check, None), ("load", _load, None), ("export", _export, "?")):
        parser = command("menu", name)
        parser.add_argument("file", nargs=count)
        if name in ("load", "export"):
            parser.add_argument("--yes", action="store_true")
        parser.set_defaults(run=run)


def _check(arguments: Arguments) -> int:
    """List every problem of a menu file. Returns 1 if there is one."""
    from pos.country import norway
    from pos.office.menu_file import read_menu

    book, problems = read_menu(Path(arguments.text("file")), norway())
    if book is None:
        return tell(arguments, problems)
    words = wording(arguments.language)
    print(
        words.text(
            "menu-fine",
            items=len(book.menu.items),
            paths=len(book.menu.paths),
            pairings=len(book.pairings),
            incentives=len(book.menu.incentives),
        )
    )
    return 0


def _load(arguments: Arguments) -> int:
    """Load a menu file into the database: all of it, or nothing. Where it would set back a price that was given at the
    counter, somebody has to say so."""
    from pos.country import norway
    from pos.office.menus import MenuFile, load_menu, prices_undone, read_menu_file

    words = wording(arguments.language)
    file = read_menu_file(Path(arguments.text("file")), norway())
    if not isinstance(file, MenuFile):
        return tell(arguments, file)
    with opened(arguments, filled=False) as store:
        undone = prices_undone(store, file)
        for price in undone:
            values = {"item": price.item, "counter": price.at_counter, "file": price.in_file}
            print(words.text("menu-price-undone", **values), file=sys.stderr)
        if undone and not confirmed(arguments, words, words.text("menu-ask-undone")):
            return 1
        load_menu(gate_of(arguments, store), file)
        items = len(store.menu.load(retired=False).items)
    print(words.text("menu-loaded", items=items, path=str(store.path)))
    return 0


def _export(arguments: Arguments) -> int:
    """Write the menu in the database as a menu file, or print it. Somebody has to say so where it replaces another
    menu, which may have been written by hand."""
    from pos.files import guard
    from pos.office.menus import export_menu as exported
    from pos.office.written import holds_another, write

    with opened(arguments, changes=False) as store:
        text = exported(store)
    path = arguments.path("file")
    if path is None:
        print(text, end="")
    else:
        words = wording(arguments.language)
        guard(path)
        if holds_another(path, text) and not confirmed(arguments, words, words.text("menu-ask-over", path=str(path))):
            return 1
        write(path, text)
        print(words.text("menu-written", path=str(path)))
    return 0
