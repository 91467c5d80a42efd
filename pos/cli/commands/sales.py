"""The commands of past orders: preview a file, import it, list files, and forget one."""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from pos.cli.confirming import confirmed, typed
from pos.cli.lines import show
from pos.cli.progress import Bar
from pos.cli.shop import existing, gate_of, is_terminal, now, opened
from pos.domain.errors import BadInput
from pos.domain.text import is_safe
from pos.domain.value import replace
from pos.wording import Wording, wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker
    from pos.office.history.columns import OpenColumn, OpenDates, OpenItems, OpenWord
    from pos.office.history.importing import Import, Imported, Preview
    from pos.office.history.reading import Options
    from pos.register import ShopGate
    from pos.store.learning.history import FileInside

    Open: TypeAlias = OpenDates | OpenItems | OpenColumn | OpenWord

DATES = ("dmy", "mdy")
WORD_KINDS = ("sale", "none")
DETAILS = ("leave", "join", "apart")
WIDEST_CELL = 40
WIDEST_ROW = 60
SOLD_SHOWN = 5
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 # local time

Json = dict[str, object]


def add_sales(command: ParserMaker) -> None:
    """`pos sales import FILE`, `pos sales files` and `pos sales forget FILE`."""
    taking = command("sales", "import")
    taking.add_argument("file")
    taking.add_argument("--columns")
    taking.add_argument("--dates", choices=DATES)
    taking.add_argument("--zone")
    taking.add_argument("--details", choices=DETAILS)
    taking.add_argument("--words")
    taking.add_argument("--mapping", metavar="file")
    taking.add_argument("--yes", action="store_true")
    taking.add_argument("--json", action="store_true")
    taking.set_defaults(run=import_sales, stopped="history-stopped")
    listing = command("sales", "files")
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=list_files)
    forgetting = command("sales", "forget")
    forgetting.add_argument("file")
    forgetting.add_argument("--yes", action="store_true")
    forgetting.set_defaults(run=forget_file)


def import_sales(arguments: Arguments) -> int:
    """Preview what a file of past orders would bring, and import it once that is confirmed."""
    from pos.office.history.mapping import map_names

    words, mapping = wording(arguments.language), arguments.path("mapping")
    with opened(arguments) as store:
        gate = gate_of(arguments, store)
        try:
            one, shown = _read(gate, arguments, words)
        except BadInput as refused:
            if arguments.flag("json"):
                print(json.dumps(_refusal(refused, words), ensure_ascii=False, indent=2))
            raise
        with one:
            if arguments.flag("json"):
                found = _written(one, words) if arguments.flag("yes") else None
                settled = map_names(gate, mapping) if mapping is not None and found is not None else 0
                print(json.dumps(_as_json(shown, found, settled), ensure_ascii=False, indent=2))
                return 0
            show(_preview(shown, words))
            if shown.rows and not confirmed(arguments, words, words.text("history-take")):
                return 1
            found = _written(one, words)
        if mapping is not None:
            print(words.text("history-mapped", count=map_names(gate, mapping)))
    show(_imported(found, words))
    return 0


def _read(gate: ShopGate, arguments: Arguments, words: Wording) -> tuple[Import, Preview]:
    """The import and its preview, once every open choice is made: on a terminal it is asked, in a script it is an
    error."""
    from pos.office.history.columns import OpenColumn, OpenDates, OpenItems, OpenWord
    from pos.office.history.importing import Import

    options = options_from(arguments)
    asks = is_terminal(sys.stdin, sys.stdout) and not arguments.flag("yes") and not arguments.flag("json")
    while True:
        try:
            with ExitStack() as stack, Bar(lambda seconds: time_left(words, seconds)) as bar:
                one = stack.enter_context(Import(gate, Path(arguments.text("file")), words, now(), options))
                shown = one.read(bar.tell)
                stack.pop_all()
                return one, shown
        except (OpenDates, OpenItems, OpenColumn, OpenWord) as found:
            if not asks:
                raise
            options = _with_answer(options, found, words)


