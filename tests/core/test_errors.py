"""Refusals are the same wherever they come from."""

import pickle

import pytest

from models.bookings import BookingStatus
from services.bookings.errors import WrongStatus
from services.core.errors import DomainError, Invalid


@pytest.mark.parametrize(
    "refusal",
    [
        Invalid("The name is missing.", field="name"),
        WrongStatus("PS-1", BookingStatus.PENDING, BookingStatus.COMPLETED),
    ],
)
def test_a_refusal_of_another_process_says_what_it_said_there(refusal: DomainError) -> None:
    restored = pickle.loads(pickle.dumps(refusal))
    assert type(restored) is type(refusal)
    assert (str(restored), vars(restored)) == (str(refusal), vars(refusal))
