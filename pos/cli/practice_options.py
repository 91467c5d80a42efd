"""What can be asked of practice and of the trainer's view, as options of their commands."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pos.cli import practice


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What was asked of `pos practice` and `pos trainer`. `database` is the practice file, None beside the shop's."""

    database: Path | None = None
    name: str = ""
    way: str = ""
    scenario: str = ""
    speak: bool = False
    as_json: bool = False
    csv: Path | None = None
    certificate: Path | None = None
    forget: str = ""
    assign: str = ""
    listen: bool = False


def rehearsal_of(found: Mapping[str, str | bool | None], environment: Mapping[str, str]) -> Rehearsal:
    """What was asked, from the arguments and the environment."""

    def text(name: str) -> str:
        return str(found.get(name) or "")

    def path(name: str) -> Path | None:
        return Path(text(name)) if text(name) else None

    named = text("practice_db") or environment.get("POS_PRACTICE_DB") or ""
    return Rehearsal(
        database=Path(named) if named else None,
        name=text("name"),
        way=text("way"),
        scenario=text("scenario"),
        speak=bool(found.get("speak")),
        as_json=bool(found.get("json")),
        csv=path("csv"),
        certificate=path("certificate"),
        forget=text("forget"),
        assign=text("set_scenario"),
        listen=bool(found.get("listen")),
    )


def add_practice(
    practising: argparse.ArgumentParser, trainer: argparse.ArgumentParser, check: argparse.ArgumentParser
) -> None:
    """`pos practice`, `pos trainer` and `pos scenario check`."""
    for command in (practising, trainer):
        command.add_argument("name", nargs="?")
        command.add_argument("--practice-db")
    practising.add_argument("--way", choices=("guided", "on-your-own", "drill", "pair"))
    practising.add_argument("--scenario")
    practising.add_argument("--speak", action="store_true")
    practising.set_defaults(run=practice.practise)
    trainer.add_argument("--json", action="store_true")
    trainer.add_argument("--listen", action="store_true")
    for option in ("csv", "certificate", "forget", "set-scenario"):
        trainer.add_argument(f"--{option}")
    trainer.set_defaults(run=practice.trainer)
    check.add_argument("file")
    check.set_defaults(run=practice.check_scenarios)
