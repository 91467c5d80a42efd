"""`pos log`: the rows of the journal in words, for whoever helps a shop or looks for a mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from pos.domain.menu.items import Sku
from pos.domain.menu.menu import Menu
from pos.domain.money import Money
from pos.domain.order.exchange import EXCHANGE
from pos.domain.order.order import LineItem, Order, Tender, TenderState
from pos.domain.order.questions import Outcome
from pos.domain.order.tips import Tip
from pos.domain.sale.sale import PaperKind
from pos.store.journal.act_log import ActLog, ActRow
from pos.wording import Wording

ASIDE = "  "
"""The space between columns."""

PLACE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""The gap in a verb's words, for the thing it was done to."""

ANSWERS = ("accepted", "declined", "no", "not_asked", "yes")
"""Verbs whose name is the answer."""


def verb_id(verb: str) -> str:
    """The message id of a verb: `verb-change-quantity` for `change_quantity`."""
    return f"verb-{verb.replace('_', '-')}"


def order_lines(log: ActLog, order_id: str, menu: Menu, words: Wording) -> Iterator[str]:
    """What happened to an order: a title, then a line for each act."""
    rows = log.of_order(order_id)
    order = next((row.order for row in reversed(rows) if row.order is not None), None)
    receipt = log.receipt_of(order_id)
    call_number = 0 if order is None else order.call_number
    parts = [words.text("log-order", id=order_id)]
    parts += [words.text("log-order-called", number=str(call_number))] if call_number else []
    parts += [words.text("log-order-receipt", number=receipt)] if receipt else []
    yield ", ".join(parts)
    yield from _lines(log, rows, menu, words, with_order=False)


def day_lines(log: ActLog, start: datetime, menu: Menu, words: Wording) -> Iterator[str]:
    """What happened at all tills since a time. Each line names its order by the last letters of its id."""
    return _lines(log, log.since(start), menu, words, with_order=True)


def _lines(log: ActLog, rows: Iterable[ActRow], menu: Menu, words: Wording, *, with_order: bool) -> Iterator[str]:
    orders: dict[str, Order] = {}
    day: date | None = None
    told_by = ActWords(menu, words, log.people())
    for row in rows:
        if row.at.date() != day:
            day = row.at.date()
            yield words.date(day)
        before = orders.get(row.order_id or "")
        if before is None and row.parent is not None and with_order:
            before = log.order_at(row.parent)
        columns = [f"{row.at:%H:%M:%S}", row.till, row.person]
        if with_order:
            columns.insert(1, (row.order_id or "")[-6:].rjust(6))
        told = told_by.sentence(row, before)
        yield ASIDE.join([column for column in columns if column] + [told])
        if row.order is not None:
            orders[row.order.id] = row.order


