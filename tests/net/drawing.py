"""Draws new days at random: each key fits what is on the screen, and each day has a theme."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator

from pos.counter import TextPanel
from tests.net.days import Day, Recorded
from tests.net.scenes import scene
from tests.net.till import Till

THEMES: dict[str, tuple[str, int]] = {
    "plain": ("small", 1),
    "shipped": ("shipped", 1),
    "two tills": ("small", 2),
    "held": ("channels", 2),
    "sold out": ("small", 2),
    "discards": ("small", 2),
    "codes": ("giving", 2),
    "codes all day": ("all day", 2),
    "codes brought": ("all day", 1),
    "coupons": ("small", 1),
    "terminal": ("small", 2),
    "printer": ("all day", 1),
    "kitchen": ("giving", 1),
    "write-offs": ("giving", 1),
    "channels": ("channels", 1),
    "menus": ("small", 2),
    "clock": ("small", 2),
    "restarts": ("giving", 2),
    "taken back": ("channels", 1),
    "allergies": ("small", 1),
    "asked slots": ("channels", 1),
    "many of one": ("small", 1),
    "parts": ("small", 1),
    "in a hurry": ("prefix", 1),
    "scans": ("prefix", 2),
    "languages": ("all day", 1),
    "learning": ("learning", 2),
    "control": ("control", 1),
    "panels": ("no scanner", 1),
    "lines": ("small", 1),
    "answers": ("small", 1),
}
"""The theme of a day: the shop, and how many tills."""

A_CODE = ["/", "write fries", "enter", "space", "enter", "n", "n", "a", "enter"]
"""A sale of fries with the larger size declined, so that its receipt carries a code."""

OPENINGS = {
    "codes": A_CODE,
    "codes all day": [*A_CODE, *A_CODE],
    "codes brought": [*A_CODE, *A_CODE],
    "printer": ["b", "enter", "2", "n", "n", "a"],
    "kitchen": ["b", "enter", "2", "n", "n", "a"],
    "parts": ["b", "+", "enter", "2", "n", "n", "5", "0", "a", "backspace", "4", "0", "k", "+", "backspace", "g"],
    "channels": ["b", ",", "b", "1", "enter", "1", "k", "a", "enter"],
}
"""The keys at the first till with which a theme's days begin."""

BARCODES = ("9520001000010", "9520001000011", "201", "12345678", "K1-1", "æøå", "1")
ALLERGENS = ("1", "7", "2", "b", "7")
WORDS = ("bur", "60", "meny", "kola", "ekstra", "zzz", "100")
NOTES = ("uten is", "bord 4", "ring på", "x" * 20)
Steps = list[str]
Draws = random.Random


def draw(number: int) -> Recorded:
    """Draws a new day. The day is played while it is drawn, since each step depends on the screen."""
    draws = random.Random(number)
    theme = list(THEMES)[number % len(THEMES)]
    shop, tills = THEMES[theme]
    needs, played = scene(number)
    shop = needs or shop
    tills = 2 if "2:" in played else tills
    plan = Recorded(f"{number} {theme}", shop, draws.choice([0.1, 0.5, 0.5, 0.9]), draws.random() < 0.3, tills)
    plan.deliberate = number % 9 == 4
    day = Day(plan)
    try:
        _take(day, plan, _at("1", OPENINGS.get(theme, [])))
        _take(day, plan, in_scene(day, played, draws))
        wanted = len(plan.steps) + draws.randrange(16, 34)
        while len(plan.steps) < wanted:
            _take(day, plan, next_steps(day, theme, draws))
        for name in day.tills:
            if draws.random() < 0.85:
                _take(day, plan, to_the_end(day.tills[name], "paid", draws))
        return plan
    finally:
        day.close()


def _take(day: Day, plan: Recorded, steps: Iterable[str]) -> None:
    """Take the steps and note them in the plan. Each step is drawn after the one before it was taken."""
    for step in steps:
        plan.steps.append(step)
        plan.told.append(day.do(step))


