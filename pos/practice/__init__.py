"""Practice: simulated customers at the real till, scored. Joins the register and training."""

from pos.practice.counter import PracticeCounter
from pos.practice.customer.register import SERIES_LETTER, PracticeClock, practice_setup
from pos.practice.customer.visit import Visit
from pos.practice.file import Period, copy_menu, open_practice
from pos.practice.sitting.room import Guest, Room, check_name
from pos.practice.sitting.trainees import trainee_called

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
