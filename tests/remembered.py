"""Caches slow pure functions for the whole process."""

from __future__ import annotations

import hashlib
import sqlite3
from functools import cache

from cryptography.hazmat.primitives import serialization

from pos.domain.menu.menu import Menu
from pos.store.file.connection import PatientConnection
from pos.store.menu import reading


def remember_keys_and_pins() -> None:
    """Cache digests of PINs (60 ms) and checks of signing keys (10 ms): most tests use the same ones."""
    hashlib.scrypt = cache(hashlib.scrypt)
    serialization.load_pem_private_key = cache(serialization.load_pem_private_key)


def remember_menus() -> None:
    """Make a menu (3 ms) once of the same rows: most tests have the same one. A connection that a test put in another's
    place reads it as ever, since its statements may be counted."""
    read, made = reading._read_menu, dict[tuple[object, ...], Menu]()
    statements = [value for value in vars(reading).values() if isinstance(value, str) and "SELECT" in value]

    def read_once(conn: sqlite3.Connection, retired: bool) -> Menu:
        if type(conn) is not PatientConnection:
            return read(conn, retired)
        only = {"retired": int(retired)}
        rows = (retired, *(tuple(conn.execute(statement, only).fetchall()) for statement in statements))
        if rows not in made:
            made[rows] = read(conn, retired)
        return made[rows]

    reading._read_menu = read_once
