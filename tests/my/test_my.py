"""A client's own: nothing for who types their address, everything for who reads their mail."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from services import bookings, clients, feeds, my, waitlist
from services.clients import ClientChange
from services.core import db
from services.core.access import SYSTEM, Actor, anonymous
from services.core.errors import DomainError, NotFound
from services.my import LinkSpent, NotEntered
from services.online import TooMany
from services.waitlist import NewWish
from tests.bookings.orders import ORDER, TICKED, VISITOR, book
from tests.bookings.test_races import at_once
from tests.limits import limit
from tests.scheduling.studio import FRIDAY, NOW, at, furnish_database

VERA = anonymous("203.0.113.9", "Safari")
EMAIL = "vera@example.com"


def known(session: Session, **changes: Any) -> int:
    return clients.create_client(session, SYSTEM, replace(VISITOR, **changes)).id


def mailed(session: Session) -> list[tuple[str, str]]:
    """Of the links: to whom, and which."""
    rows = session.execute(text("""select "to", body from delivery where type = 'CLIENT_LINK' order by id"""))
    return [(to, body.partition("/my?link=")[2].split()[0]) for to, body in rows]


def link_of(session: Session, now: datetime = NOW) -> str:
    my.ask_link(session, VERA, EMAIL, now=now)
    return mailed(session)[-1][1]


def entered(session: Session) -> str:
    return my.enter(session, VERA, link_of(session), now=NOW).token


def test_the_link_goes_to_the_address_on_file_and_opens_all(studio: Session, dana: Actor) -> None:
    vera = known(studio)
    next_one = book(studio, dana, client_id=vera)
    later = book(studio, dana, client_id=vera, start=at(FRIDAY, "18:00"))
    gone = book(studio, dana, client_id=vera, start=at(FRIDAY, "15:00"))
    bookings.cancel(studio, dana, gone.number, now=NOW)
    book(studio, dana, start=at(FRIDAY, "21:00"))

    my.ask_link(studio, VERA, " Vera@Example.com ", now=NOW)
    ((to, link),) = mailed(studio)
    assert to == EMAIL
    seen = my.overview(studio, VERA, my.enter(studio, VERA, link, now=NOW).token, now=NOW)
    assert [one.booking.number for one in seen.upcoming] == [next_one.number, later.number]
    assert [one.booking.number for one in seen.past] == [gone.number]
    assert [one.token for one in seen.upcoming] == [next_one.public_token, later.public_token]
    assert seen.upcoming[0].booking.total_cents == next_one.total_cents


@pytest.mark.parametrize("email", ["nobody@example.com", "dana.reyes@platinum.studio"])
def test_an_unknown_address_is_answered_the_same_and_written_nothing(studio: Session, dana: Actor, email: str) -> None:
    known(studio)
    assert my.ask_link(studio, VERA, email, now=NOW) is None
    assert mailed(studio) == []


def test_a_link_works_once(studio: Session) -> None:
    known(studio)
    link = link_of(studio)
    my.enter(studio, VERA, link, now=NOW)
    with pytest.raises(LinkSpent):
        my.enter(studio, VERA, link, now=NOW)


@pytest.mark.parametrize("link", ["", "never-was", "' or 1=1 --", "\ud800"])
def test_a_guess_opens_nothing(studio: Session, link: str) -> None:
    known(studio)
    link_of(studio)
    with pytest.raises(LinkSpent):
        my.enter(studio, VERA, link, now=NOW)
    with pytest.raises(NotEntered):
        my.overview(studio, VERA, link, now=NOW)


@pytest.mark.parametrize(("seconds", "counts"), [(-1, True), (0, False), (1, False)])
def test_a_link_counts_an_hour(studio: Session, seconds: int, counts: bool) -> None:
    known(studio)
    link = link_of(studio)
    with nullcontext() if counts else pytest.raises(LinkSpent):
        my.enter(studio, VERA, link, now=NOW + timedelta(hours=1, seconds=seconds))


@pytest.mark.parametrize(("seconds", "counts"), [(-1, True), (0, False), (1, False)])
def test_a_browser_counts_thirty_days(studio: Session, seconds: int, counts: bool) -> None:
    known(studio)
    token, then = entered(studio), NOW + timedelta(days=30, seconds=seconds)
    with nullcontext() if counts else pytest.raises(NotEntered):
        my.overview(studio, VERA, token, now=then)
    with nullcontext() if counts else pytest.raises(NotEntered):
        my.subscribe(studio, VERA, token, now=then)


def test_nothing_that_opens_it_is_stored(studio: Session) -> None:
    known(studio)
    token = entered(studio)
    for table in ("client_link", "client_session"):
        stored = str(studio.scalar(text(f"select json_agg(kept)::text from {table} kept")))
        assert EMAIL in stored
        assert token not in stored


def _other_email(session: Session, client: int) -> None:
    clients.update_client(session, SYSTEM, client, ClientChange("Vera Lin", email="new@example.com", phone=None))


@pytest.mark.parametrize(
    "happens",
    [
        _other_email,
        lambda session, client: clients.anonymise_client(session, SYSTEM, client),
        lambda session, client: clients.delete_client(session, SYSTEM, client),
    ],
    ids=["another e-mail", "anonymised", "deleted"],
)
def test_what_the_old_address_opened_ends_with_it(studio: Session, happens: Any) -> None:
    client = known(studio)
    link, token = link_of(studio), entered(studio)
    calendar = my.subscribe(studio, VERA, token, now=NOW).token
    assert feeds.render(studio, VERA, calendar, NOW)
    happens(studio, client)
    with pytest.raises(NotEntered):
        my.overview(studio, VERA, token, now=NOW)
    with pytest.raises(LinkSpent):
        my.enter(studio, VERA, link, now=NOW)
    with pytest.raises(NotFound):
        feeds.render(studio, VERA, calendar, NOW)


def test_signing_out_ends_it(studio: Session) -> None:
    known(studio)
    token = entered(studio)
    my.leave(studio, VERA, token)
    my.leave(studio, VERA, token)
    with pytest.raises(NotEntered):
        my.overview(studio, VERA, token, now=NOW)


def test_their_calendar_shows_all_of_it_and_can_be_revoked(studio: Session, dana: Actor) -> None:
    booking = book(studio, dana, client_id=known(studio))
    token = entered(studio)
    made = my.subscribe(studio, VERA, token, now=NOW)
    assert booking.number in feeds.render(studio, VERA, made.token, NOW).content.decode()
    (shown,) = my.overview(studio, VERA, token, now=NOW).feeds
    my.revoke_feed(studio, VERA, token, shown.id, now=NOW)
    with pytest.raises(NotFound):
        feeds.render(studio, VERA, made.token, NOW)
    with pytest.raises(NotFound):
        my.revoke_feed(studio, VERA, token, shown.id, now=NOW)


def test_nobody_elses_calendar_is_revoked(studio: Session, dana: Actor) -> None:
    other = feeds.create_feed(studio, dana, feeds.FeedSubject(feeds.FeedKind.CLIENT, known(studio)))
    with pytest.raises(NotFound):
        my.revoke_feed(studio, VERA, entered(studio), other.view.id, now=NOW)


def test_one_address_is_written_a_few_links_an_hour_known_or_not(studio: Session) -> None:
    known(studio)
    limit(studio, links_an_hour=2)
    for email in (EMAIL, "nobody@example.com"):
        for _ in range(2):
            my.ask_link(studio, VERA, email, now=NOW)
        with pytest.raises(TooMany) as refused:
            my.ask_link(studio, VERA, email, now=NOW)
        assert refused.value.field == "email"
    assert len(mailed(studio)) == 2
    my.ask_link(studio, VERA, EMAIL, now=NOW + timedelta(hours=1))


def test_who_types_a_clients_address_gets_one_booking_and_no_more(studio: Session, dana: Actor) -> None:
    """Booked or waited for under it: the page of that one booking, without the client's name or calendar."""
    nova = clients.get_client(studio, dana, known(studio, name="Vera Lin"))
    secret = book(studio, dana, client_id=nova.id)
    stranger = replace(VISITOR, name="Somebody", phone="+12125550100")
    order = replace(ORDER, client_id=None, client=stranger, start=at(FRIDAY, "16:00"), authorization=TICKED)
    mine = bookings.create_public(studio, VERA, order, now=NOW)
    wished = NewWish(service="RECORDING", first_day=FRIDAY, last_day=FRIDAY, client=stranger, minutes=60)
    waitlist.public_wish(studio, VERA, wished, now=NOW)
    shown = bookings.get_public(studio, VERA, mine.public_token)
    assert shown.client.name == TICKED.name
    assert (secret.number in repr(shown), "Vera" in repr(shown)) == (False, False)
    with pytest.raises(NotEntered):
        my.overview(studio, VERA, mine.public_token, now=NOW)


@pytest.mark.fire
def test_of_many_presses_at_once_one_spends_the_link(database: Engine) -> None:
    furnish_database(database)
    db.run(known)
    link = db.run(link_of)

    def press(_: int) -> str:
        try:
            return "in" if db.run(my.enter, VERA, link, now=NOW) else ""
        except DomainError as refused:
            return refused.code

    assert sorted(at_once(8, press)) == ["in", *["link_spent"] * 7]
