"""Every command of the counter, in the order of footer and help."""

from pos.counter.commands import checking_out, opening, paying, ringing
from pos.counter.commands.base import Command

COMMANDS: tuple[Command, ...] = (*checking_out.COMMANDS, *paying.COMMANDS, *ringing.COMMANDS, *opening.COMMANDS)

__all__ = ["COMMANDS", "Command"]
