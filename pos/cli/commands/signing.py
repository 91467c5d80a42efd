"""The commands of the signing keys: what a declaration to the tax office needs, and a new key."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from pos.cli.shop import existing, gate_of
from pos.wording import wording

if TYPE_CHECKING:
    from pos.cli.arguments import Arguments, ParserMaker
    from pos.register import ShopGate
    from pos.wording import Wording


def add_signing(command: ParserMaker) -> None:
    """`pos signing`."""
    parser = command("signing")
    parser.add_argument("--renew", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=signing)


def signing(arguments: Arguments) -> int:
    """Print the public keys by version, the oldest first. With `--renew` a new key is made first."""
    words, is_new = wording(arguments.language), arguments.flag("renew")
    with existing(arguments, changes=is_new) as store:
        if is_new:
            _renew(gate_of(arguments, store), words)
        keys = store.signatures.public_keys()
    if arguments.flag("json"):
        print(json.dumps([{"version": version, "public": public} for version, public in keys.items()], indent=2))
        return 0
    for version, public in keys.items():
        print(words.text("signing-key", version=version))
        print(public.rstrip())
    if not keys:
        print(words.text("signing-no-key"))
    return 0


def _renew(gate: ShopGate, words: Wording) -> None:
    from pos.office.signing import renew

    version = renew(gate)
    print(words.text("signing-renewed", version=version, folder=f"{gate.store.path}.signing"), file=sys.stderr)
