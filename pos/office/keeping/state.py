"""The doctor's checks of the file: whether it is sound, and what waits in it to be finished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from pos.domain.errors import StoreError
from pos.domain.money import Money, total
from pos.office.keeping.checks import Check, Patient, good, look, refused, stop
from pos.store import Store, is_sound, known_of, read_witness
from pos.store.verifying import Finding, verify, verify_tail

Tell = Callable[[int, int], None]

MEGABYTE = 1_000_000
LARGE = 512 * MEGABYTE
"""A larger file, in bytes, is read from end to end only on request: it would take half a minute."""

OLD = timedelta(days=1)
"""How long an order may stay open before somebody should look at it."""

OLD_BACKUP = timedelta(days=2)


def check_file(patient: Patient, store: Store, *, is_cut_off: bool) -> Check:
    """Whether SQLite finds the file sound."""
    size = patient.path.stat().st_size
    values: dict[str, object] = {"path": patient.path, "size": size / MEGABYTE}
    if size > LARGE and not patient.is_whole:
        return good("file", "doctor-file-unread", **values)
    sound = is_sound(store.path)
    if sound is None:
        return look("file", "doctor-file-busy", "doctor-do-again", **values)
    if not sound:
        return stop("file", "doctor-file-damaged", "doctor-do-restore", **values)
    if is_cut_off:
        return look("file", "doctor-file-cut-off", "doctor-do-open", **values)
    return good("file", "doctor-file", **values)


def check_journal(patient: Patient, store: Store, tell: Tell) -> Check:
    """Whether the journal is as it was written: its end, or with `is_whole` all of it and every table that follows from
    it."""
    if patient.is_whole:
        verified = verify(store.file, tell)
        finding, message_id = verified.finding, "doctor-journal-whole"
    else:  # a second time if it fails: a row may be packed while it is checked
        finding, message_id = verify_tail(store.file) and verify_tail(store.file), "doctor-journal-end"
    if finding is not None:
        return stop("journal", "doctor-journal-broken", "doctor-do-call", where=_where(finding))
    return good("journal", message_id, count=store.journal.last_seq())


def _where(finding: Finding) -> str:
    return " ".join(part for part in (finding.table, finding.key) if part)


def check_signing(patient: Patient, store: Store) -> Check:
    """Whether the key that signs the next sale is there, is nobody else's to read, and is the one that the file knows.
    No key is made."""
    signer = patient.country.fiscal.signer(patient.path, is_practice=False)
    if signer is None:
        return good("signing", "doctor-signing-unwanted")
    version = store.signatures.key()
    if version is None:
        return good("signing", "doctor-signing-first")
    try:
        key = signer.key(version)
    except StoreError as error:
        return refused("signing", error)
    if key.public != store.signatures.public_keys()[version]:
        return stop("signing", "doctor-signing-other", "doctor-do-signing-key", version=version)
    return good("signing", "doctor-signing", version=version)


def check_numbers(store: Store) -> Check:
    """Whether the file knows all numbers that its witness has."""
    try:
        store.witness.check()
    except StoreError as error:
        return refused("numbers", error)
    given = known_of(store.path).given
    numbers = tuple(f"{entry.series}-{entry.number}" for entry in given if entry.number)
    if not numbers:
        return good("numbers", "doctor-numbers-none")
    if read_witness(store.path) is None:
        return look("numbers", "doctor-numbers-alone", "doctor-do-check-numbers", numbers=numbers)
    return good("numbers", "doctor-numbers", numbers=numbers)


def check_backup(patient: Patient, store: Store) -> Check:
    """When the last backup was made."""
    made = store.backups.last()
    if made is None:
        if not any(entry.number for entry in known_of(store.path).given):
            return good("backup", "doctor-backup-not-yet")
        return look("backup", "doctor-backup-none", "doctor-do-backup")
    values: dict[str, object] = {"day": made.at.date(), "at": made.at, "copy": made.name}
    if patient.now - made.at > OLD_BACKUP:
        return look("backup", "doctor-backup-old", "doctor-do-backup", days=(patient.now - made.at).days, **values)
    return good("backup", "doctor-backup", **values)


def check_orders(patient: Patient, store: Store) -> Check:
    """How many orders are open or on hold, and whether any is old."""
    waiting = store.state.waiting(patient.now - OLD)
    values = {"opened": waiting.opened, "held": waiting.held}
    if waiting.old:
        return look("orders", "doctor-orders-old", "doctor-do-orders", count=waiting.old, **values)
    return good("orders", "doctor-orders", **values)


def check_payments(patient: Patient, store: Store) -> Check:
    """Whether the outcome of a payment is unknown."""
    waiting = store.state.waiting(patient.now)
    if waiting.unknown:
        amount = Money(waiting.unknown_minor)
        return look("payments", "doctor-payments", "doctor-do-payments", count=waiting.unknown, amount=amount)
    return good("payments", "doctor-payments-none")


def check_refunds(store: Store) -> Check:
    """Whether a refund waits for a terminal's answer."""
    waiting = [refund for refund in store.refunds.open() if refund.waits]
    if waiting:
        numbers = tuple(refund.of.name for refund in waiting)
        amount = total(refund.total for refund in waiting)
        count = len(waiting)
        return look("refunds", "doctor-refunds", "doctor-do-refunds", count=count, numbers=numbers, amount=amount)
    return good("refunds", "doctor-refunds-none")


def check_papers(patient: Patient, store: Store) -> Check:
    """Whether receipts or slips were not printed."""
    waiting = store.state.waiting(patient.now)
    if waiting.owed:
        return look("papers", "doctor-papers", "doctor-do-papers", count=waiting.owed)
    return good("papers", "doctor-papers-none")


def check_tills(patient: Patient, store: Store) -> Check:
    """The tills, which of them run, and the time of each one's last act."""
    tills = store.state.tills()
    if not tills:
        return good("tills", "doctor-tills-none")
    seen = tuple(
        f"{till.name} {'●' if patient.runs(till.name) else '○'} {'-' if till.at is None else f'{till.at:%d.%m. %H:%M}'}"
        for till in tills
    )
    return good("tills", "doctor-tills", tills=seen)
