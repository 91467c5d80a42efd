"""Removing an imported file of past orders, with everything it brought."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pos.domain.errors import PosError, Refused
from pos.office.history.source import source_of
from pos.register import Change, ShopGate, ShopScene, verb
from pos.store import Store
from pos.store.learning.history import EVER, FileBegunAgain, FileDropped, FileInside
from pos.store.slices import Slices


def file_meant(store: Store, said: str) -> FileInside:
    """The imported file with this number in the list, this name, or this path.

    Raises `Refused`: `history-file-unknown`, `history-file-legacy` if its orders cannot be told from others, and
    `history-file-which` if several files have the name.
    """
    files = store.history.files()
    name = Path(said).name
    found = [file for file in files if file.name == name]
    if len(found) != 1:
        found = _of_bytes(store, Path(said), found or files) if found or Path(said).is_file() else []
    if not found and said.isdigit():
        found = [file for file in files if file.id == int(said)]
    if not found:
        raise Refused("history-file-unknown", path=name[:60])
    if len(found) > 1:
        numbers = ", ".join(str(file.id) for file in found)
        raise Refused("history-file-which", path=name[:60], count=len(found), ids=numbers)
    if not found[0].orders and found[0].lines and store.history.has_unowned():
        raise Refused("history-file-legacy", path=name[:60])
    return found[0]


def _of_bytes(store: Store, path: Path, files: Sequence[FileInside]) -> list[FileInside]:
    """The imported file with the content of `path`, else those with the same name."""
    try:
        known = store.history.known(source_of(path).known_by()) if path.is_file() else None
    except PosError:
        known = None
    same = [file for file in files if known is not None and file.id == known.id]
    return same or [file for file in files if file.name == path.name]


@verb
def start_file_again(scene: ShopScene, file: int) -> Change[None]:
    """Record that nothing of a file has been read. An import that is cut off continues from there."""
    return Change(None, facts=(FileBegunAgain(file),))


@verb
def forget_orders(scene: ShopScene, orders: Slices) -> Change[None]:
    """Forget a slice of a file's orders."""
    return Change(None, facts=(orders,))


@verb
def drop_file(scene: ShopScene, file: int, last_order: int) -> Change[bool]:
    """Take an empty file off the list. Returns False if orders have come in since `last_order`."""
    if scene.store.history.last_order() != last_order:
        return Change(False)
    return Change(True, facts=(FileDropped(file),))


@verb
def drop_items(scene: ShopScene, names: Slices) -> Change[None]:
    """Drop a slice of the names that no order uses and nobody has decided on."""
    return Change(None, facts=(names,))


def forget(gate: ShopGate, file: FileInside) -> int:
    """Forget a file; returns the number of its orders. Orders that another file also holds stay, and so do all
    sales."""
    gate.do(start_file_again, file.id)
    count = forget_part(gate, file.id)
    drop_if_empty(gate, file.id)
    drop_unused_items(gate)
    return count


def forget_part(gate: ShopGate, file: int, first: int = EVER[0], last: int = EVER[1]) -> int:
    """Forget a file's orders between two minutes, in slices; returns their number."""
    orders = gate.store.history.forgetting(file, first, last)
    gate.do_in_slices(forget_orders, orders)
    return orders.count


def drop_if_empty(gate: ShopGate, file: int) -> bool:
    """Take an empty file off the list; returns False if it has orders."""
    history = gate.store.history
    while True:
        last = history.last_order()
        if not history.is_nothing_left(file):
            return False
        with gate.store.file.unchecked():
            if gate.do(drop_file, file, last).result:
                return True


def drop_unused_items(gate: ShopGate) -> None:
    """Drop names that no order uses and nobody has decided on."""
    gate.do_in_slices(drop_items, gate.store.history.dropping())
