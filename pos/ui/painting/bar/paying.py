"""Paints the bar from payment to the next order: what is due, how it is paid, the change."""

from __future__ import annotations

from pos.counter import Tone
from pos.counter.commands.paying import amount_typed
from pos.domain.money import ZERO, Money
from pos.domain.order.exchange import EXCHANGE_NAME
from pos.domain.order.order import Tender, TenderKind, TenderState
from pos.domain.prompts import PaymentPrompt, TerminalPrompt
from pos.domain.sale.finished import Finished
from pos.domain.sale.sale import Sale
from pos.ui.blocks.blocks import (
    Block,
    Cap,
    KeyTap,
    Piece,
    beside,
    blank,
    button,
    lines_block,
    stacked,
    tall,
    wide,
    wrap,
)
from pos.ui.blocks.digits import big
from pos.ui.blocks.keys import key_name
from pos.ui.frame import Frame
from pos.ui.painting.bar.parts import (
    Button,
    Title,
    band,
    band_height,
    ground_of,
    keypad,
    labelled,
    large_amount,
    split,
)
from pos.ui.painting.bar.prompts import decision_text
from pos.ui.painting.menu import short_money
from pos.wording.write_off import write_off_name

DUE_WIDTH = 23
END_WIDTH = 30
LEAST_WORDS = 12
"""Cells; in fewer nothing can be read beside the digits."""


def payment(frame: Frame, width: int, height: int) -> tuple[Title, Block]:
    """The amount due in large figures and every way to pay it; below it digits, where Yes and No stood."""
    prompt, words, fill = frame.prompt, frame.words, ground_of(frame).fill
    assert isinstance(prompt, PaymentPrompt)
    lower = band_height(height)
    upper = height - lower
    if not frame.order.is_sale:
        return _write_off(frame, width, upper, lower)
    to_pay = prompt.due + frame.order.tip_said
    label, amount = ("to-give-back", prompt.back) if prompt.back else ("to-pay", to_pay)
    due = large_amount(frame, words.text(label), amount, DUE_WIDTH, upper)
    ways = band(frame, _ways(frame, prompt.due), width - DUE_WIDTH, min(upper, 5))
    above = beside((due, ways), upper, fill)
    if frame.till.platform is None:
        digits = keypad(frame, width, lower)
        below = split(frame, digits, _taken(frame, width - digits.width - 2, lower), width, lower)
    else:
        below = _taken(frame, width, lower)
    settled = "   ".join(decision_text(frame, entry) for entry in prompt.decisions)
    return Title(words.text("bar-payment"), settled), stacked((above, below), width, fill)


def _write_off(frame: Frame, width: int, upper: int, lower: int) -> tuple[Title, Block]:
    """A staff meal, a remake or waste: nothing is due, and one key finishes it, in the place of exact cash."""
    words, fill = frame.words, ground_of(frame).fill
    due = large_amount(frame, words.text("to-pay"), ZERO, DUE_WIDTH, upper)
    end = Button("a", words.text("do-write-off"), frame.inks.pay, words.label(frame.order.purpose))
    above = beside((due, band(frame, (end,), min(width - DUE_WIDTH, END_WIDTH), min(upper, 5))), upper, fill)
    hint = wrap(words.text("hint-write-off"), width, lower)
    below = tall(lines_block(width, fill, [(line, ground_of(frame).soft) for line in hint]), lower, fill)
    title = Title(words.text("bar-write-off"), words.label(frame.order.purpose))
    return title, stacked((wide(above, width, fill), below), width, fill)


def _ways(frame: Frame, total: Money) -> list[Button | None]:
    """Cash: exact, typed or laid down; the three notes; card and mobile. Each in its own place; under a note what it
    leaves due or gives in change, under card and mobile the typed amount. An order paid by platform has one way."""
    words, inks, counter = frame.words, frame.inks, frame.counter
    platform = frame.till.platform
    if platform is not None:
        return [Button("a", words.local(platform.name), inks.pay, short_money(words, total))]
    if frame.order.credit and not total:
        return _ways_back(frame)
    typed = None if counter.is_amount_cut else amount_typed(counter)  # an amount with a cut-off digit pays nothing
    laid, due = counter.cash_laid, frame.till.cash_due
    cash = next((amount for amount in (typed, laid) if amount is not None), due)
    ways: list[Button | None] = [Button("a", short_money(words, cash), inks.pay, words.tender_kind(TenderKind.CASH))]
    for key, note in zip("sdf", frame.till.country.notes, strict=True):
        over = (laid or ZERO) + note - due
        below = f"↩ {short_money(words, over)}" if over >= ZERO else f"− {short_money(words, -over)}"
        ways.append(Button(key, short_money(words, note), inks.pay, below) if not counter.digits else None)
    part = "" if typed is None else short_money(words, typed)
    for key, kind in (("k", TenderKind.CARD), ("v", TenderKind.MOBILE)):
        ways.append(Button(key, words.tender_kind(kind), inks.pay, part) if laid is None else None)
    return [*ways, *_tip_button(frame)]


