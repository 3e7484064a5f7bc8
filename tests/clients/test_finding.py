"""The same client is found by the same words in every list and picker that shows clients."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from services import bookings, clients, waitlist
from services.bookings import BookingFilters, BookingStatus
from services.clients import NewArtist, NewClient
from services.core import outbox, search
from services.core.access import SYSTEM, Actor
from services.core.outbox import DeliveryType
from services.core.paging import PageRequest
from services.waitlist import WishFilters
from tests import cast
from tests.bookings.orders import ORDER
from tests.scheduling import studio as house
from tests.scheduling.studio import NOW
from tests.waitlist.entries import WISH

RENEE = NewClient("Renée  Gaudí Müller", "renee@gaudi.fm", "(212) 555-0199 x45", label="Øresund Records")
PAGE = PageRequest()

Lookup = Callable[[Session, Actor, str], list[str]]


def in_clients(session: Session, actor: Actor, q: str) -> list[str]:
    return [row.name for row in clients.list_clients(session, actor, PAGE, q).data]


def in_the_export(session: Session, actor: Actor, q: str) -> list[str]:
    return [row.name for row in clients.all_clients(session, actor, q)]


def in_pickers(session: Session, actor: Actor, q: str) -> list[str]:
    return [row.name for row in clients.search_clients(session, actor, q)]


def in_bookings(session: Session, actor: Actor, q: str) -> list[str]:
    sold = BookingFilters(q=q, statuses=(BookingStatus.PENDING,))
    return [row.client_name for row in bookings.list_bookings(session, actor, PAGE, sold).data]


def in_holds(session: Session, actor: Actor, q: str) -> list[str]:
    return [hold.client_name for hold in bookings.list_holds(session, actor, q=q, now=NOW)]


def in_the_waitlist(session: Session, actor: Actor, q: str) -> list[str]:
    return [wish.client.name for wish in waitlist.list_wishes(session, actor, PAGE, WishFilters(q=q)).data]


EVERYWHERE: list[Lookup] = [in_clients, in_the_export, in_pickers, in_bookings, in_holds, in_the_waitlist]


@pytest.fixture
def abel(session: Session) -> Actor:
    """Of a studio with two clients, who have each a session, a hold and a wish."""
    house.furnish(session)
    actor = cast.abel(session)
    renee = clients.create_client(session, SYSTEM, RENEE)
    clients.add_artist(session, SYSTEM, renee.id, NewArtist("Die Ärzte"))
    for client_id, artist, hours in ((house.CLIENT, "", 0), (renee.id, "Die Ärzte", 4)):
        start = ORDER.start + timedelta(hours=hours)
        order = replace(ORDER, client_id=client_id, artist=artist, start=start)
        bookings.create(session, actor, order, now=NOW)
        bookings.place_hold(session, actor, order, now=NOW)
        waitlist.wish(session, actor, replace(WISH, client_id=client_id, artist=artist), now=NOW)
    return actor


@pytest.mark.parametrize("look_up", EVERYWHERE)
@pytest.mark.parametrize(
    "q",
    [
        "renee",
        "muller",
        "MÜLLER",
        "mu\u0308ller",
        "müller renée",
        "gaudi   renee",
        "oresund",
        "arzte",
        "renee arzte",
        "renee@gaudi.fm",
        "gaudi.fm",
        "(212) 555-0199",
        "(212) 555-0199 x45",
        "212.555.0199",
        "+1 212 555 0199",
        "0212 555 0199",
        "555-0199",
        "0199",
        "renee 0199",
    ],
)
def test_a_client_is_found_however_they_are_called(session: Session, abel: Actor, look_up: Lookup, q: str) -> None:
    assert look_up(session, abel, q) == ["Renée Gaudí Müller"]


@pytest.mark.parametrize(
    ("q", "is_found"),
    [
        ("(212) 555-0199", False),
        ("212.555.0199 x45", False),
        ("555-0199", False),
        ("PS-10199", True),
        ("10199", True),
        ("0199", True),
    ],
)
def test_a_group_of_a_phone_is_no_part_of_a_number(session: Session, abel: Actor, q: str, is_found: bool) -> None:
    """Others have a phone with the same area code, and a booking whose number ends like the phone."""
    moss = clients.create_client(session, SYSTEM, NewClient("Ada Moss", phone="(212) 555-0107"))
    order = replace(ORDER, client_id=moss.id, start=ORDER.start + timedelta(hours=8))
    made = bookings.create(session, abel, order, now=NOW)
    session.execute(text("update booking set number = 'PS-10199' where id = :id"), {"id": made.id})
    assert ("Ada Moss" in in_bookings(session, abel, q)) is is_found


@pytest.mark.parametrize("look_up", EVERYWHERE)
@pytest.mark.parametrize("q", ["renee reyes", "zzz", "555-0100", "%", "_", "'; drop table client"])
def test_each_word_must_be_meant(session: Session, abel: Actor, look_up: Lookup, q: str) -> None:
    assert look_up(session, abel, q) == []


def test_a_name_of_signs_alone_is_found_as_it_is(session: Session) -> None:
    clients.create_client(session, SYSTEM, NewClient("!!!"))
    clients.create_client(session, SYSTEM, NewClient("100% Pure"))
    assert in_pickers(session, SYSTEM, "!!") == ["!!!"]
    assert in_clients(session, SYSTEM, "%") == ["100% Pure"]


def test_a_bad_number_of_old_is_still_found(session: Session) -> None:
    renee = clients.create_client(session, SYSTEM, replace(RENEE, phone=None))
    session.execute(text("update client set phone = '+15550140' where id = :id"), {"id": renee.id})
    assert in_clients(session, SYSTEM, "555-0140") == [renee.name]


def test_an_old_form_of_a_number_finds_what_is_dialled_today(session: Session) -> None:
    clients.create_client(session, SYSTEM, replace(RENEE, phone="+52 1 55 1234 5678"))
    assert in_clients(session, SYSTEM, "+52 1 55 1234 5678") == ["Renée Gaudí Müller"]


def test_who_may_not_see_contacts_finds_by_name_and_by_the_whole_of_one(session: Session, abel: Actor) -> None:
    maya = cast.maya(session)
    for whole in ("Renee@gaudi.fm", "+1 212 555 0199", "(212) 555-0199", "muller"):
        assert in_pickers(session, maya, whole) == ["Renée Gaudí Müller"]
    for part in ("gaudi.fm", "renee@", "0199", "555-0199", "212 555"):
        assert in_pickers(session, maya, part) == []


def test_mails_are_found_by_address_and_words_of_the_subject(session: Session) -> None:
    for to in ("renee@gaudi.fm", "kim@duval.fm"):
        outbox.queue(session, DeliveryType.BOOKING_CREATED, to, "Séance du 5 décembre", "…")
    seen = outbox.list_deliveries(session, SYSTEM, PAGE, "decembre renee").data
    assert [mail.to for mail in seen] == ["renee@gaudi.fm"]


NAMES = ["Zoe", "åsa", "Ångström", "Eva", "émile", "Ötzi", "otto", "Renee", "Renée", "Östen", "zoé"]


def test_names_stand_as_the_language_sorts_them_and_equals_stay_in_place(session: Session) -> None:
    made = [clients.create_client(session, SYSTEM, NewClient(name)) for name in NAMES]
    in_order = ["Ångström", "åsa", "émile", "Eva", "Östen", "otto", "Ötzi", "Renee", "Renée", "Zoe", "zoé"]
    assert [row.name for row in clients.all_clients(session, SYSTEM)] == in_order
    back = clients.list_clients(session, SYSTEM, PageRequest(sort="-name")).data
    assert [row.name for row in back][:2] == ["Zoe", "zoé"]
    assert len({client.id for client in made}) == len(NAMES)


def test_where_the_server_knows_the_languages_own_order_that_counts(session: Session) -> None:
    house.furnish(session)
    session.execute(text("update studio_info set locale = 'sv_SE'"))
    known = session.scalar(text("select true from pg_collation where collname = 'sv-x-icu' and collprovider = 'i'"))
    assert search.collation(session) == ("sv-x-icu" if known else None)
