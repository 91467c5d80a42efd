"""Verifies a shop's file: compares it with its journal, or rebuilds it from the journal."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from pos.country import NO_FISCAL, Fiscal, Signable
from pos.office.report import bring_up_to_date
from pos.store import Store, copy_to_read, is_sound, open_store
from pos.store.verifying import (
    SUMS,
    Finding,
    FindingKind,
    Mismatch,
    Verified,
    compare_schema,
    compare_tables,
    only_counted,
    remake,
    verify,
)

Tell = Callable[[int, int], None]


def verify_file(store: Store, tell: Tell = lambda done, of: None, fiscal: Fiscal = NO_FISCAL) -> Verified:
    """Verify a file, and its signatures by the rules of `fiscal`. Returns the number of acts and the first row that is
    not as it was written; a `Finding` without a table if only SQLite reports damage.

    Raises `StoreError` if the file cannot be read.
    """
    found = verify(store.file, tell)
    if found.finding is None and is_sound(store.path) is False:
        return Verified(found.acts, Finding(FindingKind.CHANGED, "", ""))
    if found.finding is None:
        return Verified(found.acts, false_signature(store, fiscal))
    return found


def false_signature(store: Store, fiscal: Fiscal) -> Finding | None:
    """The first signature that was not made with its key, of these amounts, after the previous signature; None if all
    are valid."""
    keys, last = store.signatures.public_keys(), dict[int, bytes]()
    for stored in store.signatures.all():
        signed = stored.signature
        number = f"{signed.series}-{signed.number}"
        what = Signable(signed.at, number, signed.total, signed.net)
        before = last.get(stored.till_id, b"")
        if not fiscal.verifies(keys[signed.key], before, what, signed.signature):
            return Finding(FindingKind.CHANGED, "signature", number)
        last[stored.till_id] = signed.signature
    return None


def verify_all(store: Store, tell: Tell = lambda done, of: None, fiscal: Fiscal = NO_FISCAL) -> Verified:
    """The same; also rebuild sales, payments, decisions and the sums of the report from the journal, in a copy of the
    file, and compare them. This temporarily takes as much disk space as the file."""
    found = verify_file(store, tell, fiscal)
    if found.finding is not None:
        return found
    with TemporaryDirectory(prefix="pos-verify-", ignore_cleanup_errors=True) as folder:
        copy = copy_to_read(store.path, Path(folder))
        made = Path(folder) / "made.db"
        try:
            with closing(open_store(copy)) as whole, closing(open_store(made)) as again:
                compare_schema(whole.file, again.file)
                remake(whole.file, again.file, tell)
                only_counted(whole.file, again.file)
                bring_up_to_date(again)
                compare_tables(whole.file, again.file, SUMS)
        except Mismatch as there:
            return Verified(found.acts, there.finding)
    return found
