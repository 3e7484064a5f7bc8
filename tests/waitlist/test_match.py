"""Time that becomes free goes to the first wish it fits."""

from datetime import time, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from models.bookings import BookingSource, BookingStatus
from models.catalog import Service
from models.outbox import Delivery
from services import bookings, waitlist
from services.core.access import SYSTEM, Actor
from services.waitlist import OfferStatus, WishStatus
from tests.bookings.orders import VISITOR, allocations, book
from tests.scheduling.studio import FRIDAY, LEO, MAYA, MONDAY, NIA, A, B, at
from tests.waitlist.entries import SOON, another, close_others, fill, free, mails, public, seen, wish


def test_nothing_free_nothing_offered(studio: Session, dana: Actor) -> None:
    fill(studio, dana)
    asked = wish(studio)
    assert waitlist.match(studio, SOON) == 0
    assert seen(studio, asked.id).status is WishStatus.WAITING


def test_time_that_becomes_free_is_kept_for_the_wish(studio: Session, dana: Actor) -> None:
    taken = fill(studio, dana)
    asked = wish(studio)
    free(studio, dana, taken)
    assert waitlist.match(studio, SOON) == 1
    offer = seen(studio, asked.id).offer
    assert offer is not None
    assert (offer.status, offer.start, offer.room_names) == (OfferStatus.OPEN, taken.start, ("Studio A",))
    kept = bookings.get_booking(studio, SYSTEM, offer.number)
    assert (kept.status, kept.source) == (BookingStatus.PENDING, BookingSource.WAITLIST)
    assert kept.deposit_due_at == offer.due_at == SOON + timedelta(hours=24)
    assert allocations(studio, kept)


def test_an_offer_ends_at_the_latest_when_the_session_begins(studio: Session, dana: Actor) -> None:
    fill(studio, dana)
    asked = wish(studio, last_day=FRIDAY + timedelta(days=1))
    now = at(FRIDAY, "23:00")
    assert waitlist.match(studio, now) == 1
    offer = seen(studio, asked.id).offer
    assert offer is not None
    assert offer.due_at == offer.start == at(FRIDAY + timedelta(days=1), "10:00")


def test_the_first_in_line_comes_first_and_the_next_one_waits(studio: Session, dana: Actor) -> None:
    taken = fill(studio, dana)
    first, second = wish(studio), wish(studio, client_id=another(studio, "Ada Moss"))
    free(studio, dana, taken)
    assert waitlist.match(studio, SOON) == 1
    assert [seen(studio, one.id).status for one in (first, second)] == [WishStatus.OFFERED, WishStatus.WAITING]


def test_who_wants_longer_than_is_free_is_passed_over(studio: Session, dana: Actor) -> None:
    taken = fill(studio, dana)
    long, short = wish(studio, minutes=240), wish(studio, client_id=another(studio, "Ada Moss"))
    free(studio, dana, taken)
    waitlist.match(studio, SOON)
    assert [seen(studio, one.id).status for one in (long, short)] == [WishStatus.WAITING, WishStatus.OFFERED]


@pytest.mark.parametrize(
    ("wanted", "start", "rooms"),
    [
        ({}, "10:00", ("Studio A",)),
        ({"room_ids": ()}, "10:00", ("Studio A",)),
        ({"room_ids": (A, B)}, "10:00", ("Studio A", "Studio B")),
        ({"not_before": time(13), "not_after": time(16)}, "13:00", ("Studio A",)),
        ({"not_before": time(22), "not_after": time(1)}, "22:00", ("Studio A",)),
        ({"engineer_id": NIA}, "12:00", ("Studio A",)),
        ({"engineer_id": LEO, "not_before": time(9), "not_after": time(12, 30)}, "10:00", ("Studio A",)),
    ],
    ids=["a room", "any room", "two rooms", "hours", "hours past midnight", "an engineer's hours", "an engineer"],
)
def test_what_is_offered_is_what_was_wished(studio: Session, wanted: dict[str, Any], start: str, rooms: Any) -> None:
    asked = wish(studio, **wanted)
    assert waitlist.match(studio, SOON) == 1
    offer = seen(studio, asked.id).offer
    assert offer is not None
    assert (offer.start, offer.room_names) == (at(FRIDAY, start), rooms)


def test_any_room_may_be_one_that_is_still_free(studio: Session, dana: Actor) -> None:
    fill(studio, dana)
    asked = wish(studio, room_ids=())
    waitlist.match(studio, SOON)
    offer = seen(studio, asked.id).offer
    assert offer is not None
    assert offer.room_names == ("Studio B",)


def test_a_service_with_an_engineer_finds_one_who_may_work_there(studio: Session, dana: Actor) -> None:
    service = studio.get_one(Service, 900)
    service.needs_engineer = True
    studio.add(service)
    studio.flush()
    book(studio, dana, start=at(FRIDAY, "10:00"), minutes=600, engineer_id=MAYA)
    asked = wish(studio, room_ids=(B,))
    waitlist.match(studio, SOON)
    offer = seen(studio, asked.id).offer
    assert offer is not None
    assert (offer.engineer_name, offer.start) == ("Nia", at(FRIDAY, "12:00"))


def test_what_begins_within_the_hour_is_not_offered(studio: Session) -> None:
    asked = wish(studio, first_day=MONDAY, last_day=MONDAY)
    waitlist.match(studio, at(MONDAY, "09:45"))
    offer = seen(studio, asked.id).offer
    assert offer is not None
    assert offer.start == at(MONDAY, "11:00")


def test_a_time_that_was_turned_down_is_not_offered_again(studio: Session, dana: Actor) -> None:
    taken = fill(studio, dana)
    asked = wish(studio)
    free(studio, dana, taken)
    waitlist.match(studio, SOON)
    waitlist.decline(studio, dana, asked.id, now=SOON)
    assert waitlist.match(studio, SOON) == 0
    assert seen(studio, asked.id).status is WishStatus.WAITING


def test_what_one_declines_the_next_is_offered(studio: Session, dana: Actor) -> None:
    taken = fill(studio, dana)
    first, second = wish(studio), wish(studio, client_id=another(studio, "Ada Moss"))
    free(studio, dana, taken)
    waitlist.match(studio, SOON)
    waitlist.decline(studio, dana, first.id, now=SOON)
    assert seen(studio, second.id).status is WishStatus.OFFERED
    assert mails(studio, "ada@example.com") == ["You are on the waitlist", "Your time is free: take it?"]


def test_the_client_is_written_to_with_a_link_and_no_mail_of_a_booking(studio: Session, dana: Actor) -> None:
    asked = public(studio)
    waitlist.match(studio, SOON)
    wrote = studio.exec(select(Delivery).where(Delivery.to == VISITOR.email)).all()
    assert [mail.subject for mail in wrote] == ["You are on the waitlist", "Your time is free: take it?"]
    assert all(f"/waitlist/{asked.token}" in mail.body for mail in wrote)


def test_a_closed_house_offers_nothing(studio: Session, dana: Actor) -> None:
    fill(studio, dana)
    close_others(studio)
    assert wish(studio, room_ids=()).status is WishStatus.WAITING
    assert waitlist.match(studio, SOON) == 0
