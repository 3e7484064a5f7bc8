import json
from dataclasses import asdict
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.audit import AuditLog
from models.bookings import Booking, BookingAuthorization, BookingDraft, BookingLine, Upload
from models.feeds import Feed
from models.idempotency import AnsweredRequest
from models.outbox import Delivery, DeliveryStatus, DeliveryType
from models.payments import Payment
from services import clients
from services.clients import ClientAnonymised, ClientChange, NewAddress, NewArtist, NewClient
from services.core import db, files, outbox
from services.core.access import SYSTEM, Actor
from services.core.config import settings
from services.core.errors import NotFound
from tests.clients import orders as sold

PERSONAL = ("nova", "reyes", "2125550142", "low tide", "elm street", "the lows", "vegan", "lights low", "198.51.100.4")


@pytest.fixture
def nova(session: Session) -> int:
    """A client with everything a client can have."""
    new = NewClient("Nova Reyes", "nova@reyes.fm", "+12125550142", "Low Tide", "Second album", 150_000, "Vegan")
    client_id = clients.create_client(session, SYSTEM, new).id
    clients.add_artist(
        session, SYSTEM, client_id, NewArtist("The Lows", history="Nova's band", attributes={"of": "Nova"})
    )
    clients.add_address(session, SYSTEM, client_id, NewAddress("12 Elm Street", "Brooklyn"))
    booking = sold.booking(session, client_id)
    outbox.queue(session, DeliveryType.BOOKING_CONFIRMED, "nova@reyes.fm", "Confirmed", "Dear Nova", booking.id)
    outbox.queue(session, DeliveryType.BOOKING_CREATED, "dana@platinum.studio", "New", "Nova Reyes booked", booking.id)
    session.flush()
    return client_id


def _everything_kept(session: Session) -> str:
    rows: list[object] = []
    for table in (Booking, BookingAuthorization, BookingLine, Payment, Delivery):
        rows += [row.model_dump() for row in session.exec(select(table))]
    return str(rows).lower()


def test_the_export_holds_everything_and_is_json(session: Session, nova: int) -> None:
    kept = clients.export_client(session, SYSTEM, nova)
    text = json.dumps(kept).lower()
    assert [word for word in PERSONAL if word not in text] == []
    assert (kept["lines"][0]["amount_cents"], kept["payments"][0]["amount_cents"]) == (20_000, 5_000)
    assert kept["authorizations"][0]["signature_base64"] == "iVBORyBzaWduYXR1cmU="
    assert [mail["to"] for mail in kept["mails"]] == ["nova@reyes.fm"]
    assert "public_token" not in text


def test_the_export_holds_nobody_elses_data(session: Session, nova: int) -> None:
    kit = clients.create_client(session, SYSTEM, NewClient("Kit", "kit@kit.fm")).id
    sold.booking(session, kit)
    kept = clients.export_client(session, SYSTEM, nova)
    assert "kit" not in json.dumps(kept).lower()
    assert len(kept["bookings"]) == len(kept["payments"]) == 1
    assert clients.export_client(session, SYSTEM, kit)["mails"] == []


def test_an_anonymised_client_leaves_money_and_nothing_personal(session: Session, nova: int) -> None:
    clients.anonymise_client(session, SYSTEM, nova)
    session.expire_all()
    view = clients.get_client(session, SYSTEM, nova)
    text = (str(view) + _everything_kept(session)).lower()
    assert [word for word in PERSONAL if word in text] == []
    assert view.addresses == ()
    assert session.exec(select(BookingLine.amount_cents)).one() == 20_000
    assert session.exec(select(Payment.amount_cents)).one() == 5_000


def test_the_audit_stays_and_does_not_repeat_what_was_taken_out(session: Session, nova: int) -> None:
    before = session.exec(select(AuditLog)).all()
    clients.anonymise_client(session, SYSTEM, nova)
    rows = session.exec(select(AuditLog)).all()
    (added,) = [row for row in rows if row not in before]
    assert (added.action, added.changes) == ("client_anonymised", {"before": {}, "after": {}})


def test_mail_that_waits_is_never_sent(session: Session, nova: int) -> None:
    clients.anonymise_client(session, SYSTEM, nova)
    session.expire_all()
    assert set(session.exec(select(Delivery.status))) == {DeliveryStatus.UNSUBSCRIBED}


def test_a_half_filled_wizard_of_the_client_goes_and_others_stay(session: Session, nova: int) -> None:
    for token, email in (("hers", "Nova@reyes.fm"), ("another", "supernova@reyes.fm")):
        session.add(BookingDraft(token=token, data={"client": {"email": email}}))
    session.flush()
    clients.anonymise_client(session, SYSTEM, nova)
    assert session.exec(select(BookingDraft.token)).all() == ["another"]


def test_what_still_reaches_or_answers_for_the_client_goes_too(session: Session, nova: int) -> None:
    session.add(Feed(token_hash=b"x", label="Nova's phone", client_id=nova))
    session.add(BookingDraft(token="chosen", data={"client_id": nova}))
    for key, answer in ((b"1", {"booking": {"client": {"id": nova}}}), (b"2", {"booking": {"client": {"id": -1}}})):
        session.add(AnsweredRequest(fingerprint=key, request=b"", answer=answer))
    outbox.queue(session, DeliveryType.WAITLIST_OFFER, "dana@platinum.studio", "A wish", "Write to Nova@reyes.fm")
    session.flush()
    clients.anonymise_client(session, SYSTEM, nova)
    session.expire_all()
    link = session.exec(select(Feed)).one()
    assert (link.label, link.revoked_at is not None) == ("", True)
    assert session.exec(select(BookingDraft.token)).all() == []
    assert session.exec(select(AnsweredRequest.fingerprint)).all() == [b"2"]
    assert {mail.body for mail in session.exec(select(Delivery))} == {""}


def forget_and_break_off(session: Session, actor: Actor, client_id: int) -> None:
    clients.anonymise_client(session, actor, client_id)
    raise RuntimeError


def test_a_client_s_files_go_from_the_disk_once_that_is_certain(
    database: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "studio_data", tmp_path)
    nova = db.run(clients.create_client, SYSTEM, NewClient("Nova Reyes", "nova@reyes.fm")).id
    with db.transaction() as session:
        stored = files.keep(session, b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 64, "nova.wav")
        session.add(Upload(client_id=nova, **asdict(stored)))
    with pytest.raises(RuntimeError):
        db.run(forget_and_break_off, SYSTEM, nova)
    assert files.path_of(stored.name_on_disk)
    db.run(clients.anonymise_client, SYSTEM, nova)
    with pytest.raises(NotFound):
        files.path_of(stored.name_on_disk)


def test_the_contact_is_free_again_and_the_client_stays_as_it_is(session: Session, nova: int) -> None:
    clients.anonymise_client(session, SYSTEM, nova)
    assert clients.ensure_client(session, SYSTEM, NewClient("Nova", "nova@reyes.fm")) != nova
    with pytest.raises(ClientAnonymised):
        clients.update_client(session, SYSTEM, nova, ClientChange("Nova"))
    with pytest.raises(ClientAnonymised):
        clients.anonymise_client(session, SYSTEM, nova)
