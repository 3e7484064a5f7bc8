"""Who else has a booking open."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from services.bookings import BookingNotFound, BookingView, presence
from services.core.access import Actor, anonymous
from services.core.errors import NotSignedIn
from tests import cast
from tests.bookings.orders import book
from tests.scheduling import studio as house
from tests.scheduling.studio import NOW


@pytest.fixture
def dana(session: Session) -> Actor:
    house.furnish(session)
    return cast.dana(session)


@pytest.fixture
def booking(session: Session, dana: Actor) -> BookingView:
    return book(session, dana)


def test_each_sees_the_others_and_who_is_editing(session: Session, dana: Actor, booking: BookingView) -> None:
    abel = cast.abel(session)
    assert presence.stay(session, dana, booking.number, now=NOW) == ()
    (seen,) = presence.stay(session, abel, booking.number, is_editing=True, now=NOW)
    assert (seen.name, seen.is_editing) == ("Dana Reyes", False)
    (seen,) = presence.stay(session, dana, booking.number, now=NOW)
    assert (seen.name, seen.is_editing) == ("Abel Okoro", True)


def test_a_page_that_is_closed_is_seen_no_more(session: Session, dana: Actor, booking: BookingView) -> None:
    presence.stay(session, dana, booking.number, now=NOW)
    presence.leave(session, dana, booking.id)
    assert presence.stay(session, cast.abel(session), booking.number, now=NOW) == ()


def test_a_page_that_fell_silent_counts_no_more(session: Session, dana: Actor, booking: BookingView) -> None:
    abel = cast.abel(session)
    presence.stay(session, dana, booking.number, now=NOW)
    assert presence.stay(session, abel, booking.number, now=NOW + 2 * presence.BEAT)
    assert presence.stay(session, abel, booking.number, now=NOW + 3 * presence.BEAT) == ()


def test_another_booking_is_another_page(session: Session, dana: Actor, booking: BookingView) -> None:
    other = book(session, dana, start=booking.start + timedelta(days=1))
    presence.stay(session, dana, booking.number, now=NOW)
    assert presence.stay(session, cast.abel(session), other.number, now=NOW) == ()


def test_only_who_may_see_the_booking(session: Session, booking: BookingView) -> None:
    with pytest.raises(BookingNotFound):
        presence.stay(session, cast.maya(session), booking.number, now=NOW)
    with pytest.raises(NotSignedIn):
        presence.stay(session, anonymous(), booking.number, now=NOW)