def in_scene(day: Day, played: str, draws: Draws, *, opening: bool = True) -> Iterator[str]:
    """The steps of a scene. With `opening` it begins on the home page without a list over it."""
    yield from ("1 key escape", "1 key enter") if opening else ()
    for part in played.split(" | "):
        who, keys_of = part.split(": ")
        for key in keys_of.split():
            if key in LEADS_TO:
                yield from to_the_end(day.tills[who], LEADS_TO[key], draws)
            elif "_" in key:
                yield f"{who} {_spaced(key)}"
            elif key in ("restart", "tick"):
                yield f"{who} {key}"
            else:
                yield f"{who} key {key}"


WITH_MORE = ("bring_typed", "bring_wrong", "held_down")
"""The steps that have a `_` in their own name."""


def _spaced(step: str) -> str:
    """Returns a step of a scene with blanks in place of `_`."""
    own = next((name for name in WITH_MORE if step.startswith(name)), step.split("_", maxsplit=1)[0])
    return f"{own}{step[len(own) :].replace('_', ' ')}"


def next_steps(day: Day, theme: str, draws: Draws) -> Iterator[str]:
    """The next steps: sometimes a change around the tills, then one or a few keys at one till."""
    name = draws.choice([*day.tills, "1"])
    till = day.tills[name]
    around = AROUND.get(theme, _nothing)
    if draws.random() < 0.18:
        yield from around(name, draws)
    fits, special = SPECIAL.get(theme, ("", _no_steps))
    if till.counter.state.value in fits.split() and draws.random() < 0.45:
        yield from _at(name, special(till, draws))
        return
    yield from (f"{name} {how(theme, draws)} {key}" for key in keys(till, draws))
    if theme == "taken back" and draws.random() < 0.4:
        yield f"{name} key backspace"


def how(theme: str, draws: Draws) -> str:
    """Returns the step word that says how a key is pressed."""
    if theme == "in a hurry":
        return draws.choice(["key", "fast", "fast", "fast", "held_down", "tap"])
    if theme == "learning":
        return draws.choice(["slow", "key"])
    return draws.choices(["key", "tap", "fast", "slow", "held_down"], [50, 3, 2, 3, 1])[0]


def _at(name: str, steps: Steps) -> Iterator[str]:
    """The steps at a till. An entry without a blank is a key to press."""
    yield from (f"{name} {step}" if " " in step else f"{name} key {step}" for step in steps)


# changes around the tills


def _nothing(name: str, draws: Draws) -> Steps:
    return []


def _clock(name: str, draws: Draws) -> Steps:
    # To 15:15, past the end of breakfast or of the day, a week ahead; or the clock is set forward or back.
    passed = draws.choice([3_600_000, 3 * 3_600_000, 17 * 3_600_000, 22 * 3_600_000, 7 * 24 * 3_600_000, 90_000])
    step = f"- pass {passed}" if draws.random() < 0.7 else f"- set {draws.choice([-60, 30, -5, 60 * 24 * 40])}"
    return [step, f"{name} tick"]


def _menu(name: str, draws: Draws) -> Steps:
    return [f"- menu {draws.randrange(1, 10_000)}", *[f"{name} tick"] * draws.randrange(2)]


def _restart(name: str, draws: Draws) -> Steps:
    return [f"{name} restart"]


def _printer(name: str, draws: Draws) -> Steps:
    return [f"{name} printer {draws.choice(['fails', 'jams', 'works', 'works'])}"]


def _terminal(name: str, draws: Draws) -> Steps:
    answers = ["intent", "approved", "declined", "unknown", "broken", "intent"]
    return [f"{name} terminal {draws.choice(answers)}"]


def _learn(name: str, draws: Draws) -> Steps:
    return ["- learn"]


