"""The verb of the next visit: a code that a customer brings, taken by an order at one till and no other."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.errors import Refused
from pos.domain.next_visit import NextVisit, Refusals, is_well_typed
from pos.domain.order import LineItem
from pos.domain.redeeming import redeemed
from pos.domain.taken_offer import taken_by
from pos.register.ringing import Ringing
from pos.store.next_visits import Given, Try


class Redeeming(Ringing):
    """Next-visit offers at the counter."""

    def redeem(self, code: str) -> bool:
        """Take a code; whether a line of the order has taken it. If none fits, it waits for the next that is rung.

        A code that waits may be given again, to look among all lines once more. Raises `Refused`: mistyped, unknown,
        used, ended, carried by another order, or a second one in this order.
        """
        order = self._open_order()
        self.refresh_menu()
        self._refuse_without_deals()
        offer = self._brought(code)
        order = redeemed(replace(order, next_visit=offer, checking_out=False), self.moment())
        self._commit("next_visit", order)
        return self.next_visit_line() is not None

    def next_visit_line(self) -> LineItem | None:
        """The line that has taken the order's next-visit offer; None while it waits, or there is none."""
        return taken_by(self.order, self.menu)

    def _brought(self, code: str) -> NextVisit:
        """What a code gives this order now."""
        if not is_well_typed(code):
            raise Refused("next-visit-mistyped", code=code[:14])
        carried = self.order.next_visit
        if carried is not None and carried.code != self.store.next_visits.key(code):
            raise Refused("next-visit-one-only")
        if self.next_visit_line() is not None:
            raise Refused("next-visit-already-on")
        offer = self._remembered(self.store.next_visits.find(code, self._try(), self.business_day))
        if not self._is_sold(offer):
            raise Refused("next-visit-gone", name=offer.name)
        return offer

    def _try(self) -> Try:
        return Try(self.till.id, self.cashier, self.order.id, self.now)

    def _remembered(self, given: Given) -> NextVisit:
        """The offer, with what its sale refused only if the shop remembers that for the day and it was today."""
        if self.menu.refusals is Refusals.DAY and given.day == self.business_day:
            return given.offer
        return replace(given.offer, refused=())

    def _is_sold(self, offer: NextVisit) -> bool:
        if offer.sku is None:
            return offer.modifier in self.menu.modifiers
        item = self.menu.items.get(offer.sku)
        return item is not None and not item.retired
