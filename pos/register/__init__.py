"""The till's rules as verbs: everything that can happen to an order at the counter, and nothing else."""

from pos.register.core import PATIENCE, Clock, TooSoon, is_within
from pos.register.ringing import check_quantity
from pos.register.shelf import Repriced
from pos.register.shelf import Shelf as Register

__all__ = ["PATIENCE", "Clock", "Register", "Repriced", "TooSoon", "check_quantity", "is_within"]
