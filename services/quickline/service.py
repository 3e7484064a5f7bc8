"""Understands a line, and books it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from services import bookings, catalog
from services.bookings import BookingView, NewBooking
from services.core import clock
from services.core.access import Actor, Permission, require
from services.core.errors import Invalid
from services.core.fields import clean
from services.quickline.again import filled
from services.quickline.catalog_match import read_catalog
from services.quickline.clarifications import Clarifications
from services.quickline.client_match import knows, maybe_client
from services.quickline.interpretation import Desk, interpretation_of
from services.quickline.rules import read
from services.quickline.types import Interpretation

MOST_LETTERS = 500


def understand(
    session: Session, actor: Actor, text: str, answers: Mapping[str, str] | None = None, now: datetime | None = None
) -> Interpretation:
    """What a line asks for, with everything that is open as questions. Stores nothing.

    `answers` are by the keys of the questions; one that no longer fits its question does not count.
    """
    require(actor, Permission.BOOK_SESSIONS)
    text = clean(text)
    if len(text) > MOST_LETTERS:
        raise Invalid(f"A line has at most {MOST_LETTERS} characters.", field="text")
    if not text:
        return Interpretation(text="")
    known = read_catalog(session, actor)
    desk = Desk(session, actor, known, now or clock.now())
    periods = sorted({period.name for period in catalog.list_periods(session, actor)})
    vocabulary, answers = known.vocabulary(desk.today, periods), answers or {}
    reading = maybe_client(session, actor, read(text, vocabulary, knows(session, actor)), answers)
    reading, refusal = filled(session, actor, reading, vocabulary, answers)
    clarifications = Clarifications(answers)
    clarifications.problems += [refusal] if refusal else []
    receipt = interpretation_of(desk, clarifications, reading)
    return replace(
        receipt,
        parts=tuple(clarifications.parts),
        questions=tuple(clarifications.questions),
        problems=tuple(clarifications.problems),
    )


def order(receipt: Interpretation) -> NewBooking:
    """What to book; refused while anything is open."""
    if receipt.problems:
        raise Invalid(receipt.problems[0], field="text")
    if receipt.questions or receipt.new is None:
        message = receipt.questions[0].message if receipt.questions else "Say what to book."
        raise Invalid(message, field="text", code="not_understood")
    return receipt.new


def book(
    session: Session,
    actor: Actor,
    text: str,
    answers: Mapping[str, str] | None = None,
    expected_total_cents: int | None = None,
    idempotency_key: str | None = None,
    now: datetime | None = None,
) -> BookingView:
    """Books what was understood. Refuses as bookings do, and while there are questions."""
    require(actor, Permission.BOOK_SESSIONS)
    new = order(understand(session, actor, text, answers, now))
    new = replace(new, expected_total_cents=expected_total_cents, idempotency_key=idempotency_key)
    return bookings.create(session, actor, new, now)
