"""The pictures in the README: `python -m tests.pictures` rings orders on the real screen and writes docs/*.png.

Needs `rsvg-convert` (Debian: librsvg2-bin) and the DejaVu fonts.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pos.counter import Counter
from pos.country import norway
from pos.devices import Devices, FakePrinter, ManualTerminal
from pos.domain.errors import Refused
from pos.domain.menu.items import ServingMode
from pos.domain.prompts import ModifierPrompt, PaymentPrompt, QuestionPrompt, ServingPrompt, SlotPrompt
from pos.office.menus import load_menu_file
from pos.office.report import bring_up_to_date
from pos.register import Register, Setup
from pos.register.verbs import answering, checkout, paying, ringing
from pos.resources import shipped
from pos.store import open_store
from pos.ui.app import TillApp
from pos.ui.practice.app import PracticeApp
from pos.ui.report.app import ReportApp
from tests.office_acts import gate
from tests.practice.recorded import a_drill, record, replay
from tests.practice.rigs import a_rig, listen_and_ring
from tests.practice.serving import step
from tests.rig import Clock

DOCS = Path(__file__).parent.parent / "docs"
LUNCH = datetime(2026, 11, 23, 12, 41, tzinfo=ZoneInfo("Europe/Oslo"))
WIDTH = "1300"


@dataclass(frozen=True)
class Picture:
    """What is rung before the picture is taken, and on which screen."""

    name: str
    keys: str
    language: str = "nb"
    dark: bool = True
    size: tuple[int, int] = (100, 30)


PICTURES = (
    Picture("question", "2 b c enter 1 1 2"),
    Picture("payment", "2 b c enter 1 1 2 j 1"),
    Picture("shake", "b . 3 enter right b enter 1 1 n", language="en", dark=False, size=(112, 32)),
)


async def take(picture: Picture) -> str:
    """Ring, and give the screen as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "shop.db")
        load_menu_file(gate(store, LUNCH), shipped("menu.toml"))
        register = Register(
            store,
            Devices(FakePrinter(), ManualTerminal()),
            norway(),
            lambda: LUNCH,
            draws=lambda seed: random.Random(1).random,
            till="1",
            cashier="Kari",
            language=picture.language,
            setup=Setup(patience=timedelta(0)),
        )
        counter = Counter(register, language=picture.language, deliberate=True)
        counter.dark = picture.dark
        app = TillApp(counter)
        async with app.run_test(size=picture.size) as pilot:
            await pilot.press(*picture.keys.split())
            await pilot.pause()
            return app.export_screenshot(title="pos")


async def take_practice() -> dict[str, str]:
    """Serve a simulated customer: a question that has been said, and the score."""
    with tempfile.TemporaryDirectory() as folder:
        rig = a_rig(Path(folder), "one-cheeseburger", name="Ola")
        app = PracticeApp(rig.counter)
        async with app.run_test(size=(100, 32)) as pilot:
            listen_and_ring(rig)
            for key in ("enter", "space", "2", "space"):
                rig.press(key).think(6)
            app.show()
            await pilot.pause()
            asked = app.export_screenshot(title="pos practice")
            while rig.sitting.result is None:
                step(rig)
            rig.counter.register.print_owed()
            app._shelf_of = ()  # nothing is owed any more
            app.show()
            await pilot.pause()
            return {"practice": asked, "score": app.export_screenshot(title="pos practice")}


async def take_drill(size: tuple[int, int] = (100, 32)) -> str:
    """Play a drill of ten by keys, and show what it came to."""
    pressed = record("nb")
    with tempfile.TemporaryDirectory() as folder:
        rig = a_drill(Path(folder), "nb", 0)
        app = PracticeApp(rig.counter)
        async with app.run_test(size=size) as pilot:
            await replay(app, rig, pilot, pressed)
            rig.counter.register.print_owed()
            app._shelf_of = ()  # nothing is owed any more
            app.show()
            await pilot.pause()
            return app.export_screenshot(title="pos practice")


async def take_report() -> str:
    """Two weeks of orders by made-up customers, and the account of them."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "shop.db")
        load_menu_file(gate(store, LUNCH), shipped("menu.toml"))
        clock, draws = Clock(LUNCH), random.Random(3)
        devices = Devices(FakePrinter(), ManualTerminal())
        register = Register(
            store,
            devices,
            norway(),
            clock,
            draws=lambda seed: draws.random,
            till="1",
            cashier="Kari",
            setup=Setup(patience=timedelta(0)),
        )
        for day in range(14):
            clock.now = LUNCH + timedelta(days=day, hours=-2)
            for _ in range(60):
                sell(register, clock, draws)
                clock.pass_(540_000)
        bring_up_to_date(store)
        app = ReportApp(store, "nb", clock.now.date())
        async with app.run_test(size=(100, 44)) as pilot:
            await pilot.pause()
            return app.export_screenshot(title="pos report --screen")


def sell(register: Register, clock: Clock, draws: random.Random) -> None:
    """One customer: a thing or two, both questions as they come, cash."""
    tiles = [item.sku for item in register.view.menu.items.values() if item.tile and item.age_limit is None]
    for sku in draws.choices(tiles, k=1 + (draws.random() < 0.4)):
        with suppress(Refused):  # of the breakfast, at lunch
            register.do(ringing.ring, sku)
    if not register.view.order.lines:
        return
    register.do(checkout.checkout)
    while not isinstance(prompt := register.view.prompt, PaymentPrompt):
        clock.pass_(draws.randrange(2500, 8000))
        match prompt:
            case QuestionPrompt():
                answer(register, prompt, draws.random())
            case ServingPrompt():
                register.do(ringing.serve, ServingMode.TAKE_AWAY)
            case SlotPrompt():
                register.do(checkout.choose, prompt.choices[0])
            case ModifierPrompt():
                register.do(checkout.choose, prompt.group.modifiers[0].id)
    register.do(paying.pay_cash)


def answer(register: Register, prompt: QuestionPrompt, dice: float) -> None:
    """One in ten is not asked, and something like a quarter of the others says yes."""
    if dice < 0.1:
        register.do(answering.not_asked)
    elif dice < (0.35 if prompt.number == 1 else 0.28):
        register.do(answering.yes, prompt.choices.modifiers[0].id if prompt.choices else None)
    else:
        register.do(answering.no)


def write(name: str, svg: str) -> None:
    """One picture for the README."""
    svg = svg.replace("<text ", '<text xml:space="preserve" ')
    subprocess.run(["rsvg-convert", "-w", WIDTH, "-o", DOCS / f"{name}.png"], input=svg.encode(), check=True)
    print(name)


def main() -> None:
    """Take every picture."""
    for picture in PICTURES:
        write(picture.name, asyncio.run(take(picture)))
    for name, svg in asyncio.run(take_practice()).items():
        write(name, svg)
    write("drill", asyncio.run(take_drill()))
    write("report", asyncio.run(take_report()))


if __name__ == "__main__":
    main()
