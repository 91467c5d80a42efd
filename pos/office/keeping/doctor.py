"""`pos doctor`: examines a shop's file, its machine and its till, and says in one line whether to go on selling.

Examining writes nothing. A file that cannot be read where it is, such as one with an unfinished commit after a crash,
is copied to a temporary folder and examined there.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory

from pos.domain.errors import PosError, StoreError
from pos.domain.value import value
from pos.office.keeping.checks import Check, Health, Patient, look, refused, stop
from pos.office.keeping.machine import check_clock, check_disk, check_drawer, check_printer, check_versions
from pos.office.keeping.state import (
    check_backup,
    check_file,
    check_journal,
    check_numbers,
    check_orders,
    check_papers,
    check_payments,
    check_refunds,
    check_signing,
    check_tills,
)
from pos.store import (
    LATEST,
    LookFile,
    Store,
    copy_to_read,
    is_in_wal,
    open_store,
    read_witness,
    witness_path,
)
from pos.wording import Wording

Tell = Callable[[int, int], None]
ARROW = "→"


@value
class FoundFile:
    """A file as far as it can be read: its version (None: unknown), its store (None: unreadable, and `check` says why),
    and whether a crash left an unfinished commit."""

    version: int | None = None
    store: Store | None = None
    check: Check | None = None
    is_cut_off: bool = False


def examine(patient: Patient, tell: Tell = lambda done, of: None) -> tuple[Check, ...]:
    """Run all checks. Raises nothing, however damaged the file is: errors become checks."""
    with ExitStack() as stack:
        opened = _opened(patient, stack)
        store = opened.store
        checks = [] if opened.check is None else [opened.check]
        if store is not None:
            checks += [
                _safely("file", lambda: check_file(patient, store, is_cut_off=opened.is_cut_off)),
                _safely("journal", lambda: check_journal(patient, store, tell)),
                _safely("numbers", lambda: check_numbers(store)),
                _safely("signing", lambda: check_signing(patient, store)),
                _safely("backup", lambda: check_backup(patient, store)),
                _safely("orders", lambda: check_orders(patient, store)),
                _safely("payments", lambda: check_payments(patient, store)),
                _safely("refunds", lambda: check_refunds(store)),
                _safely("papers", lambda: check_papers(patient, store)),
                _safely("tills", lambda: check_tills(patient, store)),
            ]
        return (
            *checks,
            _safely("clock", lambda: check_clock(patient, None if store is None else store.state.last_at())),
            _safely("disk", lambda: check_disk(patient)),
            _safely("printer", lambda: check_printer(patient)),
            _safely("drawer", lambda: check_drawer(patient)),
            _safely("versions", lambda: check_versions(patient, store, opened.version)),
        )


def verdict(checks: Sequence[Check]) -> Health:
    """The worst result of the checks."""
    ranked = list(Health)
    return max((check.health for check in checks), key=ranked.index, default=Health.GOOD)


def lines(checks: Sequence[Check], words: Wording) -> Iterator[str]:
    """The verdict, then a line for each check with what to do about it."""
    yield words.text(f"doctor-verdict-{verdict(checks)}")
    named = [(words.text(f"doctor-mark-{check.health}"), words.text(f"doctor-name-{check.name}")) for check in checks]
    widths = [max(map(len, column)) for column in zip(*named, strict=True)]
    for check, names in zip(checks, named, strict=True):
        begin = "  ".join(name.ljust(width) for name, width in zip(names, widths, strict=True))
        todo = check.todo(words)
        yield f"{begin}  {check.found(words)}{f' {ARROW} {todo}' if todo else ''}"


def _safely(name: str, check: Callable[[], Check]) -> Check:
    """The result of a check; if it raises, a check that says so."""
    try:
        return check()
    except PosError as error:
        return refused(name, error)
    except Exception as error:  # damaged bytes can raise anything when they are decoded
        return stop(name, "doctor-unreadable", "doctor-do-restore", problem=type(error).__name__)


def _opened(patient: Patient, stack: ExitStack) -> FoundFile:
    """Open the file where it is, or a copy if it must be changed before it can be read."""
    path = patient.path
    try:
        if not path.exists() or not path.stat().st_size:
            return FoundFile(check=_not_there(path))
        if is_in_wal(path):
            return FoundFile(check=refused("file", StoreError("database-wal", path=path)))
    except OSError:
        return FoundFile(check=stop("file", "doctor-file-closed", "doctor-do-allow-reading", path=path))
    is_cut_off = path.with_name(f"{path.name}-journal").exists()
    try:
        version, store = _in_place(path, stack)
    except StoreError as error:
        if not is_cut_off:
            return FoundFile(check=refused("file", error))
        version, store = None, None
    return _readable(patient, stack, version, store, is_cut_off=store is None and is_cut_off)


def _not_there(path: Path) -> Check:
    witness = read_witness(path)
    has_sold = witness is not None and any(entry.number for entry in witness.given)
    if has_sold:
        return stop("file", "doctor-file-gone", "doctor-do-restore", path=path)
    return look("file", "doctor-file-gone", "doctor-do-first", path=path)


def _in_place(path: Path, stack: ExitStack) -> tuple[int, Store]:
    """The file's version and its store, opened read-only. Raises `StoreError`, `not-a-database` for another program's
    file."""
    store = Store(LookFile(path))
    stack.callback(store.close)
    version = store.state.version()
    if version is None:
        raise StoreError("not-a-database", path=path)
    return version, store


def _readable(
    patient: Patient, stack: ExitStack, version: int | None, store: Store | None, *, is_cut_off: bool
) -> FoundFile:
    """The file itself if it is of this version, else a copy that was migrated."""
    if version is not None and version > LATEST:
        return FoundFile(version, check=refused("file", StoreError("database-newer", path=patient.path)))
    try:
        if store is None or version != LATEST:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="pos-doctor-", ignore_cleanup_errors=True)))
            copy = copy_to_read(patient.path, folder)
            if witness_path(patient.path).exists():
                shutil.copyfile(witness_path(patient.path), witness_path(copy))
            store = stack.enter_context(closing(open_store(copy, anew=True)))
        if store.state.is_of_practice():
            return FoundFile(version, check=refused("file", StoreError("practice-file", path=patient.path)))
    except StoreError as error:
        return FoundFile(version, check=refused("file", StoreError(error.message_id, path=patient.path)))
    except Exception as error:  # as in `_safely`: a migration of damaged bytes can raise anything
        problem = type(error).__name__
        return FoundFile(version, check=stop("file", "doctor-unreadable", "doctor-do-restore", problem=problem))
    return FoundFile(version, store, is_cut_off=is_cut_off)
