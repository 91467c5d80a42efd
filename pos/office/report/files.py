"""The report for other programs: JSON with figures and intervals, and CSV with one row per figure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from pos.insights.figures.next_visits import NextVisitSums
from pos.insights.figures.off_sales import OffSales
from pos.insights.figures.skipping import Skip
from pos.insights.figures.sums import KindSums, OrderSums, all_kinds
from pos.insights.intervals import Interval
from pos.office.report.account import Report
from pos.office.report.persons import both, skips
from pos.office.report.wordings import Compared
from pos.wording import Wording

Value: TypeAlias = "str | int | float | bool | list[Value] | dict[str, Value] | None"


def report_json(report: Report, words: Wording) -> str:
    """The whole report: amounts in øre, rates from 0 to 1, times in seconds. Unknown figures are null."""
    return json.dumps(report_values(report, words), ensure_ascii=False, indent=2)


def report_values(report: Report, words: Wording) -> dict[str, Value]:
    """The same as plain values."""
    away = report.distance
    return {
        "since": report.since.isoformat() if report.since else None,
        "until": report.until.isoformat() if report.until else None,
        "first_day": report.first or None,
        "last_day": report.last or None,
        **_orders(report.orders),
        "line": away.line,
        "distance": {
            "now": away.now,
            "asking_always": away.asking_always,
            "best_offers": away.best_offers,
            "verdict": away.verdict.value,
        },
        "increment_minor": _interval(report.increment),
        "control_orders": report.control,
        "both": _kind(all_kinds(report.kinds.values())),
        "kinds": {kind: _kind(sums) for kind, sums in report.kinds.items()},
        "next_visits": _next_visits(report.next_visits),
        "off_sales": _off_sales(report.off_sales),
        "discards": [
            {"reason": why.reason.value, "count": why.count, "total_minor": why.minor} for why in report.discards
        ],
        "refunds": [
            {"reason": why.reason.value, "count": why.count, "total_minor": why.minor} for why in report.refunds
        ],
        "write_offs": [
            {
                "purpose": entry.purpose.value,
                "count": entry.count,
                "worth_minor": entry.worth_minor,
                "cost_minor": entry.cost_minor,
            }
            for entry in report.write_offs
        ],
        "cashiers_with_too_few": report.unnamed,
        **_cuts(report, words),
    }


def _cuts(report: Report, words: Wording) -> dict[str, Value]:
    """The lists of the report."""
    return {
        "offers": [
            {
                "offer": offer,
                "kind": kind,
                "name": words.local(report.names[offer]) if offer in report.names else None,
                **_kind(sums),
            }
            for (offer, kind), sums in report.offers.items()
        ],
        "cashiers": [
            {
                "cashier": name,
                **_orders(person.orders),
                **_kind(both(person)),
                **_skips(name, report),
                "kinds": {kind: _kind(sums) for kind, sums in person.kinds.items()},
            }
            for name, person in report.persons.items()
        ],
        **_times(report, words),
        **_wordings(report),
        "reasons": [
            {"reason": reason, "kind": kind, "orders": count} for (reason, kind), count in report.reasons.items()
        ],
        "channels": [
            {"channel": channel, "orders": sums.orders, "total_minor": sums.total_minor}
            for channel, sums in sorted(report.channels.items())
        ],
        "days": [{"day": day, **_orders(sums)} for day, sums in report.days.items()],
    }


def report_csv(report: Report, words: Wording) -> str:
    """One row per figure: part, subject, kind, name of the figure, value, interval and count."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("part", "name", "kind", "figure", "value", "low", "high", "count"))
    for part, entry in _parts(report_values(report, words)):
        name = str(next((entry[key] for key in _NAMES if key in entry), ""))
        kind = str(entry.get("kind", ""))
        for figure, value in entry.items():
            if isinstance(value, dict) and "value" in value:
                writer.writerow((part, _safe(name), kind, figure, *(value[key] for key in _INTERVAL)))
            elif isinstance(value, int | float) and figure != "hour":
                writer.writerow((part, _safe(name), kind, figure, value, "", "", ""))
    return out.getvalue()


_NAMES = ("wording", "offer", "cashier", "hour", "daypart", "phrase", "reason", "channel", "day", "purpose")
_INTERVAL = ("value", "low", "high", "count")


def _parts(values: Mapping[str, Value]) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """The content of the CSV's rows, part by part."""
    yield "orders", {name: value for name, value in values.items() if not isinstance(value, list)}
    yield from (("kind", entry) for entry in _of_kinds(values))
    for part in ("both", "distance", "next_visits", "off_sales"):
        found = values[part]
        if isinstance(found, dict):
            yield part, found
    for part, found in values.items():
        for entry in found if isinstance(found, list) else []:
            if isinstance(entry, dict):
                yield part, entry
                yield from ((part, {**one, "cashier": entry["cashier"]}) for one in _of_kinds(entry))


