"""A till and its rules. One gate, `Register.do`, through which every verb goes; a module for each stretch of verbs."""

from pos.register.aside import Repriced
from pos.register.checkout import CONTROL_SHARE
from pos.register.choosing import OfferChances, bounds_of, known_at, lifts_of, update_sums
from pos.register.gate import Ask, Change, Done, Verb, given, verb
from pos.register.needs import TooSoon
from pos.register.register import FileTurnedBack, NewPrices, News, Register, Taken
from pos.register.ringing import check_quantity
from pos.register.scene import PATIENCE, Scene, Setup, View
from pos.register.timeline import Clock, Jump

__all__ = [
    "CONTROL_SHARE",
    "PATIENCE",
    "Ask",
    "Change",
    "Clock",
    "Done",
    "FileTurnedBack",
    "Jump",
    "NewPrices",
    "News",
    "OfferChances",
    "Register",
    "Repriced",
    "Scene",
    "Setup",
    "Taken",
    "TooSoon",
    "Verb",
    "View",
    "bounds_of",
    "check_quantity",
    "given",
    "known_at",
    "lifts_of",
    "update_sums",
    "verb",
]
