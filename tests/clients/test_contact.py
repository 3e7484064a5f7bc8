from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, func, select

from models.catalog import Engineer as EngineerTable
from models.catalog import Resource, ResourceKind
from models.clients import Artist, Client
from services import clients, identity
from services.clients import ClientChange, ClientExists, ContactOfStaff, NewClient
from services.core import db
from services.core.access import SYSTEM, Role, anonymous
from services.core.errors import Invalid
from services.core.fields import parse_email, parse_phone
from services.identity import NewUser
from tests import cast

NOVA = NewClient("Nova Reyes", "nova@reyes.fm", "+12125550142")


@pytest.mark.parametrize(
    "typed", ["(212) 555-0142", "212.555.0142", "+1 212 555 0142", "+12125550142", " 1-212-555-0142 "]
)
def test_a_phone_is_stored_once_however_it_is_written(typed: str) -> None:
    assert parse_phone(typed, "US") == "+12125550142"


@pytest.mark.parametrize(("typed", "region"), [("030 901820", "DE"), ("+49 30 901820", "US"), ("0049 30 901820", "DE")])
def test_the_region_reads_national_numbers(typed: str, region: str) -> None:
    assert parse_phone(typed, region) == "+4930901820"


@pytest.mark.parametrize("typed", ["", "12", "call me", "555-0142 ext. 9 ext", "+", "1" * 39, "x" * 1000, "\x00"])
def test_what_is_no_phone_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_phone(typed, "US")
    assert refusal.value.field == "phone"


def test_without_a_region_a_number_needs_its_country_code() -> None:
    assert parse_phone("+1 212 555 0142", None) == "+12125550142"
    with pytest.raises(Invalid, match="country code"):
        parse_phone("212 555 0142", None)


def test_behind_one_number_each_extension_reaches_another_client(session: Session) -> None:
    abel = cast.abel(session)
    front = clients.create_client(session, abel, NewClient("Front", phone="+1 212 555 0123 x45"))
    back = clients.create_client(session, abel, NewClient("Back", phone="+1 212 555 0123", phone_extension="46"))
    assert (front.phone, front.phone_extension) == ("+12125550123", "45")
    assert (back.phone, back.phone_extension) == ("+12125550123", "46")
    with pytest.raises(ClientExists, match="Front"):
        clients.create_client(session, abel, NewClient("Third", phone="+1 212 555 0123", phone_extension="x45"))


