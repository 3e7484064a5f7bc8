"""A client's wish to cancel or change: one at a time, answered by the studio, or withdrawn."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from models.bookings import BookingStatus
from models.changes import ChangeRequestStatus
from services import bookings, changes
from services.bookings import BookingView, ChangeWish, VersionChanged
from services.changes import Change
from services.core import db
from services.core.access import Actor, anonymous
from services.core.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from tests import cast
from tests.bookings.orders import TICKED, VISITOR, book
from tests.scheduling.studio import FRIDAY, MAYA, NOW, A, at, furnish_database

S = BookingStatus
R = ChangeRequestStatus
VERA = anonymous(ip="203.0.113.9")


@pytest.fixture
def sold(studio: Session, dana: Actor) -> BookingView:
    """Of a client with an e-mail."""
    return book(
        studio, dana, client_id=None, client=VISITOR, status=S.CONFIRMED, authorization=TICKED, engineer_id=MAYA
    )


def ask(session: Session, booking: BookingView, wish: ChangeWish = ChangeWish.CHANGE, message: str = "later") -> int:
    asked = bookings.request_change(session, VERA, booking.public_token, wish, message, now=NOW).change_request
    assert asked is not None
    return asked.id


def standing(session: Session, booking: BookingView) -> ChangeRequestStatus:
    asked = bookings.get_public(session, VERA, booking.public_token).change_request
    assert asked is not None
    return asked.status


def mails_to(session: Session, address: str) -> list[tuple[str, str]]:
    found = session.execute(text('select subject, body from delivery where "to" = :to order by id'), {"to": address})
    return [(subject, body) for subject, body in found]


def test_one_wish_at_a_time(studio: Session, dana: Actor, sold: BookingView) -> None:
    ask(studio, sold)
    before = len(mails_to(studio, dana.email))
    with pytest.raises(Conflict) as refused:
        ask(studio, sold, ChangeWish.CANCEL)
    assert refused.value.code == "already_asked"
    assert len(mails_to(studio, dana.email)) == before


def test_staff_see_what_waits_for_an_answer(studio: Session, dana: Actor, sold: BookingView) -> None:
    ask(studio, sold, ChangeWish.CANCEL, "ill")
    [wish] = bookings.open_change_requests(studio, dana)
    assert (wish.number, wish.wish, wish.message, wish.client_name) == (
        sold.number,
        ChangeWish.CANCEL,
        "ill",
        sold.client.name,
    )
    assert bookings.open_change_requests(studio, dana, "PS-0") == ()
    assert bookings.open_change_requests(studio, cast.maya(studio)) == ()
    with pytest.raises(NotAllowed):
        bookings.open_change_requests(studio, cast.femi(studio))


def test_a_client_withdraws_and_may_ask_again(studio: Session, dana: Actor, sold: BookingView) -> None:
    ask(studio, sold)
    bookings.withdraw_request(studio, VERA, sold.public_token, now=NOW)
    assert standing(studio, sold) is R.WITHDRAWN
    assert "no longer asks" in mails_to(studio, dana.email)[-1][0]
    with pytest.raises(Conflict):
        bookings.withdraw_request(studio, VERA, sold.public_token)
    ask(studio, sold, ChangeWish.CANCEL)
    assert standing(studio, sold) is R.OPEN


def test_a_decline_says_why_to_the_client(studio: Session, dana: Actor, sold: BookingView) -> None:
    wish = ask(studio, sold)
    with pytest.raises(Invalid) as refused:
        bookings.decline_request(studio, dana, wish, " ")
    assert refused.value.field == "answer"
    kept = bookings.decline_request(studio, dana, wish, "Everything is full that day.", now=NOW)
    assert (kept.status, kept.version, standing(studio, sold)) == (S.CONFIRMED, sold.version, R.DECLINED)
    assert "Everything is full that day." in mails_to(studio, "vera@example.com")[-1][1]
    assert bookings.history(studio, dana, sold.number)[0].action == "change_request_declined"


def test_an_answer_leaves_the_wish_open(studio: Session, dana: Actor, sold: BookingView) -> None:
    wish = ask(studio, sold)
    bookings.answer_request(studio, dana, wish, "Would Monday suit you?")
    assert standing(studio, sold) is R.OPEN
    assert "Would Monday suit you?" in mails_to(studio, "vera@example.com")[-1][1]
    bookings.accept_request(studio, dana, wish, now=NOW)
    assert standing(studio, sold) is R.ACCEPTED


def test_accepting_a_cancellation_cancels_with_its_fee(studio: Session, dana: Actor, sold: BookingView) -> None:
    wish, late = ask(studio, sold, ChangeWish.CANCEL), at(FRIDAY, "11:00")
    fee = bookings.public_cancellation_fee(studio, VERA, sold.public_token, now=late)
    with pytest.raises(VersionChanged):
        bookings.accept_request(studio, dana, wish, "Get well.", sold.version - 1, now=late)
    gone = bookings.accept_request(studio, dana, wish, "Get well.", sold.version, now=late)
    assert (gone.status, gone.total_cents, gone.cancel_reason) == (S.CANCELLED, fee, "Get well.")
    assert standing(studio, sold) is R.ACCEPTED


def test_cancelling_grants_a_wish_to_cancel(studio: Session, dana: Actor, sold: BookingView) -> None:
    ask(studio, sold, ChangeWish.CANCEL)
    bookings.cancel(studio, dana, sold.number, now=NOW)
    assert standing(studio, sold) is R.ACCEPTED


@pytest.mark.parametrize(
    ("case", "change", "stands"),
    [
        ("another time", Change(start=at(FRIDAY, "15:00")), R.ACCEPTED),
        ("a longer session", Change(minutes=180), R.ACCEPTED),
        ("another room", Change(room_ids=(102,)), R.ACCEPTED),
        ("without an engineer", Change(without_engineer=True), R.OPEN),
    ],
)
def test_a_change_grants_a_wish_to_change(
    studio: Session, dana: Actor, sold: BookingView, case: str, change: Change, stands: ChangeRequestStatus
) -> None:
    ask(studio, sold)
    changes.apply(studio, dana, sold.number, change, now=NOW)
    assert standing(studio, sold) is stands


def test_a_change_does_not_grant_a_wish_to_cancel(studio: Session, dana: Actor, sold: BookingView) -> None:
    ask(studio, sold, ChangeWish.CANCEL)
    changes.apply(studio, dana, sold.number, Change(minutes=180), now=NOW)
    assert standing(studio, sold) is R.OPEN


def test_what_is_over_leaves_nothing_to_wish_for(studio: Session, dana: Actor, sold: BookingView) -> None:
    ask(studio, sold)
    bookings.no_show(studio, dana, sold.number, now=at(FRIDAY, "12:30"))
    assert standing(studio, sold) is R.WITHDRAWN
    assert bookings.open_change_requests(studio, dana) == ()


def test_a_settled_wish_stays_settled(studio: Session, dana: Actor, sold: BookingView) -> None:
    wish = ask(studio, sold)
    bookings.decline_request(studio, dana, wish, "No.", now=NOW)
    for command in (bookings.decline_request, bookings.answer_request, bookings.accept_request):
        with pytest.raises(Conflict) as refused:
            command(studio, dana, wish, "Again.")
        assert refused.value.code == "already_settled"
    for missing in (0, -1, wish + 1, 10**12):
        with pytest.raises(NotFound):
            bookings.decline_request(studio, dana, missing, "No.")
    with pytest.raises(NotAllowed):
        bookings.decline_request(studio, cast.femi(studio), wish, "No.")


@pytest.mark.fire
def test_of_many_who_settle_a_wish_at_once_one_does(database: Engine) -> None:
    furnish_database(database)
    dana = db.run(cast.dana)
    sold = db.run(book, dana, client_id=None, client=VISITOR, status=S.CONFIRMED, room_ids=(A,))
    wish = db.run(ask, sold, ChangeWish.CANCEL)
    barrier = Barrier(4)

    def settle(number: int) -> str:
        barrier.wait()
        try:
            if number == 0:
                db.run(bookings.withdraw_request, VERA, sold.public_token, now=NOW)
            elif number == 1:
                db.run(bookings.decline_request, dana, wish, "No.", now=NOW)
            else:
                db.run(bookings.accept_request, dana, wish, "Yes.", now=NOW)
        except DomainError as refused:
            return refused.code
        return "settled"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(settle, range(4)))
    assert answers.count("settled") == 1, answers
