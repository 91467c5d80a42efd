"""Caches slow pure functions for the whole process."""

from __future__ import annotations

import hashlib
from functools import cache

from cryptography.hazmat.primitives import serialization


def remember_keys_and_pins() -> None:
    """Cache digests of PINs (60 ms) and checks of signing keys (10 ms): most tests use the same ones."""
    hashlib.scrypt = cache(hashlib.scrypt)
    serialization.load_pem_private_key = cache(serialization.load_pem_private_key)
