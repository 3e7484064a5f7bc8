"""The rules of a booking's life, on values alone."""

import hashlib
import io
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from PIL import Image, UnidentifiedImageError

from models.bookings import AuthorizationType, BookingStatus, LineKind
from services.bookings.errors import TooEarly, WrongStatus
from services.bookings.types import BookingView, NewAuthorization
from services.core.checking import all_at_once, noted
from services.core.dates import day_text, day_time_text, time_text
from services.core.errors import Invalid
from services.core.money import percent_of
from services.core.studio import Studio
from services.pricing import QuoteLine

S = BookingStatus

MOVES: dict[BookingStatus, frozenset[BookingStatus]] = {
    S.HOLD: frozenset({S.PENDING, S.CONFIRMED, S.CANCELLED, S.EXPIRED}),
    S.PENDING: frozenset({S.CONFIRMED, S.CANCELLED, S.EXPIRED}),
    S.CONFIRMED: frozenset({S.CHECKED_IN, S.CANCELLED, S.NO_SHOW}),
    S.CHECKED_IN: frozenset({S.COMPLETED, S.CONFIRMED}),
    S.COMPLETED: frozenset({S.CHECKED_IN}),
    S.CANCELLED: frozenset(),
    S.NO_SHOW: frozenset({S.CONFIRMED}),
    S.EXPIRED: frozenset(),
}
"""Every move between statuses; anything else is refused (domain 5). What was done by mistake when a session
begins or ends is taken back: a check-in, a check-out, a no-show."""

_ALWAYS = datetime.min.replace(tzinfo=UTC)

FIRST_STATUSES = frozenset({S.HOLD, S.PENDING, S.CONFIRMED})

_SIGNATURE_BYTES = 300_000
_SIGNATURE_PIXELS = 2_000
_INK_PIXELS = 40


def check_move(number: str, current: BookingStatus, wanted: BookingStatus) -> None:
    if wanted not in MOVES[current]:
        raise WrongStatus(number, current, wanted)


def opens_at(current: BookingStatus, wanted: BookingStatus, start: datetime, check_in_from: datetime) -> datetime:
    """From when on the clock lets a move of the table be made."""
    from_when = {(S.CONFIRMED, S.CHECKED_IN): check_in_from, (S.CONFIRMED, S.NO_SHOW): start}
    return from_when.get((current, wanted), _ALWAYS)


def next_statuses(booking: BookingView, now: datetime) -> tuple[BookingStatus, ...]:
    """Where it can go by now."""
    current = booking.status
    open_ = [to for to in MOVES[current] if opens_at(current, to, booking.start, booking.check_in_from) <= now]
    return tuple(sorted(open_))


def check_in_from(start: datetime, studio: Studio) -> datetime:
    return start - timedelta(minutes=studio.check_in_lead_minutes)


def check_check_in(number: str, start: datetime, studio: Studio, now: datetime) -> None:
    opens = check_in_from(start, studio)
    if now < opens:
        begins, since = day_time_text(start, studio), _since(opens, start, studio)
        raise TooEarly(f"{number} begins {begins}. It can be checked in from {since}.", opens)


def check_no_show(start: datetime, now: datetime) -> None:
    if now < start:
        raise TooEarly("The session has not begun yet; cancel it instead.", start)


def _since(opens: datetime, start: datetime, studio: Studio) -> str:
    day = opens.astimezone(studio.zone).date()
    on = "" if day == start.astimezone(studio.zone).date() else f"{day_text(day, studio)}, "
    return f"{on}{time_text(opens, studio)}"


def policy_of(studio: Studio) -> dict[str, Any]:
    """The cancellation policy as a booking copies it."""
    return {
        "free_cancel_hours": studio.free_cancel_hours,
        "cancel_fee_pct": studio.cancel_fee_pct,
        "no_show_fee_pct": studio.no_show_fee_pct,
        "text": studio.cancellation_policy,
    }


def terms_hash(terms: str) -> str:
    return hashlib.sha256(terms.encode()).hexdigest()