def _refusal(refused: BadInput, words: Wording) -> Json:
    """The reason for refusing a file, as JSON; an open choice has `options` to give."""
    from pos.office.history.columns import OpenColumn, OpenDates, OpenItems, OpenWord

    options: list[str] = []
    match refused:
        case OpenDates():
            options = [f"--dates={order}" for order in DATES]
        case OpenColumn():
            options = [f"--columns={refused.what}={name}" for name in refused.choices]
        case OpenItems():
            options = [f"--columns={what}={refused.column}" for what in ("item", "items")]
        case OpenWord():
            options = [f"--words={refused.word}={kind}" for kind in WORD_KINDS]
    text = words.text(refused.message_id, **refused.values)
    return {"refused": refused.message_id.removeprefix("history-"), "text": text, "options": options}


def _with_answer(options: Options, found: Open, words: Wording) -> Options:
    """The options with the answer to an open choice."""
    from pos.office.history.columns import OpenDates, OpenItems, OpenWord

    if isinstance(found, OpenDates):
        return replace(options, dates=_asked_dates(found, words))
    if isinstance(found, OpenWord):
        return replace(options, words={**options.words, found.word: _asked_word(found, words)})
    if isinstance(found, OpenItems):
        return replace(options, columns={**options.columns, _asked_items(found, words): found.column})
    return replace(options, columns={**options.columns, found.what: _asked_column(found, words)})


def _asked_word(found: OpenWord, words: Wording) -> str:
    print(words.text("history-ask-word", word=_cell(found.word), column=_cell(found.column)))
    for number, kind in enumerate(WORD_KINDS, 1):
        print(f'  {number}  {words.text(f"history-word-{kind}")}  (--words "{_cell(found.word)}={kind}")')
    return WORD_KINDS[_choice(words, len(WORD_KINDS))]


def _asked_dates(found: OpenDates, words: Wording) -> str:
    print(words.text("history-ask-dates", text=found.values["text"]))
    for number, order in enumerate(DATES, 1):
        print(f"  {number}  {_long_day(found.readings[order], words)}  (--dates {order})")
    return DATES[_choice(words, len(DATES))]


def _asked_items(found: OpenItems, words: Wording) -> str:
    from pos.office.history.packed import unpacked_items

    print(words.text("history-ask-items", column=_cell(found.column)))
    readings = {"item": [found.text], "items": [one.name for one in unpacked_items(found.text, "square")]}
    for number, (what, names) in enumerate(readings.items(), 1):
        print(f'  {number}  {" · ".join(map(_cell, names))}  (--columns "{what}={_cell(found.column)}")')
    return [*readings][_choice(words, len(readings))]


def _asked_column(found: OpenColumn, words: Wording) -> str:
    print(words.text("history-ask-column", column=words.text(f"history-what-{found.what}")))
    for number, (name, samples) in enumerate(zip(found.choices, found.samples, strict=True), 1):
        print(f"  {number}  {_cell(name)}: {', '.join(map(_cell, samples))}")
    return found.choices[_choice(words, len(found.choices))]


def _choice(words: Wording, most: int) -> int:
    """The number of one of the lines above; asked again until it is one."""
    while True:
        answer = typed(words.text("history-which", most=most)).strip()
        if answer.isdigit() and 1 <= int(answer) <= most:
            return int(answer) - 1


def _written(one: Import, words: Wording) -> Imported:
    with Bar(lambda seconds: time_left(words, seconds)) as bar:
        return one.write(bar.tell)


# the preview


