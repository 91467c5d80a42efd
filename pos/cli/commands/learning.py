"""The command of learning: what past orders teach, and how well that predicts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pos.cli.commands.sales import DATES, options_from, time_left
from pos.cli.lines import show
from pos.cli.progress import Bar
from pos.cli.shop import existing, gate_of, now
from pos.wording import Wording, wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker
    from pos.insights.pairing.evaluation import Evaluation, GuessScore
    from pos.office.learning.learning import Learned
    from pos.store import Store

WEEK_SHOWN = 10


def add_learning(command: ParserMaker) -> None:
    """`pos learn`."""
    learning = command("learn")
    asked = learning.add_mutually_exclusive_group()
    asked.add_argument("--list", action="store_true")
    for name, value in (("approve", "id"), ("off", "id"), ("evaluate", "file")):
        asked.add_argument(f"--{name}", metavar=value)
    asked.add_argument("--unapproved", choices=("yes", "no"))
    learning.add_argument("--columns")
    learning.add_argument("--dates", choices=DATES)
    learning.add_argument("--json", action="store_true")
    learning.set_defaults(run=learn)


def learn(arguments: Arguments) -> int:
    """Count new orders and list the proposals, or act on one of them."""
    path = arguments.path("evaluate")
    if path is not None:
        return _evaluate(arguments, path)
    words = wording(arguments.language)
    with existing(arguments) as store:
        if arguments.text("approve") or arguments.text("off"):
            print(_said(store, arguments, words))
            return 0
        if arguments.text("unapproved"):
            from pos.office.learning.learning import let_unapproved

            let_unapproved(gate_of(arguments, store), arguments.text("unapproved") == "yes")
            print(words.text(f"learn-unapproved-{arguments.text('unapproved')}"))
            return 0
        return _list(store, arguments, words)


def _said(store: Store, arguments: Arguments, words: Wording) -> str:
    from pos.office.learning.learning import say
    from pos.store.learning.learned import ProposalState

    state = ProposalState.APPROVED if arguments.text("approve") else ProposalState.OFF
    return _line(say(gate_of(arguments, store), arguments.text("approve") or arguments.text("off"), state), words)


def _list(store: Store, arguments: Arguments, words: Wording) -> int:
    from pos.country import norway
    from pos.office.learning.learning import learn as learn_now
    from pos.office.learning.week import last_week

    with Bar(lambda seconds: time_left(words, seconds)) as bar:
        found = learn_now(gate_of(arguments, store), bar.tell)
    if arguments.flag("json"):
        print(json.dumps([_as_json(one, words) for one in found], ensure_ascii=False, indent=2))
        return 0
    shown = [one for one in found if one.can_be_asked or one.state != "proposed"]
    print(words.text("learn-counted", count=store.counts.state().orders, proposals=len(shown)))
    show(_line(one, words) for one in shown)
    show(_next(found, words))
    country = norway()
    week = last_week(store, found, country.local(now()), country.taxes)
    if found and week.orders:
        print(words.text("learn-week", count=len(week.differences), orders=week.orders))
    names = store.menu.load().items
    for entry in week.differences[:WEEK_SHOWN]:
        asked = words.text("learn-nothing-asked") if entry.asked is None else _name(names, entry.asked, words)
        would = _name(names, entry.would, words)
        print("  " + words.text("learn-week-line", day=entry.at.date(), time=entry.at, asked=asked, would=would))
    if len(week.differences) > WEEK_SHOWN:
        print(words.text("learn-week-more", count=len(week.differences) - WEEK_SHOWN))
    return 0


def _next(found: Sequence[Learned], words: Wording) -> Iterator[str]:
    """What can be done next. Of pairs that the till cannot ask, only the number."""
    if not found:
        yield words.text("learn-none")
    if any(one.can_be_asked for one in found):
        yield words.text("learn-how")
    rest = [one for one in found if not one.can_be_asked]
    if rest:
        first = rest[0]
        yield words.text("learn-map", count=len(rest), trigger=first.trigger, offered=first.offered)


def _name(items: Mapping[str, object], sku: str, words: Wording) -> str:
    from pos.domain.menu.items import MenuItem

    item = items.get(sku)
    return words.item_name(item) if isinstance(item, MenuItem) else sku


def _line(one: Learned, words: Wording) -> str:
    beside = ""
    if not one.can_be_asked or one.is_written:
        beside = " " + words.text("learn-written" if one.can_be_asked else "learn-not-on-menu")
    return f"{one.id}  {words.text(f'learn-state-{one.state}')}  {_sentence(one, words)}{beside}"


def _sentence(one: Learned, words: Wording) -> str:
    found = one.proposal
    sentence = words.text(
        "learn-sentence",
        triggers=found.triggers,
        trigger=one.trigger,
        together=found.together,
        offered=one.offered,
        share=_percent(found.confidence, words),
        all=_percent(found.offereds / found.orders, words),
    )
    if one.part is None:
        return sentence
    beside = words.text(
        "learn-part",
        when=words.text(f"learn-part-{one.part.part}"),
        triggers=one.part.triggers,
        together=one.part.together,
        triggers_else=one.part.triggers_else,
        together_else=one.part.together_else,
    )
    return f"{sentence} {beside}"


def _percent(share: float, words: Wording) -> str:
    """A whole percent; below ten, with one decimal."""
    return words.percent(round(share * 100) * 100 if share >= 0.1 else round(share * 1000) * 10)


def _as_json(one: Learned, words: Wording) -> dict[str, str | int | float | bool | list[float]]:
    found, interval = one.proposal, one.proposal.lift_interval
    return {
        "id": one.id,
        "state": one.state,
        "trigger": found.trigger,
        "offered": found.offered,
        "orders": found.orders,
        "orders_with_trigger": found.triggers,
        "orders_with_offered": found.offereds,
        "orders_with_both": found.together,
        "support": round(found.support, 6),
        "confidence": round(found.confidence, 4),
        "lift": round(found.raw_lift, 3),
        "lift_shrunk": round(found.lift, 3),
        "lift_interval": [round(interval[0], 3), round(interval[1], 3)],
        "score": round(found.score, 4),
        "part_of_day": "" if one.part is None else str(one.part.part),
        "can_be_asked": one.can_be_asked,
        "is_written": one.is_written,
        "sentence": _sentence(one, words),
    }


def _evaluate(arguments: Arguments, path: Path) -> int:
    from pos.insights.pairing.guess import MOST_WITHOUT_NUMPY
    from pos.office.learning.evaluating import as_json, evaluate, read_past

    words = wording(arguments.language)
    with Bar(lambda seconds: time_left(words, seconds)) as bar:
        past = read_past(path, options_from(arguments), bar.tell)
    with Bar(lambda seconds: time_left(words, seconds)) as bar:
        found = evaluate(past, path.name, bar.tell)
    if arguments.flag("json"):
        print(json.dumps(as_json(found, past), indent=2))
        return 0
    print(words.text("evaluate-about", learned=found.learned, tested=found.tested, guesses=found.guesses))
    for line in _table(found, words):
        print(line)
    if past.left_out:
        print(words.text("evaluate-left-out", rows=past.rows, count=past.left_out.total()))
        for reason, count in past.left_out.most_common():
            print(f"  {words.number(count)} × {words.text(reason)}")
    if not found.numpy:
        print(words.text("evaluate-without-numpy", most=MOST_WITHOUT_NUMPY))
    return 0


def _table(found: Evaluation, words: Wording) -> Iterator[str]:
    """Percentages with 95 % intervals; ours first."""
    yield f"{'':18}" + "".join(f"{name:>24}" for name in ("hit@1", "hit@3", "MRR"))
    for name, score in ((words.text("evaluate-ours"), found.ours), *found.peers.items()):
        yield f"{name:18}" + "".join(f"{cell:>24}" for cell in _cells(score, words))


def _cells(score: GuessScore, words: Wording) -> Iterator[str]:
    for one in (score.hit1, score.hit3, score.mrr):
        yield f"{words.decimal(one.value)}  [{words.decimal(one.low)} – {words.decimal(one.high)}]"