def _tick(name: str, draws: Draws) -> Steps:
    return [f"{name} tick", *["- pass 600000"] * draws.randrange(2)]


AROUND: dict[str, Callable[[str, Draws], Steps]] = {
    "clock": _clock,
    "menus": _menu,
    "restarts": _restart,
    "printer": _printer,
    "terminal": _terminal,
    "learning": _learn,
    "two tills": _tick,
    "held": _tick,
    "discards": _clock,
    "codes": _restart,
    "sold out": _tick,
    "codes all day": _clock,
    "write-offs": _printer,
}


# the keys of a theme


def _no_steps(till: Till, draws: Draws) -> Steps:
    return []


def _hold(till: Till, draws: Draws) -> Steps:
    return draws.choice([["f9"], [",", "h"], ["f10"], ["f10", "1"], ["f10", "2"], [",", "r"]])


def _sold_out(till: Till, draws: Draws) -> Steps:
    tile = draws.choice("bceghilm")
    mark = [",", "s", tile, *draws.choice([[], ["m"], ["o"], ["e", "1"]]), draws.choice("12345")]
    return draws.choice([mark, mark, [",", "s", "1"], [",", "s", "1"], [",", "s", "enter", "1", "1"], ["u", "1"]])


def _discard(till: Till, draws: Draws) -> Steps:
    return draws.choice([[",", "a", draws.choice("123456")], [",", "a", "1"], ["f10"], ["f10", draws.choice("123")]])


def _bring(till: Till, draws: Draws) -> Steps:
    number = draws.randrange(4)
    bring = f"{draws.choice(['bring', 'bring', 'bring_typed', 'bring_wrong'])} {number}"
    return draws.choice([[bring], [bring], [bring, "backspace"], [bring, "f9"], ["f10"], [",", "a", "1"]])


def _coupon(till: Till, draws: Draws) -> Steps:
    code = draws.choice(["HEI", "FANTA", "hei", "NEI", "1234567890123456"])
    return draws.choice([[",", "c", *code.lower(), "enter"], [",", "c", f"scan {code}"], [",", "c", "escape"]])


def _copy(till: Till, draws: Draws) -> Steps:
    failing = [f"printer {draws.choice(['fails', 'jams'])}", ",", "p", "printer works", ",", "p"]
    return draws.choice([[",", "p", "enter"], [",", "o"], [",", "p", "down", "escape"], failing, failing])


def _write_off(till: Till, draws: Draws) -> Steps:
    state = till.counter.state.value
    if state == "payment":
        return draws.choice([["a"], ["a"], ["a"], ["k"], [",", "m", "0"]])
    if state == "paid":
        return draws.choice([[",", "p", "enter"], [",", "o"], ["enter"]])
    return [",", "m", draws.choice("1123310")]


def _channel(till: Till, draws: Draws) -> Steps:
    if till.counter.state.value == "payment":
        return draws.choice([["a"], ["a"], ["k"], ["s"], ["5"]])
    return [",", "b", draws.choice("12343")]


def _back(till: Till, draws: Draws) -> Steps:
    return ["backspace"] * draws.choice([1, 1, 2, 3])


def _allergy(till: Till, draws: Draws) -> Steps:
    noted = ["!", *draws.choice([[], ["space"]]), draws.choice(ALLERGENS), "enter"]
    return draws.choice([noted, noted, ["="], ["!", "tab", draws.choice("bceg"), "escape"]])


def _many(till: Till, draws: Draws) -> Steps:
    return draws.choice(
        [["3", "b"], ["+", "+"], ["5", "c"], ["3", "0", "*", "b"], ["2", "*", "2", "0", "1", "enter"], ["-"]]
    )