def _preview(shown: Preview, words: Wording) -> Iterator[str]:
    layout, name = shown.plan.layout, shown.plan.source.path.name
    if not shown.rows:
        return
    yield words.text("history-file-of", path=_cell(name), till=layout.till) if layout.till else _cell(name)
    chosen: dict[str, list[str]] = {}
    for what, column in columns_of(shown):
        chosen.setdefault(words.text(f"history-what-{what}"), []).append(_cell(column))
    columns = "; ".join(f"{what} = {', '.join(names)}" for what, names in chosen.items())
    yield words.text("history-columns", columns=columns)
    if shown.after:
        yield words.text("history-goes-on", count=shown.after)
    source = shown.plan.source
    if source.sheets:
        yield words.text("history-sheets", sheets=", ".join(map(_cell, source.sheets)))
    if source.sheets_left:
        yield words.text("history-sheets-left", sheets=", ".join(map(_cell, source.sheets_left)))
    yield from _days_and_orders(shown, words)
    yield from _readings(shown, words)
    if shown.examples:
        yield words.text("history-understood")
    for example in shown.examples:
        at = EPOCH + timedelta(minutes=example.minute)
        yield f"  {_cell(example.ref)} · {_long_day(at.date(), words)} {words.time(at)} · {', '.join(example.items)}"
    yield from _left_out(shown, words)
    yield from _neighbours(shown, words)


def columns_of(shown: Preview) -> Iterator[tuple[str, str]]:
    """The chosen columns, by their names in the file."""
    layout, header = shown.plan.layout, shown.plan.layout.header
    single = (
        ("order", layout.order), ("date", layout.day), ("time", layout.time), ("item", layout.item),
        ("code", layout.code), ("quantity", layout.quantity), ("price", layout.price),
        ("register", layout.register),
    )  # fmt: skip
    for what, place in single:
        if place is not None:
            yield what, header[place]
    for what, places in (
        ("items", layout.items),
        ("details", layout.details),
        ("kind", [place for place, _ in (*layout.words, *layout.flags)]),
    ):
        for place in places:
            yield what, header[place]


def _days_and_orders(shown: Preview, words: Wording) -> Iterator[str]:
    if shown.first is None or shown.last is None:
        yield words.text("history-no-orders", rows=shown.rows)
        return
    first, last = (_long_day((EPOCH + timedelta(minutes=at)).date(), words) for at in (shown.first, shown.last))
    days = "history-on-day" if first == last else "history-days"
    yield words.text(days, first=first, last=last, orders=shown.orders, rows=shown.rows)


def _readings(shown: Preview, words: Wording) -> Iterator[str]:
    """How times and names are read, if that is not obvious."""
    layout, options = shown.plan.layout, shown.plan.options
    if layout.day_first is not None:
        why = f"-{layout.dates_by}" if layout.dates_by else ""
        yield words.text(f"history-{'day' if layout.day_first else 'month'}-first{why}", till=layout.till)
    if not layout.has_clock:
        yield words.text("history-midnight")
    if shown.clock == "0" and not options.zone:
        yield words.text("history-in-utc")
    if options.zone:
        yield words.text("history-on-zone", zone=options.zone)
    if layout.details or layout.item_form or layout.packed:
        yield words.text(f"history-details-{options.details}")
    if shown.unknown_words:
        yield words.text("history-unknown-words", words=", ".join(map(_cell, shown.unknown_words)))


def _left_out(shown: Preview, words: Wording) -> Iterator[str]:
    if shown.unpriced and shown.plan.layout.price is not None:
        yield words.text("history-unpriced", count=shown.unpriced)
    if not shown.reasons:
        return
    yield words.text("history-left-out", count=shown.reasons.total())
    for reason, count in sorted(shown.reasons.items()):
        yield f"  {words.number(count)} × {words.text(reason)}"
    for row in shown.left_out:
        cells = textwrap.shorten(
            " · ".join(_cell(cell) for cell in row.cells if cell.strip()), WIDEST_ROW, placeholder="…"
        )
        yield "    " + words.text(
            "history-left-out-row", row=str(row.number), why=words.text(row.why), cells=cells[:100]
        )


def _neighbours(shown: Preview, words: Wording) -> Iterator[str]:
    """The other files whose orders overlap with this one's."""
    for one in shown.replaced:
        first, last = _days_of(one.first, one.last, words)
        yield words.text("history-replaces", path=_cell(one.file.name), count=one.orders, first=first, last=last)
    for file in shown.same:
        yield words.text("history-same-orders", path=_cell(file.name))
    for file in shown.others:
        yield words.text("history-other-file", path=_cell(file.name), id=str(file.id))


