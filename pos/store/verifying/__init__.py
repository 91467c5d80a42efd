"""Verification: the journal's chain is recomputed, and every table that follows from the acts is compared with it."""

from pos.store.verifying.findings import Finding, FindingKind, Mismatch
from pos.store.verifying.remaking import SUMS, compare_schema, compare_tables, only_counted, remake
from pos.store.verifying.tail import verify_tail
from pos.store.verifying.walk import Verified, verify

__all__ = [
    "SUMS",
    "Finding",
    "FindingKind",
    "Mismatch",
    "Verified",
    "compare_schema",
    "compare_tables",
    "only_counted",
    "remake",
    "verify",
    "verify_tail",
]
