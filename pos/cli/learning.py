"""The commands of learning: past orders in, what they teach, and how well that does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pos.cli.lines import show
from pos.cli.progress import Bar
from pos.cli.shop import existing, now, opened
from pos.domain.errors import BadInput
from pos.wording import Wording, wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, Command
    from pos.insights.guessing import Contest, Score
    from pos.office.history import Imported
    from pos.office.learning import Learned
    from pos.store import Store

WEEK_SHOWN = 10


def add_learning(command: Command) -> None:
    """`pos sales import FILE` and `pos learn`."""
    taking, learning = command("sales", "import"), command("learn")
    taking.add_argument("file")
    taking.add_argument("--columns")
    taking.add_argument("--mapping", metavar="file")
    taking.set_defaults(run=import_sales, stopped="history-stopped")
    asked = learning.add_mutually_exclusive_group()
    asked.add_argument("--list", action="store_true")
    for name, value in (("approve", "id"), ("off", "id"), ("evaluate", "file")):
        asked.add_argument(f"--{name}", metavar=value)
    asked.add_argument("--unapproved", choices=("yes", "no"))
    learning.add_argument("--columns")
    learning.add_argument("--json", action="store_true")
    learning.set_defaults(run=learn)


def import_sales(arguments: Arguments) -> int:
    """Take a file of past orders, and say what came of it."""
    from pos.office.history import import_history, map_names

    words, mapping = wording(arguments.language), arguments.path("mapping")
    with opened(arguments) as store:
        if mapping is not None:
            settled = map_names(store, mapping)
        with Bar(lambda seconds: _time_left(words, seconds)) as bar:
            found = import_history(
                store, Path(arguments.text("file")), words, now(), columns_from(arguments.text("columns")), bar.tell
            )
        if mapping is not None:
            settled = max(settled, map_names(store, mapping))
            print(words.text("history-mapped", count=settled))
    show(_imported(found, words))
    return 0


def learn(arguments: Arguments) -> int:
    """Count what is new and list the proposals, or do what was asked about one of them."""
    path = arguments.path("evaluate")
    if path is not None:
        return _evaluate(arguments, path)
    words = wording(arguments.language)
    with existing(arguments) as store:
        if arguments.text("approve") or arguments.text("off"):
            print(_said(store, arguments, words))
            return 0
        if arguments.text("unapproved"):
            from pos.office.learning import let_unapproved

            let_unapproved(store, arguments.text("unapproved") == "yes")
            print(words.text(f"learn-unapproved-{arguments.text('unapproved')}"))
            return 0
        return _list(store, arguments, words)


def _said(store: Store, arguments: Arguments, words: Wording) -> str:
    from pos.office.learning import say
    from pos.store.history_learned import ProposalState

    state = ProposalState.APPROVED if arguments.text("approve") else ProposalState.OFF
    return _line(say(store, arguments.text("approve") or arguments.text("off"), state), words)


def _list(store: Store, arguments: Arguments, words: Wording) -> int:
    from pos.country import norway
    from pos.office.learning import learn as learn_now
    from pos.office.learning_week import last_week

    with Bar(lambda seconds: _time_left(words, seconds)) as bar:
        found = learn_now(store, bar.tell, lambda: bar.say(words.text("learn-thinking")))
    if arguments.flag("json"):
        print(json.dumps([_as_json(one, words) for one in found], ensure_ascii=False, indent=2))
        return 0
    print(words.text("learn-counted", count=store.counts.state().orders, proposals=len(found)))
    show(_line(one, words) for one in found)
    show(words.text(message_id) for message_id in _next(found))
    country = norway()
    week = last_week(store, found, country.local(now()), country.rates)
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


def _next(found: Sequence[Learned]) -> Iterator[str]:
    """What to say of what can be done now."""
    if not found:
        yield "learn-none"
    if any(one.can_be_asked for one in found):
        yield "learn-how"
    if not all(one.can_be_asked for one in found):
        yield "learn-map"


def _name(items: Mapping[str, object], sku: str, words: Wording) -> str:
    from pos.domain.items import MenuItem

    item = items.get(sku)
    return words.item_name(item) if isinstance(item, MenuItem) else sku


def _line(one: Learned, words: Wording) -> str:
    beside = ""
    if not one.can_be_asked or one.is_written:
        beside = " " + words.text("learn-written" if one.can_be_asked else "learn-not-on-menu")
    return f"{one.id}  {words.text(f'learn-state-{one.state}')}  {_sentence(one, words)}{beside}"


def _sentence(one: Learned, words: Wording) -> str:
    low, high = one.proposal.lift_interval
    sentence = words.text(
        "learn-sentence",
        triggers=one.proposal.triggers,
        trigger=one.trigger,
        together=one.proposal.together,
        offered=one.offered,
        lift=words.decimal(one.proposal.lift),
        low=words.decimal(low),
        high=words.decimal(high),
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
    from pos.office.learning_evaluate import as_json, evaluate, read_past

    words = wording(arguments.language)
    with Bar(lambda seconds: _time_left(words, seconds)) as bar:
        past = read_past(path, columns_from(arguments.text("columns")), bar.tell)
    with Bar(lambda seconds: _time_left(words, seconds)) as bar:
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
    if not found.numeric:
        print(words.text("evaluate-not-numeric"))
    return 0


def _table(found: Contest, words: Wording) -> Iterator[str]:
    """Percent with 95 % intervals; ours first."""
    yield f"{'':18}" + "".join(f"{name:>24}" for name in ("hit@1", "hit@3", "MRR"))
    for name, score in ((words.text("evaluate-ours"), found.ours), *found.peers.items()):
        yield f"{name:18}" + "".join(f"{cell:>24}" for cell in _cells(score, words))


def _cells(score: Score, words: Wording) -> Iterator[str]:
    for one in (score.hit1, score.hit3, score.mrr):
        yield f"{words.decimal(one.value)}  [{words.decimal(one.low)} – {words.decimal(one.high)}]"


def _imported(found: Imported, words: Wording) -> Iterator[str]:
    if found.lines:
        yield words.text("history-taken", lines=found.lines, orders=found.orders)
    else:
        yield words.text("history-nothing-new")
    if found.lines and found.unpriced:
        yield words.text("history-unpriced", count=found.unpriced)
    if found.list_path is not None:
        yield words.text("history-refused", count=found.refused, path=str(found.list_path))
        for reason, count in sorted(found.reasons.items()):
            yield f"  {words.number(count)} × {words.text(reason)}"
    if found.mapping_path is not None:
        yield words.text("history-proposed", count=len(found.proposed), path=str(found.mapping_path))
    if found.orders:
        yield words.text("history-next")


def _time_left(words: Wording, seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return words.text("time-left", time=f"{minutes}:{rest:02}")


def columns_from(text: str) -> dict[str, str]:
    """`order=Order Number,item=Name` as a mapping. Raises `BadInput` for what is not of that shape."""
    from pos.office.history_columns import NAMES

    found: dict[str, str] = {}
    for part in filter(None, text.split(",")):
        what, sign, name = part.partition("=")
        if what.strip() not in NAMES or not sign or not name.strip():
            raise BadInput("history-columns-wrong", text=part[:40])
        found[what.strip()] = name.strip()
    return found
