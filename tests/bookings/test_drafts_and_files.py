"""Half-filled wizards and their files: kept, found again, and nobody else's."""

from pathlib import Path

import pytest
from sqlmodel import Session

from services import bookings
from services.access import Actor, anonymous
from services.config import settings
from services.errors import Invalid, NotFound
from tests import cast
from tests.bookings.sold import VISITOR, book
from tests.bookings.test_public import PUBLIC, book_online
from tests.bookings.test_rules import png

VERA = anonymous()
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 64


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings(), "studio_data", tmp_path)


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
    assert not list((settings().studio_data / "uploads").iterdir())


def test_files_of_others_are_not_found(studio: Session, dana: Actor) -> None:
    mine, other = book_online(studio), book(studio, dana, start=PUBLIC.start.replace(hour=22))
    file = bookings.attach_public(studio, VERA, mine.public_token, png(), "a.png")
    with pytest.raises(NotFound):
        bookings.download_public(studio, VERA, other.public_token, file.id)
    with pytest.raises(NotFound):
        bookings.download(studio, cast.maya(studio), file.id)
    with pytest.raises(NotFound):
        bookings.download(studio, dana, 10**12)
