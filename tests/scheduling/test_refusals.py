"""Refused attempts are counted by reason, whatever became of the transaction that was refused."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from services import scheduling
from services.core import clock, db
from services.core.access import SYSTEM, anonymous
from services.core.errors import NotSignedIn
from services.scheduling import ReasonCode, SlotRequest, SlotTaken
from tests.scheduling.studio import FRIDAY, MAYA, MONDAY, NOW, A, at, book, furnish_database


def test_attempts_are_counted_by_day_and_reason(session: Session) -> None:
    scheduling.count_refused(session, MONDAY, [ReasonCode.BOOKED, ReasonCode.BOOKED, ReasonCode.CLOSED])
    scheduling.count_refused(session, MONDAY, [ReasonCode.BOOKED])
    scheduling.count_refused(session, FRIDAY, [ReasonCode.PAST])

    assert scheduling.refused_by_reason(session, SYSTEM, MONDAY, MONDAY) == {ReasonCode.BOOKED: 2, ReasonCode.CLOSED: 1}
    assert ReasonCode.PAST in scheduling.refused_by_reason(session, SYSTEM, MONDAY, FRIDAY)
    with pytest.raises(NotSignedIn):
        scheduling.refused_by_reason(session, anonymous(), MONDAY, FRIDAY)


def test_a_refusal_is_noted_after_its_transaction_is_gone(database: Engine) -> None:
    furnish_database(database)
    wish = SlotRequest(at(FRIDAY, "12:00"), 60, (A,), engineer_id=MAYA)
    db.run(book, wish)

    with pytest.raises(SlotTaken) as refused:
        db.run(book, wish)
    scheduling.note_refusal(refused.value)

    today = clock.now().date()
    with Session(database) as session:
        counts = scheduling.refused_by_reason(session, SYSTEM, today - timedelta(days=1), today)
    assert counts == {ReasonCode.BOOKED: 1}
    assert refused.value.answer.alternatives[0].start >= NOW


def test_noting_never_gets_in_the_way(database: Engine) -> None:
    """The studio is not even set up here."""
    scheduling.note_refusal(SlotTaken(scheduling.Answer(False)))
