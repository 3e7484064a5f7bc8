"""Artist, notes and referral put right later; and two who save at once."""

import pytest
from sqlmodel import Session

from services import bookings
from services.bookings import BookingDetails, Referral, ReferralType, VersionChanged
from services.core.access import Actor
from services.core.errors import Invalid
from tests.bookings.orders import CASH, TICKED, book
from tests.scheduling.studio import NOW


def test_what_is_given_counts_and_what_is_left_out_stays(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, artist="Nova", notes="Bring the piano")
    manager = Referral(ReferralType.MANAGER, "Jo")
    after = bookings.update_details(studio, dana, booking.number, BookingDetails(artist="Luna", referral=manager))
    assert (after.artist and after.artist.name, after.notes, after.referral) == ("Luna", "Bring the piano", manager)
    assert (after.version, after.total_cents) == (booking.version + 1, booking.total_cents)


def test_empty_takes_off(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, artist="Nova", notes="Quiet", referral=Referral(ReferralType.MANAGER, "Jo"))
    nothing = BookingDetails(artist="", notes="", without_referral=True)
    after = bookings.update_details(studio, dana, booking.number, nothing)
    assert (after.artist, after.notes, after.referral) == (None, "", None)


def test_nothing_new_is_no_event(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, artist="Nova", notes="Quiet")
    same = BookingDetails(artist="Nova", notes="Quiet ")
    assert bookings.update_details(studio, dana, booking.number, same).version == booking.version
    assert [entry.action for entry in bookings.history(studio, dana, booking.number)] == ["booking_created"]


def test_the_audit_holds_what_it_was(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, notes="Quiet")
    bookings.update_details(studio, dana, booking.number, BookingDetails(notes="Loud"))
    entry = bookings.history(studio, dana, booking.number)[0]
    assert (entry.action, entry.before, entry.after) == (
        "booking_details_changed",
        {"notes": "Quiet"},
        {"notes": "Loud"},
    )


@pytest.mark.parametrize(
    ("details", "field"),
    [
        (BookingDetails(notes="x" * 4001), "notes"),
        (BookingDetails(artist="x" * 201), "artist"),
        (BookingDetails(referral=Referral(ReferralType.EXTERNAL, " ")), "referral.name"),
        (BookingDetails(referral=Referral(ReferralType.EXTERNAL, "Jo"), without_referral=True), "referral"),
    ],
)
def test_too_much_is_refused_at_its_field(studio: Session, dana: Actor, details: BookingDetails, field: str) -> None:
    booking = book(studio, dana)
    with pytest.raises(Invalid) as refused:
        bookings.update_details(studio, dana, booking.number, details)
    assert refused.value.field == field


def test_the_second_to_save_is_told_what_the_first_has_done(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, authorization=TICKED)
    bookings.update_details(studio, dana, booking.number, BookingDetails(notes="Loud"), booking.version)
    bookings.record_payment(studio, dana, booking.number, CASH, now=NOW)
    with pytest.raises(VersionChanged) as refused:
        bookings.update_details(studio, dana, booking.number, BookingDetails(notes="Quiet"), booking.version)
    assert refused.value.code == "version_conflict"
    assert refused.value.details["version"] == booking.version + 2
    changes = refused.value.details["changes"]
    assert isinstance(changes, list)
    assert [(change["who"], change["what"]) for change in changes] == [
        (dana.name, "booking details changed"),
        (dana.name, "payment added"),
    ]
    assert bookings.get_booking(studio, dana, booking.number).notes == "Loud"
