"""Customers are served at the practice counter, with the shop's own keys, and scored."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.practice.sitting.result import advice_for, result_of
from pos.training import Did, Pace, Score, ScoreLine, ScorePart
from pos.training.scoring.rubric import GOOD_SECONDS_A_QUESTION
from pos.wording import wording
from tests.practice.rigs import a_rig, serve
from tests.training.shop import scenarios


def test_advice_to_be_quicker_comes_only_when_all_else_was_right() -> None:
    slow = ScoreLine(ScorePart.PACE, "score-pace-questions", 0.0, 5.0)
    lost = ScoreLine(ScorePart.ORDER, "score-size-unmarked", -3.0, 0.0)
    assert advice_for(Score((slow,), Pace())).en == wording("en").text("practice-try-pace")
    assert advice_for(Score((slow, lost), Pace())).en == wording("en").text("practice-try-size")
    assert advice_for(Score((), Pace())).en == wording("en").text("practice-try-nothing")


def test_a_good_cashiers_seconds_stand_as_the_language_writes_them() -> None:
    values = {"seconds": 4, "good": GOOD_SECONDS_A_QUESTION}
    line = ScoreLine(ScorePart.PACE, "score-pace-questions", 1.0, 5.0, None, values)
    (said,) = result_of(Score((line,), Pace()), {}).lines
    assert "2,5" in said.words.nb
    assert "2.5" in said.words.en


@pytest.mark.parametrize("name", [scenario.id for scenario in scenarios()])
def test_whoever_knows_the_wishes_scores_100_with_every_scenario(folder: Path, name: str) -> None:
    rig = a_rig(folder, name)
    serve(rig)
    result = rig.sitting.result
    assert result is not None
    lost = [f"{line.earned}/{line.worth} {line.words.en}" for line in result.lines if line.lost > 0]
    assert result.total == 100, lost
    assert sum(line.earned for line in result.lines) == result.total
    assert next(rig.sitting.visit.round.every(Did.PAID), None) is not None
