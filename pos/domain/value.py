"""The decorator for the domain's values: frozen, slotted, equal by their fields."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, fields
from types import FunctionType
from typing import TYPE_CHECKING, TypeVar, dataclass_transform

Made = TypeVar("Made")
Source = tuple[list[str], list[str], dict[str, object]]
"""A method's parameters, its statements, and the names that these use."""

FEW = 1
"""Up to so many fields are set sooner one by one."""


@dataclass_transform(frozen_default=True)
def value(cls: type[Made]) -> type[Made]:
    """A frozen, slotted dataclass, at a third of its cost at import.

    The till has three hundred of them, and Python would compile six methods for each: a third of the start. Here,
    methods that are equal for all are shared, and the `SOURCES` are compiled at their first use.
    """
    own = {*vars(cls)}
    made = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    made.__repr__ = shown  # type: ignore[method-assign]  # on purpose: one for all
    made.__setattr__ = refuse_to_set  # type: ignore[method-assign]
    made.__delattr__ = refuse_to_delete  # type: ignore[method-assign]
    for name, source in SOURCES.items():
        if name not in own:
            setattr(made, name, _compiled_when_used(made, name, source))
    return made


if TYPE_CHECKING:
    from dataclasses import replace as replace  # noqa: PLC0414 - shared as it is: mypy knows each class's fields
else:

    def replace(made, /, **changes):
        """As `dataclasses.replace`, at a quarter of its cost for a value."""
        if hasattr(made, "__replace__"):
            return made.__replace__(**changes)
        return dataclasses.replace(made, **changes)


def shown(self: object) -> str:
    """`Tender(id=1, kind=…)`, as a dataclass shows itself."""
    held = ", ".join(f"{field.name}={getattr(self, field.name)!r}" for field in fields(self))  # type: ignore[arg-type]  # made above
    return f"{type(self).__qualname__}({held})"


def refuse_to_set(self: object, name: str, value: object) -> None:
    """Raise `FrozenInstanceError`."""
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def refuse_to_delete(self: object, name: str) -> None:
    """Raise `FrozenInstanceError`."""
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _compiled_when_used(made: type, name: str, source: Callable[[type], Source]) -> object:
    """A method that is compiled, and replaced by the result, at its first call."""

    def first(self: object, *args: object, **kwargs: object) -> object:
        method = _compiled(name, *source(made))
        setattr(made, name, method)
        return method(self, *args, **kwargs)

    return first


def _compiled(name: str, parameters: list[str], statements: list[str], names: dict[str, object]) -> FunctionType:
    body = "\n ".join(statements or ["pass"])
    found: dict[str, FunctionType] = {}
    exec(f"def {name}({', '.join(['self', *parameters])}):\n {body}", names, found)
    return found[name]


def _init(made: type) -> Source:
    """Set each field to its argument, else to its default or the result of its factory."""
    parameters: list[str] = []
    held: dict[str, str] = {}
    names: dict[str, object] = {"_set": object.__setattr__, "_MISSING": MISSING}
    for field in fields(made):
        parameter, given = _parameter(field, names)
        if parameter:
            parameters.append(parameter)
        if given:
            held[field.name] = given
    if len(held) > FEW:
        names |= {"_made": made, "_unfrozen": _unfrozen(made)}
        settings = [f"self.{name} = {given}" for name, given in held.items()]
        statements = ["_set(self, '__class__', _unfrozen)", *settings, "self.__class__ = _made"]
    else:
        statements = [f"_set(self, {name!r}, {given})" for name, given in held.items()]
    if hasattr(made, "__post_init__"):
        statements.append("self.__post_init__()")
    return parameters, statements, names


def _unfrozen(made: type) -> type:
    """A subclass with fields that can be set. A value with many fields belongs to it while it is made: setting each by
    `object.__setattr__` takes five times as long."""
    settable = {"__setattr__": object.__setattr__, "__delattr__": object.__delattr__}  # both, or neither is fast
    return type(made.__name__, (made,), {"__slots__": (), **settable})


def _parameter(field: Field[object], names: dict[str, object]) -> tuple[str, str]:
    """A field's parameter ('' if it has none), and the value to set ('' if `__post_init__` sets it); names that these
    need are added to `names`."""
    name, default, factory = field.name, f"_default_{field.name}", f"_factory_{field.name}"
    if field.default is not MISSING:
        names[default] = field.default
        return (f"{name}={default}", name) if field.init else ("", default)
    if field.default_factory is not MISSING:
        names[factory] = field.default_factory
        if field.init:
            return f"{name}=_MISSING", f"{factory}() if {name} is _MISSING else {name}"
        return "", f"{factory}()"
    return (name, name) if field.init else ("", "")


def _held_by(made: type, owner: str) -> str:
    """The compared fields, as a tuple."""
    return f"({''.join(f'{owner}.{field.name}, ' for field in fields(made) if field.compare)})"


def _eq(made: type) -> Source:
    ours, theirs = _held_by(made, "self"), _held_by(made, "other")
    is_alike = "if other.__class__ is not self.__class__: return NotImplemented"
    return ["other"], [is_alike, f"return {ours} == {theirs}"], {}


def _hash(made: type) -> Source:
    return [], [f"return hash({_held_by(made, 'self')})"], {}


def _replace(made: type) -> Source:
    """Make a value with the given arguments, and with its own fields for the others."""
    given = [field.name for field in fields(made) if field.init]
    arguments = ", ".join(f"self.{name} if {name} is _MISSING else {name}" for name in given)
    parameters = ["*", *(f"{name}=_MISSING" for name in given)] if given else []
    return parameters, [f"return _made({arguments})"], {"_made": made, "_MISSING": MISSING}


SOURCES: dict[str, Callable[[type], Source]] = {
    "__init__": _init,
    "__replace__": _replace,
    "__eq__": _eq,
    "__hash__": _hash,
}
"""The methods that are compiled at their first use."""
