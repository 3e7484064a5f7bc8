"""An engineer asks to be replaced; staff decide; everyone concerned is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from models.audit import AuditLog
from models.outbox import Delivery, DeliveryType
from services import catalog, changes
from services.bookings import BookingNotFound, BookingStatus, BookingView, cancel
from services.changes import SwapRequestView, requests
from services.core.access import SYSTEM, Actor
from services.core.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from tests import cast
from tests.bookings.orders import book
from tests.scheduling import studio as house
from tests.scheduling.studio import LEO, MAYA, NOW


@pytest.fixture
def studio(session: Session) -> Session:
    house.furnish(session)
    return session


@pytest.fixture
def dana(studio: Session) -> Actor:
    return cast.dana(studio)


@pytest.fixture
def maya(studio: Session) -> Actor:
    """The engineer, signed in."""
    actor = cast.maya(studio)
    catalog.link_user(studio, SYSTEM, MAYA, actor.user_id)
    return replace(actor, engineer_id=MAYA)


@pytest.fixture
def booking(studio: Session, dana: Actor) -> BookingView:
    return book(studio, dana, engineer_id=MAYA, status=BookingStatus.CONFIRMED)


def ask(studio: Session, maya: Actor, booking: BookingView) -> SwapRequestView:
    return changes.request_swap(studio, maya, booking.number, " Lisbon ", NOW)


def mails(studio: Session) -> list[tuple[str, str]]:
    found = studio.exec(select(Delivery).where(Delivery.type == DeliveryType.SWAP_REQUESTED))
    return [(mail.to, mail.subject) for mail in found]


def test_a_request_reaches_managers_and_the_booking_desk(
    studio: Session, dana: Actor, maya: Actor, booking: BookingView
) -> None:
    abel = cast.abel(studio)
    request = ask(studio, maya, booking)

    assert (request.reason, request.engineer_name, request.room_names) == ("Lisbon", "Maya", ("Studio A",))
    assert changes.open_requests(studio, dana, now=NOW) == (request,)
    assert changes.open_requests(studio, abel, booking.number, now=NOW) == (request,)
    subject = f"{booking.number}: Maya asks to be replaced"
    assert sorted(mails(studio)) == sorted([(dana.email, subject), (abel.email, subject)])
    row = studio.exec(select(AuditLog).where(AuditLog.action == "swap_requested")).one()
    assert (row.entity, row.entity_id, row.changes["after"]) == (
        "booking",
        booking.id,
        {"engineer": "Maya", "reason": "Lisbon"},
    )


def test_a_declined_request_tells_the_engineer_why(
    studio: Session, dana: Actor, maya: Actor, booking: BookingView
) -> None:
    request = ask(studio, maya, booking)

    declined = changes.resolve_request(studio, dana, request.id, done=False, note="Nobody else is free.", now=NOW)

    assert declined.status == "DECLINED"
    assert changes.open_requests(studio, dana, now=NOW) == ()
    mail = studio.exec(select(Delivery).where(Delivery.to == maya.email)).one()
    assert mail.subject == f"{booking.number}: your session stays with you"
    assert "Nobody else is free." in mail.body


def test_a_replaced_engineer_has_what_they_asked_for(
    studio: Session, dana: Actor, maya: Actor, booking: BookingView
) -> None:
    ask(studio, maya, booking)

    assert requests.close_for(studio, dana, booking.id, LEO, NOW) is None
    closed = requests.close_for(studio, dana, booking.id, MAYA, NOW)

    assert closed is not None
    assert closed.status == "DONE"
    assert (maya.email, f"{booking.number}: you have been replaced") in mails(studio)
    assert requests.close_for(studio, dana, booking.id, MAYA, NOW) is None


def test_a_withdrawn_request_can_be_made_again(studio: Session, maya: Actor, booking: BookingView) -> None:
    request = ask(studio, maya, booking)
    assert changes.withdraw(studio, maya, request.id, NOW).status == "WITHDRAWN"
    assert changes.open_requests(studio, maya, now=NOW) == ()
    assert ask(studio, maya, booking).id != request.id


def test_a_request_is_made_once_and_settled_once(
    studio: Session, dana: Actor, maya: Actor, booking: BookingView
) -> None:
    request = ask(studio, maya, booking)
    with pytest.raises(Conflict) as again:
        ask(studio, maya, booking)
    assert again.value.code == "already_asked"

    changes.resolve_request(studio, dana, request.id, done=True, now=NOW)
    with pytest.raises(Conflict) as settled:
        changes.resolve_request(studio, dana, request.id, done=False, now=NOW)
    assert settled.value.code == "already_settled"
    with pytest.raises(Conflict):
        changes.withdraw(studio, maya, request.id, NOW)


def test_only_sessions_that_are_still_ahead_can_be_given_away(
    studio: Session, dana: Actor, maya: Actor, booking: BookingView
) -> None:
    with pytest.raises(Conflict):
        changes.request_swap(studio, maya, booking.number, "Late", booking.start + timedelta(minutes=1))
    ask(studio, maya, booking)
    cancel(studio, dana, booking.number, now=NOW)
    assert changes.open_requests(studio, dana, now=NOW) == ()
    with pytest.raises(Conflict):
        ask(studio, maya, booking)


def test_nobody_gives_away_a_colleagues_session(studio: Session, dana: Actor, maya: Actor) -> None:
    leos = book(studio, dana, engineer_id=LEO, status=BookingStatus.CONFIRMED)
    with pytest.raises(BookingNotFound):
        changes.request_swap(studio, maya, leos.number, "Mine now", NOW)
    with pytest.raises(NotAllowed):
        changes.request_swap(studio, SYSTEM, leos.number, "For Leo", NOW)
    with pytest.raises(NotAllowed):
        changes.request_swap(studio, cast.abel(studio), leos.number, "For Leo", NOW)


@pytest.mark.parametrize(("reason", "error"), [("  ", Invalid), ("x" * 501, Invalid)])
def test_a_request_says_why_in_few_words(
    studio: Session, maya: Actor, booking: BookingView, reason: str, error: type[DomainError]
) -> None:
    with pytest.raises(error) as refused:
        changes.request_swap(studio, maya, booking.number, reason, NOW)
    assert refused.value.field == "reason"


def test_engineers_decide_nothing_and_see_only_their_own(studio: Session, maya: Actor, booking: BookingView) -> None:
    request = ask(studio, maya, booking)
    leo = replace(maya, user_id=None, engineer_id=LEO)
    assert changes.open_requests(studio, leo, now=NOW) == ()
    assert changes.open_requests(studio, cast.pia(studio), now=NOW) == ()
    with pytest.raises(NotAllowed):
        changes.withdraw(studio, leo, request.id)
    with pytest.raises(NotAllowed):
        changes.resolve_request(studio, maya, request.id, done=True)
    for nothing in (0, -1, 10**12):
        with pytest.raises(NotFound):
            changes.withdraw(studio, maya, nothing)
