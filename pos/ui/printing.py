"""Printing in a thread, one paper after the other, without delaying a key."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TypeAlias

from pos.counter import Counter, Say, Tone, say, say_error
from pos.counter.printing import kitchen_silent, say_printed
from pos.devices import Printer
from pos.domain.errors import DeviceError
from pos.domain.refunds.refund import RefundPaper
from pos.domain.sale.sale import Document, Sale
from pos.domain.sale.tickets import OwedTicket
from pos.domain.value import value
from pos.register import shelf
from pos.register.verbs import papers

Act: TypeAlias = Callable[[], None]


@value
class Job:
    """A document, and what to call when it is printed or has failed."""

    document: Document
    done: Act
    failed: Callable[[DeviceError], None]


class PrinterQueue:
    """The queue of one printer.

    `in_background` runs a function in a thread; `on_screen` runs one in the screen's thread, which owns the store, and
    shows the result.
    """

    def __init__(
        self,
        printer: Callable[[], Printer],
        in_background: Callable[[Act], None],
        on_screen: Callable[[Act], None],
    ) -> None:
        self._printer = printer
        self._in_background = in_background
        self._on_screen = on_screen
        self._jobs: deque[Job] = deque()
        self.is_busy = False
        self.finished = 0
        """How many papers were printed or given up."""

    def add(self, job: Job) -> None:
        """Print a job after those before it."""
        self._jobs.append(job)
        self._start()

    def _start(self) -> None:
        if self.is_busy or not self._jobs:
            return
        self.is_busy = True
        job = self._jobs.popleft()
        self._in_background(lambda: self._print(job))

    def _print(self, job: Job) -> None:
        """In the thread: print, then report."""
        error: DeviceError | None = None
        try:
            self._printer().print(job.document)
        except DeviceError as raised:
            error = raised
        except Exception as raised:
            error = DeviceError("printer-failed", problem=str(raised) or type(raised).__name__, begun=True)
        self._on_screen(lambda: self._finish(job, error))

    def _finish(self, job: Job, error: DeviceError | None) -> None:
        self.is_busy = False
        self.finished += 1
        try:
            if error is None:
                job.done()
            else:
                job.failed(error)
        finally:
            self._start()


class PrintDesk:
    """The printers of a till, each with a queue of its own, so that none waits for another. `paper` is the state of the
    last receipt."""

    def __init__(
        self, counter: Counter, in_background: Callable[[Act], None], on_screen: Callable[[Act], None]
    ) -> None:
        self._counter = counter
        self._receipts = PrinterQueue(lambda: counter.register.devices.printer, in_background, on_screen)
        self._kitchen = PrinterQueue(lambda: counter.register.devices.kitchen_printer, in_background, on_screen)
        self._asked = False
        self.paper: Say | None = None

    @property
    def is_busy(self) -> bool:
        """Whether anything is being printed."""
        return self._receipts.is_busy or self._kitchen.is_busy

    @property
    def finished(self) -> int:
        """How many papers were printed or given up."""
        return self._receipts.finished + self._kitchen.finished

    # called by the counter

    def owed(self) -> Say:
        """Try again to print what is owed, at the cashier's request."""
        self._asked = True
        self.print_owed()
        return say("printing-owed")

    def sent(self) -> Say | None:
        """Print new kitchen tickets; failures are reported later."""
        self.print_owed()
        return None

    def copy(self) -> tuple[Document, Say | None]:
        """Print a copy of the last receipt; the result is shown when it is printed."""
        register = self._counter.register
        finished, document = register.do(papers.reserve_copy).result

        def failed(error: DeviceError) -> None:
            if not error.values.get("begun"):
                register.do(papers.release_copy, finished)
            self._say_failed(error)

        def done() -> None:
            self._counter.message = say_printed(register, "copy")

        self._receipts.add(Job(document, done, failed))
        return document, None

    def report(self, document: Document) -> Say | None:
        """Print a shift's report; the result is reported later."""

        def done() -> None:
            self._counter.message = say_printed(self._counter.register, "report")

        self._receipts.add(Job(document, done, self._say_failed))
        return None

    def print_owed(self) -> None:
        """Print what is owed, the oldest first, at each printer until it fails."""
        if self._counter.register.devices.kitchen is not None and not self._kitchen.is_busy:
            self._next_in_kitchen()
        if not self._receipts.is_busy:
            self._next_owed()

    def _next_owed(self) -> None:
        register = self._counter.register
        has_kitchen = register.devices.kitchen is not None
        owed = shelf.owed_receipts(register) if has_kitchen else shelf.owed_papers(register)
        paper = next(iter(owed), None)
        if paper is None:
            self._told()
            return
        self.paper = say("paper-printing" if _is_receipt(paper) else "slip-printing")
        document = register.do(papers.begin_paper, paper).result
        self._receipts.add(Job(document, lambda: self._printed(paper), lambda error: self._owed(paper, error)))

    def _printed(self, paper: papers.Owing) -> None:
        self._counter.do(papers.paper_printed, paper)
        self.paper = say_printed(self._counter.register, "paper" if _is_receipt(paper) else "slip")
        self._next_owed()

    def _owed(self, paper: papers.Owing, error: DeviceError) -> None:
        self._counter.do(papers.paper_failed, paper, error)
        self.paper = say("paper-owed" if _is_receipt(paper) else "slip-owed", Tone.BAD)
        self._say_failed(error)

    def _next_in_kitchen(self) -> None:
        """Print the next kitchen ticket. Only failures are reported: the cashier is busy with the customer."""
        register = self._counter.register
        paper = next(iter(shelf.owed_in_kitchen(register)), None)
        if paper is None:
            self._told()
            return
        document = register.do(papers.begin_paper, paper).result
        self._kitchen.add(
            Job(document, lambda: self._taken_in_kitchen(paper), lambda error: self._refused_in_kitchen(paper, error))
        )

    def _taken_in_kitchen(self, paper: papers.Owing) -> None:
        self._counter.do(papers.paper_printed, paper)
        self._next_in_kitchen()

    def _refused_in_kitchen(self, paper: papers.Owing, error: DeviceError) -> None:
        self._counter.do(papers.paper_failed, paper, error)
        self._asked = False
        self._say_failed(kitchen_silent(paper))

    def _told(self) -> None:
        """Say that everything is printed, if the cashier asked for it."""
        if self._asked and not self.is_busy:
            self._asked = False
            self._counter.message = say_printed(self._counter.register, "owed")

    def _say_failed(self, error: DeviceError) -> None:
        self._counter.message = say_error(error)


def _is_receipt(paper: papers.Owing) -> bool:
    """Whether the message about it calls it a receipt: a customer's paper, or one of a sale."""
    return isinstance(paper, RefundPaper | OwedTicket) or isinstance(paper.sale, Sale)
