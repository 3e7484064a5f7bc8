from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from models.audit import AuditLog
from models.bookings import BookingStatus
from models.clients import ClientSource, ClientStatus
from services import clients
from services.clients import ClientChange, ClientExists, NewArtist, NewClient, NoSuchClient, OpenBookings
from services.core.access import SYSTEM
from services.core.errors import Invalid
from services.core.paging import PageRequest
from tests import cast
from tests.clients import orders as sold

NOVA = NewClient("Nova Reyes", "nova@reyes.fm", "+12125550142", label="Low Tide", budget_cents=150_000, notes="Vegan")


def _names(rows: tuple[clients.ClientRow, ...]) -> list[str]:
    return [row.name for row in rows]


def test_a_client_is_stored_as_given_and_audited(session: Session) -> None:
    abel = cast.abel(session)
    nova = clients.create_client(session, abel, NOVA)
    assert clients.get_client(session, abel, nova.id) == nova
    assert (nova.label, nova.budget_cents, nova.source, nova.status) == ("Low Tide", 150_000, "STAFF", "ACTIVE")
    row = session.exec(select(AuditLog).where(AuditLog.action == "client_created")).one()
    assert (row.actor_id, row.entity_id, row.changes["after"]["email"]) == (abel.user_id, nova.id, "nova@reyes.fm")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"email": "nova"}, "email"),
        ({"phone": "12"}, "phone"),
        ({"label": "x" * 201}, "label"),
        ({"notes": "x" * 10_001}, "notes"),
        ({"budget_cents": -1}, "budget_cents"),
        ({"budget_cents": 10**12}, "budget_cents"),
        ({"source": "MARS"}, "source"),
    ],
)
def test_each_wrong_field_is_named(session: Session, change: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clients.create_client(session, SYSTEM, replace(NOVA, **change))  # type: ignore[arg-type]
    assert refusal.value.field == field


def test_a_change_audits_only_what_differs(session: Session) -> None:
    nova = clients.create_client(session, SYSTEM, NOVA)
    change = ClientChange(NOVA.name, NOVA.email, NOVA.phone, "High Tide", budget_cents=150_000, notes="Vegan")
    clients.update_client(session, SYSTEM, nova.id, change)
    clients.update_client(session, SYSTEM, nova.id, change)
    row = session.exec(select(AuditLog).where(AuditLog.action == "client_updated")).one()
    assert row.changes == {"before": {"label": "Low Tide"}, "after": {"label": "High Tide"}}


@pytest.mark.parametrize("client_id", [0, -1, 999_999, 2**31, 2**70])
def test_an_unknown_client_is_not_found(session: Session, client_id: int) -> None:
    with pytest.raises(NoSuchClient):
        clients.get_client(session, SYSTEM, client_id)


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("nova", ["Nova Reyes"]),
        ("REYES.fm", ["Nova Reyes"]),
        ("555-0142", ["Nova Reyes"]),
        ("(212) 555", ["Nova Reyes"]),
        ("0212 555 0142", ["Nova Reyes"]),
        ("lows", ["Nova Reyes"]),
        ("re", ["Remy Cole", "100% Pure", "Nova Reyes"]),
        ("100%", ["100% Pure"]),
        ("%", ["100% Pure"]),
        ("_", []),
        ("zzz", []),
        ("  ", []),
        ("\x00", []),
        ("'; drop table client", []),
    ],
)
def test_search_finds_names_contacts_and_artists(session: Session, q: str, found: list[str]) -> None:
    nova = clients.create_client(session, SYSTEM, NOVA)
    clients.add_artist(session, SYSTEM, nova.id, NewArtist("The Lows"))
    clients.create_client(session, SYSTEM, NewClient("Remy Cole"))
    clients.create_client(session, SYSTEM, NewClient("100% Pure"))
    assert _names(clients.search_clients(session, cast.abel(session), q)) == found


