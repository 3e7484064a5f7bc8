"""Booking: one transaction for time, lines, snapshots, authorization, payments, audit and mails, or nothing."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from models.bookings import BookingStatus, ReferralType
from models.catalog import RoomEngineer, Service
from models.studio import StudioInfo
from services import bookings
from services.bookings import MicChoice, PriceChanged, Referral
from services.clients import NewClient
from services.core.access import Actor
from services.core.errors import Conflict, DomainError, Invalid, NotAllowed
from services.payments import Overpayment
from services.pricing import Discount, RateOverride
from services.scheduling import CapacityTaken, SlotTaken
from tests import cast
from tests.bookings.orders import CASH, ONLINE, ORDER, PRICE, TICKED, allocations, book, count
from tests.scheduling.studio import FRIDAY, MAYA, NIA, NOW, U87, U87_UNITS, A, B, C, at


def test_it_holds_every_resource_for_the_session_and_its_buffer(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, room_ids=(B, A), engineer_id=MAYA, mics=(MicChoice(U87),))
    span = '["2026-11-20 17:00:00+00","2026-11-20 19:15:00+00")'
    assert allocations(studio, booking) == [(A, span), (B, span), (MAYA, span), (U87_UNITS[0], span)]
    assert (booking.start, booking.end) == (at(FRIDAY, "12:00"), at(FRIDAY, "14:00"))
    assert [room.id for room in booking.rooms] == [B, A]
    assert [(mic.name, mic.unit) for mic in booking.mics] == [("U87", "U87")]


def test_the_price_stored_is_the_price_quoted(studio: Session, dana: Actor) -> None:
    quoted = bookings.quote(studio, dana, ORDER)
    booking = book(studio, dana)
    assert [line.amount_cents for line in booking.lines] == [line.amount_cents for line in quoted.lines]
    assert booking.total_cents == quoted.total_cents == PRICE
    assert (booking.paid_cents, booking.balance_cents, booking.deposit_cents) == (0, PRICE, PRICE // 2)


def test_everything_comes_with_it_at_once(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, artist="Nova", authorization=TICKED, payments=(CASH, CASH), notes=" bring tea ")
    assert booking.artist is not None
    assert booking.artist.name == "Nova"
    assert booking.authorization is not None
    assert (booking.paid_cents, booking.balance_cents) == (100_00, PRICE - 100_00)
    assert booking.notes == "bring tea"
    assert [entry.action for entry in bookings.history(studio, dana, booking.number)] == [
        "payment_added",
        "payment_added",
        "booking_authorized",
        "booking_created",
    ]


def test_later_changes_of_the_catalog_do_not_touch_it(studio: Session, dana: Actor) -> None:
    studio.get_one(StudioInfo, 1).terms = "Be kind."
    booking = book(studio, dana)
    studio.get_one(StudioInfo, 1).terms = "Be quiet."
    studio.get_one(StudioInfo, 1).cancel_fee_pct = 100
    studio.get_one(Service, 900).name = "Tracking"
    studio.get_one(Service, 900).price_cents = 1
    again = bookings.get_booking(studio, dana, booking.number)
    assert (again.terms, again.service_name, again.total_cents) == ("Be kind.", "Recording", PRICE)
    assert again.policy["cancel_fee_pct"] == 50


def test_a_referral_is_kept(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, referral=Referral(ReferralType.EXTERNAL, "Sable Mgmt"))
    assert booking.referral == Referral(ReferralType.EXTERNAL, "Sable Mgmt")


def test_a_new_client_is_made_with_the_booking(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, client_id=None, client=NewClient("Atlantic", "booking@atlantic.example"))
    assert booking.client.name == "Atlantic"


def test_managers_and_the_client_are_written_to(studio: Session, dana: Actor) -> None:
    cast.ivo(studio)
    booking = book(studio, dana, client_id=None, client=NewClient("Atlantic", "booking@atlantic.example"))
    found = studio.execute(
        text('select "to", type from delivery where booking_id = :id order by id'), {"id": booking.id}
    )
    assert [tuple(row) for row in found] == [
        (dana.email, "BOOKING_CREATED"),
        ("ivo.brandt@platinum.studio", "BOOKING_CREATED"),
        ("booking@atlantic.example", "BOOKING_CREATED"),
    ]


def test_a_taken_slot_says_what_is_in_the_way_and_what_would_work(studio: Session, dana: Actor) -> None:
    first = book(studio, dana)
    with pytest.raises(SlotTaken) as refused:
        book(studio, dana, start=at(FRIDAY, "13:00"))
    assert first.number in refused.value.message
    assert refused.value.answer.alternatives
    for alternative in refused.value.answer.alternatives:
        with studio.begin_nested() as attempt:
            book(studio, dana, start=alternative.start, room_ids=alternative.room_ids)
            attempt.rollback()


@pytest.mark.parametrize(
    ("case", "changes"),
    [
        ("the room is taken", {"start": at(FRIDAY, "13:00")}),
        ("one of two rooms is taken", {"room_ids": (B, A)}),
        ("the artist and payments come too late", {"artist": "Nova", "authorization": TICKED, "payments": (CASH,)}),
        ("a new client comes too late", {"client_id": None, "client": NewClient("Late", "late@example.com")}),
    ],
)
def test_nothing_is_half_stored(studio: Session, dana: Actor, case: str, changes: dict[str, Any]) -> None:
    book(studio, dana)
    tables = ("booking", "booking_line", "allocation", "payment", "client", "artist", "audit_log", "delivery")
    before = [count(studio, table) for table in tables]
    with pytest.raises(SlotTaken), studio.begin_nested():
        book(studio, dana, **changes)
    assert [count(studio, table) for table in tables] == before


def test_sessions_may_touch_once_the_buffer_is_over(studio: Session, dana: Actor) -> None:
    book(studio, dana)
    book(studio, dana, start=at(FRIDAY, "14:15"))
    with pytest.raises(SlotTaken):
        book(studio, dana, start=at(FRIDAY, "10:00"))


def test_a_hold_blocks_nobody_until_it_is_confirmed(studio: Session, dana: Actor) -> None:
    hold = book(studio, dana, status=BookingStatus.HOLD, mics=(MicChoice(U87, 2),))
    assert allocations(studio, hold) == []
    bookings.confirm(studio, dana, hold.number, now=NOW)
    assert [resource for resource, _ in allocations(studio, hold)] == [A, *U87_UNITS]


def test_a_hold_whose_time_is_gone_cannot_be_confirmed(studio: Session, dana: Actor) -> None:
    hold = book(studio, dana, status=BookingStatus.HOLD)
    book(studio, dana)
    with pytest.raises(SlotTaken):
        bookings.confirm(studio, dana, hold.number, now=NOW)


def test_online_work_takes_minutes_of_its_period(studio: Session, dana: Actor) -> None:
    booking = bookings.create(studio, dana, ONLINE, now=NOW)
    assert (booking.period, booking.start, booking.end) == ("Morning", at(FRIDAY, "10:00"), at(FRIDAY, "14:00"))
    assert [line.description for line in booking.lines] == ["Online Mixing"]
    bookings.create(studio, dana, ONLINE, now=NOW)
    with pytest.raises(CapacityTaken):
        bookings.create(studio, dana, ONLINE, now=NOW)
    bookings.create(studio, dana, replace(ONLINE, period="evening"), now=NOW)


def test_the_same_key_twice_is_one_booking(studio: Session, dana: Actor) -> None:
    first = book(studio, dana, idempotency_key="one")
    again = book(studio, dana, idempotency_key="one")
    assert (again.number, count(studio, "booking")) == (first.number, 1)
    with pytest.raises(SlotTaken):
        book(studio, cast.abel(studio), idempotency_key="one")


def test_a_price_that_changed_meanwhile_is_asked_about(studio: Session, dana: Actor) -> None:
    with pytest.raises(PriceChanged) as refused:
        book(studio, dana, expected_total_cents=PRICE - 1)
    assert refused.value.details == {"total_cents": PRICE}
    assert book(studio, dana, expected_total_cents=PRICE).total_cents == PRICE


def test_a_naive_start_is_the_studios_wall_clock(studio: Session, dana: Actor) -> None:
    assert book(studio, dana, start=datetime.fromisoformat("2026-11-20T20:00")).start == at(FRIDAY, "20:00")


def test_it_counts_on_the_local_day_it_starts(studio: Session, dana: Actor) -> None:
    late = book(studio, dana, start=at(FRIDAY, "23:30"))
    assert late.business_date == date(2026, 11, 20)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("service", {"service": "SURGERY"}),
        ("mode", {"service": "MIX"}),
        ("rooms", {"room_ids": ()}),
        ("rooms", {"room_ids": (A, A)}),
        ("rooms", {"room_ids": (A, 999_999_999_999)}),
        ("engineer_id", {"engineer_id": A}),
        ("mics", {"mics": (MicChoice(99),)}),
        ("mics", {"mics": (MicChoice(U87, 0),)}),
        ("minutes", {"minutes": -5}),
        ("minutes", {"minutes": 60 * 24 * 400}),
        ("notes", {"notes": "x" * 5_000}),
        ("artist", {"artist": "x" * 300}),
        ("referral.name", {"referral": Referral(ReferralType.MANAGER, " ")}),
        ("client", {"client_id": None}),
        ("status", {"status": BookingStatus.COMPLETED}),
        ("start", {"start": datetime.fromisoformat("2027-03-14T02:30")}),
        ("discount.reason", {"discount": Discount(" ", percent=Decimal(10))}),
        ("rate_overrides", {"rate_overrides": (RateOverride(C, 1, "x"),)}),
        ("rate_overrides", {"rate_overrides": (RateOverride(A, -1, "x"),)}),
    ],
)
def test_bad_input_is_refused_by_its_field(studio: Session, dana: Actor, field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(DomainError) as refused:
        book(studio, dana, **changes)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "period",
    ["", "Midnight"],
)
def test_a_part_of_the_day_that_is_not_there_is_refused(studio: Session, dana: Actor, period: str) -> None:
    with pytest.raises(Invalid) as refused:
        bookings.create(studio, dana, replace(ONLINE, period=period), now=NOW)
    assert refused.value.field == "period"


def test_only_engineers_of_every_room_may_be_chosen(studio: Session, dana: Actor) -> None:
    with pytest.raises(SlotTaken) as refused:
        book(studio, dana, room_ids=(A, C), engineer_id=MAYA)
    assert [reason.code for reason in refused.value.answer.reasons] == ["not_qualified"]
    assert book(studio, dana, room_ids=(A, C), engineer_id=NIA).engineer is not None


def test_a_service_that_needs_an_engineer_is_not_sold_without_one(studio: Session, dana: Actor) -> None:
    studio.get_one(Service, 900).needs_engineer = True
    with pytest.raises(Invalid) as refused:
        book(studio, dana)
    assert refused.value.field == "engineer_id"


def test_an_engineers_discount_stays_within_their_limit(studio: Session) -> None:
    maya = cast.maya(studio)
    with pytest.raises(NotAllowed):
        book(studio, maya, discount=Discount("friend", percent=Decimal("10.01")))
    with pytest.raises(NotAllowed):
        book(studio, maya, discount=Discount("friend", amount_cents=28_01))
    book(studio, maya, discount=Discount("friend", amount_cents=28_00))


def test_a_rate_by_hand_needs_the_permission(studio: Session, dana: Actor) -> None:
    by_hand = (RateOverride(A, 50_00, "opening week"),)
    with pytest.raises(NotAllowed):
        book(studio, cast.maya(studio), rate_overrides=by_hand)
    booking = book(studio, dana, rate_overrides=by_hand)
    assert booking.lines[0].description == "Studio A, 2 h × $50.00 (rate changed: opening week)"


def test_an_engineers_rate_by_hand_is_for_administrators(studio: Session, dana: Actor) -> None:
    by_hand = (RateOverride(MAYA, 50_00, "night"),)
    with pytest.raises(NotAllowed):
        book(studio, dana, engineer_id=MAYA, rate_overrides=by_hand)
    assert book(studio, cast.ivo(studio), engineer_id=MAYA, rate_overrides=by_hand).total_cents == PRICE + 100_00


@pytest.mark.parametrize("hire", [cast.femi, cast.ines, cast.pia])
def test_who_may_not_book_is_refused(studio: Session, hire: Any) -> None:
    with pytest.raises(NotAllowed):
        book(studio, hire(studio))


def test_an_engineer_sees_no_money_of_what_they_booked(studio: Session) -> None:
    booking = book(studio, cast.maya(studio))
    assert (booking.lines, booking.total_cents, booking.deposit_cents) == ((), None, None)
    assert (booking.client.email, booking.public_token) == (None, "")


def test_a_payment_without_a_signature_stores_nothing(studio: Session, dana: Actor) -> None:
    with pytest.raises(Conflict) as refused, studio.begin_nested():
        book(studio, dana, payments=(CASH,))
    assert refused.value.code == "authorization_required"
    assert count(studio, "booking") == 0


def test_every_payment_of_a_new_booking_says_what_is_to_be_mended(studio: Session, dana: Actor) -> None:
    splits = (CASH, replace(CASH, amount_cents=0, reference="x" * 201), replace(CASH, paid_on=date(2099, 1, 1)))
    with pytest.raises(Invalid) as refused:
        book(studio, dana, authorization=TICKED, payments=splits, notes="x" * 4_001)
    fields = {one.field for one in (refused.value, *refused.value.others)}
    assert fields == {"notes", "payments.1.amount_cents", "payments.1.reference", "payments.2.paid_on"}


def test_the_split_that_is_too_much_is_named(studio: Session, dana: Actor) -> None:
    with pytest.raises(Overpayment) as refused, studio.begin_nested():
        book(studio, dana, authorization=TICKED, payments=(CASH, replace(CASH, amount_cents=10**7)))
    assert refused.value.field == "payments.1.amount_cents"


def test_a_room_without_qualified_engineers_still_works_without_one(studio: Session, dana: Actor) -> None:
    for pair in studio.exec(select(RoomEngineer)):
        studio.delete(pair)
    assert book(studio, dana).engineer is None
