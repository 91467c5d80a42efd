"""Parses exports as any other program would."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pos.country.norway.saft.writing import NAMESPACE
from pos.office.accounts.saft import ExportSums, export_saft
from pos.store import Store
from tests.builders import TODAY
from tests.office_acts import gate

OFFICIAL = Path(__file__).parents[4] / "shared" / "norway"
SCHEMA = OFFICIAL / "Norwegian_SAF-T_Cash_Register_Schema_v_1.00.xsd"
EXAMPLE = OFFICIAL / "example-saft-cash-register.xml"

needs_the_official_files = pytest.mark.skipif(
    not SCHEMA.exists(), reason="the official schema and example are not here: ../shared is absent"
)


class AuditFile:
    """An exported SAF-T file."""

    def __init__(self, path: Path, sums: ExportSums | None = None) -> None:
        self.path = path
        self.sums = sums
        self.root = ET.parse(path).getroot()

    def all(self, path: str, within: ET.Element | None = None) -> list[ET.Element]:
        """The elements on a path, without the namespace."""
        steps = "/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/"))
        return (self.root if within is None else within).findall(f".//{steps}")

    def texts(self, path: str, within: ET.Element | None = None) -> list[str]:
        """The texts of the elements on a path."""
        return [element.text or "" for element in self.all(path, within)]

    def transactions(self, register: str | None = None) -> Iterator[ET.Element]:
        """The transactions of a register, or of all."""
        for each in self.all("cashregister"):
            if register is None or self.texts("registerID", each)[0] == register:
                yield from self.all("cashtransaction", each)


def exported(
    store: Store, folder: Path, since: date = TODAY, until: date = TODAY, practice: Store | None = None
) -> AuditFile:
    """Export some days."""
    path = folder / "saft.xml"
    return AuditFile(path, export_saft(gate(store), practice, (since, until), path, "0.2.0"))