class ActWords:
    """Acts in words, with today's names of items and people; `people` has names by number."""

    def __init__(self, menu: Menu, words: Wording, people: Mapping[int, str]) -> None:
        self._menu = menu
        self._words = words
        self._people = people

    def sentence(self, row: ActRow, before: Order | None) -> str:
        """What was done, to what, and with what result; `before` is the order before the act."""
        refused = _refused(row)
        if refused:
            return "; ".join([self._words.text(f"log-{refused}"), *self._why(row)])
        what, then = [*self._answers(row), *self._marks(row)], [*self._order(row, before)]
        if not what:
            what, then = then, []
        done = self._words.text(verb_id(row.verb), what=PLACE)
        if PLACE in done:
            done, what = done.replace(PLACE, ", ".join(what)).strip(), []
        return "; ".join([done, *what, *then, *self._facts(row), *self._why(row)])

    def _why(self, row: ActRow) -> Iterator[str]:
        """The reason given, and the person who approved it with a PIN or badge."""
        if row.reason:
            yield self._words.text(row.reason)
        if row.approver:
            yield self._words.text("log-approved-by", name=row.approver)

    # what became of the order

    def _order(self, row: ActRow, before: Order | None) -> Iterator[str]:
        if row.order is None:
            return
        before = before or Order(row.order.id, 0, row.order.opened_at)
        yield from self._changed_lines(before, row.order)
        yield from self._changed_order(before, row.order)
        if row.order.discount is not None and row.order.discount != before.discount:
            yield self._words.percent(row.order.discount.share)
        if row.order.tip != before.tip and row.verb == "note_tip":
            yield self._tip(row.order.tip)
        known = {tender.id: tender.state for tender in before.tenders}
        for tender in row.order.tenders:
            if known.get(tender.id) is not tender.state:
                yield self._tender(tender)

    def _changed_lines(self, before: Order, after: Order) -> Iterator[str]:
        old = {line.id: line for line in before.lines}
        new = {line.id: line for line in after.lines}
        added = [line for line in after.lines if line.id not in old]
        gone = [line for line in before.lines if line.id not in new]
        both = bool(added) and bool(gone)
        yield from (("+ " if both else "") + self._line(line) for line in added)
        yield from (("- " if both else "") + self._line(line) for line in gone)
        for line in after.lines:
            if line.id in old and old[line.id] != line:
                yield from self._changed_line(old[line.id], line)

    def _changed_line(self, old: LineItem, new: LineItem) -> Iterator[str]:
        name = self._item(new.sku)
        if old.sku != new.sku:
            yield f"{self._item(old.sku)} → {name}"
        elif (old.size_said, old.confirmed) != (new.size_said, new.confirmed):
            yield name
        if old.quantity != new.quantity:
            yield f"{name} {old.quantity} → {new.quantity}"
        yield from (f"{name}: {text}" for text in self._changed_parts(old, new))

    def _changed_parts(self, old: LineItem, new: LineItem) -> Iterator[str]:
        yield from (f"+ {self._modifier(name)}" for name in new.modifiers if name not in old.modifiers)
        yield from (f"- {self._modifier(name)}" for name in old.modifiers if name not in new.modifiers)
        if old.sku == new.sku:
            asked = {*new.chosen} - {*old.chosen}
            yield from (self._item(sku) for slot, sku in new.fillings if old.filling(slot) != sku or slot in asked)
        if old.note != new.note:
            yield self._words.quoted(new.note)
        yield from self._allergens(old.allergens, new.allergens)

    def _changed_order(self, before: Order, after: Order) -> Iterator[str]:
        words = self._words
        if after.serving_mode is not None and after.serving_mode is not before.serving_mode:
            yield words.label(after.serving_mode)
        if after.purpose is not before.purpose:
            yield words.label(after.purpose)
        if after.channel != before.channel and after.channel is not None:
            channel = self._menu.channels.get(after.channel)
            yield after.channel if channel is None else words.local(channel.name)
        if after.exempt is not before.exempt and after.exempt is not None:
            yield words.label(after.exempt)
        if after.next_visit is not None and before.next_visit is None and after.lines == before.lines:
            yield words.local(after.next_visit.name)
        yield from (code for code in after.codes if code not in before.codes)
        if after.language is not None and after.language != before.language:
            yield after.language
        if after.note != before.note:
            yield words.quoted(after.note)
        yield from self._allergens(before.allergens, after.allergens)

    def _allergens(self, before: frozenset[str], after: frozenset[str]) -> Iterator[str]:
        yield from (self._words.allergen(name) for name in sorted(after - before))
        yield from (f"- {self._words.allergen(name)}" for name in sorted(before - after))

    def _tender(self, tender: Tender) -> str:
        words = self._words
        kind = words.local(tender.name) if tender.name is not None else words.text(f"tender-{tender.kind}")
        told = f"{kind} {words.money(tender.amount)}: {words.label(tender.state)}"
        beyond = [words.text("log-tip", amount=words.money(tender.tip))] if tender.tip else []
        beyond += [words.text("log-change", amount=words.money(tender.change))] if tender.change else []
        return f"{told} ({', '.join(beyond)})" if beyond else told

    def _tip(self, tip: Tip | None) -> str:
        """The tip noted: an amount, the change, or none."""
        if tip is None:
            return self._words.text("log-no-tip")
        return self._words.text("log-tip-is-change") if tip.is_change else self._words.money(tip.said)

    # what else became true

    def _facts(self, row: ActRow) -> Iterator[str]:
        for event in _events(row):
            if event["name"] != "answered":
                name = str(event["name"]).replace("_", "-")
                yield self._words.text(f"log-event-{name}", offer=self._offered(row.order, event))
        for tag in FACTS:
            told = row.facts.get(tag)
            if isinstance(told, Mapping) and (said := self._fact(tag, told)):
                yield said

    def _answers(self, row: ActRow) -> Iterator[str]:
        """The answer; also how it was given, if the verb does not say so."""
        for event in _events(row):
            if event["name"] != "answered":
                continue
            offered, outcome = self._offered(row.order, event), Outcome(str(event["outcome"]))
            if outcome is Outcome.ACCEPTED and event["units"] != 1:
                offered = f"{offered} ({event['count']}/{event['units']})"
            yield offered if row.verb in ANSWERS else f"{offered}: {self._words.label(outcome)}"

    def _marks(self, row: ActRow) -> Iterator[str]:
        """What is sold out or available again, and the state of papers."""
        for tag in ("marked_out", "restored"):
            told = row.facts.get(tag)
            if isinstance(told, Mapping):
                yield self._mark(told)
        paper = row.facts.get("paper")
        if isinstance(paper, Mapping):
            yield self._paper(row, paper)
        if "refund_paper" in row.facts:
            yield self._words.text("log-paper-refund")

    def _offered(self, order: Order | None, event: Mapping[str, object]) -> str:
        """What an offer leads to; its id if the order no longer has it."""
        offer_id = str(event["offer_id"])
        for question in () if order is None else order.questions:
            for offer in question.candidates:
                if question.kind.value == event["kind"] and offer.id == offer_id:
                    return self._modifier(offer.modifier) if offer.modifier is not None else self._item(offer.sku or "")
        return offer_id

    def _fact(self, tag: str, told: Mapping[str, object]) -> str:
        words = self._words
        match tag:
            case "sold":
                sale = _part(told, "sale")
                number = f"{sale['series']}-{sale['receipt_number']}"
                return words.text("log-sold", number=number, amount=self._money(sale["total"]))
            case "written_off":
                number = f"{told['series']}-{told['number']}"
                return words.text("log-written-off", number=number, amount=self._money(told["worth"]))
            case "refunded":
                number, of = f"{told['series']}-{told['number']}", _part(told, "of")
                whole = words.text("log-refunded", number=number, amount=self._money(told["total"]))
                return f"{whole}, {self._sale_number(of)}"
            case "refund_begun" | "refund_dropped":
                return self._way_back(told)
            case "discarded":
                reason = words.text(f"discard-{str(told['reason']).replace('_', '-')}")
                return words.text("log-discarded", reason=reason, amount=self._money(told["total"]))
            case "migrated":
                return words.text("log-migrated", count=told["rows"])
            case "call_number":
                return words.text("log-called", number=str(told["number"]))
        return self._fact_of_shift(tag, told) if tag in OF_SHIFT else self._fact_of_office(tag, told)

    def _way_back(self, told: Mapping[str, object]) -> str:
        """For an unfinished refund: its sale, and the result of the last payment tried. A refund that pays for another
        sale is told with that sale's order."""
        words, of, tried = self._words, _part(told, "of"), told.get("tenders")
        parts = [self._sale_number(of)]
        if isinstance(tried, list) and tried and tried[-1]["kind"] != EXCHANGE:
            last, state = tried[-1], TenderState(tried[-1]["state"])
            kind, amount = words.text(f"tender-{last['kind']}"), self._money(last["amount"])
            parts.append(f"{kind} {amount}: {words.label(state)}")
        return ", ".join(parts)

    def _sale_number(self, of: Mapping[str, object]) -> str:
        return self._words.text("log-refund-of", number=f"{of['series']}-{of['number']}")

    def _fact_of_shift(self, tag: str, told: Mapping[str, object]) -> str:
        """What a shift's tally got, how its drawer was counted, or a Z's number and sales; an X is only mentioned."""
        if tag == "counted":
            cash, expected = self._money(told["cash"]), self._money(told["expected"])
            return self._words.text("log-counted", cash=cash, expected=expected)
        if tag == "tallied":
            rows = told["rows"]
            counted = rows if isinstance(rows, list) else []
            return ", ".join(self._money(row["amount"]) for row in counted if row["what"] in MONEY)
        report = _part(told, "report")
        sold = _part(_part(_part(report, "figures"), "sales"), "amount")
        if not report.get("number"):
            return ""
        return self._words.text("log-z", number=str(report["number"]), amount=self._money(sold))

    def _fact_of_office(self, tag: str, told: Mapping[str, object]) -> str:
        match tag:
            case "menu":
                return self._words.text("log-menu", version=str(told["version"]), count=told["items"])
            case "till":
                return f"{told['name']} ({told['series']})"
            case "price_set":
                before, now = self._money(told["before"]), self._money(told["now"])
                return f"{self._item(str(told['sku']))} {before} → {now}"
            case "person_entered" | "key_given" | "person_left":
                return self._about_person(told)
            case "backed_up":
                made = str(told["head_hash"])[:8]
                return self._words.text("log-backed-up", name=told["name"], row=told["head_seq"], hash=made)
            case "file_restored":
                row, last = told["head_seq"], told["lost_to"]
                message_id = "log-file-restored" if row == last else "log-file-restored-short"
                return self._words.text(message_id, row=row, last=last)
            case "imported" | "forgotten":
                return self._words.text("log-past-orders", count=told["orders"])
        return f"{told['key']}: {told['value']}"

    def _paper(self, row: ActRow, told: Mapping[str, object]) -> str:
        is_write_off = told["kind"] == PaperKind.RECEIPT and not told["of_sale"]
        kind = "write-off" if is_write_off else str(told["kind"]).replace("_", "-")
        problem = f" ({told['problem']})" if told["problem"] else ""
        return f"{self._words.text(f'log-paper-{kind}')}{problem}"

    def _mark(self, told: Mapping[str, object]) -> str:
        """What is sold out or available again."""
        for key, name in (("sku", self._item), ("modifier", self._modifier), ("machine", self._machine)):
            if told.get(key) is not None:
                return name(str(told[key]))
        return ""

    # names

    def _line(self, line: LineItem) -> str:
        name = self._item(line.sku)
        return name if line.quantity == 1 else f"{line.quantity} {name}"

    def _item(self, sku: Sku) -> str:
        item = self._menu.items.get(sku)
        return sku if item is None else self._words.item_name(item)

    def _modifier(self, modifier: str) -> str:
        found = self._menu.modifiers.get(modifier)
        return modifier if found is None else self._words.local(found.name)

    def _machine(self, machine: str) -> str:
        found = self._menu.machines.get(machine)
        return machine if found is None else self._words.local(found.name)

    def _about_person(self, told: Mapping[str, object]) -> str:
        """A person's name, and the role if it was given."""
        number = told.get("id", told.get("person"))
        name = self._people.get(number, str(number)) if isinstance(number, int) else ""
        role = str(told.get("role", "")).replace("_", "-")
        return f"{name}, {self._words.text(f'role-{role}')}" if role else name

    def _money(self, told: object) -> str:
        minor = told.get("minor", 0) if isinstance(told, Mapping) else 0
        return self._words.money(Money(int(minor)))


