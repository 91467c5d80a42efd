"""SAF-T Cash Register 1.00: the file format that the Norwegian tax office and accountants read."""

from pos.country.norway.saft.codes import ARTICLE_GROUPS, DEPOSIT_ARTICLE, OTHER_EVENTS, category_id, group_id
from pos.country.norway.saft.values import (
    Article,
    AuditFile,
    CashRegister,
    Event,
    GoodsGroup,
    Line,
    Paid,
    Transaction,
    Worker,
)
from pos.country.norway.saft.writing import write_audit_file

__all__ = [
    "ARTICLE_GROUPS",
    "DEPOSIT_ARTICLE",
    "OTHER_EVENTS",
    "Article",
    "AuditFile",
    "CashRegister",
    "Event",
    "GoodsGroup",
    "Line",
    "Paid",
    "Transaction",
    "Worker",
    "category_id",
    "group_id",
    "write_audit_file",
]