def _parts(till: Till, draws: Draws) -> Steps:
    cash = ["5", "0", "a"]
    if till.counter.register.view.order.is_frozen and draws.random() < 0.4:
        return draws.choice([["backspace"], ["backspace", "g"], ["escape"], ["f9"]])
    return draws.choice(
        [cash, ["4", "0", "k", "+"], ["/", "1", "enter", "k", "+"], ["/", "1", "2", "enter", "a"], ["backspace"],
         ["s", "s"], ["2", "0", ",", "5", "0", "v", "-"], ["backspace", "g"]]
    )  # fmt: skip


def _card(till: Till, draws: Draws) -> Steps:
    return draws.choice([["k"], ["v"], ["k", "u"], ["k", "+"], ["v", "-"], ["f9"], ["f10"], ["5", "0", "k"]])


def _scan(till: Till, draws: Draws) -> Steps:
    code = draws.choice(BARCODES)
    return [draws.choice([f"scan {code}", f"type {code}~~", f"type ~{code}", f"scan {code}~~9520001000010"])]


def _language(till: Till, draws: Draws) -> Steps:
    return draws.choice([["f12"], [",", "l"], [",", "w"], ["t"], [",", "u"], [",", "d"]])


def _line(till: Till, draws: Draws) -> Steps:
    key = draws.choice([">", "<", "=", '"', "+", "delete", "up", "down"])
    note = [",", "n", *draws.choice([[], ["tab"]]), f"write {draws.choice(NOTES)}", "enter"]
    return draws.choice(
        [[key], [key], [".", draws.choice("123456"), "enter"], [".", "1", draws.choice("12"), "escape"], note]
    )


def _answer(till: Till, draws: Draws) -> Steps:
    return draws.choice(
        [["right"], ["left"], ["+"], ["-"], ["0"], ["x", draws.choice("1234")], ["u", "1"], ["t"], ["escape"]]
    )


def _find(till: Till, draws: Draws) -> Steps:
    more = [",", draws.choice("nhrscmapoulwd")]
    find = ["/", f"write {draws.choice(WORDS)}", *draws.choice([[], ["down"], ["pagedown"]]), "enter"]
    return draws.choice([more, find, ["tab", draws.choice("123")], ["?", "space", "escape"], ["pagedown"], [",", "q"]])


EVERYWHERE = "ringing stop serving choice question payment terminal paid"
SPECIAL: dict[str, tuple[str, Callable[[Till, Draws], Steps]]] = {
    "held": (EVERYWHERE, _hold),
    "two tills": ("ringing question payment terminal paid", _hold),
    "restarts": ("ringing question payment", _hold),
    "sold out": ("ringing stop choice question", _sold_out),
    "discards": ("ringing question serving payment", _discard),
    "codes": ("ringing question paid payment", _bring),
    "codes all day": ("ringing question paid", _bring),
    "codes brought": ("ringing question paid", _bring),
    "coupons": ("ringing question", _coupon),
    "printer": ("ringing paid", _copy),
    "kitchen": ("ringing paid", _copy),
    "write-offs": ("ringing payment paid", _write_off),
    "channels": ("ringing question payment", _channel),
    "taken back": ("ringing stop serving choice question payment", _back),
    "allergies": ("ringing stop question", _allergy),
    "many of one": ("ringing", _many),
    "parts": ("payment", _parts),
    "terminal": ("payment terminal", _card),
    "scans": (EVERYWHERE, _scan),
    "languages": (EVERYWHERE, _language),
    "lines": ("ringing", _line),
    "answers": ("question", _answer),
    "panels": (EVERYWHERE, _find),
}
"""The states in which a theme has keys of its own, and a function that draws them."""


# the keys of every theme


def keys(till: Till, draws: Draws) -> Steps:
    """Returns one or a few keys that fit what is on the screen, and sometimes one that may not fit."""
    counter = till.counter
    if draws.random() < 0.02:
        return [draws.choice(["enter", "a", "j", "f7", "7", "escape", "k", "+", "insert"])]
    if counter.panel is not None:
        return _in_panel(till, draws)
    state = counter.state.value
    if state == "ringing":
        return _ringing(till, draws)
    choose = CHOICES[state]
    return draws.choices([entry.split() for entry in choose], list(choose.values()))[0]


