"""Half-filled wizards and their files: kept, found again, and nobody else's."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from sqlmodel import Session, select

from models.bookings import BookingDraft, Upload
from services import bookings
from services.core import clock
from services.core.access import Actor, anonymous
from services.core.config import settings
from services.core.errors import Invalid, NotFound
from tests import cast
from tests.bookings.orders import VISITOR, book
from tests.bookings.test_public import PUBLIC, book_online
from tests.bookings.test_rules import png

VERA = anonymous()
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 64


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "studio_data", tmp_path)


def on_disk() -> list[str]:
    return [one.name for one in (settings().studio_data / "uploads").iterdir()]


def test_a_draft_is_found_again_by_its_token(studio: Session) -> None:
    token = bookings.save_draft(studio, VERA, None, {"step": 2})
    assert bookings.save_draft(studio, VERA, token, {"step": 3}) == token
    assert bookings.load_draft(studio, VERA, token) == {"step": 3}


def test_a_draft_of_staff_is_theirs_alone(studio: Session, dana: Actor) -> None:
    token = bookings.save_draft(studio, dana, None, {"step": 2})
    for other in (VERA, cast.abel(studio)):
        assert bookings.load_draft(studio, other, token) is None
        assert bookings.save_draft(studio, other, token, {}) != token
    assert bookings.load_draft(studio, dana, token) == {"step": 2}


def test_a_discarded_draft_is_gone(studio: Session) -> None:
    token = bookings.save_draft(studio, VERA, None, {})
    bookings.discard_draft(studio, VERA, token)
    assert bookings.load_draft(studio, VERA, token) is None


def test_a_draft_without_end_is_refused(studio: Session) -> None:
    with pytest.raises(Invalid):
        bookings.save_draft(studio, VERA, None, {"notes": "x" * 70_000})


def test_the_files_of_a_draft_become_the_bookings(studio: Session, dana: Actor) -> None:
    token = bookings.save_draft(studio, VERA, None, {"client": VISITOR.name})
    bookings.attach_to_draft(studio, VERA, token, WAV, "../../rough mix.wav")
    booking = book_online(studio, draft_token=token)
    (file,) = bookings.booking_files(studio, dana, booking.number)
    assert (file.name, file.type, file.size) == ("rough mix.wav", "audio/x-wav", len(WAV))
    assert bookings.load_draft(studio, VERA, token) is None
    assert bookings.download(studio, dana, file.id).path.read_bytes() == WAV
    assert bookings.download_public(studio, VERA, booking.public_token, file.id).name == "rough mix.wav"


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "empty.wav"), (b"<html><script>", "song.wav"), (b"MZ\x90\x00" + b"x" * 64, "song.mp3"), (b"hello", "a.png")],
)
def test_the_content_decides_what_is_taken(studio: Session, dana: Actor, content: bytes, name: str) -> None:
    booking = book(studio, dana)
    with pytest.raises(Invalid) as refused:
        bookings.attach(studio, dana, booking.number, content, name)
    assert refused.value.field == "file"
    assert bookings.booking_files(studio, dana, booking.number) == ()


def test_a_file_has_a_largest_size(studio: Session, dana: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "upload_limit_mb", 1)
    with pytest.raises(Invalid):
        bookings.attach(studio, dana, book(studio, dana).number, WAV + b"x" * 1024 * 1024, "a.wav")


def test_a_booking_takes_so_many_files(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana)
    for number in range(20):
        bookings.attach(studio, dana, booking.number, png(), f"{number}.png")
    with pytest.raises(Invalid):
        bookings.attach(studio, dana, booking.number, png(), "one too many.png")


def test_a_file_removed_from_a_draft_is_gone_from_disk(studio: Session) -> None:
    token = bookings.save_draft(studio, VERA, None, {})
    file = bookings.attach_to_draft(studio, VERA, token, png(), "a.png")
    bookings.remove_from_draft(studio, VERA, token, file.id)
    assert bookings.draft_files(studio, VERA, token) == ()
    assert len(on_disk()) == 1
    studio.commit()
    assert on_disk() == []


def test_files_of_others_are_not_found(studio: Session, dana: Actor) -> None:
    mine, other = book_online(studio), book(studio, dana, start=PUBLIC.start.replace(hour=22))
    file = bookings.attach_public(studio, VERA, mine.public_token, png(), "a.png")
    with pytest.raises(NotFound):
        bookings.download_public(studio, VERA, other.public_token, file.id)
    with pytest.raises(NotFound):
        bookings.download(studio, cast.maya(studio), file.id)
    with pytest.raises(NotFound):
        bookings.download(studio, dana, 10**12)


def test_a_file_of_a_transaction_that_is_broken_off_is_not_on_disk(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana)
    studio.commit()
    bookings.attach(studio, dana, booking.number, png(), "a.png")
    studio.rollback()
    assert on_disk() == []


def test_a_file_is_not_removed_by_a_transaction_that_is_broken_off(studio: Session) -> None:
    token = bookings.save_draft(studio, VERA, None, {})
    file = bookings.attach_to_draft(studio, VERA, token, png(), "a.png")
    studio.commit()
    bookings.remove_from_draft(studio, VERA, token, file.id)
    studio.rollback()
    studio.commit()
    assert [one.id for one in bookings.draft_files(studio, VERA, token)] == [file.id]
    assert len(on_disk()) == 1


def test_the_end_of_a_savepoint_settles_nothing(studio: Session) -> None:
    token = bookings.save_draft(studio, VERA, None, {})
    file = bookings.attach_to_draft(studio, VERA, token, png(), "a.png")
    with studio.begin_nested() as inner:
        inner.rollback()
    assert len(on_disk()) == 1
    studio.commit()
    bookings.remove_from_draft(studio, VERA, token, file.id)
    with studio.begin_nested():
        pass
    assert len(on_disk()) == 1


def test_a_discarded_draft_takes_its_files_along(studio: Session) -> None:
    token = bookings.save_draft(studio, VERA, None, {})
    bookings.attach_to_draft(studio, VERA, token, png(), "a.png")
    bookings.discard_draft(studio, VERA, token)
    studio.commit()
    assert studio.exec(select(Upload)).all() == []
    assert on_disk() == []


THIRTY_DAYS = pytest.mark.parametrize(("later", "is_kept"), [(-1, True), (0, False), (1, False)])
"""At the instant before, at, and after."""


@contextmanager
def after_thirty_days(later: int) -> Iterator[None]:
    with time_machine.travel(clock.now() + timedelta(days=30, seconds=later), tick=False):
        yield


@THIRTY_DAYS
@pytest.mark.parametrize("by_staff", [False, True])
def test_a_draft_is_kept_for_thirty_days_whether_or_not_the_job_has_run(
    studio: Session, dana: Actor, later: int, is_kept: bool, by_staff: bool
) -> None:
    actor = dana if by_staff else VERA
    with time_machine.travel(clock.now(), tick=False):
        token = bookings.save_draft(studio, actor, None, {"client": VISITOR.name})
        bookings.attach_to_draft(studio, actor, token, png(), "a.png")
        with after_thirty_days(later):
            assert (bookings.load_draft(studio, actor, token) is not None) is is_kept
            with nullcontext() if is_kept else pytest.raises(Invalid):
                assert len(bookings.draft_files(studio, actor, token)) == 1
            with nullcontext() if is_kept else pytest.raises(Invalid):
                bookings.attach_to_draft(studio, actor, token, png(), "b.png")
            assert (bookings.save_draft(studio, actor, token, {}) == token) is is_kept


@THIRTY_DAYS
def test_a_booking_takes_over_the_files_of_a_draft_that_is_kept(
    studio: Session, dana: Actor, later: int, is_kept: bool
) -> None:
    with time_machine.travel(clock.now(), tick=False):
        token = bookings.save_draft(studio, dana, None, {})
        bookings.attach_to_draft(studio, dana, token, png(), "a.png")
        with after_thirty_days(later):
            made = book(studio, dana, draft_token=token)
            assert bool(bookings.booking_files(studio, dana, made.number)) is is_kept


@THIRTY_DAYS
def test_a_draft_that_is_over_is_forgotten_with_its_files(studio: Session, later: int, is_kept: bool) -> None:
    with time_machine.travel(clock.now(), tick=False):
        token = bookings.save_draft(studio, VERA, None, {"client": VISITOR.name})
        bookings.attach_to_draft(studio, VERA, token, png(), "a.png")
        later_on = clock.now() + timedelta(days=30, seconds=later)
    with time_machine.travel(later_on, tick=False):
        bookings.forget_abandoned(studio)
    studio.commit()
    for table in (BookingDraft, Upload):
        assert bool(studio.exec(select(table)).all()) is is_kept
    assert bool(on_disk()) is is_kept


@pytest.mark.parametrize(("hours", "is_kept"), [(23, True), (25, False)])
def test_a_file_that_no_row_names_is_gone_after_a_day(studio: Session, dana: Actor, hours: int, is_kept: bool) -> None:
    bookings.attach(studio, dana, book(studio, dana).number, png(), "a.png")
    (named,) = on_disk()
    now = clock.now()
    nobodys = settings().studio_data / "uploads" / "nobodys"
    nobodys.write_bytes(b"of a process that was killed")
    for file in nobodys.parent.iterdir():  # the kernel's clock is its own, whatever the day of the run
        os.utime(file, (now.timestamp(), now.timestamp()))
    bookings.tidy_files(studio, now + timedelta(hours=hours))
    studio.commit()
    assert sorted(on_disk()) == sorted([named, "nobodys"] if is_kept else [named])
