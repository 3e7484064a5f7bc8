"""Passwords (argon2id) and random tokens. Neither is ever stored, only its hash."""

import hashlib
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hash_password(password: str) -> str:
    return _hasher.hash(_bytes(password))


def is_password(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, _bytes(password))
    except VerifyMismatchError:
        return False


def needs_rehash(stored: str) -> bool:
    """Whether it was made with other parameters than those of today."""
    return _hasher.check_needs_rehash(stored)


@cache
def nobodys_password() -> str:
    """Checked when there is no such user, so that the answer takes as long."""
    return hash_password(secrets.token_urlsafe())


def new_token() -> str:
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    return hashlib.sha256(_bytes(token)).digest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
