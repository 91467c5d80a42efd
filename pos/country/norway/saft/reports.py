"""X and Z reports in a SAF-T Cash Register file: every figure of kassasystemforskrifta § 2-8-2."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pos.country.norway.saft import codes
from pos.country.norway.saft.elements import Xml, date_of, number_of, time_of
from pos.country.norway.signing import decimal
from pos.country.norway.taxes import mva
from pos.domain.menu.accounts import Accounts
from pos.domain.money import Money
from pos.domain.pricing.taxes import TaxRow
from pos.domain.shift.report import ReportKind, ReportRow, ReportSum, ShiftFigures, ShiftReport, total_of

NOTHING = (ReportRow("None", ReportSum()),)
"""Some lists must have a row. The official example writes this one in an empty list."""

TYPES = {ReportKind.X: "X report", ReportKind.Z: "Z report"}


def write_report(xml: Xml, report_id: str, report: ShiftReport, accounts: Accounts) -> None:
    """Write a report as it was stored. Counts and amounts of groups and payments are sales less returns."""
    figures = report.figures
    with xml.element("eventReport"):
        xml.leaves(
            {
                "reportID": report_id,
                "reportType": TYPES[report.kind],
                "companyIdent": report.shop.org_no,
                "companyName": report.shop.name[:100],
                "reportDate": date_of(report.at),
                "reportTime": time_of(report.at),
                "registerID": report.till[:100],
            }
        )
        with xml.element("reportTotalCashSales"):
            xml.leaves({"totalCashSaleAmnt": decimal(figures.net_sales)})
        _rows(
            xml,
            "reportArtGroup",
            "artGroup",
            [ReportRow(codes.report_group_id(row), row.sum) for row in figures.groups],
        )
        _payments(xml, figures, accounts)
        if figures.tips.count:
            with xml.element("reportTip"):
                tips, account = figures.tips, number_of(accounts.tips)
                xml.leaves({"tipNum": _count(tips), "tipAmnt": decimal(tips.amount), "accID": account})
        _taxes(xml, figures, accounts)
        _counters(xml, figures)
        _moved(xml, figures)
        xml.leaves(
            {
                "reportGrandTotalSales": decimal(report.sales_ever),
                "reportGrandTotalReturn": decimal(report.returns_ever),
                "reportGrandTotalSalesNet": decimal(report.net_ever),
            }
        )


def _payments(xml: Xml, figures: ShiftFigures, accounts: Accounts) -> None:
    with xml.element("reportPayments"):
        for row in figures.tenders:
            account = number_of(accounts.of_payment(row.id))
            _row(xml, "reportPayment", "payment", _named(row, codes.payment_id), "paymentType", account)
        if not figures.tenders:
            _row(xml, "reportPayment", "payment", *NOTHING, "paymentType")
    people = [person for person in figures.persons if person.id is not None and person.tenders]
    if not people:
        return
    with xml.element("reportEmpPayments"):
        for person in people:
            for row in person.tenders:
                with xml.element("reportEmpPayment"):
                    xml.leaves(
                        {
                            "empID": str(person.id),
                            "paymentType": codes.payment_id(row.id),
                            "paymentNum": _count(row.sum),
                            "paymentAmnt": decimal(row.sum.amount),
                            "accID": number_of(accounts.of_payment(row.id)),
                        }
                    )


def _taxes(xml: Xml, figures: ShiftFigures, accounts: Accounts) -> None:
    found = figures.taxes or (TaxRow(mva(0), Money(), Money()),)
    with xml.element("reportCashSalesVat"):
        for row in found:
            with xml.element("reportCashSaleVat"):
                xml.leaves(
                    {
                        "vatCode": codes.vat_id(row.tax),
                        "vatPerc": codes.percent(row.tax),
                        "cashSaleAmnt": decimal(row.net),
                        "vatAmnt": decimal(row.amount),
                        "vatAmntTp": "D" if row.amount < Money() else "C",
                        "accID": number_of(accounts.of_tax(row.tax.id)),
                    }
                )


def _counters(xml: Xml, figures: ShiftFigures) -> None:
    xml.leaves(
        {
            "reportOpeningChangeFloat": decimal(figures.float),
            "reportReceiptNum": _count(figures.sales),
            "reportOpenCashBoxNum": str(figures.drawer),
        }
    )
    for name, found in (
        ("ReceiptCopy", figures.copies),
        ("ReceiptProforma", figures.pro_forma),
        ("Return", figures.returns),
        ("Discount", figures.discounts),
        ("VoidTrans", total_of(figures.discards)),
    ):
        _sum(xml, name, found)
    _rows(xml, "reportCorrLine", "corrLine", figures.corrections, key="corrLineType")
    looked_up = [ReportRow("all", figures.price_look_ups)] if figures.price_look_ups.count else []
    with xml.element("reportPriceInquiries"):
        for row in looked_up or NOTHING:
            _row(xml, "reportPriceInquiry", "priceInquiry", row, "priceInquiryGroup")
    _rows(xml, "reportOtherCorr", "otherCorr", figures.write_offs, key="otherCorrType")
    _sum(xml, "ReceiptDelivery", figures.delivery_receipts)
    _sum(xml, "Training", figures.practice)


def _moved(xml: Xml, figures: ShiftFigures) -> None:
    with xml.element("reportCreditSales"):
        xml.leaves(
            {
                "creditSalesNum": _count(figures.credit_sales),
                "creditSalesAmnt": decimal(figures.credit_sales.amount),
            }
        )
    _rows(xml, "reportPayIn", "payIn", figures.pay_ins, key="payInType")
    _rows(xml, "reportPayOut", "payOut", (*figures.pay_outs, *figures.drops), key="payOutType")


def _rows(xml: Xml, name: str, prefix: str, rows: Sequence[ReportRow], key: str = "artGroupID") -> None:
    """A list; if there are no rows, with the official example's empty one."""
    with xml.element(f"{name}s"):
        for row in rows or NOTHING:
            _row(xml, name, prefix, row, key)


def _row(xml: Xml, name: str, prefix: str, row: ReportRow, key: str, account: str | None = None) -> None:
    amounts = {f"{prefix}Num": _count(row.sum), f"{prefix}Amnt": decimal(row.sum.amount)}
    with xml.element(name):
        xml.leaves({key: row.id[:35], **amounts, "accID": account})


def _sum(xml: Xml, name: str, found: ReportSum) -> None:
    xml.leaves({f"report{name}Num": _count(found), f"report{name}Amnt": decimal(found.amount)})


def _named(row: ReportRow, name: Callable[[str], str]) -> ReportRow:
    return ReportRow(name(row.id), row.sum)


def _count(found: ReportSum) -> str:
    """A count as the format allows it, never below zero: a shift may have more returns than sales."""
    return str(max(0, found.count))
