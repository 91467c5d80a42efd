"""Finds the printer that an argument names."""

from __future__ import annotations

import re
from pathlib import Path

from pos.devices.escpos_printer import EscPosPrinter
from pos.devices.paper import split_paper
from pos.devices.printer import NoPrinter, Printer
from pos.devices.targets import DeviceTarget, FileTarget, NetworkTarget
from pos.devices.text_printer import TextPrinter
from pos.domain.errors import BadInput
from pos.files import guard

PRINTER_PORT = 9100
LARGEST_PORT = 65_535

_HOST = re.compile(r"(?:\[(?P<v6>[0-9A-Fa-f:.%]+)\]|(?P<host>[^\s:,\[\]]+))(?::(?P<port>\d{1,5}))?", re.ASCII)


def printer_from(text: str) -> Printer:
    """The printer that a text names: `none`, `text:FILE`, `escpos:file:FILE`, `escpos:dev:DEVICE` or
    `escpos:tcp:HOST[:PORT]`, then optionally a comma and the paper: `58` or `80` (millimetres), or `80/48` for 48
    characters in a row.

    A path may begin with `~`; an IPv6 address is in brackets. Raises `BadInput` for other text and for a file that
    cannot be written, and `DeviceError` if python-escpos is needed and missing.
    """
    if text == "none":
        return NoPrinter()
    printer, width = split_paper(text)
    kind, _, place = printer.partition(":")
    if kind == "text" and place:
        return TextPrinter(_path(place), width)
    way, _, place = place.partition(":")
    if kind != "escpos" or not place:
        raise BadInput("printer-unknown", text=text[:80])
    match way:
        case "file":
            return EscPosPrinter(FileTarget(_path(place)), width)
        case "dev":
            return EscPosPrinter(_device(_path(place)), width)
        case "tcp":
            return EscPosPrinter(_network(text, place), width)
    raise BadInput("printer-unknown", text=text[:80])


def _path(text: str) -> Path:
    return Path(text).expanduser()


def _device(path: Path) -> DeviceTarget:
    guard(path)
    return DeviceTarget(path)


def _network(text: str, place: str) -> NetworkTarget:
    match = _HOST.fullmatch(place)
    port = int(match["port"] or PRINTER_PORT) if match else 0
    if match is None or not 1 <= port <= LARGEST_PORT:
        raise BadInput("printer-unknown", text=text[:80])
    return NetworkTarget(match["v6"] or match["host"], port)
