"""What a file of past orders brought, taken back whole."""

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
    """The file that is in, by its number in the list, its name, or the file itself.

    Raises `Refused`: `history-file-unknown`, `history-file-legacy` where its orders are not known as its own, and
    `history-file-which` where several have the name.
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
    """Of files that share a name the one that is there under it."""
    try:
        known = store.history.known(source_of(path).known_by()) if path.is_file() else None
    except PosError:
        known = None
    same = [file for file in files if known is not None and file.id == known.id]
    return same or [file for file in files if file.name == path.name]


@verb
def start_file_again(scene: ShopScene, file: int) -> Change[None]:
    """Nothing of a file has been read: cut off, what follows goes on so."""
    return Change(None, facts=(FileBegunAgain(file),))


@verb
def forget_orders(scene: ShopScene, orders: Slices) -> Change[None]:
    """Some of what a file brought is forgotten."""
    return Change(None, facts=(orders,))


@verb
def drop_file(scene: ShopScene, file: int, last_order: int) -> Change[bool]:
    """Take an empty file off the list. False where orders have come in since it was looked at."""
    if scene.store.history.last_order() != last_order:
        return Change(False)
    return Change(True, facts=(FileDropped(file),))


@verb
def drop_items(scene: ShopScene, names: Slices) -> Change[None]:
    """Drop some of the names that no order uses and nobody has decided on."""
    return Change(None, facts=(names,))


def forget(gate: ShopGate, file: FileInside) -> int:
    """Forget a file; gives how many orders it held. What another file holds as well stays, and so does every sale."""
    gate.do(start_file_again, file.id)
    count = forget_part(gate, file.id)
    drop_if_empty(gate, file.id)
    drop_unused_items(gate)
    return count


def forget_part(gate: ShopGate, file: int, first: int = EVER[0], last: int = EVER[1]) -> int:
    """Forget what a file brought between two minutes, in slices; gives how many orders it was."""
    orders = gate.store.history.forgetting(file, first, last)
    gate.do_in_slices(forget_orders, orders)
    return orders.count


def drop_if_empty(gate: ShopGate, file: int) -> bool:
    """Take an empty file off the list; False when it has orders."""
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