OF_SHIFT = ("counted", "report", "tallied")

MONEY = ("float", "pay_in", "pay_out", "drop", "disputed")
"""The tallies of a shift that are told with their amounts; others are told differently."""

FACTS = (
    "call_number",
    "sold",
    "written_off",
    "refunded",
    "refund_begun",
    "refund_dropped",
    "discarded",
    "setting",
    "shop_setting",
    "menu",
    "till",
    "price_set",
    "person_entered",
    "key_given",
    "person_left",
    "imported",
    "forgotten",
    "migrated",
    "backed_up",
    "file_restored",
    "counted",
    "report",
    "tallied",
)
"""The facts that are said behind what was done, in this order."""


def _refused(row: ActRow) -> str:
    """The message id of a recorded refusal; empty if the act was done."""
    if "copy_refused" in row.facts:
        return "one-copy-only"
    if "key_refused" in row.facts:
        return str(_part(row.facts, "key_refused")["why"])
    tried = _part(row.facts, "code_tried")
    return str(tried["refused"] or "next-visit-gone") if tried and row.order is None else ""


def _events(row: ActRow) -> Iterator[Mapping[str, object]]:
    asked = row.facts.get("asked")
    yield from asked if isinstance(asked, list) else ()


def _part(told: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = told.get(name)
    return part if isinstance(part, Mapping) else {}