def _of_kinds(values: Mapping[str, Value]) -> Iterator[Mapping[str, Value]]:
    """The figures of each kind."""
    kinds = values.get("kinds")
    for kind, found in kinds.items() if isinstance(kinds, dict) else []:
        if isinstance(found, dict):
            yield {**found, "kind": kind}


def _safe(name: str) -> str:
    """A name that spreadsheets do not take for a formula."""
    return f"'{name}" if name[:1] in ("=", "+", "-", "@") else name


def _interval(found: Interval | None) -> Value:
    if found is None:
        return None
    return {"value": found.value, "low": found.low, "high": found.high, "count": found.count, "few": found.is_few}


def _kind(sums: KindSums) -> dict[str, Value]:
    return {
        "shown": sums.shown,
        "said": sums.said,
        "not_asked": sums.not_asked,
        "too_fast": sums.too_fast,
        "accepted": sums.accepted,
        "not_applicable": sums.not_applicable,
        "gain_minor": sums.gain_minor,
        "margin_minor": sums.margin_minor,
        "offer_rate": _interval(sums.offer_rate),
        "take_rate": _interval(sums.take_rate),
        "gain_each_minor": _interval(sums.gain_each),
        "seconds": _interval(sums.seconds),
        "leave_with_it": _interval(sums.leaving),
    }


def _times(report: Report, words: Wording) -> dict[str, Value]:
    """The hours, and the menu's parts of the day."""
    return {
        "hours": [{"hour": hour, **_kind(sums)} for hour, sums in report.hours.items()],
        "dayparts": [
            {"daypart": part, "name": words.local(report.daypart_names[part]), **_kind(sums)}
            for part, sums in report.dayparts.items()
        ],
    }


def _skips(name: str, report: Report) -> dict[str, Value]:
    """How far a person's share of skipped questions is above the others', if it clearly is."""
    found = {entry.skip: entry.apart for entry in skips(report) if entry.person == name}
    return {f"{skip.value}_more": _interval(found.get(skip)) for skip in Skip}


def _next_visits(sums: NextVisitSums) -> dict[str, Value]:
    return {
        "given": sums.given,
        "used": sums.used,
        "still_open": sums.still_open,
        "gain_minor": sums.gain_minor,
        "off_minor": sums.off_minor,
        "used_share": _interval(sums.used_share),
    }


def _off_sales(found: OffSales) -> dict[str, Value]:
    return {
        "given_back": found.given_back,
        "given_back_minor": found.given_back_minor,
        "on_no_sale": found.on_no_sale,
        "on_no_sale_minor": found.on_no_sale_minor,
        "unsettled": found.unsettled,
        "unsettled_minor": found.unsettled_minor,
        "discarded": found.discarded,
        "discarded_minor": found.discarded_minor,
    }


def _wordings(report: Report) -> dict[str, Value]:
    """The forms of words, the wordings of offers with several, and how they compare."""
    return {
        "phrases": [{"phrase": phrase, "kind": kind, **_kind(sums)} for (phrase, kind), sums in report.phrases.items()],
        "wordings": [
            {
                "wording": f"{entry.offer}|{said.id}",
                "offer": entry.offer,
                "kind": entry.kind,
                "text": {"nb": said.words.nb, "en": said.words.en},
                **_kind(said.sums),
            }
            for entry in report.compared
            for said in entry.said
        ],
        "wordings_compared": [_compared(entry) for entry in report.compared],
    }


def _compared(entry: Compared) -> dict[str, Value]:
    """The comparison of an offer's wordings. The intervals are valid for all comparisons, at whatever time they are
    read."""
    yes, seconds = entry.comparison.yes, entry.comparison.seconds
    return {
        "offer": entry.offer,
        "kind": entry.kind,
        "verdict": entry.comparison.verdict.value,
        "more_yes": yes.wording if yes else None,
        "less_yes": yes.other if yes else None,
        "yes_apart": _interval(yes.by if yes else None),
        "slower": seconds.wording if seconds else None,
        "quicker": seconds.other if seconds else None,
        "seconds_apart": _interval(seconds.by if seconds else None),
    }


def _orders(sums: OrderSums) -> dict[str, Value]:
    return {
        "orders": sums.orders,
        "eligible": sums.eligible,
        "total_minor": sums.total_minor,
        "gain_minor": sums.gain_minor,
        "uplift": _interval(sums.uplift),
        "leave_with_both": _interval(sums.leaving_both),
        "asked_early": _interval(sums.grown_share),
    }
