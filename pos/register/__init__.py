"""A till and its rules. Two gates through which every verb goes, `Register.do` of a till and `ShopGate.do` of the
office; a module for each stretch of verbs."""

from pos.register.accepting import accept
from pos.register.aside import Repriced
from pos.register.checkout import CONTROL_SHARE
from pos.register.choosing import OfferChances, bounds_of, known_at, lifts_of, update_sums
from pos.register.gate import Ask, Change, Done, Verb, given, verb
from pos.register.needs import TooSoon
from pos.register.publishing import publish_menu
from pos.register.register import FileTurnedBack, NewPrices, News, Register, Taken
from pos.register.ringing import check_quantity
from pos.register.scene import PATIENCE, Scene, Setup, View
from pos.register.shop_gate import Shop, ShopGate
from pos.register.tills import till_called
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
    "Shop",
    "ShopGate",
    "Taken",
    "TooSoon",
    "Verb",
    "View",
    "accept",
    "bounds_of",
    "check_quantity",
    "given",
    "known_at",
    "lifts_of",
    "publish_menu",
    "till_called",
    "update_sums",
    "verb",
]
