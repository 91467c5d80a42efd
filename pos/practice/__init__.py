"""The practice room: simulated customers at the real till, scored; it joins the register and training."""

from pos.practice.counter import PracticeCounter
from pos.practice.file import Period, copy_menu, open_practice
from pos.practice.register import SERIES_LETTER, PracticeClock, practice_setup
from pos.practice.room import Guest, Room, check_name
from pos.practice.trainees import trainee_called
from pos.practice.visit import Visit

__all__ = [
    "SERIES_LETTER",
    "Guest",
    "Period",
    "PracticeClock",
    "PracticeCounter",
    "Room",
    "Visit",
    "check_name",
    "copy_menu",
    "open_practice",
    "practice_setup",
    "trainee_called",
]
