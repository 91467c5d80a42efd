"""The rubric: what each part of a practice round is worth, in one place. docs/scoring.md says it in words."""

from __future__ import annotations

from enum import StrEnum


class ScorePart(StrEnum):
    """What a score is made of. `CRITICAL` has only faults that make a round 0, `FLOOR` what keeps it from less."""

    CRITICAL = "critical"
    ORDER = "order"
    ASKING = "asking"
    ANSWERS = "answers"
    TOLD = "told"
    PAYMENT = "payment"
    PACE = "pace"
    MANNER = "manner"
    FLOOR = "floor"

    @property
    def message_id(self) -> str:
        """Its name in the catalogues."""
        return f"part-{self.value}"


# Points are weights: what can be earned in a round is scaled to 100 whole points, and its lines add up to the score.

ORDER = 25.0
"""The order rung right: all of it, less what each mistake costs; never below zero."""
WRONG_LINE = 10.0
WRONG_SIZE = 6.0
WRONG_CHANGES = 6.0
WRONG_SLOT = 6.0
SIZE_MARK = 5.0
"""A size that was said and not marked, or marked and not said (which would spare question 1)."""
MISSED_ALLERGEN = 15.0
NEEDLESS_ALLERGEN = 3.0
WRONG_SERVING_MODE = 5.0
MISSED_COUPON = 6.0
WRONG_LANGUAGE = 3.0

QUESTION = 20.0
"""Each of the two questions: asked, said aloud and before payment."""
OF_WHICH_FIT = 8.0
"""The share of the points that the offer's fit decides."""
GOOD_FIT = 0.8
"""From this share of the best fit on an offer counts as well chosen."""
HONEST_NOT_ASKED = 0.0
RIGHTLY_LEFT_BY_OTHER_KEY = 10.0
"""Somebody who should not be asked was not, but with *not asked* instead of the reason."""
RIGHTLY_LEFT_WITH_OTHER_REASON = 12.0

PASSED_OVER = -8.0
"""J or N before the words were said: an answer that nobody gave. Worse than an honest *not asked*."""
TOO_FAST = -4.0
"""*Said* in less than half the words' speaking time: nobody can have said them."""
ASKED_WRONGLY = -12.0
"""Asked somebody who should not be, or for what may not be offered."""
RESTED_WRONGLY = -8.0
"""*Not for this customer* or *nothing to ask* where there was something."""
WRONG_SEQUENCE = -4.0
"""Question 2 before question 1."""

ANSWER = 6.0
"""Each answer: what was keyed is what the customer said."""
PUT_RIGHT = 5.0
"""The points for a question after a wrong answer was put right."""
PRESSED = -8.0
"""The customer had said no, and was asked again."""

TOLD = 10.0
"""All the customer's own questions together."""
PAYMENT = 10.0
WRONG_TENDER = 5.0
LATE_WISH = 10.0
"""A change of mind at payment, as a part of the order."""

PACE = 5.0
"""Each of two paces: seconds per item, seconds per question. Counted only as far as the rest is right."""
WORDS_A_SECOND = 3
"""How fast people speak at a counter."""
GOOD_SECONDS_AN_ITEM = 5.0
"""A good cashier, from the customer's last word: a tile and a look."""
GOOD_SECONDS_A_QUESTION = 2.5
"""A good cashier, beyond the words of question and answer."""
SLOW_FACTOR = 3.0
"""From this multiple of a good cashier's seconds on, speed earns nothing."""
BETTER_THAN_LAST = 0.7
"""The least share for a trainee who beats their own last pace."""
AGAIN_SECONDS = 5.0
"""The seconds that *say again?* costs."""

TICK = 5.0
"""Each of a colleague's three ticks."""

EASY_FROM, GOOD_FROM, HARD_FROM = 1.0, 0.85, 0.5
"""The shares of a skill's points from which its grade is easy, good and hard; below, the skill comes back at once."""
