"""A booking's life and fees, on values alone."""

import io
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from PIL import Image, ImageDraw

from models.bookings import AuthorizationType, BookingStatus
from services.bookings import NewAuthorization, WrongStatus
from services.bookings.rules import (
    MOVES,
    cancellation_lines,
    check_authorization,
    check_move,
    check_no_show,
    no_show_lines,
)
from services.core.errors import Conflict, Invalid

S = BookingStatus
START = datetime(2026, 11, 28, 20, tzinfo=UTC)
POLICY = {"free_cancel_hours": 48, "cancel_fee_pct": 50, "no_show_fee_pct": 100, "text": ""}
ALLOWED = {
    (S.HOLD, S.PENDING),
    (S.HOLD, S.CONFIRMED),
    (S.HOLD, S.CANCELLED),
    (S.HOLD, S.EXPIRED),
    (S.PENDING, S.CONFIRMED),
    (S.PENDING, S.CANCELLED),
    (S.PENDING, S.EXPIRED),
    (S.CONFIRMED, S.CHECKED_IN),
    (S.CONFIRMED, S.CANCELLED),
    (S.CONFIRMED, S.NO_SHOW),
    (S.CHECKED_IN, S.COMPLETED),
    (S.CHECKED_IN, S.CONFIRMED),
    (S.COMPLETED, S.CHECKED_IN),
    (S.NO_SHOW, S.CONFIRMED),
}


def png(draw: bool = True, size: tuple[int, int] = (300, 120), background: str = "white") -> bytes:
    picture = Image.new("RGBA", size, background)
    if draw:
        ImageDraw.Draw(picture).line([(20, 90), (120, 20), (260, 80)], fill="black", width=4)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(("current", "wanted"), list(product(S, S)))
def test_only_the_moves_of_the_table_are_possible(current: BookingStatus, wanted: BookingStatus) -> None:
    if (current, wanted) in ALLOWED:
        check_move("PS-1", current, wanted)
    else:
        with pytest.raises(WrongStatus):
            check_move("PS-1", current, wanted)


def test_every_status_has_its_row() -> None:
    assert set(MOVES) == set(S)


@pytest.mark.parametrize(
    ("case", "notice", "total", "fee"),
    [
        ("a week ahead", timedelta(days=7), 600_00, 0),
        ("at the last free moment", timedelta(hours=48), 600_00, 0),
        ("a second too late", timedelta(hours=48) - timedelta(seconds=1), 600_00, 300_00),
        ("after the start", timedelta(hours=-1), 600_00, 300_00),
        ("odd cents go to the even one", timedelta(hours=1), 25, 12),
        ("nothing sold, nothing owed", timedelta(hours=1), 0, 0),
    ],
)
def test_cancelling_leaves_the_fee_of_the_policy(case: str, notice: timedelta, total: int, fee: int) -> None:
    lines = cancellation_lines(total, POLICY, START, START - notice, is_signed=True)
    assert total + sum(line.amount_cents for line in lines) == fee
    assert all(line.reason for line in lines if line.amount_cents > 0)


def test_a_no_show_leaves_its_own_fee() -> None:
    lines = no_show_lines(600_00, {**POLICY, "no_show_fee_pct": 80}, is_signed=True)
    assert 600_00 + sum(line.amount_cents for line in lines) == 480_00


def test_who_has_not_signed_owes_no_fee() -> None:
    late = cancellation_lines(600_00, POLICY, START, START, is_signed=False)
    missed = no_show_lines(600_00, POLICY, is_signed=False)
    assert [sum(line.amount_cents for line in lines) for lines in (late, missed)] == [-600_00, -600_00]


def test_nobody_is_a_no_show_before_the_start() -> None:
    check_no_show(START, START)
    with pytest.raises(Conflict):
        check_no_show(START, START - timedelta(seconds=1))


SIGNED = AuthorizationType.DIGITAL_SIGNATURE
TICKED = AuthorizationType.CHECKBOX_ACKNOWLEDGMENT


@pytest.mark.parametrize(
    ("case", "given", "field"),
    [
        ("no name", NewAuthorization(TICKED, " ", accepted=True), "authorization.name"),
        ("a name without end", NewAuthorization(TICKED, "x" * 201, accepted=True), "authorization.name"),
        ("not ticked", NewAuthorization(TICKED, "Nova Reyes"), "authorization.accepted"),
        ("no picture", NewAuthorization(SIGNED, "Nova Reyes"), "authorization.signature_png_base64"),
        (
            "nothing drawn",
            NewAuthorization(SIGNED, "Nova Reyes", png(draw=False)),
            "authorization.signature_png_base64",
        ),
        (
            "nothing drawn, see-through",
            NewAuthorization(SIGNED, "Nova Reyes", png(draw=False, background="#00000000")),
            "authorization.signature_png_base64",
        ),
        ("not a picture", NewAuthorization(SIGNED, "Nova Reyes", b"GIF89a..."), "authorization.signature_png_base64"),
        ("cut off", NewAuthorization(SIGNED, "Nova Reyes", png()[:60]), "authorization.signature_png_base64"),
        (
            "as large as a wall",
            NewAuthorization(SIGNED, "Nova Reyes", png(size=(2500, 100))),
            "authorization.signature_png_base64",
        ),
        (
            "too many bytes",
            NewAuthorization(SIGNED, "N", b"\x89PNG" + b"x" * 300_001),
            "authorization.signature_png_base64",
        ),
    ],
)
def test_a_poor_authorization_is_refused_by_its_field(case: str, given: NewAuthorization, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_authorization(given)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "given",
    [
        NewAuthorization(TICKED, "Nova Reyes", accepted=True),
        NewAuthorization(SIGNED, "Nova Reyes", png()),
        NewAuthorization(SIGNED, "Nova Reyes", png(background="#00000000")),
    ],
)
def test_a_signature_or_a_tick_is_enough(given: NewAuthorization) -> None:
    check_authorization(given)
