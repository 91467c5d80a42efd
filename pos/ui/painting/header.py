"""The line on top: till and cashier, what holds for the whole order, what waits, the time and the number."""

from __future__ import annotations

from pos.domain.order import Order, noted_anywhere
from pos.ui.blocks import Block, Piece, row, text_block
from pos.ui.view import View


def header(view: View, width: int, height: int) -> Block:
    """One row; the rest of `height` stays empty."""
    ground = view.inks.sunken
    rows = [row(width, ground.fill, _left(view), _right(view, width))]
    return text_block(width, rows * min(1, height))


def _left(view: View) -> list[Piece]:
    ground, words, register = view.inks.sunken, view.words, view.counter.register
    who = " · ".join(part for part in (words.text("till-named", till=register.till.name), register.cashier) if part)
    pieces: list[Piece] = [(f" {who}  ", ground.soft)]
    for badge in _badges(view, view.order):
        pieces += [(f" {badge} ", view.inks.badge), (" ", ground.fill)]
    return pieces


def _badges(view: View, order: Order) -> list[str]:
    """What nobody may overlook, in words."""
    words = view.words
    found = []
    if order.serving_mode is not None and view.paid is None:
        found.append(words.serving_mode(order.serving_mode).upper())
    found += [f"{words.allergen(name).upper()}!" for name in sorted(noted_anywhere(order))]
    if order.exempt is not None:
        found.append(words.reason(order.exempt).upper())
    if order.language is not None:
        found.append(words.text("language-badge").upper())
    if view.moment.rush:
        found.append(words.text("rush-badge").upper())
    return found


def _right(view: View, width: int) -> list[Piece]:
    ground, words, shelf, register = view.inks.sunken, view.words, view.shelf, view.counter.register
    pieces: list[Piece] = []
    if shelf.owed:
        pieces.append((f" {words.text('owed-count', count=shelf.owed)} ", ground.bad))
    if shelf.unsettled:
        first = shelf.unsettled[0]
        since = {"kind": first.kind, "amount": words.money(first.amount), "minutes": register.minutes_since(first.at)}
        message_id = "unsettled-count" if width >= 100 or len(shelf.unsettled) == 1 else "unsettled-count-short"
        pieces.append((f" ! {words.text(message_id, count=len(shelf.unsettled), **since)} ", ground.bad))
    if shelf.held > len(shelf.unsettled) and shelf.oldest is not None:
        minutes = register.minutes_since(shelf.oldest)
        message_id = "held-count" if width >= 100 else "held-count-short"
        pieces.append((f" {words.text(message_id, count=shelf.held, minutes=minutes)} ", ground.accent))
    number = view.paid.call_number if view.paid is not None else view.order.call_number
    pieces.append((f" {words.time(view.now)} ", ground.soft))
    if number:
        pieces.append((f" {words.text('call-number', number=str(number))} ", ground.strong))
    return pieces