def _tip_button(frame: Frame) -> list[Button]:
    """The tip, where the shop takes any."""
    return [Button("t", frame.words.text("do-tip"), frame.inks.plain)] if frame.till.menu.most_tip else []


def _ways_back(frame: Frame) -> list[Button | None]:
    """The ways by which a difference can go to the customer, on the keys that otherwise take money, each in its
    place."""
    words, inks, prompt = frame.words, frame.inks, frame.prompt
    assert isinstance(prompt, PaymentPrompt)
    round_cash, plans = frame.till.country.round_cash, dict(frame.ways_back)
    buttons: list[Button | None] = []
    for kind, key in ((TenderKind.CASH, "a"), (TenderKind.CARD, "k"), (TenderKind.MOBILE, "v")):
        ways = plans.get(kind)
        name = words.tender_kind(kind)
        if ways is None:
            buttons.append(None)
        elif len(ways) > 1:
            amounts = (round_cash(way.amount) if way.kind == TenderKind.CASH else way.amount for way in ways)
            names = (
                words.tender_kind(TenderKind(way.kind)) if way.name is None else words.local(way.name) for way in ways
            )
            label = " + ".join(short_money(words, amount) for amount in amounts)
            buttons.append(Button(key, f"↩ {label}", inks.pay, " + ".join(names)))
        elif kind is TenderKind.CASH:
            buttons.append(Button(key, f"↩ {short_money(words, round_cash(prompt.back))}", inks.pay, name))
        else:
            buttons.append(Button(key, f"↩ {name}", inks.pay))
    return buttons


def _taken(frame: Frame, width: int, height: int) -> Block:
    """The typed amount, the notes laid down, and the cash total if it is rounded."""
    words, counter, prompt, ground = frame.words, frame.counter, frame.prompt, ground_of(frame)
    assert isinstance(prompt, PaymentPrompt)
    lines: list[Piece] = []
    platform = frame.till.platform
    if platform is not None:
        told = wrap(words.text("hint-payment-platform", name=platform.name), width, height)
        return lines_block(width, ground.fill, [(line, ground.text) for line in told])
    laid, cash = counter.cash_laid, frame.till.cash_due
    if counter.digits:
        lines.append((words.text("amount-typed", amount=counter.digits), ground.accent))
    if laid is not None:
        lines.append((words.text("notes-lying", laid=words.money(laid)), ground.accent))
        lines.append((words.text("notes-missing", missing=words.money(max(ZERO, cash - laid))), ground.accent))
    elif cash != prompt.due + frame.order.tip_said:
        lines.append((words.text("cash-rounds", amount=words.money(cash)), ground.soft))
    if frame.order.tip is not None:
        noted = words.money(frame.order.tip.said)
        is_change = frame.order.tip.is_change
        tip = words.text("tip-is-change-short") if is_change else words.text("of-it-tip", amount=noted)
        lines.append((tip, ground.accent))
    if frame.order.credit:
        lines.append((f"✓ {words.local(EXCHANGE_NAME)} {words.money(frame.order.credit)}", ground.good))
    taken = (tender for tender in frame.order.tenders if tender.counts)
    lines += [(f"✓ {words.tender(tender)} {words.money(tender.taken)}", ground.good) for tender in taken]
    if not lines:
        lines = [(line, ground.faint) for line in wrap(words.text("hint-payment"), width, height)]
    return lines_block(width, ground.fill, lines[-height:])