def test_an_engineer_finds_clients_by_name_but_sees_no_contact_and_no_money(session: Session) -> None:
    maya = cast.maya(session)
    nova = clients.create_client(session, SYSTEM, NOVA)
    (row,) = clients.search_clients(session, maya, "nova")
    assert (row.email, row.phone) == (None, None)
    assert clients.search_clients(session, maya, "555-0142") == ()
    seen = clients.get_client(session, maya, nova.id)
    assert (seen.email, seen.phone, seen.budget_cents, seen.notes) == (None, None, None, "")


def test_a_row_counts_artists_and_sessions(session: Session) -> None:
    nova = clients.create_client(session, SYSTEM, NOVA)
    clients.add_artist(session, SYSTEM, nova.id, NewArtist("The Lows"))
    for status in (BookingStatus.CONFIRMED, BookingStatus.COMPLETED, BookingStatus.CANCELLED, BookingStatus.HOLD):
        sold.booking(session, nova.id, status)
    (row,) = clients.search_clients(session, SYSTEM, "nova")
    assert (row.artist_count, row.session_count, row.last_session_on) == (1, 2, sold.START.date())


def test_a_list_pages_sorts_and_filters(session: Session) -> None:
    for name in ("Ada", "bea", "Cleo"):
        clients.create_client(session, SYSTEM, NewClient(name))
    clients.create_client(session, SYSTEM, NewClient("Dev", source=ClientSource.REFERRAL))
    page = clients.list_clients(session, SYSTEM, PageRequest(page=2, page_size=3))
    assert (_names(page.data), page.total) == (["Dev"], 4)
    backwards = clients.list_clients(session, SYSTEM, PageRequest(sort="-name"))
    assert _names(backwards.data) == ["Dev", "Cleo", "bea", "Ada"]
    referred = clients.list_clients(session, SYSTEM, PageRequest(), source=ClientSource.REFERRAL)
    assert _names(referred.data) == ["Dev"]
    assert clients.list_clients(session, SYSTEM, PageRequest(), status=ClientStatus.INACTIVE).total == 0
    with pytest.raises(Invalid, match="sorts by"):
        clients.list_clients(session, SYSTEM, PageRequest(sort="password"))


def test_a_deleted_client_is_hidden_and_comes_back(session: Session) -> None:
    nova = clients.create_client(session, SYSTEM, NOVA)
    clients.delete_client(session, SYSTEM, nova.id)
    with pytest.raises(NoSuchClient):
        clients.get_client(session, SYSTEM, nova.id)
    assert clients.search_clients(session, SYSTEM, "nova") == ()
    assert _names(clients.list_clients(session, SYSTEM, PageRequest(), deleted=True).data) == ["Nova Reyes"]
    assert clients.restore_client(session, SYSTEM, nova.id) == nova
    actions = session.exec(select(AuditLog.action).order_by(col(AuditLog.id))).all()
    assert actions == ["client_created", "client_deleted", "client_restored"]


def test_a_client_whose_contact_is_taken_by_now_stays_deleted(session: Session) -> None:
    nova = clients.create_client(session, SYSTEM, NOVA)
    clients.delete_client(session, SYSTEM, nova.id)
    clients.create_client(session, SYSTEM, replace(NOVA, name="Nova again"))
    with pytest.raises(ClientExists, match="Nova again"):
        clients.restore_client(session, SYSTEM, nova.id)


@pytest.mark.parametrize("status", list(BookingStatus))
def test_only_sessions_to_come_keep_a_client_from_being_deleted(session: Session, status: BookingStatus) -> None:
    nova = clients.create_client(session, SYSTEM, NOVA)
    booking = sold.booking(session, nova.id, status)
    if status.is_open:
        with pytest.raises(OpenBookings, match=booking.number):
            clients.delete_client(session, SYSTEM, nova.id)
    else:
        clients.delete_client(session, SYSTEM, nova.id)
