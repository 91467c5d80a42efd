"""The till's rules as verbs: everything that can happen to an order at the counter, and nothing else."""

from pos.register.asking import CONTROL_SHARE
from pos.register.choosing import OfferChances, bounds_of, known_at, lifts_of, take_in
from pos.register.core import PATIENCE, NewPrices, TooSoon
from pos.register.ringing import check_quantity
from pos.register.shelf import Repriced, Taken
from pos.register.shelf import Shelf as Register
from pos.register.surroundings import is_within
from pos.register.timeline import Clock, Jump

__all__ = [
    "CONTROL_SHARE",
    "PATIENCE",
    "Clock",
    "Jump",
    "NewPrices",
    "OfferChances",
    "Register",
    "Repriced",
    "Taken",
    "TooSoon",
    "bounds_of",
    "check_quantity",
    "is_within",
    "known_at",
    "lifts_of",
    "take_in",
]
