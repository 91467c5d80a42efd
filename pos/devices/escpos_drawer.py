"""A drawer connected to an ESC/POS receipt printer. The printer opens it and reports its state."""

from __future__ import annotations

from pos.devices.drawer import Drawer, DrawerState, NoDrawer
from pos.devices.escpos_printer import EscPosPrinter
from pos.devices.printer import Printer
from pos.devices.targets import NetworkTarget
from pos.domain.errors import BadInput, DeviceError

KICK = b"\x1bp\x00\x19\xfa"
"""ESC p 0: a pulse of 50 ms on the drawer's first pin."""

ASK = b"\x10\x04\x01"
"""DLE EOT 1: asks for the printer's status, one byte, answered even while it prints."""

FIXED, AS_FIXED = 0b1001_0011, 0b0001_0010
"""The bits of a status that never vary, and their values. A byte with other values is no status."""

OPEN = 0b0000_0100
"""The bit of the drawer's contact."""

PATIENCE = 2.0
"""The most seconds that a payment waits for the printer's answer."""


class EscPosDrawer:
    """A drawer on a network printer."""

    is_integrated = True

    def __init__(self, host: str, port: int, patience: float = PATIENCE) -> None:
        self.target = NetworkTarget(host, port, patience)

    def open(self) -> None:
        """Open the drawer. Raises `DeviceError`."""
        try:
            self.target.send(KICK)
        except DeviceError as error:
            problem = error.values.get("problem", error.message_id)
            raise DeviceError("drawer-failed", problem=problem) from error

    def state(self) -> DrawerState:
        """The state of the drawer's contact; *unknown* if the answer is no status."""
        try:
            answer = self.target.ask(ASK, 1)
        except DeviceError:
            return DrawerState.UNKNOWN
        if not answer or answer[0] & FIXED != AS_FIXED:
            return DrawerState.UNKNOWN
        return DrawerState.OPEN if answer[0] & OPEN else DrawerState.CLOSED


def drawer_from(text: str, printer: Printer) -> Drawer:
    """The drawer that a text names: `none`, or `printer` for one on the till's receipt printer.

    Raises `BadInput` `drawer-cannot-say` if the printer cannot answer: with such a drawer nothing could ever be sold.
    """
    if text == "none":
        return NoDrawer()
    if text == "printer" and isinstance(printer, EscPosPrinter) and isinstance(printer.target, NetworkTarget):
        return EscPosDrawer(printer.target.host, printer.target.port)
    raise BadInput("drawer-cannot-say", text=text[:40])
