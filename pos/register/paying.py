"""The verbs of payment: tenders one after the other, and the sale that the last one makes; what is written off."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.errors import DeviceError, Refused, StoreError
from pos.domain.money import ZERO, Money
from pos.domain.order import Order, Purpose, Tender, TenderKind, TenderState
from pos.domain.prompts import PaymentPrompt, StopPrompt, TerminalPrompt, decisions
from pos.domain.questions import NotApplicable, OfferKind, Outcome
from pos.domain.write_offs import WriteOff
from pos.register.asking import Asking
from pos.register.closing import make_sale, make_write_off
from pos.register.doubt import stored_after_all


class Paying(Asking):
    """The verbs of payment. Each tender is durable when it is taken; cash alone rounds."""

    def set_purpose(self, purpose: Purpose) -> None:
        """Say what the order is rung for: a sale, or a staff meal, a remake or waste, which cost nothing.

        Raises `Refused` once money has been handed over.
        """
        order = self._open_order()
        if purpose is not order.purpose:
            self._commit_answer("purpose", replace(order, purpose=purpose))

    def write_off(self) -> WriteOff:
        """End a staff meal, a remake or waste: no sale, and nobody pays.

        Raises `Refused`: `not-written-off` for a sale, and before checkout has asked all that it asks of such an order.
        """
        order = self._open_order()
        if order.is_sale:
            raise Refused("not-written-off")
        self._at_payment()
        self._check_flow(order)
        draft = make_write_off(order, self.moment(), self.till, self.cashier, order.language or self.language)
        try:
            done = self.store.write_offs.finish(draft, order, self.till.id, self._seq)
        except StoreError as error:
            done = stored_after_all(error, lambda: self.store.write_offs.of_order(order.id))
        self._begin()
        self.last_write_off = done
        return done

    def cash_due(self) -> Money:
        """What is due if it is paid in cash: whole kroner."""
        return self.country.round_cash(self._due())

    def pay_cash(self, handed: Money | None = None) -> None:
        """Take cash: exactly what is due, or what was handed over; less than is due is a part payment.

        Raises `Refused` for an amount that nobody hands over (`cash-absurd`) or that no coins make (`cash-no-coin`).
        """
        due = self._due_here()
        rounded = self.country.round_cash(due)
        given = rounded if handed is None else handed
        too_much = given > self.country.largest_cash or given - rounded >= self.country.largest_change
        if given < ZERO or too_much or (not given and rounded):
            raise Refused("cash-absurd", amount=given)
        if given.minor % self.country.cash_unit.minor:
            raise Refused("cash-no-coin", amount=given, unit=self.country.cash_unit)
        if given >= rounded:
            tender = self._tender(TenderKind.CASH, due, given, TenderState.APPROVED)
            tender = replace(tender, rounding=rounded - due, change=given - rounded)
        else:
            tender = self._tender(TenderKind.CASH, given, given, TenderState.APPROVED)
        self._take(f"pay_{tender.kind}", self._with_tender(tender))

    def pay_by_platform(self) -> None:
        """All that is due, by the platform that has the customer's money. Raises `Refused` for any other order."""
        due, channel = self._due(), self.platform()
        if channel is None:
            raise Refused("no-platform")
        tender = self._tender(channel.id, due, due, TenderState.APPROVED)
        self._take("pay_platform", self._with_tender(replace(tender, name=channel.name)))

    def ask_terminal(self, kind: TenderKind, amount: Money | None = None) -> TenderState:
        """Write down that a card or mobile payment is being tried, before the terminal is asked; what it answered.

        `amount` is a part of what is due; None is all of it.
        """
        due = self._due_here()
        part = due if amount is None else amount
        if part <= ZERO or part > due:
            raise Refused("part-absurd", amount=part, due=due)
        tender = self._tender(kind, part, part, TenderState.INTENT)
        self._take(f"ask_{kind}", self._with_tender(tender))
        try:
            answer = self.devices.terminal.ask(tender)
        except DeviceError:
            self.terminal_says(TenderState.DECLINED)
            raise
        if answer is not TenderState.INTENT:
            self.terminal_says(answer)
        return answer

    def terminal_says(self, state: TenderState) -> None:
        """What the terminal showed: approved, declined or unknown (which keeps waiting for one of the two)."""
        prompt = self.prompt()
        if not isinstance(prompt, TerminalPrompt):
            raise Refused("no-tender-open")
        answered = replace(prompt.tender, state=state)
        self._change_tender(f"terminal_{state}", answered)

    def give_back(self) -> Money:
        """Give the last part payment back; returns how much. With nothing left the order may change again."""
        if self.order.open_tender is not None:
            raise Refused("tender-open")
        last = next((tender for tender in reversed(self.order.tenders) if tender.counts), None)
        if last is None:
            raise Refused("nothing-to-take-back")
        self._change_tender("give_back", replace(last, state=TenderState.GIVEN_BACK))
        return last.amount

    def _change_tender(self, verb: str, tender: Tender) -> None:
        """Commit what became of a tender. An order that nothing pays for any more follows the menu again."""
        before = self.order, self.menu, self.priced()
        order = _with(self.order, tender)
        self._take(verb, order if order.is_frozen else replace(order, settled=()))
        if self.order.id == order.id and not self.order.is_frozen:
            self.look_again()
            self._tell_prices(before)

    def _due(self) -> Money:
        """What is left to pay. Raises `Refused` where nothing is paid now: not at payment, or no sale."""
        prompt = self._at_payment()
        if not self.order.is_sale:
            raise Refused("not-a-sale", purpose=self.order.purpose)
        return prompt.due

    def _at_payment(self) -> PaymentPrompt:
        prompt = self.prompt()
        if isinstance(prompt, TerminalPrompt):
            raise Refused("tender-open")
        if isinstance(prompt, StopPrompt):
            raise Refused("stop-first")
        if not isinstance(prompt, PaymentPrompt):
            raise Refused("not-at-payment")
        return prompt

    def _due_here(self) -> Money:
        """What is due, where the customer pays in the shop. Raises `Refused` where a platform has the money."""
        due, channel = self._due(), self.platform()
        if channel is not None:
            raise Refused("platform-has-paid", name=channel.name)
        return due

    def _tender(self, kind: str, amount: Money, handed: Money, state: TenderState) -> Tender:
        return Tender(len(self.order.tenders) + 1, kind, amount, handed, state, self.now)

    def _with_tender(self, tender: Tender) -> Order:
        """The order with one more tender; the first one fixes what does not apply."""
        order = self.order
        if not order.is_frozen:
            settled = tuple(
                NotApplicable(entry.kind, entry.reason)
                for entry in decisions(order, self.moment())
                if entry.outcome is Outcome.NOT_APPLICABLE and entry.reason is not None
            )
            order = replace(
                order,
                settled=settled,
                menu_version=self.around.version,
                said=order.said if order.said is not None and order.said.day == self.business_day else None,
                frozen_at=self.now,
            )
        return replace(order, tenders=(*order.tenders, tender))

    def _take(self, verb: str, order: Order) -> None:
        """Commit a tender; one that completes the payment finishes the sale in the same transaction."""
        self._check_flow(order)
        if not order.is_sale:
            raise Refused("not-a-sale", purpose=order.purpose)
        moment = self.moment()
        total = moment.price(order).total
        if order.open_tender is not None or order.paid < total or not order.is_frozen:
            self._commit(verb, order)
            return
        decided = decisions(order, moment)
        if len(decided) != len(OfferKind):
            raise Refused("not-at-payment")
        draft = make_sale(order, moment, decided, self.till, self.cashier, order.language or self.language)
        draft = replace(draft, kitchen_slip=draft.kitchen_slip and self.has_kitchen)
        try:
            sale = self.store.sales.finish(draft, order, self.till.id, self._seq, self.now)
        except StoreError as error:
            sale = stored_after_all(error, lambda: self.store.sales.of_order(order.id))
        self._begin()
        self.last_sale = sale


def _with(order: Order, tender: Tender) -> Order:
    """The order with a tender replaced by its next state."""
    return replace(order, tenders=tuple(tender if entry.id == tender.id else entry for entry in order.tenders))
