"""The kitchen line by line: open orders are printed when they come, and a line with an order's key marks it as done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TextIO

from pos.domain.sale.kitchen_orders import KitchenOrder
from pos.kitchen.desk import BACK, KitchenDesk
from pos.plain.lines import QUIT
from pos.plain.words import plain_wording
from pos.wording import Wording
from pos.wording.kitchen_screen import order_called, order_rows
from pos.wording.printable import printable

FOLLOWING = 0.5
"""Seconds between two looks at the file."""

TAKE_BACK = (*BACK, "angre", "undo")


def run_on(desk: KitchenDesk, stream: TextIO, out: TextIO) -> int:
    """Handle the lines of an input until it ends, and print new orders meanwhile."""
    return run(desk, lines_in_time(stream), out)


def lines_in_time(stream: TextIO) -> Iterator[str | None]:
    """The lines of an input, and None for each half second without one."""
    arrived: SimpleQueue[str | None] = SimpleQueue()

    def read() -> None:
        for line in stream:
            arrived.put(line)
        arrived.put(None)

    Thread(target=read, daemon=True).start()
    while True:
        try:
            line = arrived.get(timeout=FOLLOWING)
        except Empty:
            yield None
            continue
        if line is None:
            return
        yield line


def run(desk: KitchenDesk, lines: Iterable[str | None], out: TextIO) -> int:
    """Say what is open, then take lines, None for one that has not come: an order's key says that it is done, an empty
    one says everything. Returns the exit code 0."""
    said: dict[str, KitchenOrder] = {}
    _say(out, _whole(desk, said))
    for line in lines:
        if line is None:
            if desk.follow():
                _say(out, _news(desk, said))
            continue
        text = line.strip().lower()
        if text in QUIT:
            break
        desk.follow()
        if not text:
            _say(out, _whole(desk, said))
            continue
        desk.press(TAKE_BACK[0] if text in TAKE_BACK else text)
        _say(out, _answer(desk))
        _say(out, _news(desk, said, told=True))
        if desk.closing:
            break
    return 0


def _answer(desk: KitchenDesk) -> Iterator[str]:
    if desk.message is not None:
        yield plain_wording(desk.language).text(desk.message.message_id, **desk.message.values)


def _whole(desk: KitchenDesk, said: dict[str, KitchenOrder]) -> Iterator[str]:
    """Everything that is open."""
    words = plain_wording(desk.language)
    said.clear()
    if desk.is_silent:
        yield words.text("kitchen-silent")
    yield words.text("kitchen-open", count=len(desk.orders)) if desk.orders else words.text("kitchen-nothing")
    for order in desk.orders:
        said[order.order_id] = order
        yield _line(desk, words, order)


def _news(desk: KitchenDesk, said: dict[str, KitchenOrder], *, told: bool = False) -> Iterator[str]:
    """Orders that came or changed since they were printed, and those that are done, unless the answer `told` that
    already."""
    words = plain_wording(desk.language)
    is_open = {order.order_id: order for order in desk.orders}
    for order_id in [order_id for order_id in said if order_id not in is_open]:
        gone = said.pop(order_id)
        if not told:
            yield words.text("kitchen-done", name=order_called(words, gone))
    for order_id, order in is_open.items():
        if said.get(order_id) != order:
            said[order_id] = order
            yield _line(desk, words, order)


def _line(desk: KitchenDesk, words: Wording, order: KitchenOrder) -> str:
    """An order in one line: its key, name, waiting time, and all that its card says."""
    now = desk.now
    age = words.text("kitchen-age", count=order.minutes(now))
    late = [words.text("kitchen-is-late")] if order.is_late(now) else []
    rows = [entry.text for entry in order_rows(words, order)]
    key = desk.keys.get(order.order_id, "–").upper()
    told = ". ".join([f"{order_called(words, order)}, {age}", *late, *rows])
    return f"[{key}] {told.replace(':. ', ': ')}"


def _say(out: TextIO, lines: Iterable[str]) -> None:
    for line in lines:
        print(printable(line), file=out)
    out.flush()
