"""Wishes: who may leave them, what is refused, who sees what."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from models.clients import Client
from models.waitlist import WaitlistWish
from services import clients, waitlist
from services.core.access import SYSTEM, Actor, Permission, anonymous
from services.core.errors import Conflict, DomainError, Invalid, NotAllowed, NotSignedIn
from services.core.paging import PageRequest
from services.waitlist import WishFilters, WishStatus
from tests import cast
from tests.bookings.orders import VISITOR, count
from tests.scheduling.studio import CLIENT, FRIDAY, MONDAY, NOW, A, B
from tests.waitlist.entries import SOON, WISH, another, mails, public, seen, wish

PAGE = PageRequest()


def test_staff_note_a_wish_and_see_it_in_the_list(studio: Session, dana: Actor) -> None:
    asked = waitlist.wish(studio, dana, replace(WISH, artist="Nova", notes="Grand piano"), now=NOW)
    (listed,) = waitlist.list_wishes(studio, dana, PAGE, WishFilters()).data
    assert listed == asked
    assert (asked.status, asked.minutes, asked.artist_name, asked.created_by) == (
        WishStatus.WAITING, 120, "Nova", "Dana Reyes",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"client_id": None}, "client"),
        ({"last_day": FRIDAY - timedelta(days=1)}, "last_day"),
        ({"last_day": FRIDAY + timedelta(days=62)}, "last_day"),
        ({"first_day": date(2026, 11, 2), "last_day": date(2026, 11, 3)}, "last_day"),
        ({"first_day": date(2028, 1, 1), "last_day": date(2028, 1, 1)}, "first_day"),
        ({"not_before": time(10)}, "not_after"),
        ({"not_before": time(10), "not_after": time(11)}, "not_after"),
        ({"service": "MIX"}, "service"),
        ({"minutes": 0}, "minutes"),
        ({"room_ids": (A, A)}, "rooms"),
        ({"room_ids": (9_999,)}, "rooms"),
        ({"engineer_id": A}, "engineer_id"),
        ({"notes": "x" * 1001}, "notes"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(studio: Session, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        wish(studio, **changes)
    assert refused.value.field == field


ALL_WRONG: dict[str, Any] = {
    "last_day": FRIDAY - timedelta(days=1), "room_ids": (A, A), "engineer_id": A, "notes": "x" * 1001, "minutes": 0,
}  # fmt: skip


def fields_of(refusal: DomainError) -> list[str | None]:
    return [one.field for one in (refusal, *refusal.others)]


@pytest.mark.parametrize("service", ["MIX", "NO_SUCH_SERVICE"])
def test_all_that_cannot_be_meant_is_refused_at_once(studio: Session, service: str) -> None:
    with pytest.raises(DomainError) as refused:
        wish(studio, client_id=None, service=service, **ALL_WRONG)
    assert fields_of(refused.value) == ["client", "service", "last_day", "rooms", "engineer_id", "notes", "minutes"]


def test_a_visitor_is_told_of_contact_and_wish_at_once(studio: Session) -> None:
    typed = replace(VISITOR, name="", email="vera", phone="5")
    with pytest.raises(Invalid) as refused:
        public(studio, client=typed, **ALL_WRONG)
    found = fields_of(refused.value)
    assert found == ["name", "email", "phone", "last_day", "rooms", "engineer_id", "notes", "minutes"]
    assert count(studio, "waitlist_wish") == 0


def test_a_visitor_leaves_a_wish_and_becomes_a_client(studio: Session) -> None:
    asked = public(studio)
    assert asked.token
    assert mails(studio, "vera@example.com") == ["You are on the waitlist"]
    assert studio.exec(select(Client.name).where(Client.email == VISITOR.email)).one() == VISITOR.name


def test_the_same_wish_twice_is_one_and_shows_its_link_to_nobody(studio: Session) -> None:
    public(studio)
    assert public(studio).token == ""
    assert count(studio, "waitlist_wish") == 1


def test_a_client_has_at_most_ten_open_wishes(studio: Session) -> None:
    for days in range(10):
        wish(studio, last_day=FRIDAY + timedelta(days=days))
    with pytest.raises(Conflict, match="10 open wishes"):
        wish(studio, last_day=FRIDAY + timedelta(days=11))


@pytest.mark.parametrize("client", [None, replace(VISITOR, email=None), replace(VISITOR, phone=None)])
def test_a_visitor_gives_name_email_and_phone(studio: Session, client: Any) -> None:
    with pytest.raises(Invalid, match="name, e-mail and phone"):
        waitlist.public_wish(studio, anonymous(), replace(WISH, client_id=None, client=client), now=NOW)


def test_a_visitor_cannot_pick_a_client(studio: Session) -> None:
    with pytest.raises(Invalid):
        waitlist.public_wish(studio, anonymous(), WISH, now=NOW)


def test_the_clients_own_page_tells_nothing_of_the_client(studio: Session) -> None:
    asked = public(studio, notes="A secret")
    shown = waitlist.get_public(studio, anonymous(), asked.token)
    assert "secret" not in repr(shown)
    assert VISITOR.name not in repr(shown)


def test_filters_and_search(studio: Session, dana: Actor) -> None:
    wish(studio)
    wish(studio, client_id=another(studio, "Ada Moss"), room_ids=(B,), first_day=MONDAY)
    gone = wish(studio, client_id=another(studio, "Bo Trent"), room_ids=())
    waitlist.withdraw(studio, dana, gone.id)

    def names(**filters: Any) -> list[str]:
        return [view.client.name for view in waitlist.list_wishes(studio, dana, PAGE, WishFilters(**filters)).data]

    assert names() == ["Nova Records", "Ada Moss", "Bo Trent"]
    assert names(q="moss") == ["Ada Moss"]
    assert names(statuses=(WishStatus.WITHDRAWN,)) == ["Bo Trent"]
    assert names(room_id=A) == ["Nova Records"]
    assert names(service="MIX") == []


def test_the_desk_sees_who_is_to_answer_and_who_is_new(studio: Session, dana: Actor) -> None:
    first, second = wish(studio), wish(studio, client_id=another(studio, "Ada Moss"), minutes=600)
    waitlist.offer(studio, first.id, SOON)
    desk = waitlist.desk(studio, dana)
    assert [view.id for view in desk.offered] == [first.id]
    assert [view.id for view in desk.newest] == [second.id]
    assert desk.waiting == 1


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (waitlist.wish, (WISH,)),
        (waitlist.list_wishes, (PAGE, WishFilters())),
        (waitlist.desk, ()),
        (waitlist.withdraw, (1,)),
        (waitlist.accept, (1,)),
        (waitlist.decline, (1,)),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_waitlist_is_the_front_desks(studio: Session, command: Any, arguments: tuple[Any, ...]) -> None:
    others = Actor(user_id=1, permissions=frozenset(set(Permission) - {Permission.MANAGE_CLIENTS}))
    with pytest.raises(NotAllowed):
        command(studio, others, *arguments)
    with pytest.raises(NotSignedIn):
        command(studio, anonymous(), *arguments)
    with pytest.raises(NotAllowed):
        command(studio, cast.maya(studio), *arguments)


@pytest.mark.parametrize(
    "command",
    [waitlist.get_public, waitlist.accept_public, waitlist.decline_public, waitlist.withdraw_public],
    ids=lambda command: command.__name__,
)
def test_a_made_up_link_leads_nowhere(studio: Session, command: Any) -> None:
    with pytest.raises(DomainError, match="no such wish"):
        command(studio, anonymous(), "guess")


def test_the_token_is_not_the_clients_number(studio: Session) -> None:
    public(studio)
    assert len(studio.exec(select(WaitlistWish.token)).one()) >= 32


def test_a_clients_data_hold_their_wishes_and_an_anonymised_client_waits_no_more(studio: Session) -> None:
    asked = wish(studio, notes="For my father")
    assert [kept["notes"] for kept in clients.export_client(studio, SYSTEM, CLIENT)["wishes"]] == ["For my father"]
    clients.anonymise_client(studio, SYSTEM, CLIENT)
    gone = seen(studio, asked.id)
    assert (gone.status, gone.notes) == (WishStatus.WITHDRAWN, "")
    assert waitlist.match(studio, SOON) == 0
