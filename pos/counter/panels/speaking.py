"""The customer's language, for the words of a question and the receipt."""

from __future__ import annotations

from pos.counter.counter_state import CounterState
from pos.counter.states import say
from pos.register.verbs import ringing


def speak_other(counter: CounterState) -> None:
    """Switch the customer's language between the till's own and the other one."""
    order = counter.view.order
    other = "en" if counter.language == "nb" else "nb"
    counter.do(ringing.speak, None if order.language else other)
    counter.message = say("customer-language-own" if order.language else "customer-language-other")
