"""How long a key counts."""

from datetime import UTC, datetime, timedelta

import time_machine
from sqlmodel import Session

from services import idempotency
from tests import cast

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_what_was_answered_is_forgotten_after_a_day(session: Session) -> None:
    dana = cast.dana(session)
    done: list[int] = []

    def ask() -> int:
        made = idempotency.once(session, dana, "key", "a lockout", lambda *_: {"id": len(done) + 1})
        if made["id"] > len(done):
            done.append(made["id"])
        return int(made["id"])

    with time_machine.travel(NOW, tick=False):
        assert [ask(), ask()] == [1, 1]
    for later, answered in ((timedelta(hours=23), 1), (timedelta(hours=25), 2)):
        with time_machine.travel(NOW + later, tick=False):
            idempotency.forget(session)
            assert ask() == answered
