"""The till's memory: one SQLite file, and the only room that knows SQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pos.domain.errors import StoreError
from pos.store.acts import OrderState, Saved
from pos.store.asking_sums import AskingSums
from pos.store.copies import copy_to_read
from pos.store.discards import Discard, Discarded
from pos.store.disk import file_system_of, is_network
from pos.store.file import StoreFile, make_room
from pos.store.history import HistoryStore
from pos.store.history_counts import CountStore
from pos.store.history_learned import LearnedStore
from pos.store.kitchen_slips import KitchenSlipStore
from pos.store.ledger import LedgerEntry, LedgerStore
from pos.store.menu import MenuStore
from pos.store.migrations import migrate
from pos.store.next_visits import NextVisitStore
from pos.store.orders import Held, OrderStore
from pos.store.people import PersonStore
from pos.store.periods import PeriodStore, TrainingPeriod
from pos.store.practice_file import PracticeFileStore, check_purpose
from pos.store.receipts import ReceiptStore
from pos.store.rounds import Finished, GradeRow, RoundRow, RoundStore
from pos.store.sales import SaleStore
from pos.store.settings import SettingStore
from pos.store.soundness import SMALL, is_sound
from pos.store.stock import EightySix, StockStore
from pos.store.tenders import TenderStore
from pos.store.tills import Till, TillStore
from pos.store.trainees import Heard, Trainee, TraineeStore
from pos.store.witness import WitnessStore, check_there
from pos.store.wordings import WordingStore
from pos.store.write_offs import WriteOffStore

__all__ = [
    "SMALL",
    "AskingSums",
    "Discard",
    "Discarded",
    "EightySix",
    "Finished",
    "GradeRow",
    "Heard",
    "Held",
    "LedgerEntry",
    "LedgerStore",
    "MenuStore",
    "NextVisitStore",
    "OrderState",
    "OrderStore",
    "PeriodStore",
    "PracticeFileStore",
    "ReceiptStore",
    "RoundRow",
    "RoundStore",
    "SaleStore",
    "Saved",
    "SettingStore",
    "StockStore",
    "Store",
    "Till",
    "TillStore",
    "Trainee",
    "TraineeStore",
    "TrainingPeriod",
    "WitnessStore",
    "WordingStore",
    "WriteOffStore",
    "copy_to_read",
    "is_sound",
    "open_store",
]

CHANGES = "PRAGMA data_version"


class Store:
    """One open file, with a store for every noun. It belongs to the thread that opened it."""

    def __init__(self, file: StoreFile, *, practice: bool = False) -> None:
        self.file = file
        self.path = file.path
        self.menu = MenuStore(file)
        self.tills = TillStore(file)
        self.people = PersonStore(file)
        self.orders = OrderStore(file)
        self.witness = WitnessStore(file)
        self.sales = SaleStore(file, None if practice else self.witness)
        self.write_offs = WriteOffStore(file, self.witness)
        self.next_visits = NextVisitStore(file)
        self.tenders = TenderStore(file)
        self.receipts = ReceiptStore(file)
        self.stock = StockStore(file)
        self.kitchen_slips = KitchenSlipStore(file)
        self.ledger = LedgerStore(file)
        self.asking_sums = AskingSums(file)
        self.wordings = WordingStore(file)
        self.settings = SettingStore(file)
        self.history = HistoryStore(file)
        self.counts = CountStore(file)
        self.learned = LearnedStore(file)
        self.periods = PeriodStore(file)
        self.practice = PracticeFileStore(file)
        self.rounds = RoundStore(file)
        self.trainees = TraineeStore(file)
        self._seen = self._changes()

    def changed_elsewhere(self) -> bool:
        """Whether another connection has committed since this was last asked: true once, then false.

        A file that another program has turned to WAL meanwhile is let go of, so that one of the tills can turn it back.
        """
        if self.file.is_let_go:
            self.file.leave_wal()
            if self.file.is_let_go:
                return False
        seen, self._seen = self._seen, self._changes()
        if seen != self._seen:
            self.file.leave_wal()
        return seen != self._seen

    def _changes(self) -> tuple[int, int]:
        """A number that other connections' commits change, and which of this till's connections counts it."""
        with self.file.reading() as conn:
            (number,) = conn.execute(CHANGES).fetchone()
        return self.file.connections, int(number)

    def close(self) -> None:
        """Let go of the file; twice is once."""
        self.file.close()


def open_store(
    path: Path,
    *,
    wait: float = 5.0,
    practice: bool = False,
    anew: bool = False,
    file_system: Callable[[Path], str] = file_system_of,
) -> Store:
    """Open the file, made with its folder the first time, and bring it to this version.

    With `practice` it is a file for practice; either refuses the other's: `practice-file`, `shops-file`.

    Where a shop's file that gave out receipts is gone or empty, a new one is begun only with `anew`: `database-gone`,
    `database-emptied`.

    On a network's file system no file is opened: `database-on-network`. `file_system` says which one a path is on.

    `wait` is how many seconds another till's commit is waited for, here and later. Raises `StoreError` with `path`:
    `not-a-database`, `database-newer`, `database-read-only`, `database-locked`, `database-wal`, `disk-full`,
    `database-unwritable` or `database-damaged`, as every method of the store does.
    """
    if not practice and not anew:
        check_there(path)
    kind = file_system(path)
    if is_network(kind):
        raise StoreError("database-on-network", path=path, kind=kind)
    make_room(path)
    file = StoreFile(path, wait)
    try:
        migrate(file)
        file.prove_writable()
        check_purpose(file, practice=practice)
        return Store(file, practice=practice)
    except BaseException:
        file.close()
        raise
