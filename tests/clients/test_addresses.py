import pytest
from sqlmodel import Session

from services import clients
from services.clients import AddressView, NewAddress, NewClient
from services.core.access import SYSTEM
from services.core.errors import Invalid, NotFound

HOME = NewAddress("12 Elm Street", "Brooklyn", label="Home", postal_code="11201", map_link="https://maps.example/12")
YARD = NewAddress("3 Dock Road", "Newark")


@pytest.fixture
def nova(session: Session) -> int:
    return clients.create_client(session, SYSTEM, NewClient("Nova Reyes")).id


def _addresses(session: Session, client_id: int) -> tuple[AddressView, ...]:
    return clients.get_client(session, SYSTEM, client_id).addresses


def test_the_first_address_is_the_default(session: Session, nova: int) -> None:
    home = clients.add_address(session, SYSTEM, nova, HOME)
    yard = clients.add_address(session, SYSTEM, nova, YARD)
    assert (home.is_default, yard.is_default) == (True, False)


def test_another_address_becomes_the_only_default(session: Session, nova: int) -> None:
    clients.add_address(session, SYSTEM, nova, HOME)
    yard = clients.add_address(session, SYSTEM, nova, YARD)
    for _ in range(2):
        assert clients.set_default(session, SYSTEM, yard.id).is_default
    assert [address.line1 for address in _addresses(session, nova) if address.is_default] == ["3 Dock Road"]


def test_when_the_default_goes_the_oldest_other_becomes_it(session: Session, nova: int) -> None:
    home = clients.add_address(session, SYSTEM, nova, HOME)
    clients.add_address(session, SYSTEM, nova, YARD)
    clients.add_address(session, SYSTEM, nova, NewAddress("9 Pier", "Newark"))
    clients.remove_address(session, SYSTEM, home.id)
    assert [(address.line1, address.is_default) for address in _addresses(session, nova)] == [
        ("3 Dock Road", True),
        ("9 Pier", False),
    ]
    with pytest.raises(NotFound):
        clients.set_default(session, SYSTEM, home.id)


def test_the_last_address_may_go(session: Session, nova: int) -> None:
    home = clients.add_address(session, SYSTEM, nova, HOME)
    clients.remove_address(session, SYSTEM, home.id)
    assert _addresses(session, nova) == ()


def test_a_change_keeps_the_default(session: Session, nova: int) -> None:
    home = clients.add_address(session, SYSTEM, nova, HOME)
    changed = clients.update_address(session, SYSTEM, home.id, YARD)
    assert (changed.line1, changed.label, changed.is_default) == ("3 Dock Road", "", True)


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewAddress("", "Brooklyn"), "line1"),
        (NewAddress("12 Elm Street", " "), "city"),
        (NewAddress("x" * 201, "Brooklyn"), "line1"),
        (NewAddress("12 Elm Street", "Brooklyn", map_link="javascript:alert(1)"), "map_link"),
        (NewAddress("12 Elm Street", "Brooklyn", postal_code="1" * 21), "postal_code"),
    ],
)
def test_each_wrong_field_is_named(session: Session, nova: int, new: NewAddress, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        clients.add_address(session, SYSTEM, nova, new)
    assert refusal.value.field == field


@pytest.mark.parametrize("address_id", [0, 999_999, 2**40])
def test_an_unknown_address_is_not_found(session: Session, address_id: int) -> None:
    with pytest.raises(NotFound):
        clients.remove_address(session, SYSTEM, address_id)
