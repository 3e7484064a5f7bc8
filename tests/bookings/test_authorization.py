"""Who agreed to which terms, when and from where."""

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlmodel import Session

from models.bookings import AuthorizationType, BookingAuthorization
from models.studio import StudioInfo
from services import bookings
from services.bookings import AlreadyAuthorized, NewAuthorization
from services.bookings.rules import terms_hash
from services.core.access import Actor
from services.core.errors import Conflict
from tests import cast
from tests.bookings.orders import TICKED, book
from tests.bookings.test_rules import png
from tests.scheduling.studio import NOW


def test_a_signature_is_kept_with_its_circumstances(studio: Session, dana: Actor) -> None:
    studio.get_one(StudioInfo, 1).terms = "Be kind."
    booking = book(studio, dana)
    studio.get_one(StudioInfo, 1).terms = "Be quiet."
    seated = replace(dana, ip="203.0.113.7", user_agent="Firefox")
    drawn = NewAuthorization(AuthorizationType.DIGITAL_SIGNATURE, " Nova Reyes ", png())
    signed = bookings.authorize(studio, seated, booking.number, drawn, now=NOW).authorization
    assert signed is not None
    assert (signed.name, signed.signed_at, signed.ip, signed.has_image) == ("Nova Reyes", NOW, "203.0.113.7", True)
    stored = studio.get_one(BookingAuthorization, booking.id)
    assert (stored.user_agent, stored.terms_hash) == ("Firefox", terms_hash("Be kind."))
    assert bookings.signature_image(studio, dana, booking.number) == png()


def test_a_booking_is_signed_once(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, authorization=TICKED)
    with pytest.raises(AlreadyAuthorized):
        bookings.authorize(studio, dana, booking.number, TICKED, now=NOW)


def test_there_is_nothing_to_sign_after_a_cancellation(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana)
    bookings.cancel(studio, dana, booking.number, now=NOW)
    with pytest.raises(Conflict):
        bookings.authorize(studio, dana, booking.number, TICKED, now=NOW)


def test_admins_and_managers_are_told(studio: Session, dana: Actor) -> None:
    ivo = cast.ivo(studio)
    cast.abel(studio)
    book(studio, dana, authorization=TICKED)
    told = studio.execute(text("""select "to" from delivery where type = 'BOOKING_AUTHORIZATION' order by id"""))
    assert list(told.scalars()) == [dana.email, ivo.email]


def test_a_tick_has_no_picture(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, authorization=TICKED)
    assert bookings.signature_image(studio, dana, booking.number) is None
