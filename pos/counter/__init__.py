"""The counter: what a key means in each state, as commands on the register. The screen and plain mode share it."""

from pos.counter.commands import COMMANDS, Command
from pos.counter.counter import Counter
from pos.counter.counter_state import CounterState, Entry, Panel, TextPanel
from pos.counter.scanner import SCAN_GAP
from pos.counter.states import Say, State, Tone, say, say_error, state_of

__all__ = [
    "COMMANDS",
    "SCAN_GAP",
    "Command",
    "Counter",
    "CounterState",
    "Entry",
    "Panel",
    "Say",
    "State",
    "TextPanel",
    "Tone",
    "say",
    "say_error",
    "state_of",
]
