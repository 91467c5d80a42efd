"""Makes `shop.db.xz` and `papers.txt.xz`: every act of a till, each at a till of its own in one shop.

They were made at commit dff0f940, whose file is of version 48: `python -m tests.store.made_by_48.make`. Made by a later
program they would guard less.
"""

from __future__ import annotations

import lzma
import random
import secrets
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from pos.domain.errors import Refused
from pos.office.verifying import verify_all
from pos.store import open_store
from tests.net.seen import every_paper
from tests.register.every_act import CASES, IT, KEYWORDS, MORE, OF_PRACTICE, CountedClock, Till, a_shop, every_verb

HERE = Path(__file__).parent
LAST = ("in a shift", "eighty_six", "restore", "marks", "sign_", "approve")
"""With a float in one drawer every till wants one, nobody rings what is sold out, and with people in it the shop wants
somebody to sign in: such acts come last, in this order."""
SHIFT = [*CASES][[*CASES].index("enter_float") : [*CASES].index("settle_by_hand")]


def main() -> None:
    """Make the files."""
    drawn = random.Random(48)
    secrets.randbelow = drawn.randrange  # type: ignore[assignment]  # the codes that are given
    first = a_shop("ring")
    folder, clock = first.register.store.path.parent, first.clock
    first.register.store.close()
    missed = []
    names = sorted({*CASES, *MORE} - {*OF_PRACTICE}, key=lambda name: (place_of(name), [*CASES, *MORE].index(name)))
    for number, name in enumerate(names, start=2):
        try:
            act(folder, clock, str(number), name)
        except (AssertionError, Refused) as error:
            missed.append((name, repr(error)))
    print(*missed, sep="\n")
    with closing(open_store(folder / "shop.db")) as store:
        print(verify_all(store))
        papers = "\n".join(every_paper(store))
    content = (folder / "shop.db").read_bytes()
    (HERE / "shop.db.xz").write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    (HERE / "papers.txt.xz").write_bytes(lzma.compress(papers.encode(), preset=9 | lzma.PRESET_EXTREME))
    with closing(sqlite3.connect(folder / "shop.db")) as conn:
        tables = [name for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        print([name for name in tables if conn.execute(f"SELECT COUNT(*) FROM {name}").fetchone() == (0,)])
    shutil.rmtree(folder)


def place_of(name: str) -> int:
    """How late an act comes."""
    if name in SHIFT:
        return 1
    return next((place for place, part in enumerate(LAST, start=1) if part in name), 0)


def act(folder: Path, clock: CountedClock, number: str, name: str) -> None:
    """Do what leads to an act, and the act, at a till that is entered for it."""
    till = Till(folder, till=number, clock=clock)
    try:
        verb, prepare, arguments = MORE[name] if name in MORE else (name, *CASES[name])
        it = prepare(till)
        till.do(every_verb()[verb], *[it if one is IT else one for one in arguments], **KEYWORDS.get(name, {}))
    finally:
        till.register.store.close()


if __name__ == "__main__":
    main()
