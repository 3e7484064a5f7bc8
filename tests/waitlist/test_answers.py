"""An offer is accepted, declined or lapses; nobody pays for what they did not take."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from models.bookings import BookingStatus
from models.studio import StudioInfo
from services import bookings, waitlist
from services.bookings import BookingView
from services.core.access import SYSTEM, Actor, anonymous
from services.waitlist import NoOpenOffer, OfferStatus, OfferView, PublicWish, WishStatus
from tests.bookings.orders import VISITOR, allocations
from tests.scheduling.studio import FRIDAY, NOW
from tests.waitlist.entries import SOON, expire_due, mails, public, wish

DAY = timedelta(days=1)
OVER = SOON + DAY


@pytest.fixture
def asked(studio: Session, dana: Actor) -> PublicWish:
    """A client's own wish, with an open offer."""
    asked = public(studio)
    assert waitlist.match(studio, SOON) == 1
    return asked


def now_of(session: Session, asked: PublicWish) -> PublicWish:
    return waitlist.get_public(session, anonymous(), asked.token)


def offer_of(session: Session, asked: PublicWish) -> OfferView:
    offer = now_of(session, asked).offer
    assert offer is not None
    return offer


def booking_of(session: Session, asked: PublicWish) -> BookingView:
    return bookings.get_booking(session, SYSTEM, offer_of(session, asked).number)


def set_deposit(session: Session, percent: int) -> None:
    studio = session.get_one(StudioInfo, 1)
    studio.deposit_pct = percent
    session.add(studio)
    session.flush()


def test_accepted_it_is_a_booking_like_any_other(studio: Session, asked: PublicWish) -> None:
    set_deposit(studio, 50)
    waitlist.accept_public(studio, anonymous(), asked.token, now=SOON)
    view = now_of(studio, asked)
    booking = booking_of(studio, asked)
    assert (view.status, offer_of(studio, asked).status) == (WishStatus.BOOKED, OfferStatus.ACCEPTED)
    assert offer_of(studio, asked).booking_token == booking.public_token
    assert booking.status is BookingStatus.PENDING
    assert booking.deposit_due_at == SOON + timedelta(hours=studio.get_one(StudioInfo, 1).deposit_deadline_hours)
    assert bookings.release_overdue(studio, SOON + 9 * DAY) == (booking.number,)


def test_where_no_deposit_is_asked_it_is_firm_at_once(studio: Session, dana: Actor) -> None:
    set_deposit(studio, 0)
    asked = public(studio)
    waitlist.match(studio, SOON)
    waitlist.accept_public(studio, anonymous(), asked.token, now=SOON)
    assert booking_of(studio, asked).status is BookingStatus.CONFIRMED


def test_staff_may_accept_for_the_client(studio: Session, dana: Actor) -> None:
    asked = wish(studio)
    waitlist.match(studio, SOON)
    assert waitlist.accept(studio, dana, asked.id, now=SOON).status is WishStatus.BOOKED


def test_declined_the_time_is_free_and_nothing_is_owed(studio: Session, asked: PublicWish) -> None:
    kept = booking_of(studio, asked)
    waitlist.decline_public(studio, anonymous(), asked.token, now=SOON)
    booking = bookings.get_booking(studio, SYSTEM, kept.number)
    assert (booking.status, booking.total_cents, allocations(studio, booking)) == (BookingStatus.CANCELLED, 0, [])
    assert offer_of(studio, asked).start != kept.start


def test_unanswered_it_lapses_and_the_client_is_told(studio: Session, asked: PublicWish) -> None:
    assert expire_due(studio, OVER - timedelta(seconds=1)) == 0
    assert expire_due(studio, OVER) == 1
    booking = booking_of(studio, asked)
    assert (booking.status, booking.total_cents, allocations(studio, booking)) == (BookingStatus.EXPIRED, 0, [])
    assert offer_of(studio, asked).status is OfferStatus.EXPIRED
    assert mails(studio, VISITOR.email or "")[-1] == "The offer has run out"
    assert expire_due(studio, OVER) == 0


def test_an_open_offer_is_not_released_as_an_overdue_booking(studio: Session, asked: PublicWish) -> None:
    assert bookings.release_overdue(studio, OVER) == ()


def test_too_late_is_too_late(studio: Session, asked: PublicWish) -> None:
    with pytest.raises(NoOpenOffer):
        waitlist.accept_public(studio, anonymous(), asked.token, now=OVER)


@pytest.mark.parametrize("answer", [waitlist.accept_public, waitlist.decline_public], ids=["accept", "decline"])
def test_an_offer_is_answered_once(studio: Session, asked: PublicWish, answer: object) -> None:
    waitlist.accept_public(studio, anonymous(), asked.token, now=SOON)
    with pytest.raises(NoOpenOffer):
        answer(studio, anonymous(), asked.token, now=SOON)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("command", "status", "answer"),
    [
        (bookings.confirm, WishStatus.BOOKED, OfferStatus.ACCEPTED),
        (bookings.cancel, WishStatus.WAITING, OfferStatus.DECLINED),
    ],
    ids=["confirmed", "cancelled"],
)
def test_what_staff_do_to_the_booking_settles_the_offer(
    studio: Session, dana: Actor, asked: PublicWish, command: object, status: WishStatus, answer: OfferStatus
) -> None:
    command(studio, dana, offer_of(studio, asked).number, now=SOON)  # type: ignore[operator]
    assert expire_due(studio, SOON) == 1
    assert (now_of(studio, asked).status, offer_of(studio, asked).status) == (status, answer)


def test_withdrawing_gives_the_time_back(studio: Session, asked: PublicWish) -> None:
    assert waitlist.withdraw_public(studio, anonymous(), asked.token, now=SOON).status is WishStatus.WITHDRAWN
    assert booking_of(studio, asked).status is BookingStatus.CANCELLED
    with pytest.raises(waitlist.WishOver):
        waitlist.withdraw_public(studio, anonymous(), asked.token, now=SOON)


def test_a_wish_whose_days_are_over_is_closed(studio: Session) -> None:
    asked = wish(studio)
    assert expire_due(studio, NOW + (FRIDAY - NOW.date() + DAY)) == 0
    assert expire_due(studio, NOW + (FRIDAY - NOW.date() + 2 * DAY)) == 1
    with pytest.raises(waitlist.WishOver):
        waitlist.withdraw(studio, SYSTEM, asked.id)