def terminal(frame: Frame, width: int, height: int) -> tuple[Title, Block]:
    """Asks what the terminal showed. Its buttons stand where no answer to a question did, and a second tap on card or
    mobile hits the one that settles nothing."""
    prompt, words, inks, fill = frame.prompt, frame.words, frame.inks, ground_of(frame).fill
    assert isinstance(prompt, TerminalPrompt)
    lower = band_height(height)
    upper = height - lower
    is_unknown = prompt.tender.state is TenderState.UNKNOWN
    label = "on-terminal-unknown" if is_unknown else "on-terminal"
    asked = None if frame.order.exchange is None else frame.order.exchange.asked
    told = ("to-give-back", prompt.back) if prompt.back else ("to-pay", prompt.tender.taken)
    amount = large_amount(frame, words.text(told[0]), told[1], DUE_WIDTH, upper)
    buttons = (
        Button("+", words.text("do-approved"), inks.yes),
        Button("-", words.text("do-declined"), inks.no),
        Button("u", words.text("do-unknown"), inks.plain),
        *([] if prompt.back else _tip_button(frame)),
    )
    above = beside((amount, band(frame, buttons, width - DUE_WIDTH, min(upper, 5))), upper, fill)
    digits = keypad(frame, width, lower) if frame.till.menu.most_tip and not prompt.back else blank(0, lower, fill)
    room = width - digits.width - (2 if digits.width else 0)
    lines = _on_terminal(frame, words.text(label), prompt.tender, max(room, LEAST_WORDS))
    told_there = lines_block(room, fill, lines[-lower:] if room >= LEAST_WORDS else [])
    below = beside((digits, tall(told_there, lower, fill)), lower, fill, 2) if digits.width else told_there
    title = "" if room >= LEAST_WORDS else " ".join(line for line, _ in reversed(lines))
    name = words.tender(prompt.tender) if asked is None else words.tender_kind(TenderKind(asked.kind))
    return Title(name, title), stacked((above, tall(below, lower, fill)), width, fill)


def _on_terminal(frame: Frame, told: str, tender: Tender, width: int) -> list[Piece]:
    """What is said while the terminal is asked: what to do, what of it is a tip, and what was typed."""
    words, ground = frame.words, ground_of(frame)
    lines: list[Piece] = [(line, ground.strong) for line in wrap(told, width, 2)]
    if tender.tip:
        lines.append((words.text("of-it-tip", amount=words.money(tender.tip)), ground.accent))
    if frame.counter.digits:
        lines.append((words.text("amount-typed", amount=frame.counter.digits), ground.accent))
    return lines


def paid(frame: Frame, width: int, height: int) -> tuple[Title, Block]:
    """The change in large figures, the call number, and the state of the receipt."""
    sale, words, fill = frame.paid, frame.words, ground_of(frame).fill
    assert sale is not None
    lower = band_height(height)
    upper = height - lower
    half = width // 2
    label, amount = _outcome(frame, sale)
    left = large_amount(frame, label, amount, half, upper)
    right = _number(frame, sale, width - half, upper)
    cap = Cap(key_name(words, "enter"), words.text("do-next-order"))
    go = button((min(44, max(26, width // 3)), lower), frame.inks.go, cap, KeyTap("enter"))
    facts = _facts(frame, sale, width - go.width - 1, lower)
    badge = words.text("bar-paid") if isinstance(sale, Sale) else words.label(sale.purpose)
    return Title(badge, words.text("hint-paid")), stacked(
        (beside((left, right), upper, fill), beside((facts, go), lower, fill, 1)), width, fill
    )


def _outcome(frame: Frame, sale: Finished) -> tuple[str, Money]:
    """The change, else what was paid; for a write-off its worth."""
    words = frame.words
    if not isinstance(sale, Sale):
        return words.text("write-off-worth"), sale.worth
    if sale.change > ZERO:
        return words.text("give-back"), sale.change
    if frame.cash_back:
        return words.text("to-give-back"), frame.cash_back
    return words.text("paid-exactly"), sale.total + sale.tips


def _number(frame: Frame, sale: Finished, width: int, height: int) -> Block:
    """The number to call out; empty where nobody waits."""
    if not sale.call_number:
        return blank(width, height, ground_of(frame).fill)
    digits = big(str(sale.call_number), ground_of(frame).strong)
    return labelled(frame, frame.words.text("call-out"), digits, width, height)


def _facts(frame: Frame, sale: Finished, width: int, height: int) -> Block:
    words, ground = frame.words, ground_of(frame)
    if isinstance(sale, Sale):
        receipt = words.text("receipt-named", number=f"{sale.series}-{sale.receipt_number}")
        paid_by = [f"{words.tender(tender)} {words.money(tender.handed)}" for tender in sale.tenders]
        paid_by += [words.text("of-it-tip", amount=words.money(sale.tips))] if sale.tips else []
        how = ", ".join(paid_by)
    else:
        receipt, how = words.text("write-off-named", number=write_off_name(sale)), words.text("write-off-counted")
    state = frame.say(frame.paper) if frame.paper is not None else ""
    ink = ground.bad if frame.paper is not None and frame.paper.tone is Tone.BAD else ground.soft
    told = wrap(state, width, 2)
    facts = [(receipt, ground.text), (how, ground.soft)] if len(told) < 2 else [(f"{receipt} · {how}", ground.text)]
    facts += [(line, ink) for line in told]
    return tall(lines_block(width, ground.fill, facts), height, ground.fill)
