"""A till and its rules. Every verb goes through one of two gates: `Register.do` of a till, `ShopGate.do` of the
office."""

from pos.register.choosing import OfferChances, bounds_of, count_new_refunds, count_new_sales, known_at, lifts_of
from pos.register.gate import Ask, Change, Done, OpenDrawer, Verb, by_anyone, given, verb
from pos.register.needs import TooSoon, allowed
from pos.register.register import FileTurnedBack, NewPrices, News, OrderTaken, Register
from pos.register.scene import PATIENCE, Scene, Setup, View
from pos.register.shop_gate import ShopGate, ShopScene
from pos.register.timeline import Clock, Jump
from pos.register.verbs.accepting import accept
from pos.register.verbs.aside import Repriced
from pos.register.verbs.checkout import CONTROL_SHARE
from pos.register.verbs.publishing import publish_menu
from pos.register.verbs.ringing import check_quantity
from pos.register.verbs.tills import till_called

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
    "OpenDrawer",
    "OrderTaken",
    "Register",
    "Repriced",
    "Scene",
    "Setup",
    "ShopGate",
    "ShopScene",
    "TooSoon",
    "Verb",
    "View",
    "accept",
    "allowed",
    "bounds_of",
    "by_anyone",
    "check_quantity",
    "count_new_refunds",
    "count_new_sales",
    "given",
    "known_at",
    "lifts_of",
    "publish_menu",
    "till_called",
    "verb",
]
