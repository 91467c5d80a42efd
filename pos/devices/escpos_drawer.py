"""A drawer on the cable of an ESC/POS receipt printer: the printer opens it, and says how it stands."""

from __future__ import annotations

from pos.devices.drawer import Drawer, DrawerState, NoDrawer
from pos.devices.escpos_printer import EscPosPrinter
from pos.devices.printer import Printer
from pos.devices.targets import NetworkTarget
from pos.domain.errors import BadInput, DeviceError

KICK = b"\x1bp\x00\x19\xfa"
"""ESC p 0: a pulse of 50 ms on the drawer's first pin."""

ASK = b"\x10\x04\x01"
"""DLE EOT 1: the printer's status, one byte, at once, whatever it is printing."""

FIXED, AS_FIXED = 0b1001_0011, 0b0001_0010
"""Bits of a status that never vary, and how they are: anything else is no status."""

OPEN = 0b0000_0100
"""The drawer's contact."""

PATIENCE = 2.0
"""Seconds: whoever pays waits so long at the most."""


class EscPosDrawer:
    """A drawer on a printer that answers on the network."""

    is_integrated = True

    def __init__(self, host: str, port: int, patience: float = PATIENCE) -> None:
        self.target = NetworkTarget(host, port, patience)

    def open(self) -> None:
        """Open it. Raises `DeviceError`."""
        try:
            self.target.send(KICK)
        except DeviceError as error:
            problem = error.values.get("problem", error.message_id)
            raise DeviceError("drawer-failed", problem=problem) from error

    def state(self) -> DrawerState:
        """What the printer says of its contact; *unknown* where it says nothing that is a status."""
        try:
            answer = self.target.ask(ASK, 1)
        except DeviceError:
            return DrawerState.UNKNOWN
        if not answer or answer[0] & FIXED != AS_FIXED:
            return DrawerState.UNKNOWN
        return DrawerState.OPEN if answer[0] & OPEN else DrawerState.CLOSED


def drawer_from(text: str, printer: Printer) -> Drawer:
    """`none`, or `printer`: the drawer on the till's receipt printer, which has to answer.

    Raises `BadInput` `drawer-cannot-say` for a printer that cannot: nothing could ever be sold beside such a drawer.
    """
    if text == "none":
        return NoDrawer()
    if text == "printer" and isinstance(printer, EscPosPrinter) and isinstance(printer.target, NetworkTarget):
        return EscPosDrawer(printer.target.host, printer.target.port)
    raise BadInput("drawer-cannot-say", text=text[:40])
