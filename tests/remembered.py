"""What is slow and depends on nothing but its arguments, worked out once in a process: it is the same each time."""

from __future__ import annotations

import hashlib
from functools import cache

from cryptography.hazmat.primitives import serialization


def remember_keys_and_pins() -> None:
    """What is kept of a PIN takes 60 ms, and to check a signing key 10 ms: most tests have the same ones."""
    hashlib.scrypt = cache(hashlib.scrypt)
    serialization.load_pem_private_key = cache(serialization.load_pem_private_key)
