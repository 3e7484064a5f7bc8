"""The order of the wizard's screens, and what each must know before the next. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from studio_app.state.bookings.wizard.answers import DRAWN, Answers

CLIENT, DAY, SERVICE, PLACE, ENGINEER = "client", "day", "service", "place", "engineer"
EXTRAS, AGREEMENT, PAYMENT, REVIEW = "extras", "agreement", "payment", "review"
SCREENS = (CLIENT, DAY, SERVICE, PLACE, ENGINEER, EXTRAS, AGREEMENT, PAYMENT, REVIEW)

STEPS = (
    ("Name", CLIENT),
    ("Date", DAY),
    ("Service", SERVICE),
    ("Rooms", PLACE),
    ("Time", PLACE),
    ("Engineer", ENGINEER),
    ("Add-ons", EXTRAS),
    ("Agreement", AGREEMENT),
    ("Payment", PAYMENT),
    ("Review", REVIEW),
)
"""The ten steps; rooms and time are chosen on one screen."""

_SCREEN_OF_FIELD = {
    "client": CLIENT,
    "name": CLIENT,
    "email": CLIENT,
    "phone": CLIENT,
    "artist": CLIENT,
    "mode": DAY,
    "date": DAY,
    "service": SERVICE,
    "rooms": PLACE,
    "start": PLACE,
    "minutes": PLACE,
    "period": PLACE,
    "engineer_id": ENGINEER,
    "mics": EXTRAS,
    "notes": EXTRAS,
    "referral": EXTRAS,
    "discount": EXTRAS,
    "rate_overrides": EXTRAS,
    "rate": EXTRAS,
    "authorization": AGREEMENT,
    "payments": PAYMENT,
}


@dataclass(frozen=True)
class Step:
    """One mark of the progress bar."""

    label: str
    screen: str
    look: str
    """`done`, `half`, `now` or empty."""
    is_open: bool


def screen_of(field: str) -> str:
    """Where a refused field is asked for; empty: nowhere."""
    return _SCREEN_OF_FIELD.get(field, _SCREEN_OF_FIELD.get(field.split(".")[0], ""))


def missing(answers: Answers, screen: str, *, is_signed: bool, is_public: bool) -> Iterator[tuple[str, str]]:
    """(field, sentence) of all that the screen still needs, in the order of its fields."""
    if screen == CLIENT:
        yield from _missing_client(answers, is_public)
    elif screen == DAY and not answers.day:
        yield "date", "Choose a day."
    elif screen == SERVICE and not answers.service:
        yield "service", "Choose a service."
    elif screen == PLACE:
        yield from _missing_place(answers)
    elif screen == EXTRAS:
        yield from _missing_discount(answers)
    elif screen == AGREEMENT:
        yield from _missing_agreement(answers, is_signed, is_public)


def _missing_client(answers: Answers, is_public: bool) -> Iterator[tuple[str, str]]:
    if answers.client_id and not is_public:
        return
    if not answers.name.strip():
        yield "name", "Type your name." if is_public else "Choose a client, or type a new one's name."
    if is_public and not answers.email.strip():
        yield "email", "Type your e-mail address: the confirmation goes there."
    if is_public and not answers.phone.strip():
        yield "phone", "Type your phone number: we call if anything changes."


def _missing_place(answers: Answers) -> Iterator[tuple[str, str]]:
    if answers.is_online:
        if not answers.period:
            yield "period", "Choose a part of the day."
    elif not answers.room_ids:
        yield "rooms", "Choose a room."
    elif not answers.start:
        yield "start", "Choose a start."


def _missing_discount(answers: Answers) -> Iterator[tuple[str, str]]:
    if answers.discount_kind and not answers.discount_value.strip():
        field = "discount.percent" if answers.discount_kind == "percent" else "discount.amount_cents"
        yield field, "Write how much is taken off, or choose no discount."


def _missing_agreement(answers: Answers, is_signed: bool, is_public: bool) -> Iterator[tuple[str, str]]:
    """Staff book without one, too; the client signs later."""
    if is_public and not is_signed and answers.sign_as == DRAWN:
        yield "authorization.signature_png_base64", "Draw your signature, or tick the acknowledgement instead."
    elif is_public and not is_signed:
        yield "authorization.accepted", "Tick the box to accept the terms."
    if (is_public or is_signed) and not answers.signer.strip():
        yield "authorization.name", "Type the full name of the person signing."


def after(screen: str, answers: Answers) -> str:
    return _neighbour(screen, answers, 1)


def before(screen: str, answers: Answers) -> str:
    return _neighbour(screen, answers, -1)


def _neighbour(screen: str, answers: Answers, step: int) -> str:
    """Online work has no engineer to choose."""
    screens = [one for one in SCREENS if not (answers.is_online and one == ENGINEER)]
    at = screens.index(screen) + step
    return screens[min(max(at, 0), len(screens) - 1)]


def furthest(answers: Answers, *, is_signed: bool, is_public: bool) -> str:
    """The first screen that still needs something; all before it are open."""
    for screen in SCREENS:
        if any(missing(answers, screen, is_signed=is_signed, is_public=is_public)):
            return screen
    return REVIEW


def progress(screen: str, answers: Answers, *, is_signed: bool, is_public: bool) -> list[Step]:
    last = SCREENS.index(furthest(answers, is_signed=is_signed, is_public=is_public))
    return [_step(label, of, screen, answers, last) for label, of in STEPS]


def _step(label: str, of: str, screen: str, answers: Answers, last: int) -> Step:
    at, now = SCREENS.index(of), SCREENS.index(screen)
    is_open = at <= last and not (answers.is_online and of == ENGINEER)
    if at < now or (of == screen == PLACE and label == "Rooms" and _has_place(answers)):
        return Step(label, of, "done", is_open)
    return Step(label, of, ("half" if label == "Time" else "now") if of == screen else "", is_open)


def _has_place(answers: Answers) -> bool:
    return bool(answers.period if answers.is_online else answers.room_ids)
