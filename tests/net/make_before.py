"""Makes the files of `before` with the current program, and records how the program goes on with them.

The files were made at commit 776af89, whose database has the order log that the journal later replaced: `tests/net` was
copied there, and `python -m tests.net.make_before` was run. Files made by a later program would guard less.
"""

from __future__ import annotations

import lzma
import random
from dataclasses import replace

from tests.net.days import Day, Recorded
from tests.net.days import play as play_day
from tests.net.drawing import in_scene
from tests.net.kept import GOING_ON_FILE, keep
from tests.net.seen import every_paper
from tests.net.shops import BEFORE

BURGER = "right b"
MADE = {
    "counter": (
        "everything",
        f"1: {BURGER} . 1 enter = b . 1 2 enter ! 7 enter , n write_uten_is enter space",
        f"2: {BURGER} ASK j",
        f"3: {BURGER} PAY 5 0 a",
        f"4: {BURGER} PAY k",
        f"5: {BURGER} PAY 4 0 a f9 5 {BURGER} ASK - -",
        f"6: printer_fails {BURGER} PAY a",
        "7: b , a 1 b , m 1 PAY a b , m 3 PAY",
        "8: / write_fries enter PAY a / write_fries enter bring_1 PAY a / write_fries enter PAY a b bring_0",
        f"9: {BURGER} b right b ASK f12",
        f"10: {BURGER} PAY v u f9 {BURGER} , b 1 PAY",
        f"11: {BURGER} PAY k - escape > backspace + enter",
        f"12: {BURGER} ASK n escape > b",
        "13: b ! 7 enter enter",
        f"14: {BURGER} PAY v u",
    ),
    "sold_out": (
        "everything",
        f"1: {BURGER} ASK",
        f"2: {BURGER} f9 {BURGER} right b ASK n",
        "3: , s right b e 1 5",
        "6: , s right c 4",
        "7: , s right right b 5",
        "4: right right right right right b ! 7 enter enter",
        "5: , s right right right right right b o 2",
    ),
    "machine": ("everything", f"1: {BURGER} b ASK", "2: , s right b m 5 , s right b 1"),
    "menus": (
        "everything",
        f"1: {BURGER} {BURGER} PAY 5 0 a",
        f"2: {BURGER} b f9",
        f"3: {BURGER} b ASK",
        f"4: {BURGER} PAY 4 0 k + f9 b",
        "-: menu_7",
    ),
    "long": (
        "everything",
        f"2: {BURGER} + . 1 enter > < +",
        f"1: b f9 {BURGER} ASK j f9",
        *[f"1: {BURGER} b ASK {answer} ASK n PAY a enter" for answer in "jnn0j" * 12],
        f"1: {BURGER} , a 2 {BURGER} ASK",
    ),
}
"""For each file its shop, then the scenes played in it."""

LATER = 45
GOING_ON = {
    "counter": {
        "1": "backspace backspace delete PAY a",
        "2": "backspace j 1 PAY a , p",
        "3": "escape backspace a",
        "4": "+ , p",
        "5": "- j n PAY a f10 1 escape k +",
        "6": "printer_works , o , p escape b PAY a",
        "7": "a , p escape f10 1 END",
        "8": "END bring_0 bring_0 END",
        "9": "n n PAY a",
        "10": "a f10 1 - PAY a f10",
        "11": "enter backspace PAY a",
        "12": "backspace backspace backspace PAY a",
        "13": "= END",
        "14": "f9 f10 1 + - b",
    },
    "sold_out": {
        "1": "j 1 PAY a",
        "2": "j n PAY a f10 ASK right n 0 PAY a",
        "3": ", s 1 , s 1 , s 1 escape b PAY a , s",
        "4": "= = 1 n END",
        "5": ", s 1 escape right b ASK j n PAY a",
    },
    "machine": {"1": "enter . delete up delete b enter . escape", "2": ", s 1 escape right b PAY a"},
    "menus": {
        "1": "tick b backspace a",
        "2": "f10 1 PAY a f10",
        "3": "j 1 n PAY a",
        "4": "f10 1 backspace g PAY a",
    },
    "long": {
        "2": "backspace backspace backspace backspace b PAY a , p",
        "1": "j 1 PAY a f10 1 backspace PAY a f10 1 END",
    },
}
"""For each file the keys pressed at each till, each on a copy of the file, three quarters of an hour later."""


def main() -> None:
    """Make the files, and record how the program goes on in each."""
    BEFORE.mkdir(exist_ok=True)
    days = []
    columns: dict[str, list[str]] = {}
    for name, (shop, *scenes) in MADE.items():
        codes = make(name, shop, scenes)
        for till, keys in GOING_ON[name].items():
            plan = Recorded(f"{name}, till {till}", name, 0.5, False, 1, at=till, later=LATER)
            day = Day(plan)
            day.codes.given = list(codes)
            columns = day.columns()
            plan = replace(plan, codes=codes, steps=[f"{till} tick"])
            day.do(f"{till} tick")
            for step in in_scene(day, f"{till}: {keys}", random.Random(1), opening=False):
                plan.steps.append(step)
                day.do(step)
            day.close()
            days.append(play_day(plan, columns))
    keep(columns, days, GOING_ON_FILE)


def make(name: str, shop: str, scenes: list[str]) -> list[str]:
    """Make a file and the texts of all its papers. Returns the codes that were given in it."""
    tills = sorted({entry.split(":")[0] for entry in scenes} - {"-"}, key=int)
    day = Day(Recorded(name, shop, 0.5, False, len(tills), at=" ".join(tills)))
    for played in scenes:
        for step in in_scene(day, played, random.Random(1), opening=False):
            day.do(step)
    papers = "\n".join(every_paper(day.office.store))
    for till in day.tills.values():
        till.close()
    day.office.store.close()
    content = (day.folder / "shop.db").read_bytes()
    (BEFORE / f"{name}.db.xz").write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    if papers:
        (BEFORE / f"{name}.papers.xz").write_bytes(lzma.compress(papers.encode(), preset=9 | lzma.PRESET_EXTREME))
    return day.codes.given


if __name__ == "__main__":
    main()
