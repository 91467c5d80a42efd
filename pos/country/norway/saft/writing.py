"""Writes a SAF-T Cash Register file as XML, element by element: a year of it takes no more memory than a day."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from typing import TextIO

from pos.country.norway.events import OTHER
from pos.country.norway.saft import codes
from pos.country.norway.saft.elements import Xml, date_of, number_of, time_of
from pos.country.norway.saft.reports import write_report
from pos.country.norway.saft.values import Article, AuditFile, CashRegister, Event, Line, Transaction, Worker
from pos.country.norway.signing import decimal
from pos.domain.menu.accounts import Accounts
from pos.domain.menu.menu import Shop
from pos.domain.money import ZERO
from pos.domain.pricing.taxes import TaxRow

NAMESPACE = "urn:StandardAuditFile-Taxation-CashRegister:NO"
FORMAT_VERSION = "1.00"
CURRENCY = "NOK"
COUNTRY = "NO"
SOFTWARE = "Kassa som alltid spør (ikke produkterklært)"
LONGEST_ID = 35
LONGEST_NAME = 100
PERIOD = "1"


def write_audit_file(sink: TextIO, file: AuditFile) -> None:
    """Write the file to an open text stream in UTF-8."""
    xml = Xml(sink)
    sink.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    with xml.element("auditfile", f' xmlns="{NAMESPACE}"'):
        _header(xml, file)
        with xml.element("company"):
            _company(xml, file)
            with xml.element("location"):
                xml.leaves({"name": file.shop.name[:LONGEST_NAME]})
                _address(xml, file.shop)
                for register in file.registers:
                    _register(xml, register, file.accounts)


def _header(xml: Xml, file: AuditFile) -> None:
    with xml.element("header"):
        xml.leaves(
            {
                "fiscalYear": str(file.since.year),
                "startDate": file.since.isoformat(),
                "endDate": file.until.isoformat(),
                "curCode": CURRENCY,
                "dateCreated": date_of(file.made_at),
                "timeCreated": time_of(file.made_at),
                "softwareDesc": SOFTWARE,
                "softwareVersion": file.version[:20],
                "softwareCompanyName": "ikke produkterklært",
                "auditfileVersion": FORMAT_VERSION,
            }
        )


def _company(xml: Xml, file: AuditFile) -> None:
    shop = file.shop
    xml.leaves(
        {
            "companyIdent": shop.org_no,
            "companyName": shop.name[:LONGEST_NAME],
            "taxRegistrationCountry": COUNTRY,
            "taxRegIdent": f"{shop.org_no}MVA",
        }
    )
    _address(xml, shop)
    with xml.element("vatCodeDetails"):
        for tax in file.taxes:
            with xml.element("vatCodeDetail"):
                xml.leaves(
                    {
                        "vatCode": codes.vat_id(tax),
                        "dateOfEntry": file.since.isoformat(),
                        "vatDesc": f"MVA {codes.vat_id(tax)} %",
                        "standardVatCode": codes.STANDARD_VAT.get(tax.id, "0"),
                    }
                )
    with xml.element("periods"), xml.element("period"):
        xml.leaves(
            {
                "periodNumber": PERIOD,
                "startDatePeriod": file.since.isoformat(),
                "startTimePeriod": "00:00:00",
                "endDatePeriod": file.until.isoformat(),
                "endTimePeriod": "23:59:59",
            }
        )
    with xml.element("employees"):
        for worker in file.workers:
            _worker(xml, worker)
    with xml.element("articles"):
        for article in file.articles:
            _article(xml, article, file.since)
    with xml.element("basics"):
        _basics(xml, file)


def _worker(xml: Xml, worker: Worker) -> None:
    first, _, last = worker.name.rpartition(" ")
    with xml.element("employee"):
        xml.leaves(
            {
                "empID": str(worker.id),
                "dateOfEntry": date_of(worker.since),
                "timeOfEntry": time_of(worker.since),
                "firstName": first[:50] or None,
                "surName": last[:LONGEST_NAME],
            }
        )
        if worker.role:
            with xml.element("employeeRole"):
                xml.leaves({"roleType": worker.role[:50]})


def _article(xml: Xml, article: Article, since: date) -> None:
    with xml.element("article"):
        xml.leaves(
            {
                "artID": article.sku[:LONGEST_ID],
                "dateOfEntry": since.isoformat(),
                "artGroupID": article.group.id,
                "artDesc": article.name[:999],
            }
        )


def _basics(xml: Xml, file: AuditFile) -> None:
    for group in file.groups:
        _basic(xml, "04", group.id, group.code, group.name)
    for line, name in codes.LINES.items():
        _basic(xml, "05", line, None, name)
    _basic(xml, "08", codes.DISCOUNT, None, "Rabatt")
    _basic(xml, "10", codes.TIP, codes.TIP_CODE, "Tips")
    for kind, (code, name) in codes.TRANSACTIONS.items():
        _basic(xml, "11", kind, code, name)
    for kind, name in file.kinds:
        _basic(xml, "12", codes.payment_id(kind), codes.PAYMENT.get(kind, codes.OTHER_PAYMENT), name)
    for code, name in codes.EVENT_NAMES.items():
        _basic(xml, "13", code, code, name)
    for verb, name in file.other_verbs:
        _basic(xml, "13", codes.event_id(OTHER, verb), OTHER, name)


def _basic(xml: Xml, kind: str, own: str, official: str | None, name: str) -> None:
    with xml.element("basic"):
        xml.leaves({"basicType": kind, "basicID": own, "predefinedBasicID": official, "basicDesc": name})


def _address(xml: Xml, shop: Shop) -> None:
    with xml.element("streetAddress"):
        xml.leaves(
            {
                "streetname": shop.address[:100],
                "city": shop.city[:50],
                "postalCode": shop.post_code[:20],
                "country": COUNTRY,
            }
        )


def _register(xml: Xml, register: CashRegister, accounts: Accounts) -> None:
    with xml.element("cashregister"):
        xml.leaves({"registerID": register.id[:100], "regDesc": register.name})
        for event in register.events():
            _event(xml, event, accounts)
        for transaction in register.transactions():
            _transaction(xml, transaction, accounts)


def _event(xml: Xml, event: Event, accounts: Accounts) -> None:
    with xml.element("event"):
        xml.leaves(
            {
                "eventID": event.id,
                "eventType": codes.event_id(event.code, event.verb),
                "transID": event.transaction or None,
                "empID": number_of(event.worker),
                "eventDate": date_of(event.at),
                "eventTime": time_of(event.at),
                "eventText": event.text or None,
            }
        )
        if event.report is not None:
            write_report(xml, event.report_id, event.report, accounts)


def _transaction(xml: Xml, done: Transaction, accounts: Accounts) -> None:
    worker, side = number_of(done.worker), _side(done)
    with xml.element("cashtransaction"):
        xml.leaves(
            {
                "nr": done.number,
                "transID": done.number,
                "transType": codes.RETURN if done.is_return else codes.SALE,
                "transAmntIn": decimal(done.total),
                "transAmntEx": decimal(done.total - done.tax),
                "amntTp": side,
                "empID": worker,
                "periodNumber": PERIOD,
                "transDate": date_of(done.at),
                "transTime": time_of(done.at),
                "bookDate": done.business_day.isoformat(),
                "refID": done.refers_to or None,
            }
        )
        for place, line in enumerate(done.lines, 1):
            _line(xml, done, place, line, accounts)
        for row in sorted(done.tax_rows, key=lambda row: row.tax.ppm):
            _vat(xml, row, side, accounts)
        if done.tips:
            with xml.element("raise"):
                tip = {"raiseType": codes.TIP, "raiseAmnt": decimal(done.tips), "accID": number_of(accounts.tips)}
                xml.leaves(tip)
        with xml.element("rounding"):
            xml.leaves({"roundingAmnt": decimal(done.rounding), "accID": number_of(accounts.rounding)})
        for payment in done.payments:
            with xml.element("payment"):
                xml.leaves(
                    {
                        "paymentType": codes.payment_id(payment.kind),
                        "paidAmnt": decimal(payment.amount),
                        "empID": worker,
                        "curCode": CURRENCY,
                        "exchRt": "1.000000",
                        "accID": number_of(accounts.of_payment(payment.kind)),
                    }
                )
        xml.leaves(
            {
                "signature": b64encode(done.signature).decode(),
                "keyVersion": done.key,
                "receiptNum": number_of(done.receipts),
                "receiptCopyNum": number_of(done.copies),
                "receiptProformaNum": "0",
                "receiptDeliveryNum": "0",
                "voidTransaction": "false",
                "trainingID": "true" if done.is_training else "false",
            }
        )


def _line(xml: Xml, done: Transaction, place: int, line: Line, accounts: Accounts) -> None:
    """A line. If its parts are taxed differently, a line for each tax, with the quantity in the first."""
    side = _side(done)
    for part, row in enumerate(line.taxes):
        with xml.element("ctLine"):
            xml.leaves(
                {
                    "nr": done.number,
                    "lineID": str(place) if len(line.taxes) == 1 else f"{place}-{part + 1}",
                    "lineType": codes.RETURN_LINE if done.is_return else codes.SALE_LINE,
                    "artID": line.sku[:LONGEST_ID],
                    "qnt": str(line.quantity if part == 0 else 0),
                    "lineAmntIn": decimal(row.gross),
                    "lineAmntEx": decimal(row.net),
                    "amntTp": side,
                    "empID": number_of(done.worker),
                    "lineAmntInAccID": number_of(accounts.of_sale([row.tax.id], line.article_group)),
                    "cashTransLineDescr": line.name,
                }
            )
            _vat(xml, row, side, accounts)
            if part == 0 and line.discount != ZERO:
                with xml.element("discount"):
                    xml.leaves({"dscTp": codes.DISCOUNT, "dscAmnt": decimal(line.discount)})


def _vat(xml: Xml, row: TaxRow, side: str, accounts: Accounts) -> None:
    with xml.element("vat"):
        xml.leaves(
            {
                "vatCode": codes.vat_id(row.tax),
                "vatPerc": codes.percent(row.tax),
                "vatAmnt": decimal(row.amount),
                "vatAmntTp": side,
                "vatBasAmnt": decimal(row.net),
                "accID": number_of(accounts.of_tax(row.tax.id)),
            }
        )


def _side(done: Transaction) -> str:
    """'C' (credit) for a sale, 'D' (debit) for a return."""
    return "D" if done.is_return else "C"
