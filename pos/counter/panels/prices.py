"""The panels of a new price: which item, and its new price."""

from __future__ import annotations

from pos.counter import keys
from pos.counter.counter_state import CounterState, Panel, TextPanel
from pos.counter.states import State, Tone, say
from pos.domain.errors import Refused
from pos.domain.menu.items import MenuItem
from pos.domain.money import Money
from pos.register.verbs import prices


class PricePanel(Panel):
    """Asks which item: a tile's letter, or Enter for the item of the chosen line; arrows go to other tiles."""

    state = State.PRICE
    title = say("title-price")

    def press(self, counter: CounterState, key: str) -> bool:
        """The tiles, as while ringing."""
        tile = counter.tiles().get(key)
        if tile is None and key == keys.ENTER and counter.line is not None:
            tile = counter.view.menu.items[counter.line.sku]
        if tile is not None:
            counter.panel = NewPricePanel(counter, tile)
        elif key in (keys.LEFT, keys.RIGHT, keys.TAB):
            counter.turn_category(-1 if key == keys.LEFT else 1)
        elif key in (keys.PAGE_UP, keys.PAGE_DOWN):
            counter.turn_page(-1 if key == keys.PAGE_UP else 1)
        else:
            return super().press(counter, key)
        return True

    def scan(self, counter: CounterState, code: str) -> bool:
        """Refuse a code: a scan that was meant for the order must not change a price."""
        raise Refused("scan-in-price")


class NewPricePanel(TextPanel):
    """Asks for the new price."""

    state = State.PRICE
    longest = 9
    hint = "hint-new-price"

    def __init__(self, counter: CounterState, item: MenuItem) -> None:
        super().__init__()
        self.item = item
        price = item.price_in(counter.view.order.serving_mode)
        self.title = say("title-new-price", name=item.full_name, price=price)

    def scan(self, counter: CounterState, code: str) -> bool:
        """Refuse a code: it is no price."""
        raise Refused("scan-in-price")

    def take(self, counter: CounterState) -> None:
        """Change the price. A text that is no price stays, to be corrected. Raises `BadInput`, `Refused`."""
        price = Money.parse(self.typed.strip())
        prices.check_price(price)  # before anybody is asked for a PIN
        before = counter.do(prices.change_price, self.item.sku, price)
        counter.panel = None
        was = before.price_in(counter.view.order.serving_mode)
        counter.message = say("price-changed", Tone.GOOD, name=before.full_name, was=was, price=price)

    def close(self, counter: CounterState) -> None:
        """Go back to choosing an item."""
        counter.panel = PricePanel()


def open_prices(counter: CounterState) -> None:
    counter.panel = PricePanel()