CHOICES: dict[str, dict[str, int]] = {
    "paid": {"enter": 6, "b": 3, "escape": 1, "right": 1, ", p": 2, "f10": 1},
    "stop": {"=": 6, "delete": 2, ". 1": 1, "u": 1, "down": 1, "escape": 1, "backspace": 1, "enter": 1},
    "serving": {"1": 4, "2": 5, "escape": 1, "backspace": 1},
    "choice": {"1": 5, "2": 3, "3": 1, "- 1": 1, "+ 2": 1, "u": 1, "/": 1, "backspace": 1},
    "question": {
        "j": 6, "n": 9, "1": 3, "2": 2, "0": 2, "x 1": 1, "x 4": 1, "+": 1, "-": 1, "right": 2, "left": 1, "t": 1,
        "u": 1, "escape": 1, "backspace": 1, "! 7 escape": 1, "y": 1, "f9": 1,
    },
    "payment": {
        "a": 6, "s": 3, "d": 3, "f": 2, "k": 4, "v": 3, "5 0 a": 2, "4 0 k": 1, "5 0 0 a": 1, "escape": 1,
        "backspace": 1, "enter": 1, "/ 1 enter": 1, "f9": 1, ", h": 1,
    },
    "terminal": {"+": 8, "-": 3, "u": 2, "f9": 1, "enter": 1},
}  # fmt: skip
"""The keys for each state, each with its weight."""


WHILE_RINGING = (
    "+", "-", ">", "<", "=", '"', "space", "up", "down", "delete", "backspace", ". 1", ". 3 enter", "! 7 enter", "f9",
    "f10", "3 b", "2 0 1 enter", "/ b u enter", ", n x enter", "f12", ", u", ", w", ", a 1", ", s",
)  # fmt: skip
"""The keys pressed while ringing, besides tiles."""


def _ringing(till: Till, draws: Draws) -> Steps:
    counter = till.counter
    count = len(counter.register.view.order.lines)
    if count and draws.random() < 0.25 + 0.12 * count:
        return ["enter"]
    tiles = list(counter.tiles())
    tile = [draws.choice(tiles[:9])] if tiles else []
    way = draws.random()
    if way < 0.55 or not count:
        return [*draws.choice([[], [], ["right"], ["right", "right"], ["left"], ["tab", draws.choice("1234")]]), *tile]
    return draws.choice(WHILE_RINGING).split()


def _in_panel(till: Till, draws: Draws) -> Steps:
    counter = till.counter
    panel = counter.panel
    assert panel is not None
    if isinstance(panel, TextPanel):
        return [draws.choice(["enter", "escape", "delete", "b", "o", "backspace", "enter"])]
    offered = [entry.key for entry in panel.entries(counter) if entry.key not in "qt"]
    if offered and draws.random() < 0.75:
        return [draws.choice(offered)]
    return [draws.choice(["escape", "escape", "enter", "pagedown", "/"])]


def to_the_end(till: Till, state: str, draws: Draws) -> Iterator[str]:
    """The steps that lead the open order to a state, or until it is paid or empty; 14 at most."""
    name = till.name
    for _ in range(14):
        if till.counter.panel is not None:
            yield f"{name} key escape"
            continue
        now = till.counter.state.value
        if now in (state, "paid") or (now == "ringing" and not till.counter.register.view.order.lines):
            return
        yield f"{name} key {draws.choice(LAST[now])}"


LEADS_TO = {"ASK": "question", "PAY": "payment", "END": "paid"}
"""The words of scenes for the keys that lead to a state."""

LAST = {
    "ringing": ["enter"],
    "stop": ["="],
    "choice": ["1"],
    "serving": ["1", "2"],
    "question": ["n", "n", "j"],
    "payment": ["a", "a", "k", "f"],
    "terminal": ["+"],
}
