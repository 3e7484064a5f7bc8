"""The client's own booking, made on the public page and reached by its token."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from models.bookings import BookingStatus
from services import bookings
from services.bookings import BookingNotFound, BookingView, ChangeWish
from services.clients import NewClient
from services.core.access import SYSTEM, Actor, anonymous
from services.core.errors import Conflict, DomainError, Invalid, NotAllowed, NotSignedIn
from services.pricing import Discount
from services.scheduling import SlotTaken
from tests import cast
from tests.bookings.orders import CASH, ORDER, PRICE, TICKED, VISITOR, book
from tests.scheduling.studio import CLIENT, FRIDAY, NOW, A, at

PUBLIC = replace(ORDER, client_id=None, client=VISITOR, authorization=TICKED)
VERA = anonymous("203.0.113.9", "Safari")


def book_online(studio: Session, **changes: Any) -> BookingView:
    return bookings.create_public(studio, VERA, replace(PUBLIC, **changes), now=NOW)


def test_it_is_pending_until_the_deposit_deadline(studio: Session) -> None:
    booking = book_online(studio)
    assert (booking.status, booking.source) == (BookingStatus.PENDING, "PUBLIC_PAGE")
    assert booking.deposit_due_at is not None
    assert (booking.deposit_due_at - NOW).total_seconds() == 24 * 3600
    assert bookings.get_public(studio, VERA, booking.public_token) == booking


def test_all_that_is_to_be_mended_is_said_at_once(studio: Session) -> None:
    typed = replace(VISITOR, name="", email="vera", phone="5")
    with pytest.raises(Invalid) as refused:
        book_online(
            studio, client=typed, notes="x" * 4001, room_ids=(), engineer_id=A, minutes=9_999, authorization=None
        )
    found = [one.field for one in (refused.value, *refused.value.others)]
    assert found == ["name", "email", "phone", "notes", "minutes", "rooms", "engineer_id", "authorization"]


def test_the_deadline_is_never_after_the_start(studio: Session) -> None:
    soon = at(FRIDAY, "10:30")
    booking = bookings.create_public(studio, VERA, PUBLIC, now=soon)
    assert booking.deposit_due_at == booking.start


@pytest.mark.parametrize(
    "changes",
    [
        {"payments": (CASH,), "authorization": TICKED},
        {"discount": Discount("me", amount_cents=1)},
        {"client_id": CLIENT, "client": None},
        {"status": BookingStatus.CONFIRMED},
        {"client": None},
        {"client": NewClient("Vera", "vera@example.com")},
        {"client": NewClient("Vera", None, "+12125550188")},
        {"service": "MIX"},
    ],
)
def test_visitors_cannot_give_themselves_more(studio: Session, changes: dict[str, Any]) -> None:
    with pytest.raises((NotAllowed, Invalid)):
        book_online(studio, **changes)


def test_a_returning_client_is_not_made_twice_and_nothing_of_theirs_is_shown(studio: Session) -> None:
    first = book_online(studio)
    again = book_online(studio, start=at(FRIDAY, "16:00"), client=replace(VISITOR, name="V. Lin"))
    assert again.client.id == first.client.id
    assert (again.client.name, again.client.email, again.client.phone) == (TICKED.name, None, None)
    assert bookings.get_public(studio, VERA, again.public_token).client == again.client
    assert bookings.get_booking(studio, SYSTEM, again.number).client.name == "Vera Lin"


def test_the_link_tells_the_name_that_was_signed(studio: Session) -> None:
    signed = book_online(studio, client=replace(VISITOR, name="V. Lin"), authorization=TICKED)
    assert bookings.get_public(studio, VERA, signed.public_token).client.name == TICKED.name


def test_somebody_of_the_studio_is_not_a_client(studio: Session) -> None:
    dana = cast.dana(studio)
    with pytest.raises(DomainError) as refused:
        book_online(studio, client=replace(VISITOR, email=dana.email))
    assert (refused.value.code, refused.value.field) == ("contact_not_taken", "email")
    assert "staff" not in refused.value.message


def test_a_refusal_does_not_tell_who_has_the_room(studio: Session, dana: Actor) -> None:
    taken = book(studio, dana)
    with pytest.raises(SlotTaken) as refused:
        book_online(studio)
    assert taken.number not in str(refused.value.details) + refused.value.message
    assert taken.client.name not in str(refused.value.details) + refused.value.message


def test_the_client_signs_what_the_studio_booked_on_their_page(studio: Session, dana: Actor) -> None:
    token = book(studio, dana).public_token
    signed = bookings.authorize_public(studio, VERA, token, TICKED, now=NOW)
    assert signed.authorization is not None
    assert signed.authorization.ip == "203.0.113.9"


def test_a_wish_to_cancel_reaches_the_studio_and_changes_nothing(studio: Session, dana: Actor) -> None:
    booking = book_online(studio)
    asked = bookings.request_change(studio, VERA, booking.public_token, ChangeWish.CANCEL, "ill", now=NOW)
    assert asked.status is BookingStatus.PENDING
    mails = text("""select "to", subject from delivery where type = 'BOOKING_CHANGED'""")
    assert [tuple(row) for row in studio.execute(mails)] == [
        (dana.email, f"{booking.number}: the client asks to cancel")
    ]
    assert bookings.history(studio, dana, booking.number)[0].action == "change_requested"


def test_a_wish_to_change_says_what(studio: Session) -> None:
    token = book_online(studio).public_token
    with pytest.raises(Invalid) as refused:
        bookings.request_change(studio, VERA, token, ChangeWish.CHANGE, " ", now=NOW)
    assert refused.value.field == "message"


def test_what_is_over_cannot_be_changed(studio: Session, dana: Actor) -> None:
    booking = book_online(studio)
    bookings.cancel(studio, dana, booking.number, now=NOW)
    with pytest.raises(Conflict):
        bookings.request_change(studio, VERA, booking.public_token, ChangeWish.CHANGE, "later", now=NOW)


def test_the_fee_is_known_before_asking(studio: Session) -> None:
    booking = book_online(studio, authorization=TICKED)
    assert bookings.public_cancellation_fee(studio, VERA, booking.public_token, now=NOW) == 0
    assert bookings.public_cancellation_fee(studio, VERA, booking.public_token, now=booking.start) == PRICE // 2


def test_a_wrong_token_opens_nothing(studio: Session) -> None:
    book_online(studio)
    for token in ("", "x", "' or 1=1 --"):
        with pytest.raises(BookingNotFound):
            bookings.get_public(studio, VERA, token)


def test_visitors_read_no_lists(studio: Session) -> None:
    number = book_online(studio).number
    with pytest.raises(NotSignedIn):
        bookings.get_booking(studio, VERA, number)
