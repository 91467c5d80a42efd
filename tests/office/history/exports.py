"""Exports in the forms of real tills, all of the same five orders: three sales, a refund and a cancelled order."""

# ruff: noqa: E501 - rows are as wide as tills write them

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

MARCH_12 = {
    "1001": ("2026-03-12 09:05", ["Burger", "Cola", "Fries"]),
    "1002": ("2026-03-12 12:40", ["Burger", "Milkshake"]),
    "1005": ("2026-03-12 23:50", ["Fries"]),
}
"""What all of them say: order, time and different items. 1003 is refunded, 1004 cancelled."""


def sheet(header: str, rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Rows of cells as CSV; the header is a line of it."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return header + "\n" + text.getvalue()


SQUARE_ITEMS = sheet(
    "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,"
    "Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Itemization Type",
    [
        ["03/12/26", time, "Eastern Time (US & Canada)", "Food", item, count, size, "", with_it, price, "$0.00", price,
         "$0.10", order, f"p{order}", "iPad", "", "https://x", event, "Main St", sort]
        for time, item, count, size, with_it, price, order, event, sort in [
            ("09:05:00", "Burger", "2.0", "Regular", "No onion", "$17.00", "sq1001", "Payment", "Physical Good"),
            ("09:05:00", "Fries", "1.0", "Large", "", "$4.25", "sq1001", "Payment", "Physical Good"),
            ("09:05:00", "Cola", "1.0", "Large", "No ice, Lemon", "$3.00", "sq1001", "Payment", "Physical Good"),
            ("12:40:00", "Burger", "1.0", "Regular", "", "$8.50", "sq1002", "Payment", "Physical Good"),
            ("12:40:00", "Milkshake", "1.0", "Regular", "Vanilla", "$5.95", "sq1002", "Payment", "Physical Good"),
            ("12:40:00", "Custom Amount", "1.0", "", "", "$5.00", "sq1002", "Payment", "Custom Amount"),
            ("12:40:00", "Gift Card", "1.0", "", "", "$25.00", "sq1002", "Payment", "Gift Card"),
            ("13:00:00", "Cola", "-1.0", "Large", "", "-$3.00", "sq1003", "Refund", "Physical Good"),
            ("23:50:00", "Fries", "1.0", "Small", "", "$3.25", "sq1005", "Payment", "Physical Good"),
        ]
    ],
)  # fmt: skip

SQUARE_TRANSACTIONS = sheet(
    "Date,Time,Time Zone,Gross Sales,Discounts,Net Sales,Tip,Total Collected,Source,Net Total,Transaction ID,Payment ID,"
    "Details,Description,Event Type,Location",
    [
        ["3/12/26", time, "Eastern Time (US & Canada)", price, "$0.00", price, "$2.00", price, "Register", price, order,
         f"p{order}", "https://x", items, event, "Main St"]
        for time, price, order, items, event in [
            ("09:05:00", "$24.25", "sq1001", "2 x Burger (No onion), Fries (Large), Cola (Large) (No ice, Lemon)", "Payment"),
            ("12:40:00", "$14.45", "sq1002", "Burger, Milkshake (Vanilla), Custom Amount", "Payment"),
            ("13:00:00", "-$3.00", "sq1003", "Cola (Large)", "Refund"),
            ("23:50:00", "$3.25", "sq1005", "Fries (Small)", "Payment"),
        ]
    ],
)  # fmt: skip

TOAST = sheet(
    "Location,Order Id,Order #,Sent Date,Order Date,Check Id,Server,Item Selection Id,Item Id,SKU,PLU,Menu Item,"
    "Menu Group,Gross Price,Net Price,Qty,Tax,Void?",
    [
        ["Main St", f"13000000157343{order}", order[-2:], time, time, f"99{order}", "A", str(n), f"77{n}", "", "", item,
         "Mains", "8.50", "8.50", count, "0.70", void]
        for n, (order, time, item, count, void) in enumerate([
            ("1001", "3/12/26 9:05 AM", "Burger", "2.0", "false"),
            ("1001", "3/12/26 9:05 AM", "Fries", "1.0", "false"),
            ("1001", "3/12/26 9:05 AM", "Fries", "1.0", "true"),
            ("1001", "3/12/26 9:05 AM", "Cola", "1.0", "false"),
            ("1002", "3/12/26 12:40 PM", "Burger", "1.0", "false"),
            ("1002", "3/12/26 12:40\u202fPM", "Milkshake", "1.0", "false"),
            ("1004", "3/12/26 1:00 PM", "Burger", "1.0", "true"),
            ("1005", "3/12/26 11:50 PM", "Fries", "1.0", "false"),
        ])
    ],
)  # fmt: skip

LOYVERSE_ITEMS = "\ufeff" + sheet(
    "Date,Receipt number,Receipt type,Category,SKU,Item,Variant,Modifiers applied,Quantity,Gross sales,Discounts,"
    "Net sales,POS,Store,Cashier name,Comment,Status",
    [
        ["03/12/2026 " + time, f"2-{order}", kind, "Food", "10001", item, size, with_it, count, price, "0.00", price,
         "POS 2", "Main", "Owner", "", status]
        for time, order, kind, item, size, with_it, count, price, status in [
            ("09:05", "1001", "Sale", "Burger", "", "No onion", "2.000", "17.00", "Closed"),
            ("09:05", "1001", "Sale", "Fries", "Large", "", "1.000", "4.25", "Closed"),
            ("09:05", "1001", "Sale", "Cola", "Large", "", "1.000", "3.00", "Closed"),
            ("12:40", "1002", "Sale", "Burger", "", "", "1.000", "8.50", "Closed"),
            ("12:40", "1002", "Sale", "Milkshake", "", "Vanilla", "1.000", "5.95", "Closed"),
            ("13:00", "1003", "Refund", "Cola", "Large", "", "1.000", "-3.00", "Closed"),
            ("13:10", "1004", "Sale", "Burger", "", "", "1.000", "8.50", "Cancelled"),
            ("23:50", "1005", "Sale", "Fries", "", "", "1.000", "3.25", "Closed"),
        ]
    ],
)  # fmt: skip

LOYVERSE_RECEIPTS = sheet(
    "Date,Receipt number,Receipt type,Gross sales,Net sales,Total collected,Payment type,Description,POS,Status",
    [
        ["03/12/2026 09:05", "2-1001", "Sale", "24.25", "24.25", "24.25", "Cash", "2 x Burger, 1 x Fries, 1 x Cola", "POS 2",
         "Closed"],
        ["03/12/2026 12:40", "2-1002", "Sale", "14.45", "14.45", "14.45", "Cash", "1 x Burger, 1 x Milkshake", "POS 2",
         "Closed"],
        ["03/12/2026 13:00", "2-1003", "Refund", "-3.00", "-3.00", "-3.00", "Cash", "1 x Cola", "POS 2", "Closed"],
        ["03/12/2026 13:10", "2-1004", "Sale", "8.50", "8.50", "8.50", "Cash", "1 x Burger", "POS 2", "Cancelled"],
        ["03/12/2026 23:50", "2-1005", "Sale", "3.25", "3.25", "3.25", "Cash", "1 x Fries", "POS 2", "Closed"],
    ],
)  # fmt: skip

SHOPIFY = sheet(
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,"
    "Lineitem price,Lineitem sku,Cancelled at,Refunded Amount,Id,Source",
    [
        [f"#{order}", "", status, paid, "fulfilled" if status else "", "USD", "1.00", f"2026-03-12 {time}:00 -0400", count,
         item, "8.50", "", cancelled, "0.00" if status else "", "55", "pos"]
        for order, status, paid, time, count, item, cancelled in [
            ("1001", "paid", "2026-03-12 09:06:00 -0400", "09:05", "2", "Burger", ""),
            ("1001", "", "", "09:05", "1", "Fries - Large", ""),
            ("1001", "", "", "09:05", "1", "Cola - Large / Lemon", ""),
            ("1002", "partially_refunded", "2026-03-12 12:41:00 -0400", "12:40", "1", "Burger", ""),
            ("1002", "", "", "12:40", "1", "Milkshake - Default Title", ""),
            ("1003", "refunded", "2026-03-12 13:01:00 -0400", "13:00", "1", "Cola - Large", ""),
            ("1003", "", "", "13:00", "1", "Fries", ""),
            ("1004", "voided", "", "13:10", "1", "Burger", "2026-03-12 13:11:00 -0400"),
            ("1004", "", "", "13:10", "1", "Cola", ""),
            ("1005", "paid", "2026-03-12 23:51:00 -0400", "23:50", "1", "Fries", ""),
        ]
    ],
)  # fmt: skip

LIGHTSPEED = sheet(
    "Date,Receipt Number,Line Type,Customer Name,Note,Quantity,Subtotal,Sales Tax,Discount,Total,Paid,Details,Register,"
    "User,Status,Sku",
    [
        [f"2026-03-12 {time}:00", order, kind, "", "", count, "8.50", "0", "0", total, "", item, "Till 1", "Kim", status, ""]
        for time, order, kind, count, total, item, status in [
            ("09:05", "1001", "Sale", "4", "24.25", "2 X Burger + Fries + Cola", "Closed"),
            ("09:05", "1001", "Sale Line", "2", "17.00", "Burger", ""),
            ("09:05", "1001", "Sale Line", "1", "4.25", "Fries / Large", ""),
            ("09:05", "1001", "Sale Line", "1", "3.00", "Cola / Large", ""),
            ("09:05", "1001", "Payment", "", "24.25", "Cash", ""),
            ("12:40", "1002", "Sale", "2", "14.45", "Burger + Milkshake", "Closed"),
            ("12:40", "1002", "Sale Line", "1", "8.50", "Burger", ""),
            ("12:40", "1002", "Sale Line", "1", "5.95", "Milkshake", ""),
            ("12:40", "1002", "Payment", "", "14.45", "Credit Card", ""),
            ("13:00", "1003", "Sale", "-1", "-3.00", "-1 X Cola", "Closed"),
            ("13:00", "1003", "Sale Line", "-1", "-3.00", "Cola", ""),
            ("13:10", "1004", "Sale", "1", "8.50", "Burger", "Voided"),
            ("13:10", "1004", "Sale Line", "1", "8.50", "Burger", ""),
            ("23:50", "1005", "Sale", "1", "3.25", "Fries", "Closed"),
            ("23:50", "1005", "Sale Line", "1", "3.25", "Fries", ""),
            ("23:50", "1005", "Payment", "", "3.25", "Cash", ""),
        ]
    ],
)  # fmt: skip

WOO_LINES = sheet(
    "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Item #,Item Name,SKU,"
    "Quantity (- Refund),Item Cost,Coupon Code,Order Total Amount",
    [
        [order, status, f"2026-03-12 {time}", "", "", number, item, "", count, "8.50", "", "24.25"]
        for order, status, time, number, item, count in [
            ("1001", "Completed", "09:05", "1", "Burger", "2"),
            ("1001", "Completed", "09:05", "2", "Fries - Large", "1"),
            ("1001", "Completed", "09:05", "3", "Cola - Large", "1"),
            ("1002", "Processing", "12:40", "1", "Burger", "1"),
            ("1002", "Processing", "12:40", "2", "Milkshake", "1"),
            ("1003", "Refunded", "13:00", "1", "Cola", "0"),
            ("1004", "Cancelled", "13:10", "1", "Burger", "1"),
            ("1005", "Completed", "23:50", "1", "Fries", "1"),
        ]
    ],
)  # fmt: skip

WOO_ORDERS = sheet(
    "order_id,order_number,order_date,status,shipping_total,order_total,payment_method,line_items",
    [
        ["9001", "1001", "2026-03-12 09:05:00", "completed", "0", "24.25", "cod",
         "name:Burger|product_id:1|sku:b|quantity:2|total:17.00;name:Fries - Large|product_id:2|sku:|quantity:1|total:4.25;"
         "name:Cola|product_id:3|sku:|quantity:1|total:3.00"],
        ["9002", "1002", "2026-03-12 12:40:00", "processing", "0", "14.45", "cod",
         "name:Burger|product_id:1|sku:b|quantity:1|total:8.50;name:Milkshake|product_id:4|sku:|quantity:1|total:5.95"],
        ["9003", "1003", "2026-03-12 13:00:00", "refunded", "0", "3.00", "cod", "name:Cola|product_id:3|quantity:1"],
        ["9004", "1004", "2026-03-12 13:10:00", "pending", "0", "8.50", "cod", "name:Burger|product_id:1|quantity:1"],
        ["9005", "1005", "2026-03-12 23:50:00", "completed", "0", "3.25", "cod", "name:Fries|product_id:2|quantity:1"],
    ],
)  # fmt: skip

WOO_REPORT = sheet(
    "Date,Order #,Status,Customer,Customer type,Product(s),Items sold,Coupon(s),Net sales",
    [
        ["2026-03-12 09:05:00", "1001", "completed", "", "new", "2× Burger, 1× Fries - Large, 1× Cola", "4", "", "24.25"],
        ["2026-03-12 12:40:00", "1002", "completed", "", "new", "1× Burger, 1× Milkshake", "2", "", "14.45"],
        ["2026-03-12 13:00:00", "1003", "refunded", "", "new", "1× Cola", "1", "", "-3.00"],
        ["2026-03-12 13:10:00", "1004", "cancelled", "", "new", "1× Burger", "1", "", "8.50"],
        ["2026-03-12 23:50:00", "1005", "completed", "", "new", "1× Fries", "1", "", "3.25"],
    ],
)  # fmt: skip

ODOO_ORDERS = sheet(
    "Order Ref,Receipt Number,Date,Session,Status,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price",
    [
        ["Shop/1001", "Order 00012-001-1001", "2026-03-12 09:05:00", "POS/12", "Posted", "[BUR] Burger", "2.00", "8.50"],
        ["", "", "", "", "", "[FRI] Fries (Large)", "1.00", "4.25"],
        ["", "", "", "", "", "Cola", "1.00", "3.00"],
        ["Shop/1002", "Order 00012-001-1002", "2026-03-12 12:40:00", "POS/12", "Paid", "[BUR] Burger", "1.00", "8.50"],
        ["", "", "", "", "", "Milkshake", "1.00", "5.95"],
        ["Shop/1003", "Order 00012-001-1003", "2026-03-12 13:00:00", "POS/12", "Posted", "Cola", "-1.00", "3.00"],
        ["Shop/1004", "Order 00012-001-1004", "2026-03-12 13:10:00", "POS/12", "Cancelled", "[BUR] Burger", "1.00", "8.50"],
        ["", "", "", "", "", "Cola", "1.00", "3.00"],
        ["Shop/1005", "Order 00012-001-1005", "2026-03-12 23:50:00", "POS/12", "Posted", "[FRI] Fries", "1.00", "3.25"],
    ],
)  # fmt: skip

ODOO_LINES = sheet(
    "Order Ref,Product,Quantity,Unit Price,Subtotal,Created on",
    [
        ["Shop/1001", "[BUR] Burger", "2.0", "8.5", "17.0", "2026-03-12 09:05:00"],
        ["Shop/1001", "Fries (Large)", "1.0", "4.25", "4.25", "2026-03-12 09:05:00"],
        ["Shop/1001", "Cola", "1.0", "3.0", "3.0", "2026-03-12 09:05:00"],
        ["Shop/1002", "[BUR] Burger", "1.0", "8.5", "8.5", "2026-03-12 12:40:00"],
        ["Shop/1002", "Milkshake", "1.0", "5.95", "5.95", "2026-03-12 12:40:00"],
        ["Shop/1003", "Cola", "-1.0", "3.0", "-3.0", "2026-03-12 13:00:00"],
        ["Shop/1005", "Fries", "1.0", "3.25", "3.25", "2026-03-12 23:50:00"],
    ],
)

SUMUP = sheet(
    "Account,Date,Time,Type,Transaction ID,Receipt Number,Payment Method,Quantity,Description,Currency,Price (Gross),"
    "Price (Net),Tax,Tax rate,Transaction refunded",
    [
        ["a@b.no", "12/03/2026", time, kind, order, f"S{order}", "Card", count, item, "NOK", price, price, "0", "", refunded]
        for time, kind, order, count, item, price, refunded in [
            ("09:05", "Sales", "TX1001", "2", "Burger", "17.00", ""),
            ("09:05", "Sales", "TX1001", "1", "Fries (Large)", "4.25", ""),
            ("09:05", "Sales", "TX1001", "1", "Cola", "3.00", ""),
            ("12:40", "Sales", "TX1002", "1", "Burger", "8.50", ""),
            ("12:40", "Sales", "TX1002", "1", "Milkshake", "5.95", ""),
            ("12:40", "Sales", "TX1002", "1", "Tip", "2.00", ""),
            ("13:00", "Refund", "TX1003", "1", "Cola", "-3.00", ""),
            ("13:10", "Sales", "TX1004", "1", "Burger", "8.50", "true"),
            ("23:50", "Sales", "TX1005", "1", "Fries", "3.25", ""),
        ]
    ],
)  # fmt: skip

NORWEGIAN_ROWS = [
    ["12.03.2026", "09:05", "1001", "100", "Burger", "2", "8,50", "17,00"],
    ["12.03.2026", "09:05", "1001", "101", "Fries", "1", "4,25", "4,25"],
    ["12.03.2026", "09:05", "1001", "102", "Cola", "1", "3,00", "3,00"],
    ["12.03.2026", "12:40", "1002", "100", "Burger", "1", "8,50", "8,50"],
    ["12.03.2026", "12:40", "1002", "104", "Milkshake", "1", "1 249,00", "1 249,00"],
    ["12.03.2026", "13:00", "1003", "102", "Cola", "-1", "3,00", "-3,00"],
    ["12.03.2026", "23:50", "1005", "101", "Fries", "1", "3,25", "3,25"],
]
NORWEGIAN_HEAD = "Dato;Klokkeslett;Bongnr;Varenr;Varenavn;Antall;Pris inkl. mva;Beløp"
NORWEGIAN = sheet(NORWEGIAN_HEAD, NORWEGIAN_ROWS, ";")
TITLED = (
    "Salg per vare\nPeriode: 12.03.2026 - 12.03.2026\n\n" + NORWEGIAN + "Totalt;12.03.2026 23:59;;;Totalt;7;;1290,75\n"
)
TWO_LINES = sheet("Bong;;;Vare;;;Sum;\nDato;Klokkeslett;Nr;Nr;Navn;Antall;Pris;Beløp", NORWEGIAN_ROWS, ";")

FILES: Mapping[str, tuple[str, str]] = {
    "square-items": (SQUARE_ITEMS, "Square (items)"),
    "square-transactions": (SQUARE_TRANSACTIONS, "Square (transactions)"),
    "toast": (TOAST, "Toast (item selections)"),
    "loyverse-items": (LOYVERSE_ITEMS, "Loyverse (receipts by item)"),
    "loyverse-receipts": (LOYVERSE_RECEIPTS, "Loyverse (receipts)"),
    "shopify": (SHOPIFY, "Shopify (orders)"),
    "lightspeed": (LIGHTSPEED, "Lightspeed X (sales)"),
    "woo-lines": (WOO_LINES, "WooCommerce (orders, a row an item)"),
    "woo-orders": (WOO_ORDERS, "WooCommerce (orders, a row an order)"),
    "woo-report": (WOO_REPORT, "WooCommerce (orders report)"),
    "odoo-orders": (ODOO_ORDERS, "Odoo (orders with their lines)"),
    "odoo-lines": (ODOO_LINES, "Odoo (lines)"),
    "sumup": (SUMUP, "SumUp (sales)"),
    "norwegian": (NORWEGIAN, ""),
    "norwegian-sep": ("sep=;\n" + NORWEGIAN, ""),
    "norwegian-titled": (TITLED, ""),
    "norwegian-two-lines": (TWO_LINES, ""),
}
"""Each with the till that it is of, where the table knows it."""
