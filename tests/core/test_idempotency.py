"""How long a key counts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlmodel import Session

from services.core import idempotency
from services.core.access import Role, permissions_of
from services.core.idempotency import KeyReused
from tests import cast

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = 24 * 60 * 60


@pytest.mark.parametrize("has_run", [True, False])
def test_a_key_counts_for_a_day_whether_or_not_the_job_has_run(session: Session, has_run: bool) -> None:
    dana = cast.dana(session)
    done: list[int] = []

    def ask() -> int:
        made = idempotency.once(session, dana, "key", "a lockout", lambda *_: {"id": len(done) + 1})
        if made["id"] > len(done):
            done.append(made["id"])
        return int(made["id"])

    with time_machine.travel(NOW, tick=False):
        assert [ask(), ask()] == [1, 1]
    for seconds, answered in ((-1, 1), (0, 2), (1, 2), (DAY, 3)):
        with time_machine.travel(NOW + timedelta(seconds=DAY + seconds), tick=False):
            if has_run:
                idempotency.forget(session)
            assert ask() == answered


def test_who_has_lost_a_right_is_not_answered_as_before(session: Session) -> None:
    dana = cast.dana(session)
    idempotency.once(session, dana, "key", "a lockout", lambda *_: {"id": 1})
    intern = replace(dana, permissions=permissions_of(frozenset({Role.INTERN})))
    with pytest.raises(KeyReused):
        idempotency.once(session, intern, "key", "a lockout", lambda *_: {"id": 2})