def _days_of(first: int, last: int, words: Wording) -> tuple[str, str]:
    one, other = (_long_day((EPOCH + timedelta(minutes=at)).date(), words) for at in (first, last))
    return one, other


def _long_day(day: date, words: Wording) -> str:
    """A day with its month by name, so that it cannot be misread."""
    return words.text("day-and-month", day=str(day.day), month=words.text(f"month-{day.month}"), year=str(day.year))


def _cell(text: str) -> str:
    """A cell's text, shortened if need be."""
    text = " ".join(text.split())
    text = text if is_safe(text) else ascii(text)
    return text if len(text) <= WIDEST_CELL else text[: WIDEST_CELL - 1] + "…"


# after the import


def _imported(found: Imported, words: Wording) -> Iterator[str]:
    if found.lines:
        yield words.text("history-taken", lines=found.lines, orders=found.orders)
    else:
        yield words.text("history-nothing-new")
    if found.replaced:
        yield words.text("history-replaced", count=found.replaced)
    if found.list_path is not None:
        yield words.text("history-refused", count=found.refused, path=str(found.list_path))
        if not found.lines:
            yield from (f"  {words.number(count)} × {words.text(why)}" for why, count in sorted(found.reasons.items()))
    yield from _named(found, words)
    if found.orders:
        yield words.text("history-next")


def _named(found: Imported, words: Wording) -> Iterator[str]:
    """Names that are not on the menu, and what importing does with them."""
    naming = found.naming
    if naming.path is None:
        return
    yield words.text("history-unnamed", count=len(naming.unknown), path=str(naming.path))
    proposed = [one for one in naming.proposed if one.proposed is not None]
    if naming.is_kept:
        yield words.text("history-mapping-kept")
    elif proposed:
        yield words.text("history-proposed", count=len(proposed))
        for one in proposed[:SOLD_SHOWN]:
            if one.proposed is not None:
                yield "  " + words.text(
                    "history-proposed-line", name=_cell(one.name), count=one.orders, item=words.item_name(one.proposed)
                )
    else:
        yield words.text("history-none-proposed")


def _as_json(shown: Preview, found: Imported | None, settled: int) -> Json:
    """The preview as JSON, and what was imported, if anything."""
    layout = shown.plan.layout

    def moment(minute: int | None) -> str | None:
        return None if minute is None else (EPOCH + timedelta(minutes=minute)).isoformat(timespec="minutes")

    def file(one: FileInside) -> Json:
        return {"id": one.id, "name": one.name, "orders": one.orders}

    preview: Json = {
        "file": shown.plan.source.path.name,
        "till": layout.till,
        "columns": [{"is": what, "name": name} for what, name in columns_of(shown)],
        "dates": None if layout.day_first is None else "dmy" if layout.day_first else "mdy",
        "has_time_of_day": layout.has_clock,
        "details": str(shown.plan.options.details),
        "rows": shown.rows,
        "rows_in_already": shown.after,
        "orders": shown.orders,
        "first": moment(shown.first),
        "last": moment(shown.last),
        "examples": [{"order": one.ref, "time": moment(one.minute), "items": [*one.items]} for one in shown.examples],
        "left_out": {reason.removeprefix("history-"): count for reason, count in sorted(shown.reasons.items())},
        "left_out_rows": [{"row": row.number, "reason": row.why.removeprefix("history-")} for row in shown.left_out],
        "sheets_not_read": [*shown.plan.source.sheets_left],
        "unknown_words": [*shown.unknown_words],
        "replaces": [
            {**file(one.file), "orders": one.orders, "first": moment(one.first), "last": moment(one.last)}
            for one in shown.replaced
        ],
        "same_orders_in": [file(one) for one in shown.same],
        "imported": None,
    }
    if found is not None:
        preview["imported"] = {
            "rows": found.lines,
            "orders": found.orders,
            "left_out": found.refused,
            "replaced_orders": found.replaced,
            "list": None if found.list_path is None else str(found.list_path),
            "mapping": None if found.naming.path is None else str(found.naming.path),
            "names_not_on_menu": len(found.naming.unknown),
            "names_mapped": settled,
        }
    return preview


