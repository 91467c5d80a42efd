"""Replaced menus, stored whole: the menu that an order was priced by stays available."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import get_args, get_origin, get_type_hints

from pos.domain.menu.incentives import Bundle, Incentive, Threshold
from pos.domain.menu.menu import Menu
from pos.store.file.codec import Json, to_json
from pos.store.file.connection import Unreadable

KEEP = "INSERT OR REPLACE INTO menu_kept (version, body) VALUES (:version, :body)"
KEPT = "SELECT body FROM menu_kept WHERE version = :version"
# The menus of orders that may still be paid are kept, and the latest hundred of the others.
DROP = """
    DELETE FROM menu_kept WHERE version < :version - 100 AND version NOT IN (
        SELECT json_extract(head.body, path.value) FROM orders
        JOIN order_body AS head ON head.seq = orders.head_seq
        JOIN json_each('["$.menu_version", "$.said.menu_version"]') AS path
        WHERE orders.state IN ('open', 'held') AND json_extract(head.body, path.value) IS NOT NULL
    )
"""
INCENTIVES = "incentives"


def kept_body(menu: Menu) -> bytes:
    """A menu encoded to be kept."""
    body = {name: _flat(getattr(menu, name)) for name in _hints() if name != INCENTIVES}
    body[INCENTIVES] = {
        "bundles": [entry for entry in menu.incentives.values() if isinstance(entry, Bundle)],
        "thresholds": [entry for entry in menu.incentives.values() if isinstance(entry, Threshold)],
    }
    return zlib.compress(to_json(body).encode())


def keep_menu(conn: sqlite3.Connection, version: int, body: bytes) -> None:
    """Keep a menu that is being replaced, inside the same transaction."""
    conn.execute(KEEP, {"version": version, "body": body})
    conn.execute(DROP, {"version": version})


def kept_menu(conn: sqlite3.Connection, version: int) -> Menu | None:
    """The replaced menu of a version; None if it was not kept. Raises `Unreadable`."""
    row = conn.execute(KEPT, {"version": version}).fetchone()
    if row is None:
        return None
    import msgspec

    try:
        raw = msgspec.json.decode(zlib.decompress(row[0]), type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, zlib.error) as error:
        raise Unreadable("menu_kept") from error
    readers = _readers()
    found = {name: reader.read(bytes(raw[name]).decode()) for name, reader in readers.items() if name in raw}
    hints = _hints()
    found = {name: dict(part) if get_origin(hints[name]) is Mapping else part for name, part in found.items()}  # type: ignore[call-overload]  # pairs
    parts = _incentives(bytes(raw[INCENTIVES]).decode())
    return Menu(**found, incentives={entry.id: entry for entry in parts})  # type: ignore[arg-type]  # by their hints


def _incentives(text: str) -> tuple[Incentive, ...]:
    both = Json(dict[str, object]).read(text)
    bundles = Json(tuple[Bundle, ...]).read(to_json(both["bundles"]))
    return (*bundles, *Json(tuple[Threshold, ...]).read(to_json(both["thresholds"])))


def _flat(part: object) -> object:
    """A mapping as pairs, which keep their order: in this JSON an object's keys are sorted."""
    return list(part.items()) if isinstance(part, Mapping) else part


@cache
def _hints() -> dict[str, object]:
    """The parts of a menu that are not derived from others, with their types."""
    hints = get_type_hints(Menu)
    return {field.name: hints[field.name] for field in fields(Menu) if field.init}


@cache
def _readers() -> dict[str, Json[object]]:
    return {name: Json(_pairs(hint)) for name, hint in _hints().items() if name != INCENTIVES}


def _pairs(hint: object) -> type[object]:
    """The type of a part as it is kept: of a mapping, its pairs."""
    kept = tuple[tuple[get_args(hint)], ...] if get_origin(hint) is Mapping else hint  # type: ignore[misc]  # at run time
    return kept  # type: ignore[return-value]  # what msgspec takes for a type
