"""Values are frozen, slotted dataclasses, though their methods are compiled when they are first used."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, dataclass, field, fields
from dataclasses import replace as replaced

import msgspec
import pytest

from pos.domain.value import replace, value


@value
class Thing:
    """With every sort of field."""

    name: str
    count: int = 1
    parts: list[str] = field(default_factory=list)
    note: str = field(default="", compare=False)
    kept: dict[str, int] = field(default_factory=dict, init=False, compare=False)
    length: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.name))


@dataclass(frozen=True, slots=True)
class Twin:
    """The same, as the library makes it."""

    name: str
    count: int = 1
    parts: list[str] = field(default_factory=list)
    note: str = field(default="", compare=False)
    kept: dict[str, int] = field(default_factory=dict, init=False, compare=False)
    length: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.name))


@value
class Larger(Thing):
    """With one field more than its parent."""

    more: int = 0


@value
class Named:
    """Equal whatever its case."""

    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and self.name.lower() == other.name.lower()

    def __hash__(self) -> int:
        return hash(self.name.lower())


@value
class Empty:
    """Without fields."""


@pytest.mark.parametrize("given", [{}, {"count": 2}, {"parts": ["a"], "note": "b"}])
def test_a_value_is_made_as_a_dataclass_is(given: dict[str, object]) -> None:
    ours, theirs = Thing("æ", **given), Twin("æ", **given)  # type: ignore[arg-type]
    held = [[getattr(one, each.name) for each in fields(one)] for one in (ours, theirs)]
    assert held[0] == held[1]
    assert ours.parts is not Thing("æ").parts
    assert type(ours) is Thing
    assert repr(ours) == repr(theirs).replace("Twin", "Thing")
    assert Thing.__match_args__ == Twin.__match_args__


@pytest.mark.parametrize(
    ("arguments", "named"), [((), {}), (("a", 1, [], "", {}), {}), (("a",), {"name": "b"}), (("a",), {"kept": {}})]
)
def test_what_makes_no_dataclass_makes_no_value(arguments: tuple[object, ...], named: dict[str, object]) -> None:
    for made in (Thing, Twin):
        with pytest.raises(TypeError):
            made(*arguments, **named)  # type: ignore[arg-type]


def test_a_value_cannot_be_changed() -> None:
    thing = Thing("a")
    with pytest.raises(FrozenInstanceError):
        thing.count = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del thing.count
    with pytest.raises(FrozenInstanceError):
        thing.other = 2  # type: ignore[attr-defined]
    assert not hasattr(thing, "__dict__")


def test_values_are_equal_by_what_they_hold_and_of_one_class() -> None:
    assert Thing("a", note="b") == Thing("a", note="c") != Thing("b")
    assert Thing("a") != Twin("a")
    assert Thing("a") != Larger("a")
    assert (Larger("a", more=1), Larger("a", more=1)) == (Larger("a", more=1), replace(Larger("a"), more=1))
    assert Larger("a", more=1) != Larger("a", more=2)
    assert hash(Named("A")) == hash(Named("a"))
    assert Named("A") == Named("a")
    assert (Empty(), hash(Empty()), repr(Empty())) == (Empty(), hash(Empty()), "Empty()")


def test_a_value_is_replaced_as_a_dataclass_is() -> None:
    for change in ({}, {"name": "bc"}, {"count": 2, "parts": ["a"]}):
        ours, theirs = replace(Thing("a", note="b"), **change), replaced(Twin("a", note="b"), **change)
        assert [getattr(ours, each.name) for each in fields(ours)] == [
            getattr(theirs, each.name) for each in fields(ours)
        ]
    assert (type(replace(Larger("a"))), replace(Twin("a"), count=2)) == (Larger, Twin("a", 2))
    assert replace(Empty()) == Empty()
    for change in ({"unknown": 1}, {"length": 1}):
        with pytest.raises(TypeError):
            replace(Thing("a"), **change)


def test_what_holds_a_list_has_no_hash() -> None:
    with pytest.raises(TypeError):
        hash(Thing("a"))


def test_a_value_is_read_from_json() -> None:
    assert msgspec.json.decode(b'{"name":"a"}', type=Named) == Named("a")
