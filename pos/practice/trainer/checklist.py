"""The checklist that a trainer goes through with a person, ticks and signs. It includes what the till cannot
observe."""

from __future__ import annotations

from datetime import datetime
from html import escape

from pos.practice.trainer.certificate import can_stand_alone
from pos.practice.trainer.figures import Share
from pos.practice.trainer.overview import TraineeOverview
from pos.wording import Wording

ITEMS = (
    "greeting",
    "listening",
    "reading-back",
    "allergies",
    "age",
    "question-1",
    "question-2",
    "taking-no",
    "change",
    "receipt",
    "thanks",
    "help",
)
"""In the order in which a customer is served. The catalogues have each as `checklist-<name>`."""

PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<title>{title}</title>
<style>
@page {{ size: A4; margin: 12mm }}
body {{ font: 14px/1.35 Georgia, serif; color: #1b2129; max-width: 44rem; margin: 0 auto; padding: 0 1rem }}
h1 {{ font-size: 1.7rem; margin: 0 }}
h2 {{ font-size: 1.1rem; margin: 1.2rem 0 .3rem }}
table {{ border-collapse: collapse; width: 100% }}
td, th {{ border-bottom: 1px solid #b9b2a6; padding: .25rem .4rem; text-align: left; vertical-align: top }}
td.box {{ width: 1.6rem }}
td.box span {{ display: inline-block; width: 1rem; height: 1rem; border: 1.5px solid #1b2129 }}
td.figure {{ text-align: right; white-space: nowrap }}
.foot {{ display: flex; justify-content: space-between; gap: 2rem; margin-top: 2.5rem }}
.foot span {{ border-top: 1px solid #1b2129; padding-top: .3rem; flex: 1 }}
</style>
<h1>{title}</h1>
<p>{shop} · {name} · {date}</p>
<h2>{watched}</h2>
<table>
{items}
</table>
<h2>{measured}</h2>
<table>
{figures}
</table>
<p class="foot"><span>{trainee}</span><span>{trainer}</span><span>{when}</span></p>
</html>
"""


def checklist(person: TraineeOverview, shop: str, now: datetime, words: Wording) -> str:
    """A self-contained page to print and sign. Names are text, never markup."""
    items = "\n".join(
        f'<tr><td class="box"><span></span></td><td>{escape(words.text(f"checklist-{name}"))}</td></tr>'
        for name in ITEMS
    )
    figures = "\n".join(
        f'<tr><td>{escape(label)}</td><td class="figure">{escape(value)}</td></tr>'
        for label, value in figure_rows(person, words)
    )
    return PAGE.format(
        language="nb" if words.language == "nb" else "en",
        title=escape(words.text("checklist-title")),
        shop=escape(shop),
        name=escape(person.name or words.text("trainer-nameless", number=person.id)),
        date=escape(words.date(now.date())),
        watched=escape(words.text("checklist-watched")),
        items=items,
        measured=escape(words.text("checklist-measured", count=person.figures.customers)),
        figures=figures,
        trainee=escape(words.text("checklist-trainee")),
        trainer=escape(words.text("checklist-trainer")),
        when=escape(words.text("checklist-when")),
    )


def figure_rows(person: TraineeOverview, words: Wording) -> list[tuple[str, str]]:
    """The names and values of a trainer's figures."""
    found = person.figures
    wrong = found.wrong_in_a_hundred
    seconds = found.seconds
    return [
        (words.text("figure-wrong"), "–" if wrong is None else words.decimal(wrong, ".3g")),
        (words.text("figure-allergies"), _share(found.allergies, words)),
        (words.text("figure-asked"), _share(found.asked, words)),
        (words.text("figure-heard"), _share(found.heard, words)),
        (words.text("figure-seconds"), "–" if seconds is None else words.text("figure-s", seconds=round(seconds))),
        (words.text("figure-change"), _share(found.change, words)),
        (words.text("figure-help"), str(found.help)),
        (words.text("figure-faults"), str(found.faults)),
        (words.text("figure-alone"), words.text("figure-yes" if can_stand_alone(person) else "figure-not-yet")),
    ]


def _share(share: Share, words: Wording) -> str:
    return "–" if not share.of else words.text("figure-of", count=share.count, of=share.of)