@pytest.mark.parametrize(
    ("phone", "extension", "field"),
    [
        (None, "45", "phone"),
        ("+1 212 555 0123 x45", "46", "phone_extension"),
        ("+12125550123", "no", "phone_extension"),
    ],
)
def test_an_extension_that_cannot_be_is_refused_at_its_field(
    session: Session, phone: str | None, extension: str, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        clients.create_client(session, SYSTEM, NewClient("X", phone=phone, phone_extension=extension))
    assert refusal.value.field == field


@pytest.mark.parametrize("typed", ["Nova@Reyes.FM", " nova@reyes.fm\n"])
def test_an_address_is_stored_in_lower_case(typed: str) -> None:
    assert parse_email(typed) == "nova@reyes.fm"


@pytest.mark.parametrize("typed", ["", "nova", "nova@", "nova@reyes", "a b@reyes.fm", "x" * 300 + "@reyes.fm"])
def test_what_is_no_address_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as refusal:
        parse_email(typed)
    assert refusal.value.field == "email"


@pytest.mark.parametrize(
    ("again", "field"),
    [
        (NewClient("Somebody", "NOVA@reyes.fm"), "email"),
        (NewClient("Somebody", phone="+1 (212) 555-0142"), "phone"),
        (NewClient("Somebody", "other@reyes.fm", "+1 212 555 0142"), "phone"),
    ],
)
def test_another_clients_contact_offers_that_client(session: Session, again: NewClient, field: str) -> None:
    abel = cast.abel(session)
    nova = clients.create_client(session, abel, NOVA)
    with pytest.raises(ClientExists, match="Nova Reyes") as refusal:
        clients.create_client(session, abel, again)
    assert (refusal.value.code, refusal.value.field) == ("client_exists", field)
    assert refusal.value.details == {"client": {"id": nova.id, "name": "Nova Reyes"}}


@pytest.mark.parametrize(
    ("role", "whose"),
    [(Role.MANAGER, "a staff member"), (Role.ENGINEER, "an engineer"), (Role.INTERN, "a staff member")],
)
@pytest.mark.parametrize("new", [NewClient("X", "Sam@Platinum.studio"), NewClient("X", phone="+1 212 555 0199")])
def test_a_contact_of_staff_is_refused_with_whose_kind_it_is(
    session: Session, role: Role, whose: str, new: NewClient
) -> None:
    sam = NewUser("Sam", "sam@platinum.studio", cast.PASSWORD, frozenset({role}), phone="+12125550199")
    identity.create_user(session, SYSTEM, sam)
    for command in (clients.create_client, clients.ensure_client):
        with pytest.raises(ContactOfStaff, match=whose) as refusal:
            command(session, SYSTEM, new)
        assert refusal.value.code == "contact_of_staff"


@pytest.mark.parametrize("new", [NewClient("X", "OLA@freelance.audio"), NewClient("X", phone="+12125550177")])
def test_an_engineer_without_a_sign_in_is_staff_too(session: Session, new: NewClient) -> None:
    resource = Resource(kind=ResourceKind.ENGINEER, name="Ola")
    session.add(resource)
    session.flush()
    ola = EngineerTable(id=resource.id or 0, name="Ola", email="Ola@freelance.audio", phone="+12125550177")
    session.add(ola)
    session.flush()
    with pytest.raises(ContactOfStaff, match="an engineer"):
        clients.create_client(session, SYSTEM, new)


def test_a_change_may_not_take_another_clients_contact_but_keeps_its_own(session: Session) -> None:
    abel = cast.abel(session)
    nova = clients.create_client(session, abel, NOVA)
    kit = clients.create_client(session, abel, NewClient("Kit", "kit@kit.fm"))
    with pytest.raises(ClientExists):
        clients.update_client(session, abel, kit.id, ClientChange("Kit", "nova@reyes.fm"))
    renamed = clients.update_client(session, abel, nova.id, ClientChange("Nova R.", NOVA.email, NOVA.phone))
    assert (renamed.name, renamed.email) == ("Nova R.", NOVA.email)


@pytest.mark.parametrize(
    "known",
    [
        NewClient("N", "Nova@reyes.fm", "+12125550100"),
        NewClient("N", "new@reyes.fm", "+12125550142"),
        NewClient("N", phone="+12125550142"),
    ],
)
def test_the_public_page_takes_the_client_it_knows_and_changes_nothing(session: Session, known: NewClient) -> None:
    nova = clients.create_client(session, SYSTEM, NOVA)
    assert clients.ensure_client(session, anonymous(), known) == nova.id
    assert clients.get_client(session, SYSTEM, nova.id) == nova


def test_the_public_page_makes_the_client_it_does_not_know(session: Session) -> None:
    made = clients.ensure_client(session, anonymous(), NOVA)
    assert clients.get_client(session, SYSTEM, made).email == NOVA.email


def _at_once(count: int, command: object, *args: object) -> list[object]:
    """What each of `count` threads got from `db.run(command, …)`, all let go at the same moment."""
    gate = Barrier(count)

    def one(_: int) -> object:
        gate.wait()
        try:
            return db.run(command, *args)  # type: ignore[arg-type]
        except ClientExists as refusal:
            return refusal

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.mark.fire
@pytest.mark.parametrize(
    "new", [NOVA, NewClient("Nova Reyes", "nova@reyes.fm"), NewClient("Nova", phone="+12125550142")]
)
def test_of_people_creating_a_client_at_once_one_does_and_the_others_are_offered_it(
    database: Engine, new: NewClient
) -> None:
    results = _at_once(12, clients.create_client, SYSTEM, new)
    refusals = [result for result in results if isinstance(result, ClientExists)]
    (made,) = [result for result in results if isinstance(result, clients.ClientView)]
    assert len(refusals) == 11
    assert {refusal.client_id for refusal in refusals} == {made.id}


@pytest.mark.fire
def test_of_many_public_bookings_at_once_all_get_the_same_client(database: Engine) -> None:
    assert len(set(_at_once(12, clients.ensure_client, anonymous(), NOVA))) == 1
    with db.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Client)) == 1


@pytest.mark.fire
def test_an_artist_named_by_many_at_once_is_one_artist(database: Engine) -> None:
    client_id = db.run(clients.ensure_client, anonymous(), NOVA)
    assert len(set(_at_once(12, clients.ensure_artist, client_id, "The Lows"))) == 1
    with db.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Artist)) == 1


@pytest.mark.parametrize(
    ("new", "refusal"),
    [
        (NOVA, ClientExists),
        (NewClient("N. Reyes", "", "+12125550142"), ClientExists),
        (NewClient("Nova", "nova"), Invalid),
        (NewClient("", "other@reyes.fm"), Invalid),
    ],
)
def test_a_contact_is_checked_before_anything_is_stored(
    session: Session, new: NewClient, refusal: type[Exception]
) -> None:
    clients.create_client(session, SYSTEM, NOVA)
    with pytest.raises(refusal):
        clients.check_contact(session, SYSTEM, new)
    clients.check_contact(session, SYSTEM, NewClient("Somebody new", "new@reyes.fm"))
    assert session.exec(select(func.count()).select_from(Client)).one() == 1


def test_a_visitor_is_not_told_that_a_contact_is_known(session: Session) -> None:
    clients.create_client(session, SYSTEM, NOVA)
    clients.check_contact(session, anonymous(), NOVA)
