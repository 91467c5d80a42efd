"""Every hour is in one part of the day."""

from __future__ import annotations

from pos.insights.parts_of_day import part_of_day


def test_every_hour_has_its_part_of_the_day_and_the_night_is_the_evenings() -> None:
    assert [part_of_day(hour) for hour in (0, 4, 5, 10, 11, 14, 15, 18, 19, 23)] == [
        "evening", "evening", "morning", "morning", "noon", "noon", "afternoon", "afternoon", "evening", "evening",
    ]  # fmt: skip
