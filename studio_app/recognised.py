"""Which sign-ins this worker has seen to be somebody's: whoever only shows a cookie is nobody yet.

It says in which lane a call waits, and nothing of what it may do: that is asked in every call anew.
"""

import time
from collections import OrderedDict
from hashlib import sha256
from threading import Lock


class Recognised:
    """Holds no token, only what one is known by. Forgets who was not seen for long, and of too many the first."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._until: OrderedDict[bytes, float] = OrderedDict()
        """Seen last stands last."""
        self._lock = Lock()

    def note(self, token: str, is_somebodys: bool) -> None:
        """What a call has found out about the token it came with."""
        this = _known_by(token)
        with self._lock:
            self._until.pop(this, None)
            if is_somebodys:
                self._until[this] = time.monotonic() + self._seconds
            if len(self._until) > self._most:
                self._until.popitem(last=False)

    def __contains__(self, token: str) -> bool:
        with self._lock:
            return self._until.get(_known_by(token), 0.0) > time.monotonic()


def _known_by(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()


recognised = Recognised(most=10_000, seconds=3600)
"""This worker's."""
