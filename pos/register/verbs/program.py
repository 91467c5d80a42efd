"""The verbs of the program at a till: started, and stopped."""

from __future__ import annotations

from pos.register.gate import Change, by_anyone, verb
from pos.register.scene import Scene
from pos.store import Fact, Started, Stopped
from pos.store.selling.tills import SettingSet

VERSION = "version"
"""The setting with the version that was started last at a till."""


@by_anyone
@verb
def start_program(scene: Scene, version: str) -> Change[None]:
    """The program was started. The fact says if it is another version than last time."""
    before = scene.store.tills.setting(scene.till.id, VERSION)
    if before == version:
        return Change(None, facts=(Started(version, ""),))
    facts: tuple[Fact, ...] = (Started(version, before or ""), SettingSet(scene.till.id, VERSION, version))
    return Change(None, facts=facts)


@by_anyone
@verb
def stop_program(scene: Scene) -> Change[None]:
    """The program was stopped. A power cut leaves no such act."""
    return Change(None, facts=(Stopped(),))