# imported files


def list_files(arguments: Arguments) -> int:
    """List the imported files."""
    words = wording(arguments.language)
    with existing(arguments) as store:
        files = store.history.files()
    if arguments.flag("json"):
        print(json.dumps([_file_json(one) for one in files], ensure_ascii=False, indent=2))
        return 0
    show([_file_line(one, words) for one in files] or [words.text("history-no-files")])
    return 0


def _file_line(one: FileInside, words: Wording) -> str:
    came = words.date(one.at.date())
    if not one.orders:
        return words.text("history-file-empty", id=str(one.id), path=_cell(one.name), came=came, rows=one.lines)
    first, last = _days_of(one.first, one.last, words)
    return words.text(
        "history-file", id=str(one.id), path=_cell(one.name), came=came, count=one.orders, first=first, last=last
    )


def _file_json(one: FileInside) -> Json:
    days = (
        [(EPOCH + timedelta(minutes=at)).date().isoformat() for at in (one.first, one.last)]
        if one.orders
        else [None] * 2
    )
    return {
        "id": one.id, "name": one.name, "imported_at": one.at.isoformat(), "rows": one.lines, "orders": one.orders,
        "first_day": days[0], "last_day": days[1],
    }  # fmt: skip


def forget_file(arguments: Arguments) -> int:
    """Forget what one file brought, once that is confirmed."""
    from pos.office.history.forgetting import file_meant, forget

    words = wording(arguments.language)
    with existing(arguments) as store:
        one = file_meant(store, arguments.text("file"))
        show([_file_line(one, words)])
        if not confirmed(arguments, words, words.text("history-forget")):
            return 1
        print(words.text("history-forgotten", count=forget(gate_of(arguments, store), one), path=_cell(one.name)))
    return 0


def time_left(words: Wording, seconds: int) -> str:
    """`about 1:05 left`."""
    minutes, rest = divmod(seconds, 60)
    return words.text("time-left", time=f"{minutes}:{rest:02}")


def options_from(arguments: Arguments) -> Options:
    """The options for reading a file, from the command line."""
    from pos.office.history.reading import Options
    from pos.office.history.rows import Details

    return Options(
        columns_from(arguments.text("columns")),
        arguments.text("dates"),
        arguments.text("zone"),
        Details(arguments.text("details") or Details.LEAVE),
        words_from(arguments.text("words")),
    )


def columns_from(text: str) -> Mapping[str, str]:
    """`order=Order Number,item=Name` as a mapping. Raises `BadInput` for anything of another form."""
    from pos.office.history.columns import WHAT

    found: dict[str, str] = {}
    for part in _parts(text, WHAT):
        what, sign, name = part.partition("=")
        if what.strip() not in WHAT or not sign or not name.strip():
            raise BadInput("history-columns-wrong", text=part[:40])
        found[what.strip()] = name.strip()
    return found


def words_from(text: str) -> Mapping[str, str]:
    """`Levert=sale,Svinn=none` as a mapping. Raises `BadInput` for anything of another form."""
    found: dict[str, str] = {}
    for part in re.split(r"(?<==sale),|(?<==none),", text) if text else ():
        word, sign, kind = part.rpartition("=")
        if not sign or kind not in WORD_KINDS or not word.strip():
            raise BadInput("history-words-wrong", text=part[:40])
        found[word.strip()] = kind
    return found


def _parts(text: str, names: Sequence[str]) -> Iterator[str]:
    """The parts between commas; a comma inside a column's name belongs to the name."""
    parts: list[str] = []
    for part in filter(None, text.split(",")):
        if parts and "=" not in part and not any(part.strip().startswith(name) for name in names):
            parts[-1] += f",{part}"
        else:
            parts.append(part)
    yield from parts
