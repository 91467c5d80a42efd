"""Every command of the counter, in the order in which footer and help show them."""

from pos.counter.commands import asking, opening, paying, ringing
from pos.counter.commands.base import Command

COMMANDS: tuple[Command, ...] = (*asking.COMMANDS, *paying.COMMANDS, *ringing.COMMANDS, *opening.COMMANDS)

__all__ = ["COMMANDS", "Command"]
