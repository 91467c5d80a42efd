"""The certificate: its criteria, whether a person meets them, and a page to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape

from pos.practice.trainer.figures import faults_of
from pos.practice.trainer.overview import TraineeOverview
from pos.training import Skill
from pos.wording import Wording, wording

ROUNDS_NEEDED = 20
DAYS_NEEDED = 3
LAST_ROUNDS, MEAN_NEEDED = 10, 85
REMEMBERED_NEEDED = 0.8
MUST_SIT = (Skill.ASK_SINGLE, Skill.ASK_MEAL, Skill.SIZES_SAID, Skill.ALLERGENS, Skill.NOT_FOR_CUSTOMER, Skill.CASH)
"""The skills that everybody needs before selling alone."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of the certificate in words, and whether it is met."""

    words: str
    met: bool


def criteria(person: TraineeOverview, words: Wording) -> tuple[Criterion, ...]:
    """All criteria."""
    last = [row.score or 0 for row in person.rounds[:LAST_ROUNDS]]
    mean = round(sum(last) / len(last)) if last else 0
    skills = [
        Criterion(
            words.text("certificate-skill", skill=words.text(skill.message_id)),
            (standing := person.standing(skill)) is not None and standing.remembered >= REMEMBERED_NEEDED,
        )
        for skill in MUST_SIT
    ]
    faults = sum(map(faults_of, person.rounds[:LAST_ROUNDS]))
    rounds, days = len(person.rounds), len(person.days)
    return (
        Criterion(words.text("certificate-rounds", needed=ROUNDS_NEEDED, rounds=rounds), rounds >= ROUNDS_NEEDED),
        Criterion(words.text("certificate-days", needed=DAYS_NEEDED, days=days), days >= DAYS_NEEDED),
        Criterion(
            words.text("certificate-mean", last=LAST_ROUNDS, needed=MEAN_NEEDED, mean=mean),
            len(last) == LAST_ROUNDS and mean >= MEAN_NEEDED,
        ),
        Criterion(
            words.text("certificate-faults", last=LAST_ROUNDS, faults=faults), len(last) == LAST_ROUNDS and not faults
        ),
        *skills,
    )


def can_stand_alone(person: TraineeOverview) -> bool:
    """Whether a person meets every criterion and may work at the counter alone."""
    return all(entry.met for entry in criteria(person, wording("nb")))


PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<title>{title}</title>
<style>
@page {{ size: A4 landscape; margin: 18mm }}
body {{ font: 16px/1.5 Georgia, serif; color: #1b2129; max-width: 46rem; margin: 3rem auto; padding: 2.5rem;
  border: 6px double #9a4a00 }}
h1 {{ font-size: 2.2rem; margin: 0 0 .5rem }}
.name {{ font-size: 1.7rem; margin: 1rem 0 }}
ul {{ list-style: none; padding: 0 }}
li {{ margin: .2rem 0 }}
.foot {{ display: flex; justify-content: space-between; margin-top: 2.5rem }}
.foot span {{ border-top: 1px solid #1b2129; padding-top: .3rem; min-width: 14rem }}
</style>
<h1>{title}</h1>
<p>{shop}</p>
<p class="name">{name}</p>
<p>{sentence}</p>
<ul>
{rows}
</ul>
<p class="foot"><span>{date}</span><span>{signature}</span></p>
</html>
"""


def page(person: TraineeOverview, shop: str, now: datetime, words: Wording) -> str:
    """A self-contained page. Names are text, never markup."""
    rows = "\n".join(f"<li>✓ {escape(entry.words)}</li>" for entry in criteria(person, words))
    return PAGE.format(
        language="nb" if words.language == "nb" else "en",
        title=escape(words.text("certificate-title")),
        shop=escape(shop),
        name=escape(person.name or words.text("trainer-nameless", number=person.id)),
        sentence=escape(words.text("certificate-sentence")),
        rows=rows,
        date=escape(words.date(now.date())),
        signature=escape(words.text("certificate-signature")),
    )
