"""Paints the top line: till and cashier, what holds for the whole order, what waits, the time and the call number."""

from __future__ import annotations

from rich.cells import cell_len

from pos.domain.order.order import Order, Purpose, noted_anywhere
from pos.ui.blocks.blocks import Block, Piece, row, text_block
from pos.ui.frame import Frame
from pos.ui.painting.allergens import shorter_lists


def header(frame: Frame, width: int, height: int) -> Block:
    """One row; the rest of `height` stays empty."""
    ground, right = frame.inks.sunken, _right(frame, width)
    room = width - sum(cell_len(text) for text, _ in right)
    rows = [row(width, ground.fill, _left(frame, room), right)]
    return text_block(width, rows * min(1, height))


def _left(frame: Frame, width: int) -> list[Piece]:
    """Till and cashier, then the badges. If they do not fit, the allergies share one, with the number of those left
    out."""
    ground, words = frame.inks.sunken, frame.words
    till = words.text("till-named", till=frame.till.till.name)
    who = f" {' · '.join(part for part in (till, frame.till.cashier) if part)}  "
    names = [words.allergen(name).upper() for name in sorted(noted_anywhere(frame.order))]
    before, after = _badges_before(frame, frame.order), _badges_after(frame, frame.order)
    badges = [*before, *(f"{name}!" for name in names), *after]
    if names and cell_len(who) + _room_of(badges) > width:
        who = f" {till}  "
        shown = next(
            (
                f"{shown}!"
                for shown in shorter_lists(names)
                if cell_len(who) + _room_of([*before, f"{shown}!", *after]) <= width
            ),
            f"{len(names)}!",
        )
        badges = [*before, shown, *after]
    pieces: list[Piece] = [(who, ground.soft)]
    for badge in badges:
        pieces += [(f" {badge} ", frame.inks.badge), (" ", ground.fill)]
    return pieces


def _room_of(badges: list[str]) -> int:
    """The width of badges, each with a blank on both sides and one after it."""
    return sum(cell_len(badge) + 3 for badge in badges)


def _badges_before(frame: Frame, order: Order) -> list[str]:
    """The order's purpose if it is no sale, and its serving mode, in words."""
    found = [] if frame.purpose is Purpose.SALE else [frame.words.label(frame.purpose).upper()]
    if order.serving_mode is not None and frame.paid is None:
        found.append(frame.words.serving_mode(order.serving_mode).upper())
    return found


def _badges_after(frame: Frame, order: Order) -> list[str]:
    """The badges besides allergies."""
    words = frame.words
    found = []
    channel = frame.till.channel
    if channel is not None:
        found.append(words.local(channel.name).upper())
    elif order.exempt is not None:
        found.append(words.reason(order.exempt).upper())
    if order.language is not None:
        found.append(words.text("language-badge").upper())
    if frame.moment.rush:
        found.append(words.text("rush-badge").upper())
    return found


def _right(frame: Frame, width: int) -> list[Piece]:
    ground, words, shelf = frame.inks.sunken, frame.words, frame.shelf
    pieces: list[Piece] = []
    if shelf.owed:
        pieces.append((f" {words.text('owed-count', count=shelf.owed)} ", ground.bad))
    unsettled = _unsettled(frame, width)
    if unsettled is not None:
        pieces.append((f" ! {unsettled} ", ground.bad))
    if shelf.refunds:
        message_id = "refunds-open" if width >= 100 or len(shelf.refunds) == 1 else "refunds-open-short"
        first = shelf.refunds[0]
        values: dict[str, object] = {"number": first.of.name, "amount": words.money(first.total)}
        pieces.append((f" ! {words.text(message_id, count=len(shelf.refunds), **values)} ", ground.bad))
    if shelf.held > len(shelf.unsettled) and shelf.oldest is not None:
        minutes = frame.till.minutes_since(shelf.oldest)
        message_id = "held-count" if width >= 100 else "held-count-short"
        pieces.append((f" {words.text(message_id, count=shelf.held, minutes=minutes)} ", ground.accent))
    number = frame.paid.call_number if frame.paid is not None else frame.order.call_number
    pieces.append((f" {words.time(frame.now)} ", ground.soft))
    if number:
        pieces.append((f" {words.text('call-number', number=str(number))} ", ground.strong))
    return pieces


def _unsettled(frame: Frame, width: int) -> str | None:
    """Unsettled payments: of held orders, and of orders that another till left open."""
    words, shelf = frame.words, frame.shelf
    count = len(shelf.unsettled) + len(shelf.elsewhere)
    if not count:
        return None
    if count == 1 and shelf.elsewhere:
        (left,) = shelf.elsewhere
        tender = left.order.open_tender
        if tender is None:
            return words.text("elsewhere-paid", amount=words.money(left.order.paid), till=left.till_name)
        return words.text("elsewhere-unknown", kind=tender.kind, amount=words.money(tender.taken), till=left.till_name)
    oldest = min([tender.at for tender in shelf.unsettled] + [left.held_at for left in shelf.elsewhere])
    first: dict[str, object] = {"minutes": frame.till.minutes_since(oldest)}
    if count == 1:
        first |= {"kind": shelf.unsettled[0].kind, "amount": words.money(shelf.unsettled[0].taken)}
    return words.text(
        "unsettled-count" if width >= 100 or count == 1 else "unsettled-count-short", count=count, **first
    )
