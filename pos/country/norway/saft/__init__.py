"""SAF-T Cash Register 1.00: the file that the Norwegian tax office and accountants read."""

from pos.country.norway.saft.codes import OTHER_EVENTS
from pos.country.norway.saft.values import Article, AuditFile, CashRegister, Event, Line, Paid, Transaction, Worker
from pos.country.norway.saft.writing import write_audit_file

__all__ = [
    "OTHER_EVENTS",
    "Article",
    "AuditFile",
    "CashRegister",
    "Event",
    "Line",
    "Paid",
    "Transaction",
    "Worker",
    "write_audit_file",
]
