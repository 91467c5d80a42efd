"""The doctor's checks of the machine: disk, clock, printer, drawer, versions."""

from __future__ import annotations

import os
import platform
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from pos import __version__
from pos.devices import DrawerState, drawer_from, file_of, printer_from, prints_nothing
from pos.devices.escpos_printer import EscPosPrinter
from pos.domain.errors import BadInput, DeviceError
from pos.office.keeping.checks import Check, Health, Patient, good, look, refused, stop
from pos.store import LATEST, SQLITE, Store, file_system_of, is_network

GIGABYTE = 1_000_000_000
LITTLE, HARDLY = 2 * GIGABYTE, GIGABYTE // 5
"""Bytes free. `LITTLE` is a year's sales of a small shop; `HARDLY` is a week's of a large one, with the room that a
commit needs."""

IN_MEMORY = ("tmpfs", "ramfs")
BACK = timedelta(minutes=1)
FAR = timedelta(days=7)


def check_disk(patient: Patient) -> Check:
    """Free space, and the kind of file system."""
    folder = _existing(patient.path.parent)
    kind, free = file_system_of(patient.path), shutil.disk_usage(folder).free
    values: dict[str, object] = {"free": free / GIGABYTE, "kind": kind or "?", "folder": folder}
    if is_network(kind):
        return stop("disk", "doctor-disk-network", "doctor-do-own-disk", **values)
    if not os.access(folder, os.W_OK):
        return stop("disk", "doctor-disk-read-only", "doctor-do-allow-writing", **values)
    if free < HARDLY:
        return stop("disk", "doctor-disk-little", "doctor-do-make-room", **values)
    if free < LITTLE:
        return look("disk", "doctor-disk-little", "doctor-do-make-room", **values)
    if kind in IN_MEMORY:
        return look("disk", "doctor-disk-in-memory", "doctor-do-own-disk", **values)
    return good("disk", "doctor-disk", **values)


def _existing(folder: Path) -> Path:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def check_clock(patient: Patient, last: datetime | None) -> Check:
    """Whether the clock is plausible: not behind the last act, nor long after it."""
    now = patient.now
    values: dict[str, object] = {"day": now.date(), "now": now}
    if not patient.country.has_taxes(now.date()):
        return stop("clock", "doctor-clock-wrong", "doctor-do-set-clock", **values)
    if last is not None:
        values |= {"last_day": last.date(), "last": last, "days": abs((now - last).days)}
        if now < last - BACK:
            return look("clock", "doctor-clock-behind", "doctor-do-set-clock", **values)
        if now > last + FAR:
            return look("clock", "doctor-clock-far", "doctor-do-check-clock", **values)
    here = patient.at.astimezone()
    if here.utcoffset() != now.utcoffset():
        return good("clock", "doctor-clock-other-zone", zone=here.tzname() or "?", **values)
    return good("clock", "doctor-clock", **values)


def check_printer(patient: Patient) -> Check:
    """Whether the printer can be reached; nothing is printed."""
    try:
        printer = printer_from(patient.printer)
        if prints_nothing(printer):
            return good("printer", "doctor-printer-none")
        path = file_of(printer)
        if path is None and isinstance(printer, EscPosPrinter):
            printer.target.send(b"")
    except (BadInput, DeviceError) as error:
        return refused("printer", error, Health.LOOK)
    if path is None:
        return good("printer", "doctor-printer", printer=patient.printer)
    can = os.access(path, os.W_OK) if path.exists() else os.access(_existing(path.parent), os.W_OK)
    if not can:
        return look("printer", "doctor-printer-no-file", "doctor-do-printer", path=path)
    return good("printer", "doctor-printer-file", path=path)


def check_drawer(patient: Patient) -> Check:
    """Check that the drawer reports its state; it is not opened. Nothing can be sold while it is open or reports
    nothing."""
    try:
        state = drawer_from(patient.drawer, printer_from(patient.printer)).state()
    except (BadInput, DeviceError) as error:
        return refused("drawer", error)
    match state:
        case DrawerState.NONE:
            return good("drawer", "doctor-drawer-none")
        case DrawerState.CLOSED:
            return good("drawer", "doctor-drawer")
        case DrawerState.OPEN:
            return look("drawer", "doctor-drawer-open", "doctor-do-close-drawer")
        case DrawerState.UNKNOWN:
            return stop("drawer", "doctor-drawer-silent", "doctor-do-printer")


def check_versions(patient: Patient, store: Store | None, version: int | None) -> Check:
    """The versions of the program, the file, the menu, SQLite and Python."""
    values: dict[str, object] = {
        "program": __version__,
        "file": "-" if version is None else str(version),
        "newest": str(LATEST),
        "menu": "-" if store is None or store.menu.is_empty() else str(store.menu.version()),
        "sqlite": SQLITE,
        "python": platform.python_version(),
    }
    if version is not None and version > LATEST:
        return stop("versions", "doctor-versions-newer", "doctor-do-update", **values)
    if version is not None and version < LATEST:
        return good("versions", "doctor-versions-older", **values)
    return good("versions", "doctor-versions", **values)