def cancellation_lines(
    total_cents: int, policy: dict[str, Any], start: datetime, now: datetime, *, is_signed: bool
) -> list[QuoteLine]:
    """What a cancellation adds: everything sold taken back, and the fee by notice.

    Who has not signed has not agreed to a fee, and could not pay one (domain 5, step 9).
    """
    if not is_signed:
        return _closing_lines(total_cents, 0, "Cancelled", "the terms were not signed")
    if now <= start - timedelta(hours=policy["free_cancel_hours"]):
        return _closing_lines(total_cents, 0, "Cancelled", "in time")
    reason = f"less than {policy['free_cancel_hours']} h before the start"
    return _closing_lines(total_cents, policy["cancel_fee_pct"], "Cancelled", reason)


def cancellation_fee(total_cents: int, studio: Studio, start: datetime, now: datetime) -> int:
    """What it costs in cents to cancel now what is sold now, once it is signed."""
    lines = cancellation_lines(total_cents, policy_of(studio), start, now, is_signed=True)
    return total_cents + sum(line.amount_cents for line in lines)


def release_lines(total_cents: int, reason: str = "it was only held") -> list[QuoteLine]:
    """Nothing is owed for what was let go: a hold kept nobody away, and without a deposit nothing was agreed."""
    return _closing_lines(total_cents, 0, "Released", reason)


def no_show_lines(total_cents: int, policy: dict[str, Any], *, is_signed: bool) -> list[QuoteLine]:
    if not is_signed:
        return _closing_lines(total_cents, 0, "No-show", "the terms were not signed")
    return _closing_lines(total_cents, policy["no_show_fee_pct"], "No-show", "nobody came")


def reopening_lines(closed: Mapping[LineKind, int]) -> list[QuoteLine]:
    """Of a no-show taken back: what its lines came to, by kind, the other way round."""
    said = {LineKind.CANCELLATION: "the session is charged", LineKind.FEE: "no fee"}
    return [
        QuoteLine(kind, f"Not a no-show: {said[kind]}", Decimal(1), -cents, -cents, "taken back")
        for kind, cents in closed.items()
        if cents
    ]


def _closing_lines(total_cents: int, fee_pct: int, what: str, reason: str) -> list[QuoteLine]:
    lines = []
    if total_cents:
        label = f"{what}: the session is not charged"
        lines.append(QuoteLine(LineKind.CANCELLATION, label, Decimal(1), -total_cents, -total_cents, reason))
    fee_cents = percent_of(total_cents, Decimal(fee_pct))
    if fee_cents:
        label = f"{what}: fee of {fee_pct}%, {reason}"
        lines.append(QuoteLine(LineKind.FEE, label, Decimal(1), fee_cents, fee_cents, reason))
    return lines


@all_at_once
def check_authorization(authorization: NewAuthorization) -> None:
    _check_signer(authorization.name)
    if authorization.type is AuthorizationType.CHECKBOX_ACKNOWLEDGMENT:
        if not authorization.accepted:
            raise Invalid("Tick the box to accept the terms.", field="authorization.accepted")
    else:
        _check_signature(authorization.signature_png or b"")


@noted
def _check_signer(name: str) -> None:
    if not name.strip():
        raise Invalid("Type your full name.", field="authorization.name")
    if len(name) > 200:
        raise Invalid("That name is too long.", field="authorization.name")


def _check_signature(png: bytes) -> None:
    """A PNG of sensible size that somebody has drawn on."""
    field = "authorization.signature_png_base64"
    if not png:
        raise Invalid("Draw your signature.", field=field)
    if len(png) > _SIGNATURE_BYTES:
        raise Invalid("The picture of the signature is too large.", field=field)
    try:
        picture = Image.open(io.BytesIO(png), formats=["PNG"])
        if max(picture.size) > _SIGNATURE_PIXELS:
            raise Invalid("The picture of the signature is too large.", field=field)
        pixels = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Invalid("The signature is not a PNG picture.", field=field) from error
    white = Image.new("RGBA", pixels.size, "white")
    darkness = Image.alpha_composite(white, pixels).convert("L").point(lambda level: 1 if level < 160 else 0)
    if sum(darkness.histogram()[1:]) < _INK_PIXELS:
        raise Invalid("The signature is empty. Draw it again.", field=field)
