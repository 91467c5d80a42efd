"""Whether a file is what was written into it: the journal's chain, and all tables that follow from its acts."""

from pos.store.verifying.findings import Finding, Found, Kind
from pos.store.verifying.remaking import SUMS, compare_schema, compare_tables, only_counted, remake
from pos.store.verifying.walk import Verified, verify

__all__ = [
    "SUMS",
    "Finding",
    "Found",
    "Kind",
    "Verified",
    "compare_schema",
    "compare_tables",
    "only_counted",
    "remake",
    "verify",
]
