"""The till's memory: one SQLite file, and the only room that knows SQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from pos.domain.errors import StoreError
from pos.store.acts import Act, Fact, Move, OrderState, Saved
from pos.store.file.connection import StoreFile, make_room
from pos.store.file.copies import copy_to_read, copy_while_selling, unwritable
from pos.store.file.disk import file_system_of, is_network
from pos.store.file.soundness import SMALL, is_sound
from pos.store.journal.journal import Head, JournalStore
from pos.store.journal.witness import (
    FileAccepted,
    LastNumber,
    Witness,
    WitnessStore,
    check_there,
    read_witness,
    witness_path,
    write_witness,
)
from pos.store.keeping.backups import BackedUp, Backup, BackupStore, FileRestored
from pos.store.keeping.belongings import key_beside, keys_of, parts_of
from pos.store.keeping.looking import LookFile, has_row, is_in_wal, known_of, looked_at
from pos.store.keeping.state import SQLITE, StateStore, TillSeen, Waiting
from pos.store.kitchen.kitchen import KitchenMarked, KitchenStore
from pos.store.kitchen.tickets import TicketMarked, TicketSent
from pos.store.learning.counts import CountStore
from pos.store.learning.history import HistoryStore
from pos.store.learning.learned import LearnedStore
from pos.store.menu.menu import MenuStore
from pos.store.migrations.steps import LATEST, check_version, migrate
from pos.store.offers.asking_sums import AskingSums
from pos.store.offers.ledger import LedgerEntry, LedgerStore
from pos.store.offers.next_visits import NextVisitStore
from pos.store.offers.wordings import WordingStore
from pos.store.people import (
    KeyGiven,
    KeyKind,
    KeyRefused,
    Listed,
    PersonEntered,
    PersonLeft,
    PersonStore,
    SignedIn,
    Staff,
)
from pos.store.practice.periods import PeriodBegun, PeriodStore, PracticeOff, PracticeOn, TrainingPeriod
from pos.store.practice.practice_file import MenuCopied, PracticeFileStore, check_purpose
from pos.store.practice.rounds import (
    GradeRow,
    RoundBegun,
    RoundDropped,
    RoundFinished,
    RoundRow,
    RoundSaved,
    RoundStore,
)
from pos.store.practice.trainees import (
    HeardQuestion,
    Listened,
    ScenarioSet,
    Trainee,
    TraineeForgotten,
    TraineeJoined,
    TraineeStore,
)
from pos.store.refunds.refund_papers import RefundCopied, RefundCopyReleased, RefundPaperMarked, RefundPaperStore
from pos.store.refunds.refunds import Refunded, RefundKept, RefundStore, SoldToday
from pos.store.selling.call_numbers import CallNumberGiven, CallNumberStore
from pos.store.selling.discards import BroughtBack, Discarded, Discarding
from pos.store.selling.exports import Exported
from pos.store.selling.kitchen_slips import KitchenSlipStore
from pos.store.selling.orders import Held, OrderStanding, OrderStore
from pos.store.selling.papers import CopyRefused, CopyReleased, CopyReserved, PaperMarked, PaperStore
from pos.store.selling.receipts import ReceiptStore
from pos.store.selling.sales import SaleStore, Sold
from pos.store.selling.signatures import Signature, SignatureStore, Signed, SigningKeyEntered, StoredSignature
from pos.store.selling.stock import EightySix, StockStore
from pos.store.selling.tills import Started, Stopped, Till, TillEntered, TillStore
from pos.store.selling.write_offs import WriteOffStore, WrittenOff
from pos.store.settings import SettingStore, ShopSettingSet
from pos.store.shift.reports import DrawerFailed, ReportMade, ReportStore
from pos.store.shift.shifts import CountExplained, CountMade, MoneyMoved, ShiftBegun, ShiftStore, TalliesMade, TallyRow
from pos.store.tenders import TenderStore

__all__ = [
    "LATEST",
    "SMALL",
    "SQLITE",
    "Act",
    "AskingSums",
    "BackedUp",
    "Backup",
    "BackupStore",
    "BroughtBack",
    "CallNumberGiven",
    "Changes",
    "CopyRefused",
    "CopyReleased",
    "CopyReserved",
    "CountExplained",
    "CountMade",
    "Discarded",
    "Discarding",
    "DrawerFailed",
    "EightySix",
    "Exported",
    "Fact",
    "FileAccepted",
    "FileRestored",
    "GradeRow",
    "Head",
    "HeardQuestion",
    "Held",
    "JournalStore",
    "KeyGiven",
    "KeyKind",
    "KeyRefused",
    "KitchenMarked",
    "KitchenStore",
    "LastNumber",
    "LedgerEntry",
    "LedgerStore",
    "Listed",
    "Listened",
    "LookFile",
    "MenuCopied",
    "MenuStore",
    "MoneyMoved",
    "Move",
    "NextVisitStore",
    "OrderStanding",
    "OrderState",
    "OrderStore",
    "PaperMarked",
    "PeriodBegun",
    "PeriodStore",
    "PersonEntered",
    "PersonLeft",
    "PersonStore",
    "PracticeFileStore",
    "PracticeOff",
    "PracticeOn",
    "ReceiptStore",
    "RefundCopied",
    "RefundCopyReleased",
    "RefundKept",
    "RefundPaperMarked",
    "RefundPaperStore",
    "RefundStore",
    "Refunded",
    "ReportMade",
    "ReportStore",
    "RoundBegun",
    "RoundDropped",
    "RoundFinished",
    "RoundRow",
    "RoundSaved",
    "RoundStore",
    "SaleStore",
    "Saved",
    "ScenarioSet",
    "SettingStore",
    "ShiftBegun",
    "ShiftStore",
    "ShopSettingSet",
    "Signature",
    "SignatureStore",
    "Signed",
    "SignedIn",
    "SigningKeyEntered",
    "Sold",
    "SoldToday",
    "Staff",
    "Started",
    "StateStore",
    "StockStore",
    "Stopped",
    "Store",
    "StoredSignature",
    "TalliesMade",
    "TallyRow",
    "TicketMarked",
    "TicketSent",
    "Till",
    "TillEntered",
    "TillSeen",
    "TillStore",
    "Trainee",
    "TraineeForgotten",
    "TraineeJoined",
    "TraineeStore",
    "TrainingPeriod",
    "Waiting",
    "Witness",
    "WitnessStore",
    "WordingStore",
    "WriteOffStore",
    "WrittenOff",
    "copy_to_read",
    "copy_while_selling",
    "file_system_of",
    "has_row",
    "is_in_wal",
    "is_network",
    "is_sound",
    "key_beside",
    "keys_of",
    "known_of",
    "looked_at",
    "open_store",
    "open_to_read",
    "parts_of",
    "read_witness",
    "unwritable",
    "witness_path",
    "write_witness",
]

Changes: TypeAlias = tuple[tuple[int, int], int]
"""The state of a file as one connection sees it: counters of the commits of others, and of its own."""


class Store:
    """One open file, with a store for every noun. It belongs to the thread that opened it."""

    def __init__(self, file: StoreFile) -> None:
        self.file = file
        self.path = file.path
        self.menu = MenuStore(file)
        self.tills = TillStore(file)
        self.orders = OrderStore(file)
        self.witness = WitnessStore(file)
        self.sales = SaleStore(file)
        self.signatures = SignatureStore(file)
        self.write_offs = WriteOffStore(file)
        self.next_visits = NextVisitStore(file)
        self.tenders = TenderStore(file)
        self.papers = PaperStore(file)
        self.call_numbers = CallNumberStore(file)
        self.journal = JournalStore(file)
        self.people = PersonStore(file)
        self.receipts = ReceiptStore(file)
        self.refunds = RefundStore(file)
        self.refund_papers = RefundPaperStore(file)
        self.stock = StockStore(file)
        self.kitchen_slips = KitchenSlipStore(file)
        self.kitchen = KitchenStore(file)
        self.ledger = LedgerStore(file)
        self.asking_sums = AskingSums(file)
        self.wordings = WordingStore(file)
        self.settings = SettingStore(file)
        self.shifts = ShiftStore(file)
        self.reports = ReportStore(file)
        self.history = HistoryStore(file)
        self.counts = CountStore(file)
        self.learned = LearnedStore(file)
        self.periods = PeriodStore(file)
        self.practice = PracticeFileStore(file)
        self.rounds = RoundStore(file)
        self.trainees = TraineeStore(file)
        self.backups = BackupStore(file)
        self.state = StateStore(file)

    def changes(self) -> Changes:
        """Differs from an earlier value if anything was committed since, by another connection or this one."""
        with self.file.reading() as conn:
            return self.file.committed_elsewhere(), conn.total_changes

    def changes_by_own(self, since: Changes) -> Changes:
        """The state since an earlier one if nobody else has committed; reads nothing."""
        return since[0], self.file.conn.total_changes

    def close(self) -> None:
        """Close the file; closing twice does no harm."""
        self.file.close()


def open_store(
    path: Path,
    *,
    wait: float = 5.0,
    practice: bool = False,
    anew: bool = False,
    file_system: Callable[[Path], str] = file_system_of,
) -> Store:
    """Open a shop's file, migrated to this version. It is created with its folder if it does not exist.

    With `practice` it is a practice file; each kind refuses the other's file: `practice-file`, `shops-file`. In place
    of a shop's file that gave out receipts and is gone or empty, a new one is begun only with `anew`: `database-gone`,
    `database-emptied`. A file on a network file system is refused: `database-on-network`; `file_system` says which one
    a path is on. `wait` is how many seconds to wait for another till's commit, here and later. Raises `StoreError` with
    `path`: `not-a-database`, `database-newer`, `database-read-only`, `database-locked`, `database-wal`, `disk-full`,
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
        return Store(file)
    except BaseException:
        file.close()
        raise


def open_to_read(path: Path, *, wait: float = 5.0, file_system: Callable[[Path], str] = file_system_of) -> Store:
    """Open an existing shop's file read-only: nothing in it or beside it is ever written.

    Raises `StoreError` as `open_store` does, and `database-older` for a file that a till has to migrate first.
    """
    kind = file_system(path)
    if is_network(kind):
        raise StoreError("database-on-network", path=path, kind=kind)
    file = StoreFile(path, wait, read_only=True)
    try:
        check_version(file)
        check_purpose(file, practice=False)
        return Store(file)
    except BaseException:
        file.close()
        raise
