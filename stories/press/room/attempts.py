"""How often a password may be guessed: ten times in a quarter of an hour for each address.

Counted by address of e-mail, not of the network: behind a proxy everyone may come from one. Who is
shut out by others' guesses sets a new password by mail, which lets her in. Exact when all workers
share one cache.
"""

from __future__ import annotations

import hashlib

from django.core.cache import cache

MOST = 10
WINDOW = 15 * 60  # seconds


def allowed(email: str) -> bool:
    return cache.get(_slot(email), 0) < MOST


def failed(email: str) -> None:
    cache.add(_slot(email), 0, WINDOW)
    try:
        cache.incr(_slot(email))
    except ValueError:  # it ran out in between
        cache.set(_slot(email), 1, WINDOW)


def forget(email: str) -> None:
    cache.delete(_slot(email))


def _slot(email: str) -> str:
    return f"press-sign-in:{hashlib.sha256(email.encode()).hexdigest()}"
